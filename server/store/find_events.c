/*
 * Answering a query about events. By date the answer is merged from one ordered stream per
 * duration class, so that what overlaps a window is found without looking back further than the
 * longest event of each class; the undated follow.
 */
#include "base/fold.h"
#include "store/filter.h"
#include "store/thing.h"

/* One of the streams that are merged. */
struct stream {
    struct db_rows *rows;
    bool filled; /* rows stands on a row */
    int64_t key, earliest;
    str id;
};

struct search {
    struct store_reader *r;
    const struct query *q;
    struct arena *a;
    struct err *e;
    struct found_filters filters;
    str match; /* FTS expression, p NULL for none */
};

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

static void emit(struct search *s, struct event_page *page, size_t *room,
                 const struct db_rows *rows)
{
    struct event_row *row = ARENA_PUSH(s->a, page->rows, page->n, *room);
    if (s->q->bare)
        read_bare(rows, s->a, row);
    else
        read_row(rows, s->a, row);
    if (s->q->date.text.p != NULL)
        row->match = period_overlaps(&row->bounds, &s->q->match.hull);
}

/* ---- by date ---- */

static bool advance(struct search *s, struct stream *st)
{
    st->filled = db_next(st->rows, s->e);
    if (!st->filled)
        return s->e->code == ERR_NONE;
    st->key = db_i64(st->rows, COL_KEY);
    st->earliest = db_i64(st->rows, COL_EARLIEST);
    st->id = db_str(st->rows, COL_ID);
    return true;
}

/* The least start that an event of a class can have and still reach the window. */
static int64_t first_start(const struct query *q, int cls)
{
    int64_t extent = period_class_extent(cls), start;
    if (q->date.text.p == NULL || q->match.hull.from == PERIOD_NO_START || extent == INT64_MAX ||
        __builtin_sub_overflow(q->match.hull.from, extent, &start))
        return PERIOD_NO_START;
    return start;
}

/* What every statement over events asks for: the version, the filters, the words. */
static void add_conditions(struct search *s, struct sql_builder *b, size_t except)
{
    SQL_ADD(b, SQL(events_at), DB_INT(s->q->version));
    filter_add(b, &s->filters, except);
    if (s->match.p != NULL)
        SQL_ADD(b, SQL(events_matching), DB_STR(s->match));
}

static void add_window(struct search *s, struct sql_builder *b, int cls)
{
    const struct query *q = s->q;
    if (q->date.text.p != NULL)
        SQL_ADD(b, SQL(events_in_window), DB_INT(first_start(q, cls)), DB_INT(q->match.hull.to),
                DB_INT(q->match.hull.from));
}

/* Where in the values of a statement over one class stand what differs from class to class. */
struct class_values {
    size_t cls;
    size_t start[2]; /* SIZE_MAX where there is no window */
};

/* The statement for one class, to be run for each of them. */
static void build_class(struct search *s, struct sql_builder *b, struct class_values *v)
{
    const struct query *q = s->q;
    bool down = q->sort == SORT_DATE_DESC, window = q->date.text.p != NULL;
    size_t driver = filter_driver(&s->filters);
    *v = (struct class_values){.cls = 0, .start = {SIZE_MAX, SIZE_MAX}};
    if (driver != SIZE_MAX) {
        v->cls = 1;
        SQL_ADD(b, SQL(events_by_link), DB_INT(s->filters.items[driver].keys[0]), DB_INT(0));
    } else {
        SQL_ADD(b, SQL(events_by_class), DB_INT(0));
    }
    if (window && driver != SIZE_MAX) {
        v->start[1] = b->n;
        SQL_ADD(b, SQL(links_in_window), DB_INT(0), DB_INT(q->match.hull.to));
    }
    if (window)
        v->start[0] = b->n;
    add_window(s, b, 0);
    if (q->after.given && !q->after.undated) {
        if (down)
            SQL_ADD(b, SQL(events_before), DB_INT(q->after.number), DB_STR(q->after.id));
        else
            SQL_ADD(b, SQL(events_after), DB_INT(q->after.number), DB_STR(q->after.id));
    }
    add_conditions(s, b, driver);
    if (driver != SIZE_MAX && down)
        SQL_ADD(b, SQL(links_down));
    else if (driver != SIZE_MAX)
        SQL_ADD(b, SQL(links_up));
    else if (down)
        SQL_ADD(b, SQL(events_down));
    else
        SQL_ADD(b, SQL(events_up));
}

