#include "store/check_events.h"

#include <stdlib.h>
#include <string.h>

#include "store/alias.h"
#include "store/row_key.h"

#define LARGEST_LEADS ((size_t)32 * 1024 * 1024)

/* A row as it is kept. */
struct kept {
    int64_t key, since, until;
    unsigned not_for;
    int64_t only_for, known_from, known_until;
    bool lasts;
    int64_t cls;
    unsigned char digest[VARIANT_DIGEST];
    int64_t proved; /* the version at which it was last found right, or wrong; 0 for none yet */
};

struct proof {
    struct db *db;
    struct problems *problems;
    struct arena *rows_arena; /* of the rows of one event; then of: */
    struct strmap leads;
    struct arena *scratch; /* of one version of it */
    struct err *e;
    int64_t newest;

    int64_t event;
    str id;
    struct kept *rows;
    size_t n, room;
    int64_t version; /* that is being proved */
    struct at at;
};

static int64_t last_version(const struct proof *p, int64_t until)
{
    return until == FOREVER ? p->newest : until - 1;
}

static void find(struct proof *p, const char *what)
{
    problem_add(p->problems, PROBLEM_POINTER, STR(""), p->id, "event %.*s at version %lld %s",
                STR_ARG(p->id), (long long)p->version, what);
}

/* ---- one row ---- */

/* Whether the links of a row are these. */
static bool links_are(const struct at *at, int64_t row, const struct links *links, bool *same)
{
    struct db_rows *rows;
    size_t n = 0;
    *same = true;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(check_links), DB_INT(row)))
        return false;
    for (; db_next(rows, at->e); n++)
        *same = *same && n < links->n && links->items[n].target == db_i64(rows, 0) &&
                links->items[n].role == db_i64(rows, 1);
    *same = *same && n == links->n;
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* The columns of check_row. */
enum column {
    COL_DOCUMENT,
    COL_VERSION,
    COL_UPDATED,
    COL_SOURCES,
    COL_CLASS,
    COL_EARLIEST,
    COL_START_LATEST,
    COL_END_EARLIEST,
    COL_LATEST,
    COL_GAPPED,
    COL_DATE
};

/* Whether the bounds of a row, its class, its key and its mark are those of the date. */
static bool columns_are(const struct db_rows *rows, int64_t key, bool plain,
                        const struct dated *date)
{
    const struct period *p = date->text.p == NULL ? NULL : &date->value.bounds;
    int cls = row_class(p, !plain);
    if (db_i64(rows, COL_CLASS) != cls || row_key_class(key) != cls)
        return false;
    if (p == NULL)
        return db_is_null(rows, COL_EARLIEST) && db_is_null(rows, COL_START_LATEST) &&
               db_is_null(rows, COL_DATE) && db_i64(rows, COL_GAPPED) == 0;
    const struct window starts = row_key_starts(key);
    return db_i64(rows, COL_EARLIEST) == p->earliest &&
           db_i64(rows, COL_START_LATEST) == p->start_latest &&
           db_i64(rows, COL_END_EARLIEST) == p->end_earliest &&
           db_i64(rows, COL_LATEST) == p->latest && starts.from <= p->earliest &&
           starts.to >= p->earliest && str_eq(db_str(rows, COL_DATE), date->text) &&
           (db_i64(rows, COL_GAPPED) != 0) == match_gapped(date->text);
}

static bool document_is(const struct db_rows *rows, const struct variant *v)
{
    struct buf document;
    struct event ev = v->event;
    ev.version = db_i64(rows, COL_VERSION);
    ev.updated = db_i64(rows, COL_UPDATED);
    buf_init(&document, SIZE_MAX / 2);
    buf_add(&document, v->shown);
    event_write_stamp(&document, &ev);
    bool same = str_eq(buf_str(&document), db_str(rows, COL_DOCUMENT)) &&
                str_eq(v->sources, db_str(rows, COL_SOURCES));
    buf_free(&document);
    return same;
}

