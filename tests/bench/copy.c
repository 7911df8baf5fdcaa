/*
 * The yardstick of loading: all rows of a loaded store, written into an empty one of the same
 * schema by bare prepared statements in one process: every table, every index, the full text too;
 * in the same transactions, and in each of them table by table in the order of the keys, which is
 * the cheapest there is. Reading them from the loaded store is not counted.
 *
 *     bench_copy LOADED NEW
 *
 * Prints the seconds that writing took, those of the processor, and the number of rows.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/check.h"
#include "store/row_key.h"

#define MOST_COLUMNS 48
#define COUNTER ((INT64_C(1) << ROW_KEY_COUNTER_BITS) - 1)

/* How a row tells in which version it was written. */
enum when { BY_VERSION, BY_KEY, AT_ONCE };

static const struct table {
    const char *name;
    enum when when;
    const char *column; /* that tells it */
    const char *order;  /* within a version */
} tables[] = {
    {"text", AT_ONCE, "0", "sha256"},
    {"changeset", BY_VERSION, "version", "version"},
    {"change", BY_VERSION, "version", "position"},
    {"source", BY_KEY, "key", "key"},
    {"event", BY_KEY, "key", "key"},
    {"actor", BY_KEY, "key", "key"},
    {"place", BY_KEY, "key", "key"},
    {"claim", BY_KEY, "key", "key"},
    {"relation", BY_KEY, "key", "key"},
    {"tag", BY_KEY, "key", "key"},
    {"term", BY_KEY, "key", "key"},
    {"source_state", BY_VERSION, "since", "key"},
    {"source_creator", BY_KEY, "state", "state, position"},
    {"source_derivation", BY_KEY, "state", "state, position"},
    {"annotation", BY_KEY, "key", "key"},
    {"evidence", BY_VERSION, "since", "owner, position, property"},
    {"actor_statement", BY_VERSION, "since", "key"},
    {"place_statement", BY_VERSION, "since", "key"},
    {"term_statement", BY_VERSION, "since", "key"},
    {"name", BY_KEY, "statement", "statement, position"},
    {"identifier", BY_KEY, "statement", "statement, scheme"},
    {"containment", BY_KEY, "statement", "statement, position"},
    {"account", BY_VERSION, "since", "key"},
    {"account_participant", BY_KEY, "account", "account, position"},
    {"account_place", BY_KEY, "account", "account, position"},
    {"account_tag", BY_KEY, "account", "account, position"},
    {"account_identifier", BY_KEY, "account", "account, scheme"},
    {"relation_statement", BY_VERSION, "since", "key"},
    {"claim_statement", BY_VERSION, "since", "key"},
    {"claim_about", BY_KEY, "statement", "statement, position"},
    {"event_row", BY_VERSION, "since", "key"},
    {"event_link", BY_VERSION, "since", "target, cls, earliest, id, event_row, role"},
    {"total", BY_VERSION, "since", "name"},
    {"class_extent", AT_ONCE, "0", "cls"},
    {"item_row", BY_VERSION, "since", "key"},
    {"item_name", BY_VERSION, "since", "fold, thing, position"},
    {"item_link", BY_KEY, "item_row", "item_row, term, value"},
};
#define TABLES (sizeof tables / sizeof tables[0])

