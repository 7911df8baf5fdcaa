/*
 * The yardstick of the bench: the store's own statements, prepared once, run in process by one
 * thread, what they give copied into a buffer. No HTTP, no JSON, no cache of answers.
 *
 *     bench_bare STORE LIST event|parts|page|links|documents|events SECONDS
 *
 * LIST holds a line for each question: the id of an event; for page, the first and last second of a
 * window; for links, the key of a thing before these two; for documents, their number. The
 * questions are asked in turn, over and over. Prints questions per second.
 *
 * event: one event by id, its finished document. parts: the same event from the tables that hold
 * what was said. page: the first 50 events that overlap a window, merged from one stream per
 * duration class. links: the bounds of all events that a thing is linked to and that overlap a
 * window, from one covering index. documents: so many documents of events, copied. events: the
 * bounds of all events, from one covering index.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "model/period.h"
#include "store/sql.h"

#define PAGE 50
#define LONGEST_LINE 256

/* Columns of the statements over events. */
enum { COLUMN_KEY = 0, COLUMN_ID = 1, COLUMN_EARLIEST = 2, COLUMN_DOCUMENT = 18 };

struct question {
    char *id;
    int64_t key, from, to;
};

struct bare {
    sqlite3 *db;
    int64_t version;
    struct question *questions;
    size_t n;
    struct buf out;
    sqlite3_stmt *event, *find, *accounts, *participants, *places, *tags, *identifiers;
    sqlite3_stmt *classes[PERIOD_CLASSES];
    sqlite3_stmt *row;
    sqlite3_stmt *links, *documents, *all;
    int64_t sum;
};

/* ---- statements ---- */

static void check(const struct bare *b, bool ok)
{
    if (ok)
        return;
    fprintf(stderr, "bench_bare: %s\n", sqlite3_errmsg(b->db));
    exit(1);
}

static sqlite3_stmt *prepare(struct bare *b, str text)
{
    sqlite3_stmt *stmt = NULL;
    check(b, sqlite3_prepare_v3(b->db, text.p, (int)text.n, SQLITE_PREPARE_PERSISTENT, &stmt,
                                NULL) == SQLITE_OK);
    return stmt;
}

static void bind_int(sqlite3_stmt *stmt, const char *name, int64_t value)
{
    sqlite3_bind_int64(stmt, sqlite3_bind_parameter_index(stmt, name), value);
}

static void bind_text(sqlite3_stmt *stmt, const char *name, const char *value)
{
    sqlite3_bind_text(stmt, sqlite3_bind_parameter_index(stmt, name), value, -1, SQLITE_STATIC);
}

static bool step(const struct bare *b, sqlite3_stmt *stmt)
{
    int status = sqlite3_step(stmt);
    check(b, status == SQLITE_ROW || status == SQLITE_DONE);
    return status == SQLITE_ROW;
}

/* The statement of a page over one class, put together as the server does it. */
static sqlite3_stmt *prepare_class(struct bare *b)
{
    struct sql_builder s;
    sql_builder_init(&s);
    SQL_ADD(&s, SQL(walk_time), DB_INT(0));
    SQL_ADD(&s, SQL(earliest_from), DB_INT(0));
    SQL_ADD(&s, SQL(earliest_upto), DB_INT(0));
    SQL_ADD(&s, SQL(latest_from), DB_INT(0));
    SQL_ADD(&s, SQL(events_at), DB_INT(0));
    SQL_ADD(&s, SQL(walk_up));
    sqlite3_stmt *stmt = prepare(b, buf_str(&s.text));
    sql_builder_free(&s);
    return stmt;
}