static bool prove_row(struct proof *p, const struct kept *row, const struct variant *v)
{
    struct db_rows *rows;
    bool linked;
    if (!links_are(&p->at, row->key, &v->links, &linked) ||
        !SQL_QUERY(p->db, p->e, &rows, SQL(check_row), DB_INT(row->key)))
        return false;
    bool there = db_next(rows, p->e);
    if (there && !document_is(rows, v))
        find(p, "is not what its accounts give");
    else if (there && !columns_are(rows, row->key, v->plain, &v->event.merged.date))
        find(p, "is found by another date than it has");
    else if (there && !linked)
        find(p, "is found by other things than it mentions");
    else if (there && memcmp(row->digest, v->digest, VARIANT_DIGEST) != 0)
        find(p, "is found by other words than its accounts have");
    db_done(rows);
    return there;
}

/* ---- all rows of an event at one version ---- */

static bool holds(const struct proof *p, const struct kept *row)
{
    return row->since <= p->version && row->until > p->version;
}

static bool is_for(const struct kept *row, const struct variant *v)
{
    return row->not_for == v->not_for && row->only_for == v->only_for &&
           row->known_from == v->known_from && row->lasts == v->lasts &&
           (v->lasts || row->known_until == v->known_until);
}

/* The row that is for the same reading; all of it is looked at where it begins and ends. */
static bool prove_variant(void *context, const struct variant *v)
{
    struct proof *p = context;
    for (size_t i = 0; i < p->n; i++) {
        struct kept *row = &p->rows[i];
        if (!holds(p, row) || !is_for(row, v))
            continue;
        row->proved = p->version;
        if (p->version == row->since || p->version == last_version(p, row->until))
            return prove_row(p, row, v);
        if (memcmp(row->digest, v->digest, VARIANT_DIGEST) != 0)
            find(p, "is not what its accounts give in between");
        return true;
    }
    find(p, v->plain ? "is not listed" : "is not listed in some reading");
    return true;
}