/* The indexes of full text keep words and no texts; the words come back in their order. */
static const struct index {
    const char *name, *rows;
    int columns;
    const char *insert;
} indexes[] = {
    {"event_search", "event_row", 5,
     "INSERT INTO event_search (rowid, title, summary, names, quotes, links) "
     "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
    {"item_search", "item_row", 1, "INSERT INTO item_search (rowid, text) VALUES (?1, ?2)"},
};
#define INDEXES (sizeof indexes / sizeof indexes[0])

struct value {
    int type;
    int64_t i64;
    double f64;
    size_t at, n; /* in the bytes of the batch */
};

/* Rows of one version, in memory. */
struct rows {
    struct value *values;
    size_t n, room; /* values */
    struct buf bytes;
};

struct feed {
    sqlite3_stmt *from, *to;
    int columns;
    bool more; /* a row is waiting */
    struct rows rows;
};

struct copy {
    sqlite3 *old, *new;
    struct feed feeds[TABLES + INDEXES];
    int64_t *last_keys; /* by version */
    int64_t version, written;
    double seconds, processor;
};

static void check(sqlite3 *db, bool ok)
{
    if (ok)
        return;
    fprintf(stderr, "bench_copy: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static void run(sqlite3 *db, const char *sql)
{
    check(db, sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

__attribute__((format(printf, 2, 3))) static sqlite3_stmt *prepare(sqlite3 *db, const char *format,
                                                                   ...)
{
    char sql[2000];
    va_list args;
    va_start(args, format);
    vsnprintf(sql, sizeof sql, format, args);
    va_end(args);
    sqlite3_stmt *stmt = NULL;
    check(db, sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) == SQLITE_OK);
    return stmt;
}

static bool step(sqlite3_stmt *stmt)
{
    int status = sqlite3_step(stmt);
    check(sqlite3_db_handle(stmt), status == SQLITE_ROW || status == SQLITE_DONE);
    return status == SQLITE_ROW;
}

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void start(struct copy *c)
{
    c->seconds -= now(CLOCK_MONOTONIC);
    c->processor -= now(CLOCK_PROCESS_CPUTIME_ID);
}

static void stop(struct copy *c)
{
    c->seconds += now(CLOCK_MONOTONIC);
    c->processor += now(CLOCK_PROCESS_CPUTIME_ID);
}

/* ---- both stores ---- */

/* An empty store of the same schema; indexes after their tables, as they were made. */
static void make_schema(struct copy *c)
{
    sqlite3_stmt *all = prepare(c->old, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL "
                                        "AND name NOT GLOB '*_search_*' ORDER BY rowid");
    while (step(all))
        run(c->new, (const char *)sqlite3_column_text(all, 0));
    sqlite3_finalize(all);
}

static void open_table(struct copy *c, const struct table *t, struct feed *f)
{
    f->from = prepare(c->old, "SELECT %s, * FROM %s ORDER BY 1, %s", t->column, t->name, t->order);
    f->columns = sqlite3_column_count(f->from) - 1;
    ENSURE(f->columns <= MOST_COLUMNS);
    char marks[2 * MOST_COLUMNS + 1] = "?";
    for (int i = 1; i < f->columns; i++)
        strcat(marks, ",?");
    f->to = prepare(c->new, "INSERT INTO %s VALUES (%s)", t->name, marks);
    f->more = step(f->from);
}

static void open_index(struct copy *c, const struct index *x, struct feed *f)
{
    char sql[400];
    snprintf(sql, sizeof sql,
             "CREATE VIRTUAL TABLE temp.%s_words USING fts5vocab(main, %s, instance)", x->name,
             x->name);
    run(c->old, sql);
    f->from = prepare(c->old,
                      "SELECT r.since, w.doc, w.col, w.term FROM temp.%s_words w "
                      "JOIN %s r ON r.key = w.doc ORDER BY 1, 2, %s, w.offset",
                      x->name, x->rows,
                      x->columns == 1 ? "3"
                                      : "CASE w.col WHEN 'title' THEN 0 WHEN 'summary' THEN 1 "
                                        "WHEN 'names' THEN 2 WHEN 'quotes' THEN 3 ELSE 4 END");
    f->columns = x->columns + 1;
    f->to = prepare(c->new, "%s", x->insert);
    f->more = step(f->from);
}

/* The last key that each version gave out: of the rows that are written last. */
static void read_versions(struct copy *c)
{
    sqlite3_stmt *newest = prepare(c->old, "SELECT version FROM store");
    check(c->old, step(newest));
    c->version = sqlite3_column_int64(newest, 0);
    sqlite3_finalize(newest);
    c->last_keys = calloc((size_t)c->version + 1, sizeof *c->last_keys);
    ENSURE(c->last_keys != NULL);
    static const char *const kept[] = {"event_row", "item_row", "account", "source_state"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        sqlite3_stmt *keys = prepare(c->old,
                                     "SELECT since, max(key & %" PRId64 ") FROM %s GROUP BY since",
                                     COUNTER, kept[i]);
        while (step(keys)) {
            int64_t *last = &c->last_keys[sqlite3_column_int64(keys, 0)];
            int64_t key = sqlite3_column_int64(keys, 1);
            *last = key > *last ? key : *last;
        }
        sqlite3_finalize(keys);
    }
    for (int64_t v = 1; v <= c->version; v++)
        if (c->last_keys[v] < c->last_keys[v - 1])
            c->last_keys[v] = c->last_keys[v - 1];
    c->last_keys[c->version] = INT64_MAX;
}

static void open_both(struct copy *c, const char *loaded, const char *new)
{
    check(c->old, sqlite3_open_v2(loaded, &c->old, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
    check(c->new, sqlite3_open_v2(new, &c->new, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) ==
                      SQLITE_OK);
    run(c->old, "PRAGMA mmap_size=1073741824; PRAGMA cache_size=-262144; BEGIN");
    /* As db/sqlite sets up its writer. */
    run(c->new, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                "PRAGMA wal_autocheckpoint=2000; PRAGMA journal_size_limit=67108864;");
    make_schema(c);
    read_versions(c);
    for (size_t i = 0; i < TABLES; i++)
        open_table(c, &tables[i], &c->feeds[i]);
    for (size_t i = 0; i < INDEXES; i++)
        open_index(c, &indexes[i], &c->feeds[TABLES + i]);
    for (size_t i = 0; i < TABLES + INDEXES; i++)
        buf_init(&c->feeds[i].rows.bytes, SIZE_MAX / 2);
}

/* ---- reading a version ---- */

static struct value *add_value(struct rows *r)
{
    if (r->n == r->room) {
        r->room = r->room ? r->room * 2 : 4096;
        r->values = realloc(r->values, r->room * sizeof *r->values);
        ENSURE(r->values != NULL);
    }
    struct value *v = &r->values[r->n++];
    *v = (struct value){.type = SQLITE_NULL};
    return v;
}

static void keep_value(struct rows *r, sqlite3_stmt *from, int column)
{
    struct value *v = add_value(r);
    v->type = sqlite3_column_type(from, column);
    if (v->type == SQLITE_INTEGER)
        v->i64 = sqlite3_column_int64(from, column);
    else if (v->type == SQLITE_FLOAT)
        v->f64 = sqlite3_column_double(from, column);
    if (v->type != SQLITE_TEXT && v->type != SQLITE_BLOB)
        return;
    const void *p = sqlite3_column_blob(from, column);
    v->at = r->bytes.n;
    v->n = (size_t)sqlite3_column_bytes(from, column);
    buf_add(&r->bytes, (str){p ? p : "", v->n});
}

static bool belongs(const struct copy *c, const struct table *t, const struct feed *f,
                    int64_t version)
{
    int64_t when = sqlite3_column_int64(f->from, 0);
    switch (t->when) {
    case AT_ONCE:
        return true;
    case BY_VERSION:
        return when <= version;
    case BY_KEY:
        return when <= c->last_keys[version];
    }
    return false;
}

static void read_table(const struct copy *c, const struct table *t, struct feed *f, int64_t version)
{
    while (f->more && belongs(c, t, f, version)) {
        for (int i = 0; i < f->columns; i++)
            keep_value(&f->rows, f->from, i + 1);
        f->more = step(f->from);
    }
}

/* The words of a row and column with blanks between them: folded already, they give themselves. */
static void read_index(struct feed *f, int64_t version)
{
    static const char *const names[] = {"title", "summary", "names", "quotes", "links"};
    int64_t row = INT64_MIN;
    struct rows *r = &f->rows;
    while (f->more && sqlite3_column_int64(f->from, 0) <= version) {
        if (row != sqlite3_column_int64(f->from, 1)) {
            row = sqlite3_column_int64(f->from, 1);
            *add_value(r) = (struct value){.type = SQLITE_INTEGER, .i64 = row};
            for (int i = 1; i < f->columns; i++)
                *add_value(r) = (struct value){.type = SQLITE_TEXT};
        }
        int column = 0;
        const char *name = (const char *)sqlite3_column_text(f->from, 2);
        while (f->columns > 2 && strcmp(names[column], name) != 0)
            column++;
        struct value *v = &r->values[r->n - (size_t)(f->columns - 1) + (size_t)column];
        if (v->n == 0)
            v->at = r->bytes.n;
        else
            buf_add_char(&r->bytes, ' ');
        buf_add(&r->bytes, (str){(const char *)sqlite3_column_text(f->from, 3),
                                 (size_t)sqlite3_column_bytes(f->from, 3)});
        v->n = r->bytes.n - v->at;
        f->more = step(f->from);
    }
}

/* ---- writing it ---- */

static void bind(const struct feed *f, int index, const struct value *v)
{
    const char *p = f->rows.bytes.p ? f->rows.bytes.p + v->at : "";
    if (v->type == SQLITE_INTEGER)
        sqlite3_bind_int64(f->to, index, v->i64);
    else if (v->type == SQLITE_FLOAT)
        sqlite3_bind_double(f->to, index, v->f64);
    else if (v->type == SQLITE_TEXT)
        sqlite3_bind_text64(f->to, index, p, v->n, SQLITE_STATIC, SQLITE_UTF8);
    else if (v->type == SQLITE_BLOB)
        sqlite3_bind_blob64(f->to, index, p, v->n, SQLITE_STATIC);
    else
        sqlite3_bind_null(f->to, index);
}

static void write_feed(struct copy *c, struct feed *f)
{
    for (size_t i = 0; i < f->rows.n; i += (size_t)f->columns) {
        for (int k = 0; k < f->columns; k++)
            bind(f, k + 1, &f->rows.values[i + (size_t)k]);
        step(f->to);
        sqlite3_reset(f->to);
        c->written++;
    }
    f->rows.n = 0;
    buf_clear(&f->rows.bytes);
}

static void copy_version(struct copy *c, int64_t version)
{
    for (size_t i = 0; i < TABLES; i++)
        read_table(c, &tables[i], &c->feeds[i], version);
    for (size_t i = 0; i < INDEXES; i++)
        read_index(&c->feeds[TABLES + i], version);
    start(c);
    run(c->new, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < TABLES + INDEXES; i++)
        write_feed(c, &c->feeds[i]);
    run(c->new, "COMMIT");
    stop(c);
}

int main(int argc, char *argv[])
{
    struct copy c = {0};
    if (argc != 3) {
        fputs("usage: bench_copy LOADED NEW\n", stderr);
        return 2;
    }
    open_both(&c, argv[1], argv[2]);
    for (int64_t v = 1; v <= c.version; v++)
        copy_version(&c, v);
    for (size_t i = 0; i < TABLES + INDEXES; i++) {
        struct feed *f = &c.feeds[i];
        if (f->more) {
            fprintf(stderr, "bench_copy: rows of feed %zu are left over\n", i);
            return 1;
        }
        sqlite3_finalize(f->from);
        sqlite3_finalize(f->to);
        free(f->rows.values);
        buf_free(&f->rows.bytes);
    }
    start(&c);
    sqlite3_wal_checkpoint_v2(c.new, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    stop(&c);
    sqlite3_close(c.new);
    sqlite3_close(c.old);
    free(c.last_keys);
    printf("%.6g %.6g %" PRId64 "\n", c.seconds, c.processor, c.written);
    return 0;
}
