/* Answering a query about events: pages in the order of time, and what the other orders share. */
#include "store/excerpt.h"
#include "store/find.h"
#include "store/thing.h"

/* ---- rows ---- */

enum column {
    COL_KEY,
    COL_ID,
    COL_EARLIEST,
    COL_START_LATEST,
    COL_END_EARLIEST,
    COL_LATEST,
    COL_TITLE,
    COL_TYPE,
    COL_DATE,
    COL_PRECISION,
    COL_QUALIFIER,
    COL_PLACE,
    COL_LAT,
    COL_LON,
    COL_ACTORS,
    COL_SOURCES,
    COL_SINCE,
    COL_UPDATED,
    COL_DOCUMENT
};

static void read_bare(const struct db_rows *rows, struct arena *a, struct event_row *out)
{
    *out = (struct event_row){
        .key = db_i64(rows, COL_KEY),
        .id = internal_text(rows, COL_ID, a),
        .dated = !db_is_null(rows, COL_DATE),
        .version = db_i64(rows, COL_SINCE),
        .updated = db_i64(rows, COL_UPDATED),
        .document = internal_text(rows, COL_DOCUMENT, a),
    };
    if (out->dated)
        out->bounds = (struct period){db_i64(rows, COL_EARLIEST), db_i64(rows, COL_START_LATEST),
                                      db_i64(rows, COL_END_EARLIEST), db_i64(rows, COL_LATEST)};
}

static void read_row(const struct db_rows *rows, struct arena *a, struct event_row *out)
{
    read_bare(rows, a, out);
    out->title = internal_text(rows, COL_TITLE, a);
    out->type = internal_text(rows, COL_TYPE, a);
    out->date = internal_text(rows, COL_DATE, a);
    out->place = internal_text(rows, COL_PLACE, a);
    out->has_point = !db_is_null(rows, COL_LAT);
    out->lat = db_f64(rows, COL_LAT);
    out->lon = db_f64(rows, COL_LON);
    out->actors = internal_text(rows, COL_ACTORS, a);
    out->sources = internal_text(rows, COL_SOURCES, a);
    if (out->dated) {
        out->precision = (enum edtf_precision)db_i64(rows, COL_PRECISION);
        out->qualifier = (enum edtf_qualifier)db_i64(rows, COL_QUALIFIER);
    }
}

bool find_show(struct finding *f, const struct walk_hit *hit, struct err *e)
{
    struct db_rows *rows;
    struct event_page *page = f->page;
    if (page->n == (size_t)f->q->limit) {
        page->more = true;
        return true;
    }
    if (!SQL_QUERY(f->r->db, e, &rows, SQL(event_by_key), DB_INT(hit->row)))
        return false;
    bool there = db_next(rows, e);
    ENSURE(there || e->code != ERR_NONE);
    if (there) {
        struct event_row *row = ARENA_PUSH(f->a, page->rows, page->n, f->room);
        f->q->bare ? read_bare(rows, f->a, row) : read_row(rows, f->a, row);
        row->match = hit->match;
    }
    db_done(rows);
    return there;
}

/* ---- by date ---- */

static bool find_by_date(struct finding *f, struct err *e)
{
    struct walk *w;
    struct walk_hit hit;
    enum walk_order order = f->q->sort == SORT_DATE_DESC ? WALK_DOWN : WALK_UP;
    if (!walk_open(f->r, f->found, order, f->a, &w, e))
        return false;
    bool ok = true;
    while (ok && !f->page->more && walk_next(w, &hit, e))
        ok = find_show(f, &hit, e);
    ok = ok && (f->page->more || e->code == ERR_NONE);
    walk_close(w);
    return ok;
}

static bool find_page(struct finding *f, struct err *e)
{
    switch (f->q->sort) {
    case SORT_TITLE:
    case SORT_UPDATED:
        return find_sorted(f, e);
    case SORT_RELEVANCE:
        return f->q->text.n > 0 ? find_relevant(f, e) : find_by_date(f, e);
    case SORT_DATE:
    case SORT_DATE_DESC:
        return find_by_date(f, e);
    }
    UNREACHABLE();
}