static bool open_classes(struct search *s, struct stream streams[PERIOD_CLASSES])
{
    struct sql_builder b;
    struct class_values v;
    sql_builder_init(&b);
    build_class(s, &b, &v);
    struct db_sql sql = sql_builder_text(&b);
    bool ok = true;
    for (int cls = 0; cls < PERIOD_CLASSES && ok; cls++) {
        b.values[v.cls] = DB_INT(cls);
        for (size_t i = 0; i < 2; i++)
            if (v.start[i] != SIZE_MAX)
                b.values[v.start[i]] = DB_INT(first_start(s->q, cls));
        ok = db_query(s->r->db, &sql, b.values, b.n, &streams[cls].rows, s->e) &&
             advance(s, &streams[cls]);
    }
    sql_builder_free(&b);
    return ok;
}

static bool comes_first(const struct stream *a, const struct stream *b, bool down)
{
    if (a->earliest != b->earliest)
        return down ? a->earliest > b->earliest : a->earliest < b->earliest;
    int order = str_cmp(a->id, b->id);
    return down ? order > 0 : order < 0;
}

static struct stream *next_stream(struct stream *streams, size_t n, bool down)
{
    struct stream *first = NULL;
    for (size_t i = 0; i < n; i++)
        if (streams[i].filled && (first == NULL || comes_first(&streams[i], first, down)))
            first = &streams[i];
    return first;
}

static bool merge(struct search *s, struct stream *streams, size_t n, struct event_page *page,
                  size_t *room)
{
    int64_t last = 0;
    struct stream *st;
    while ((st = next_stream(streams, n, s->q->sort == SORT_DATE_DESC)) != NULL) {
        /* A walk along links meets an event once for each link: those stand side by side. */
        if (st->key != last) {
            if (page->n == (size_t)s->q->limit) {
                page->more = true;
                return true;
            }
            last = st->key;
            emit(s, page, room, st->rows);
        }
        if (!advance(s, st))
            return false;
    }
    return true;
}

static bool find_dated(struct search *s, struct event_page *page, size_t *room)
{
    struct stream streams[PERIOD_CLASSES] = {{0}};
    bool ok = open_classes(s, streams) && merge(s, streams, PERIOD_CLASSES, page, room);
    for (int cls = 0; cls < PERIOD_CLASSES; cls++)
        db_done(streams[cls].rows);
    return ok;
}

/* ---- the other orders: one statement ---- */

static bool take_rows(struct search *s, struct sql_builder *b, struct event_page *page,
                      size_t *room)
{
    struct db_rows *rows = NULL;
    bool ok = sql_builder_query(b, s->r->db, &rows, s->e);
    sql_builder_free(b);
    while (ok && db_next(rows, s->e)) {
        if (page->n == (size_t)s->q->limit) {
            page->more = true;
            break;
        }
        emit(s, page, room, rows);
    }
    ok = ok && (page->more || s->e->code == ERR_NONE);
    db_done(rows);
    return ok;
}

static bool find_undated(struct search *s, struct event_page *page, size_t *room)
{
    const struct query *q = s->q;
    struct sql_builder b;
    sql_builder_init(&b);
    SQL_ADD(&b, SQL(events_undated),
            DB_STR(q->after.given && q->after.undated ? q->after.id : STR("")));
    add_conditions(s, &b, SIZE_MAX);
    SQL_ADD(&b, SQL(events_by_id), DB_INT(q->limit + 1 - (int64_t)page->n));
    return take_rows(s, &b, page, room);
}