static void open_store(struct bare *b, const char *path)
{
    int status = sqlite3_open_v2(path, &b->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    check(b, status == SQLITE_OK);
    sqlite3_exec(b->db,
                 "PRAGMA query_only=ON; PRAGMA mmap_size=1073741824;"
                 "PRAGMA cache_size=-16384;",
                 NULL, NULL, NULL);
    sqlite3_stmt *state = prepare(b, sql_get(SQL_store_state)->text);
    check(b, step(b, state));
    b->version = sqlite3_column_int64(state, 0);
    sqlite3_finalize(state);

    b->event = prepare(b, sql_get(SQL_event_by_id)->text);
    b->find = prepare(b, sql_get(SQL_event_find)->text);
    b->accounts = prepare(b, sql_get(SQL_event_accounts)->text);
    b->participants = prepare(
        b, STR("SELECT p.actor, i.id, (SELECT d.name FROM actor_statement d WHERE d.actor = "
               "p.actor AND d.since <= $2 AND d.until > $2 ORDER BY d.source LIMIT 1), "
               "coalesce(p.role, 0), t.id FROM account_participant p "
               "JOIN actor i ON i.key = p.actor LEFT JOIN term t ON t.key = p.role "
               "WHERE p.account = $1 ORDER BY p.position"));
    b->places = prepare(
        b, STR("SELECT p.place, i.id, (SELECT d.name FROM place_statement d WHERE d.place = "
               "p.place AND d.since <= $2 AND d.until > $2 ORDER BY d.source LIMIT 1), "
               "(SELECT d.lat FROM place_statement d WHERE d.place = p.place AND d.since <= $2 "
               "AND d.until > $2 AND d.lat IS NOT NULL ORDER BY d.source LIMIT 1) "
               "FROM account_place p JOIN place i ON i.key = p.place "
               "WHERE p.account = $1 ORDER BY p.position"));
    b->tags = prepare(b, sql_get(SQL_account_tags)->text);
    b->identifiers = prepare(b, sql_get(SQL_account_identifiers)->text);
    for (int cls = 0; cls < PERIOD_CLASSES; cls++)
        b->classes[cls] = prepare_class(b);
    b->row = prepare(b, sql_get(SQL_event_by_key)->text);
    b->links = prepare(b, STR("SELECT earliest, start_latest, end_earliest, latest FROM event_link "
                              "WHERE target = $1 AND since <= $2 AND until > $2 "
                              "AND earliest <= $4 AND latest >= $3"));
    b->documents = prepare(b, STR("SELECT document FROM event_row "
                                  "WHERE cls < 15 AND since <= $2 AND until > $2 LIMIT $1"));
    b->all = prepare(b, STR("SELECT earliest, start_latest, end_earliest, latest FROM event_row "
                            "INDEXED BY event_row_by_start "
                            "WHERE cls < 15 AND since <= $2 AND until > $2"));
}

static void close_store(struct bare *b)
{
    sqlite3_stmt *stmt;
    while ((stmt = sqlite3_next_stmt(b->db, NULL)) != NULL)
        sqlite3_finalize(stmt);
    sqlite3_close(b->db);
}

/* ---- questions ---- */

static void copy_column(struct bare *b, sqlite3_stmt *stmt, int column)
{
    const void *p = sqlite3_column_blob(stmt, column);
    buf_add(&b->out, (str){p ? p : "", (size_t)sqlite3_column_bytes(stmt, column)});
}

static void ask_event(struct bare *b, const struct question *q)
{
    bind_text(b->event, "$1", q->id);
    bind_int(b->event, "$2", b->version);
    check(b, step(b, b->event));
    copy_column(b, b->event, COLUMN_DOCUMENT);
    sqlite3_reset(b->event);
}

/* All columns of all rows of a statement over (key, version). */
static void copy_rows(struct bare *b, sqlite3_stmt *stmt, int64_t key)
{
    bind_int(stmt, "$1", key);
    bind_int(stmt, "$2", b->version);
    int columns = sqlite3_column_count(stmt);
    while (step(b, stmt))
        for (int i = 0; i < columns; i++)
            copy_column(b, stmt, i);
    sqlite3_reset(stmt);
}

static void ask_parts(struct bare *b, const struct question *q)
{
    bind_text(b->find, "$1", q->id);
    check(b, step(b, b->find));
    bind_int(b->accounts, "$1", sqlite3_column_int64(b->find, 0));
    bind_int(b->accounts, "$2", b->version);
    sqlite3_reset(b->find);
    int columns = sqlite3_column_count(b->accounts);
    while (step(b, b->accounts)) {
        int64_t account = sqlite3_column_int64(b->accounts, 0);
        for (int i = 1; i < columns; i++)
            copy_column(b, b->accounts, i);
        copy_rows(b, b->participants, account);
        copy_rows(b, b->places, account);
        copy_rows(b, b->tags, account);
        copy_rows(b, b->identifiers, account);
    }
    sqlite3_reset(b->accounts);
}

static bool comes_first(sqlite3_stmt *a, sqlite3_stmt *b)
{
    int64_t x = sqlite3_column_int64(a, COLUMN_EARLIEST);
    int64_t y = sqlite3_column_int64(b, COLUMN_EARLIEST);
    if (x != y)
        return x < y;
    return strcmp((const char *)sqlite3_column_text(a, COLUMN_ID),
                  (const char *)sqlite3_column_text(b, COLUMN_ID)) < 0;
}

static void ask_page(struct bare *b, const struct question *q)
{
    bool filled[PERIOD_CLASSES];
    for (int cls = 0; cls < PERIOD_CLASSES; cls++) {
        sqlite3_stmt *stmt = b->classes[cls];
        int64_t start;
        if (__builtin_sub_overflow(q->from, period_class_extent(cls), &start))
            start = PERIOD_NO_START;
        bind_int(stmt, "$1", cls);
        bind_int(stmt, "$2", start);
        bind_int(stmt, "$3", q->to);
        bind_int(stmt, "$4", q->from);
        bind_int(stmt, "$5", b->version);
        filled[cls] = step(b, stmt);
    }
    for (int rows = 0; rows < PAGE; rows++) {
        int first = -1;
        for (int cls = 0; cls < PERIOD_CLASSES; cls++)
            if (filled[cls] && (first < 0 || comes_first(b->classes[cls], b->classes[first])))
                first = cls;
        if (first < 0)
            break;
        bind_int(b->row, "$1", sqlite3_column_int64(b->classes[first], COLUMN_KEY));
        check(b, step(b, b->row));
        copy_column(b, b->row, COLUMN_DOCUMENT);
        sqlite3_reset(b->row);
        filled[first] = step(b, b->classes[first]);
    }
    for (int cls = 0; cls < PERIOD_CLASSES; cls++)
        sqlite3_reset(b->classes[cls]);
}

/* All bounds that a statement gives, added up. */
static void add_bounds(struct bare *b, sqlite3_stmt *stmt)
{
    bind_int(stmt, "$2", b->version);
    while (step(b, stmt))
        for (int i = 0; i < 4; i++)
            b->sum ^= sqlite3_column_int64(stmt, i);
    sqlite3_reset(stmt);
}

static void ask_links(struct bare *b, const struct question *q)
{
    bind_int(b->links, "$1", q->key);
    bind_int(b->links, "$3", q->from);
    bind_int(b->links, "$4", q->to);
    add_bounds(b, b->links);
}

static void ask_all(struct bare *b, const struct question *q)
{
    (void)q;
    add_bounds(b, b->all);
}

static void ask_documents(struct bare *b, const struct question *q)
{
    bind_int(b->documents, "$1", q->key);
    bind_int(b->documents, "$2", b->version);
    while (step(b, b->documents)) {
        buf_clear(&b->out);
        copy_column(b, b->documents, 0);
    }
    sqlite3_reset(b->documents);
}

/* ---- measuring ---- */

/* What a line holds. */
enum line { LINE_ID, LINE_WINDOW, LINE_KEY_AND_WINDOW, LINE_NUMBER };

static bool read_line(struct question *q, const char *line, enum line kind)
{
    switch (kind) {
    case LINE_ID:
        q->id = strdup(line);
        return true;
    case LINE_WINDOW:
        return sscanf(line, "%" SCNd64 " %" SCNd64, &q->from, &q->to) == 2;
    case LINE_KEY_AND_WINDOW:
        return sscanf(line, "%" SCNd64 " %" SCNd64 " %" SCNd64, &q->key, &q->from, &q->to) == 3;
    case LINE_NUMBER:
        return sscanf(line, "%" SCNd64, &q->key) == 1;
    }
    return false;
}

static bool read_questions(struct bare *b, const char *path, enum line kind)
{
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return false;
    char line[LONGEST_LINE];
    size_t room = 0;
    while (fgets(line, sizeof line, f) != NULL) {
        if (b->n == room) {
            room = room ? room * 2 : 1024;
            b->questions = realloc(b->questions, room * sizeof *b->questions);
            ENSURE(b->questions != NULL);
        }
        struct question *q = &b->questions[b->n++];
        *q = (struct question){0};
        line[strcspn(line, "\n")] = '\0';
        bool read = read_line(q, line, kind);
        ENSURE(read);
    }
    fclose(f);
    return b->n > 0;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double measure(struct bare *b, void (*ask)(struct bare *, const struct question *),
                      int batch, double seconds)
{
    size_t asked = 0;
    double begun = now(), took = 0;
    while (took < seconds) {
        for (int i = 0; i < batch; i++) {
            buf_clear(&b->out);
            ask(b, &b->questions[asked++ % b->n]);
        }
        took = now() - begun;
    }
    return (double)asked / took;
}

int main(int argc, char *argv[])
{
    static const struct {
        const char *name;
        void (*ask)(struct bare *, const struct question *);
        enum line line;
        int batch; /* questions between looks at the clock */
    } kinds[] = {
        {"event", ask_event, LINE_ID, 16},
        {"parts", ask_parts, LINE_ID, 16},
        {"page", ask_page, LINE_WINDOW, 16},
        {"links", ask_links, LINE_KEY_AND_WINDOW, 1},
        {"documents", ask_documents, LINE_NUMBER, 1},
        {"events", ask_all, LINE_NUMBER, 1},
    };

    struct bare b = {0};
    buf_init(&b.out, SIZE_MAX);
    double seconds = argc == 5 ? strtod(argv[4], NULL) : 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && seconds > 0; i++) {
        if (strcmp(argv[3], kinds[i].name) != 0)
            continue;
        if (!read_questions(&b, argv[2], kinds[i].line)) {
            fprintf(stderr, "bench_bare: %s holds no questions\n", argv[2]);
            return 3;
        }
        open_store(&b, argv[1]);
        printf("%.6g\n", measure(&b, kinds[i].ask, kinds[i].batch, seconds));
        close_store(&b);
        for (size_t k = 0; k < b.n; k++)
            free(b.questions[k].id);
        free(b.questions);
        buf_free(&b.out);
        return 0;
    }
    fputs("usage: bench_bare STORE LIST event|parts|page|links|documents|events SECONDS\n", stderr);
    return 2;
}