static bool prove_version(struct proof *p, int64_t version)
{
    size_t accounts;
    int64_t canonical;
    arena_reset(p->scratch);
    p->version = version;
    p->at = (struct at){p->db, version, p->scratch, p->e};
    if (!alias_canonical(&p->at, p->event, &canonical))
        return false;
    if (canonical != p->event) {
        find(p, "is listed and is the same as another one");
        return true;
    }
    if (!variant_each(&p->at, p->event, p->id, NULL, prove_variant, p, &accounts))
        return false;
    for (size_t i = 0; i < p->n; i++)
        if (holds(p, &p->rows[i]) && p->rows[i].proved != version)
            find(p, "has a row that its accounts do not give");
    return true;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The rows of an event, at every version in which one of them begins or ends. */
static bool prove_event(struct proof *p)
{
    if (p->n == 0)
        return true;
    int64_t *versions = ARENA_ARRAY(p->rows_arena, int64_t, 2 * p->n);
    for (size_t i = 0; i < p->n; i++) {
        versions[2 * i] = p->rows[i].since;
        versions[2 * i + 1] = last_version(p, p->rows[i].until);
    }
    qsort(versions, 2 * p->n, sizeof *versions, by_number);
    for (size_t i = 0; i < 2 * p->n; i++)
        if ((i == 0 || versions[i] != versions[i - 1]) && !prove_version(p, versions[i]))
            return false;
    return true;
}

static void keep_row(struct proof *p, const struct db_rows *rows)
{
    struct kept *row = ARENA_PUSH(p->rows_arena, p->rows, p->n, p->room);
    *row = (struct kept){.key = db_i64(rows, 0),
                         .since = db_i64(rows, 3),
                         .until = db_i64(rows, 4),
                         .not_for = (unsigned)db_i64(rows, 5),
                         .only_for = db_i64(rows, 6),
                         .known_from = db_i64(rows, 7),
                         .known_until = db_i64(rows, 8),
                         .lasts = db_is_null(rows, 8),
                         .cls = db_i64(rows, 9)};
    str digest = db_str(rows, 10);
    memcpy(row->digest, digest.p, digest.n < VARIANT_DIGEST ? digest.n : VARIANT_DIGEST);
}

static void begin_event(struct proof *p, const struct db_rows *rows)
{
    arena_reset(p->rows_arena);
    p->rows = NULL;
    p->n = p->room = 0;
    p->event = db_i64(rows, 1);
    p->id = internal_text(rows, 2, p->rows_arena);
}

static bool prove_rows(struct proof *p)
{
    struct db_rows *rows;
    bool ok = true;
    if (!SQL_QUERY(p->db, p->e, &rows, SQL(check_events)))
        return false;
    while (ok && db_next(rows, p->e)) {
        if (db_i64(rows, 1) != p->event) {
            ok = prove_event(p);
            begin_event(p, rows);
        }
        keep_row(p, rows);
    }
    ok = ok && p->e->code == ERR_NONE;
    db_done(rows);
    return ok && prove_event(p);
}

/* ---- ids that lead to others ---- */

/* What one of a group ought to lead to, by event and version. */
struct lead {
    int64_t event, version;
};

/* The canonical event as the relations make it; each group is looked at once. */
static bool find_canonical(struct proof *p, int64_t event, int64_t version, int64_t *canonical)
{
    struct lead lead = {event, version};
    struct alias_group group;
    if (strmap_get(&p->leads, (str){(const char *)&lead, sizeof lead}, canonical))
        return true;
    if (arena_used(p->rows_arena) > LARGEST_LEADS) {
        arena_reset(p->rows_arena);
        strmap_init(&p->leads, p->rows_arena);
    }
    if (!alias_group(&p->at, event, &group))
        return false;
    *canonical = group.canonical;
    for (size_t i = 0; i < group.n; i++) {
        lead.event = group.events[i];
        strmap_set(&p->leads, arena_copy(p->rows_arena, (str){(const char *)&lead, sizeof lead}),
                   group.canonical);
    }
    return true;
}

/* Whether both lead to the event that the relations of that version make canonical. */
static bool prove_pair(struct proof *p, int64_t a, int64_t b, int64_t version)
{
    int64_t canonical, of_a, of_b;
    arena_reset(p->scratch);
    p->at = (struct at){p->db, version, p->scratch, p->e};
    if (!find_canonical(p, a, version, &canonical) || !alias_canonical(&p->at, a, &of_a) ||
        !alias_canonical(&p->at, b, &of_b))
        return false;
    if (of_a != canonical || of_b != canonical)
        problem_add(p->problems, PROBLEM_POINTER, STR(""), STR(""),
                    "ids of the same event (keys %lld and %lld) lead to different ones at version "
                    "%lld",
                    (long long)a, (long long)b, (long long)version);
    return true;
}

static bool prove_pairs(struct proof *p)
{
    struct db_rows *rows;
    bool ok = true;
    arena_reset(p->rows_arena);
    strmap_init(&p->leads, p->rows_arena);
    if (!SQL_QUERY(p->db, p->e, &rows, SQL(check_same)))
        return false;
    while (ok && db_next(rows, p->e)) {
        int64_t a = db_i64(rows, 0), b = db_i64(rows, 1);
        ok = prove_pair(p, a, b, db_i64(rows, 2)) &&
             prove_pair(p, a, b, last_version(p, db_i64(rows, 3)));
    }
    ok = ok && p->e->code == ERR_NONE;
    db_done(rows);
    return ok;
}

bool check_events(struct db *db, int64_t newest, struct problems *problems, struct err *e)
{
    struct proof p = {.db = db,
                      .problems = problems,
                      .rows_arena = arena_new(),
                      .scratch = arena_new(),
                      .e = e,
                      .newest = newest};
    bool ok = prove_rows(&p) && prove_pairs(&p);
    arena_free(p.rows_arena);
    arena_free(p.scratch);
    return ok;
}