static bool find_sorted(struct search *s, struct event_page *page, size_t *room)
{
    const struct query *q = s->q;
    bool title = q->sort == SORT_TITLE;
    struct sql_builder b;
    sql_builder_init(&b);
    SQL_ADD(&b, SQL(events_all));
    add_window(s, &b, PERIOD_CLASSES - 1);
    if (q->after.given && title)
        SQL_ADD(&b, SQL(events_after_title), DB_STR(fold_copy(q->after.text, s->a)),
                DB_STR(q->after.id));
    else if (q->after.given)
        SQL_ADD(&b, SQL(events_before_update), DB_INT(q->after.number), DB_STR(q->after.id));
    add_conditions(s, &b, SIZE_MAX);
    if (title)
        SQL_ADD(&b, SQL(events_by_title), DB_INT(q->limit + 1));
    else
        SQL_ADD(&b, SQL(events_by_update), DB_INT(q->limit + 1));
    return take_rows(s, &b, page, room);
}

static bool find_relevant(struct search *s, struct event_page *page, size_t *room)
{
    const struct query *q = s->q;
    struct sql_builder b;
    sql_builder_init(&b);
    SQL_ADD(&b, SQL(events_searched), DB_STR(s->match));
    add_window(s, &b, PERIOD_CLASSES - 1);
    SQL_ADD(&b, SQL(events_at), DB_INT(q->version));
    filter_add(&b, &s->filters, SIZE_MAX);
    SQL_ADD(&b, SQL(events_by_rank), DB_INT(q->limit + 1),
            DB_INT(q->after.given ? q->after.number : 0));
    return take_rows(s, &b, page, room);
}

/* ---- counting ---- */

static bool count_rows(struct search *s, int64_t *matched)
{
    struct sql_builder b;
    struct db_rows *rows = NULL;
    sql_builder_init(&b);
    SQL_ADD(&b, SQL(events_count));
    add_window(s, &b, PERIOD_CLASSES - 1);
    add_conditions(s, &b, SIZE_MAX);
    bool ok = sql_builder_query(&b, s->r->db, &rows, s->e);
    sql_builder_free(&b);
    if (ok && db_next(rows, s->e))
        *matched = db_i64(rows, 0);
    ok = ok && s->e->code == ERR_NONE;
    db_done(rows);
    return ok;
}

static bool find_page(struct search *s, struct event_page *page)
{
    const struct query *q = s->q;
    size_t room = 0;
    if (q->sort == SORT_RELEVANCE && s->match.p != NULL)
        return find_relevant(s, page, &room);
    if (q->sort == SORT_TITLE || q->sort == SORT_UPDATED)
        return find_sorted(s, page, &room);
    if (!(q->after.given && q->after.undated) && !find_dated(s, page, &room))
        return false;
    bool undated_too = q->date.text.p == NULL && !page->more;
    return !undated_too || find_undated(s, page, &room);
}

bool store_find_events(struct store_reader *r, const struct query *q, struct arena *a,
                       struct event_page *out, struct problems *problems, struct err *e)
{
    struct search s = {.r = r, .q = q, .a = a, .e = e};
    *out = (struct event_page){.matched = -1};
    bool known = filter_find(r->db, q, a, &s.filters, problems, e);
    if (!known && e->code != ERR_BAD_PARAMETER)
        return false;
    if (q->text.n > 0 && !filter_match_expression(q->text, a, &s.match, e)) {
        problem_add(problems, PROBLEM_PARAMETER, STR("q"), q->text, "%s", e->detail);
        return false;
    }
    if (!known)
        return false;
    /* Full text without a word: nothing matches. */
    if (q->text.n > 0 && s.match.n == 0) {
        out->matched = q->count ? 0 : -1;
        return true;
    }
    /* A version never changes, so the page and its count need no transaction around them. */
    return find_page(&s, out) && (!q->count || count_rows(&s, &out->matched));
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

enum store_found store_get_event(struct store_reader *r, int64_t version, str id, struct arena *a,
                                 struct event_row *out, struct gone *gone, struct err *e)
{
    struct db_rows *rows;
    if (!SQL_QUERY(r->db, e, &rows, SQL(event_by_id), DB_STR(id), DB_INT(version)))
        return STORE_FAILED;
    bool there = db_next(rows, e);
    if (there)
        read_row(rows, a, out);
    db_done(rows);
    if (there)
        return STORE_FOUND;
    int64_t key;
    enum store_found found;
    if (e->code != ERR_NONE || !thing_find(r->db, THING_EVENT, id, &key, e) ||
        !find_gone(r, THING_EVENT, key, version, id, a, gone, &found, e))
        return STORE_FAILED;
    return found;
}