bool store_find_events(struct store_reader *r, const struct query *q, struct arena *a,
                       struct event_page *out, struct problems *problems, struct err *e)
{
    struct found_filters *found = ARENA_NEW(a, struct found_filters);
    struct finding f = {.r = r, .q = q, .found = found, .a = a, .page = out};
    *out = (struct event_page){.matched = -1};
    /* A version never changes, so the page and its count need no transaction around them. */
    return filter_find(r->db, q, a, found, problems, e) && find_page(&f, e) &&
           excerpt_fill(r, q, out->rows, out->n, a, e) &&
           (!q->count || walk_count(r, found, a, &out->matched, e));
}

/* ---- one event ---- */

static bool find_gone(struct store_reader *r, enum thing t, int64_t key, int64_t version, str id,
                      struct arena *a, struct gone *gone, enum store_found *found, struct err *e)
{
    *gone = (struct gone){0};
    *found = STORE_NEVER;
    if (key == 0)
        return thing_nearest(r->db, t, id, a, &gone->nearest, e);
    if (!SQL_ONE(r->db, e, &gone->version, SQL(event_gone), DB_INT(key), DB_INT(version)))
        return false;
    *found = STORE_GONE; /* gone->version is 0 for what came later */
    return true;
}

/* What an id stands for that no row answers to in the reading. */
static bool find_elsewhere(struct store_reader *r, int64_t version, str id, struct arena *a,
                           struct gone *gone, enum store_found *found, struct err *e)
{
    int64_t key;
    struct db_rows *rows;
    *gone = (struct gone){.known_from = -1};
    if (!thing_find(r->db, THING_EVENT, id, &key, e) ||
        !SQL_QUERY(r->db, e, &rows, SQL(event_alias_of), DB_INT(key), DB_INT(version)))
        return false;
    bool moved = db_next(rows, e);
    if (moved)
        gone->canonical = internal_text(rows, 1, a);
    db_done(rows);
    if (e->code != ERR_NONE && !moved)
        return false;
    *found = STORE_MOVED;
    if (moved)
        return true;
    bool there = false;
    if (!SQL_QUERY(r->db, e, &rows, SQL(event_known_from), DB_STR(id), DB_INT(version)))
        return false;
    there = db_next(rows, e);
    if (there)
        gone->known_from = db_i64(rows, 0);
    db_done(rows);
    *found = STORE_UNHEARD;
    return there ||
           (e->code == ERR_NONE && find_gone(r, THING_EVENT, key, version, id, a, gone, found, e));
}

static bool query_event(struct store_reader *r, int64_t version, const struct hearing *h, str id,
                        struct db_rows **rows, struct err *e)
{
    struct sql_builder b;
    if (h->plain)
        return SQL_QUERY(r->db, e, rows, SQL(event_by_id), DB_STR(id), DB_INT(version));
    sql_builder_init(&b);
    SQL_ADD(&b, SQL(event_read_by_id), DB_STR(id), DB_INT(version));
    hearing_add(&b, h, version);
    bool ok = sql_builder_query(&b, r->db, rows, e);
    sql_builder_free(&b);
    return ok;
}

enum store_found store_read_event(struct store_reader *r, int64_t version,
                                  const struct reading *reading, str id, struct arena *a,
                                  struct event_row *out, struct gone *gone,
                                  struct problems *problems, struct err *e)
{
    struct db_rows *rows;
    struct hearing hearing;
    enum store_found found;
    if (!hearing_find(r->db, reading, a, &hearing, problems, e))
        return STORE_FAILED;
    if (problems != NULL && problem_any(problems)) {
        err_set(e, ERR_BAD_PARAMETER, "a value is not known here");
        return STORE_FAILED;
    }
    if (!hearing_check(r->db, &hearing, version, id, e) ||
        !query_event(r, version, &hearing, id, &rows, e))
        return STORE_FAILED;
    bool there = db_next(rows, e);
    if (there)
        read_row(rows, a, out);
    db_done(rows);
    if (there)
        return STORE_FOUND;
    if (e->code != ERR_NONE || !find_elsewhere(r, version, id, a, gone, &found, e))
        return STORE_FAILED;
    return found;
}

enum store_found store_get_event(struct store_reader *r, int64_t version, str id, struct arena *a,
                                 struct event_row *out, struct gone *gone, struct err *e)
{
    static const struct reading plain = {.policy = POLICY_PREFERRED};
    return store_read_event(r, version, &plain, id, a, out, gone, NULL, e);
}

bool store_count_known(struct store_reader *r, int64_t version, int64_t known_at, int64_t *known,
                       int64_t *all, struct err *e)
{
    return hearing_count(r->db, version, known_at, known, all, e);
}
