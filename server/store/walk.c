/* Walking: the streams that a plan opens, merged. */
#include "store/walk.h"

#include "store/plan.h"
#include "store/row_key.h"
#include "store/stream.h"
#include "store/total.h"
#include "store/window.h"

#define MOST_STREAMS (2 * PERIOD_CLASSES * PLAN_MOST_TARGETS) /* in other readings: twice */
#define NOWHERE SIZE_MAX

/* One statement for many streams, and where in its values stands what differs between them. */
struct form {
    struct sql_builder b;
    struct statement statement;
    size_t cls, target;
    size_t start;       /* (earliest, id) to begin behind; going down: what earliest is at least */
    size_t stop;        /* what earliest is at most; going down: (earliest, id) to begin before */
    size_t least, most; /* keys */
    size_t list;        /* of keys */
};

/* What of a walk is opened. */
enum part {
    PART_ALL,
    PART_COUNTED, /* counted by the engine: all that it decides alone */
    PART_GAPPED   /* the rest of that */
};

struct walk {
    struct admission admission;
    const struct query *q;
    struct arena *arena;
    enum walk_order order;
    const struct query_after *after; /* NULL for none */
    struct plan plan;
    const struct reach *reaches;
    struct form form, day, few; /* day and few: how days of full text are read */
    struct stream_day days;
    struct stream streams[MOST_STREAMS];
    size_t n;
    enum part part;
    int64_t counted;      /* of PART_COUNTED */
    bool undated;         /* the streams are of those without a date: the last ones */
    struct stream *taken; /* its hit was given out and is to be passed */
    int64_t row;          /* of that hit */
};

static const struct found_filter *driving(const struct walk *w)
{
    return &w->admission.found->items[w->plan.condition];
}

/* ---- the statement ---- */

static size_t value_at(struct form *f, size_t back)
{
    return f->b.n - back;
}

static void add_drive(struct walk *w, enum plan_drive drive, struct form *f)
{
    struct sql_builder *b = &f->b;
    switch (drive) {
    case PLAN_TIME:
        SQL_ADD(b, SQL(walk_time), DB_INT(-1));
        f->cls = value_at(f, 1);
        return;
    case PLAN_LINKS:
        SQL_ADD(b, SQL(walk_link), DB_INT(-1), DB_INT(0));
        f->cls = value_at(f, 2);
        f->target = value_at(f, 1);
        return;
    case PLAN_TARGETS:
        SQL_ADD(b, SQL(walk_targets), DB_STR(driving(w)->list));
        return;
    case PLAN_IDS:
        SQL_ADD(b, SQL(walk_ids), DB_STR(w->plan.list));
        return;
    case PLAN_SEARCH:
    case PLAN_FOUND:
    case PLAN_WORDS:
        if (drive == PLAN_WORDS)
            SQL_ADD(b, SQL(walk_words), DB_STR(w->plan.list), DB_INT(0), DB_INT(0));
        else
            SQL_ADD(b, SQL(walk_search), DB_STR(w->plan.list), DB_INT(0), DB_INT(0));
        f->least = value_at(f, 2);
        f->most = value_at(f, 1);
        return;
    case PLAN_KEYS:
        SQL_ADD(b, SQL(walk_keys), DB_STR(STR("[]")));
        f->list = value_at(f, 1);
        return;
    }
    UNREACHABLE();
}

/* Which links count, where links drive. */
static void add_roles(struct walk *w, struct sql_builder *b)
{
    if (w->plan.drive != PLAN_LINKS && w->plan.drive != PLAN_TARGETS)
        return;
    if (driving(w)->own)
        SQL_ADD(b, SQL(walk_own));
    if (driving(w)->with.p != NULL)
        SQL_ADD(b, SQL(walk_role), DB_STR(driving(w)->with));
    if (driving(w)->without.p != NULL)
        SQL_ADD(b, SQL(walk_not_role), DB_STR(driving(w)->without));
}

/* Where streams that are in order begin and end. */
static void add_place(struct walk *w, enum plan_drive drive, struct form *f)
{
    struct sql_builder *b = &f->b;
    if (w->undated) {
        str id = w->after != NULL && w->after->undated ? w->after->id : STR("");
        if (drive == PLAN_TIME)
            SQL_ADD(b, SQL(events_undated_after), DB_STR(id));
        else
            SQL_ADD(b, SQL(links_undated_after), DB_STR(id));
    } else if (w->order == WALK_DOWN) {
        SQL_ADD(b, SQL(events_before), DB_INT(0), DB_STR(STR("")));
        f->stop = value_at(f, 2);
        SQL_ADD(b, SQL(earliest_from), DB_INT(0));
        f->start = value_at(f, 1);
    } else {
        SQL_ADD(b, SQL(events_after), DB_INT(0), DB_STR(STR("")));
        f->start = value_at(f, 2);
        SQL_ADD(b, SQL(earliest_upto), DB_INT(0));
        f->stop = value_at(f, 1);
    }
}

static void add_order(struct walk *w, enum plan_drive drive, struct sql_builder *b)
{
    bool down = w->order == WALK_DOWN && !w->undated;
    if (drive == PLAN_WORDS)
        down ? SQL_ADD(b, SQL(walk_key_down)) : SQL_ADD(b, SQL(walk_key_up));
    else if ((drive == PLAN_TIME || drive == PLAN_LINKS) && w->order != WALK_ANY)
        down ? SQL_ADD(b, SQL(walk_down)) : SQL_ADD(b, SQL(walk_up));
}

/* A date is matched by the engine where the event's own leaves no gaps. */
static void add_part(struct walk *w, struct sql_builder *b)
{
    if (w->part == PART_ALL || w->undated || w->q->date.text.p == NULL)
        return;
    w->part == PART_GAPPED ? SQL_ADD(b, SQL(walk_gapped)) : SQL_ADD(b, SQL(walk_not_gapped));
}

/* Those with a date or those without, where nothing but a condition says which. */
static void add_datedness(struct walk *w, enum plan_drive drive, struct sql_builder *b)
{
    bool plain = w->admission.found->hearing.plain;
    if (plain && drive == PLAN_TARGETS)
        w->undated ? SQL_ADD(b, SQL(walk_links_undated)) : SQL_ADD(b, SQL(walk_links_dated));
    else if (plain)
        w->undated ? SQL_ADD(b, SQL(walk_undated)) : SQL_ADD(b, SQL(walk_dated));
    else
        w->undated ? SQL_ADD(b, SQL(walk_any_undated)) : SQL_ADD(b, SQL(walk_any_dated));
}

static void make_form(struct walk *w, enum plan_drive drive, struct form *f)
{
    bool count = w->part == PART_COUNTED;
    sql_builder_free(&f->b);
    sql_builder_init(&f->b);
    if (count && (drive == PLAN_LINKS || drive == PLAN_TARGETS))
        SQL_ADD(&f->b, SQL(count_keys));
    else if (count)
        SQL_ADD(&f->b, SQL(count_rows));
    f->cls = f->target = f->start = f->stop = f->least = f->most = f->list = NOWHERE;
    add_drive(w, drive, f);
    if (drive != PLAN_WORDS) {
        add_roles(w, &f->b);
        if (drive == PLAN_TIME || drive == PLAN_LINKS)
            add_place(w, drive, f);
        else if (drive == PLAN_TARGETS || drive == PLAN_IDS)
            add_datedness(w, drive, &f->b);
        if (!w->undated)
            window_add(&f->b, w->q);
        filter_add(&f->b, w->admission.found, w->plan.condition);
        add_part(w, &f->b);
    }
    count ? SQL_ADD(&f->b, SQL(count_end)) : add_order(w, drive, &f->b);
    f->statement = (struct statement){sql_builder_text(&f->b), f->b.values, f->b.n};
}

/* ---- opening streams ---- */

static struct stream *new_stream(struct walk *w)
{
    ENSURE(w->n < MOST_STREAMS);
    struct stream *s = &w->streams[w->n++];
    *s = (struct stream){.admission = &w->admission,
                         .down = w->order == WALK_DOWN && !w->undated,
                         .after = w->after};
    return s;
}

/* Opens a stream of the statement as its values stand, or adds what it counts. */
static bool open_stream(struct walk *w, bool whole, struct err *e)
{
    const struct statement *s = &w->form.statement;
    struct db_rows *rows;
    if (w->part != PART_COUNTED)
        return whole ? stream_open_whole(new_stream(w), s, w->arena, e)
                     : stream_open(new_stream(w), s, e);
    if (!db_query(w->admission.r->db, &s->sql, s->values, s->n, &rows, e))
        return false;
    if (db_next(rows, e))
        w->counted += db_i64(rows, 0);
    db_done(rows);
    return e->code == ERR_NONE;
}

/* The first place in the order that a page has not seen, within the stretch of starts. */
static void set_place(const struct walk *w, struct form *f, const struct window *starts)
{
    struct db_value *v = f->b.values;
    const struct query_after *after = w->after;
    v[f->start] = DB_INT(starts->from);
    v[f->stop] = DB_INT(starts->to);
    /* Every id comes behind "" and before "~". */
    if (w->order == WALK_DOWN) {
        bool within = after != NULL && after->number <= starts->to;
        if (within)
            v[f->stop] = DB_INT(after->number);
        v[f->stop + 1] = DB_STR(within ? after->id : STR("~"));
    } else {
        bool within = after != NULL && after->number >= starts->from;
        if (within)
            v[f->start] = DB_INT(after->number);
        v[f->start + 1] = DB_STR(within ? after->id : STR(""));
    }
}

/* Some rows of a day of full text, by their keys. */
static bool read_few(void *context, str list, struct db_rows **rows, struct err *e)
{
    struct walk *w = context;
    struct form *f = &w->few;
    f->b.values[f->list] = DB_STR(list);
    return db_query(w->admission.r->db, &f->statement.sql, f->b.values, f->b.n, rows, e);
}

/* All rows of the class and day of a key, in order. */
static bool read_many(void *context, int64_t key, struct db_rows **rows, struct err *e)
{
    struct walk *w = context;
    struct form *f = &w->day;
    struct window starts = row_key_starts(key);
    f->b.values[f->cls] = DB_INT(row_key_class(key));
    if (!w->undated)
        set_place(w, f, &starts);
    return db_query(w->admission.r->db, &f->statement.sql, f->b.values, f->b.n, rows, e);
}

/* Full text of one class, or of all where their order is not asked for. */
static bool open_search(struct walk *w, int first, int last, const struct window *starts,
                        struct err *e)
{
    struct window keys = {row_key_least(first, starts->from), row_key_greatest(last, starts->to)};
    if (w->after != NULL && !w->undated && w->order == WALK_DOWN && w->after->number < starts->to)
        keys.to = row_key_greatest(last, w->after->number);
    if (w->after != NULL && !w->undated && w->order == WALK_UP && w->after->number > starts->from)
        keys.from = row_key_least(first, w->after->number);
    w->form.b.values[w->form.least] = DB_INT(keys.from);
    w->form.b.values[w->form.most] = DB_INT(keys.to);
    if (w->plan.drive == PLAN_FOUND || w->order == WALK_ANY)
        return open_stream(w, w->plan.drive == PLAN_FOUND, e);
    struct stream *s = new_stream(w);
    s->day = &w->days;
    return stream_open_days(s, &w->form.statement, w->arena, e);
}

/* The values of the statement for one class, and for one thing where links drive. */
static void set_stream(struct walk *w, int cls, size_t target, const struct window *starts)
{
    w->form.b.values[w->form.cls] = DB_INT(cls);
    if (!w->undated)
        set_place(w, &w->form, starts);
    if (w->form.target != NOWHERE)
        w->form.b.values[w->form.target] = DB_INT(driving(w)->keys[target]);
}

/*
 * A stream in order is started when the walk comes to where it can begin: a page that ends before
 * that does without it.
 */
static void add_waiting(struct walk *w, int cls, size_t target, const struct window *starts)
{
    struct stream *s = new_stream(w);
    s->waits = s->filled = true;
    s->cls = cls;
    s->target = target;
    s->starts = *starts;
    /* Before all ids of that second, as in set_place. */
    s->hit = (struct walk_hit){.dated = true, .id = s->down ? STR("~") : STR("")};
    s->hit.bounds.earliest = s->down ? starts->to : starts->from;
}

static bool start_waiting(struct walk *w, struct stream *s, struct err *e)
{
    s->waits = s->filled = false;
    set_stream(w, s->cls, s->target, &s->starts);
    return stream_open(s, &w->form.statement, e);
}

static bool open_ordered(struct walk *w, int cls, const struct window *starts, struct err *e)
{
    size_t targets = w->plan.drive == PLAN_LINKS ? driving(w)->n : 1;
    if (w->plan.drive == PLAN_SEARCH)
        return open_search(w, cls, cls, starts, e);
    for (size_t i = 0; i < targets; i++) {
        if (w->order != WALK_ANY && !w->undated) {
            add_waiting(w, cls, i, starts);
            continue;
        }
        set_stream(w, cls, i, starts);
        if (!open_stream(w, false, e))
            return false;
    }
    return true;
}

/* Classes from `first` on, for the plain rows or for the others. */
static bool open_classes(struct walk *w, int first, struct err *e)
{
    for (int cls = first; cls < first + PERIOD_CLASSES; cls++) {
        if (w->reaches[cls].longest < 0)
            continue;
        struct window starts = window_of_starts(w->q, &w->reaches[cls]);
        if (starts.from <= starts.to && !open_ordered(w, cls, &starts, e))
            return false;
    }
    return true;
}

/* What each half of the rows gives: base is 0 for those of the plain reading, else ROW_OTHER. */
static bool open_half(struct walk *w, int base, bool all_keys, struct err *e)
{
    static const struct window any = {PERIOD_NO_START, PERIOD_NO_END};
    if (all_keys)
        return open_search(w, base + (w->undated ? -1 : 0),
                           base + (w->undated ? -1 : PERIOD_CLASSES - 1), &any, e);
    return w->undated ? open_ordered(w, base - 1, &any, e) : open_classes(w, base, e);
}

static bool open_streams(struct walk *w, struct err *e)
{
    bool all_keys = w->plan.drive == PLAN_FOUND ||
                    (w->plan.drive == PLAN_SEARCH && w->order == WALK_ANY &&
                     w->q->date.text.p == NULL);
    bool days = w->plan.drive == PLAN_SEARCH && w->order != WALK_ANY;
    make_form(w, days ? PLAN_WORDS : w->plan.drive, &w->form);
    if (days) {
        make_form(w, PLAN_TIME, &w->day);
        make_form(w, PLAN_KEYS, &w->few);
    }
    if (w->plan.drive == PLAN_TARGETS || w->plan.drive == PLAN_IDS)
        return open_stream(w, true, e);
    return open_half(w, 0, all_keys, e) &&
           (w->admission.found->hearing.plain || open_half(w, ROW_OTHER, all_keys, e));
}

static void close_streams(struct walk *w)
{
    for (size_t i = 0; i < w->n; i++)
        stream_close(&w->streams[i]);
    w->n = 0;
    w->taken = NULL;
}

/* ---- the walk ---- */

static bool open_part(struct store_reader *r, const struct found_filters *found,
                      enum walk_order order, enum part part, struct arena *a, struct walk **out,
                      struct err *e)
{
    struct walk *w = ARENA_NEW(a, struct walk);
    *out = w;
    w->admission.r = r;
    w->admission.found = found;
    w->q = found->query;
    w->arena = a;
    w->order = order;
    w->part = part;
    w->after = w->q->after.given && order != WALK_ANY ? &w->q->after : NULL;
    sql_builder_init(&w->form.b);
    sql_builder_init(&w->day.b);
    sql_builder_init(&w->few.b);
    w->days = (struct stream_day){w, read_few, read_many};
    e->code = ERR_NONE;
    bool ok = found->nothing || (plan_make(r, found, a, &w->plan, e) &&
                                 window_reaches(r, w->q->version, &w->reaches, e));
    /* The links of several things name an event several times: in order these stand together. */
    if (order == WALK_ANY && w->plan.drive == PLAN_LINKS && driving(w)->n > 1) {
        if (part == PART_COUNTED)
            w->plan.drive = PLAN_TARGETS;
        else
            w->order = WALK_UP;
    }
    bool dated = filter_wants_dated(w->q) && !(w->after != NULL && w->after->undated);
    w->undated = !dated;
    ok = ok && (found->nothing || (!dated && !filter_wants_undated(w->q)) || open_streams(w, e));
    if (!ok) {
        walk_close(w);
        *out = NULL;
    }
    return ok;
}

bool walk_open(struct store_reader *r, const struct found_filters *found, enum walk_order order,
               struct arena *a, struct walk **out, struct err *e)
{
    return open_part(r, found, order, PART_ALL, a, out, e);
}

/* The stream whose hit comes first, or NULL where all are at their end. */
static struct stream *first_stream(struct walk *w)
{
    struct stream *first = NULL;
    for (size_t i = 0; i < w->n; i++) {
        struct stream *s = &w->streams[i];
        if (s->filled && w->order == WALK_ANY)
            return s;
        if (s->filled && (first == NULL || stream_compare(&s->hit, &first->hit, s->down) < 0))
            first = s;
    }
    return first;
}

/* When those with a date are over, those without follow. */
static bool go_on_undated(struct walk *w, struct err *e)
{
    if (w->undated || w->part == PART_GAPPED || w->admission.found->nothing ||
        !filter_wants_undated(w->q))
        return false;
    close_streams(w);
    w->undated = true;
    return open_streams(w, e);
}

bool walk_next(struct walk *w, struct walk_hit *hit, struct err *e)
{
    e->code = ERR_NONE;
    for (;;) {
        if (w->taken != NULL && !stream_advance(w->taken, e))
            return false;
        w->taken = first_stream(w);
        if (w->taken == NULL) {
            if (!go_on_undated(w, e))
                return false;
            continue;
        }
        if (w->taken->waits) {
            if (!start_waiting(w, w->taken, e))
                return false;
            w->taken = NULL;
            continue;
        }
        if (w->taken->hit.row == w->row)
            continue; /* the same event by another link */
        if (!stream_decide(w->taken, e))
            return false;
        if (w->taken->open || !w->taken->filled) {
            w->taken = NULL; /* it has gone on */
            continue;
        }
        w->row = w->taken->hit.row;
        *hit = w->taken->hit;
        return admit_date(&w->admission, hit, e);
    }
}

void walk_close(struct walk *w)
{
    if (w == NULL)
        return;
    close_streams(w);
    sql_builder_free(&w->form.b);
    sql_builder_free(&w->day.b);
    sql_builder_free(&w->few.b);
}

/* ---- counting ---- */

/* Whether the engine decides alone, dates with gaps apart. */
static bool is_plain(const struct found_filters *found)
{
    const struct query *q = found->query;
    for (size_t i = 0; i < found->n; i++)
        if (found->items[i].members.n > 0)
            return false;
    return q->date.text.p == NULL || (q->match.parts == NULL && !q->certain);
}

static bool count_part(struct store_reader *r, const struct found_filters *found, enum part part,
                       struct arena *a, int64_t *count, struct err *e)
{
    struct walk *w;
    struct walk_hit hit;
    if (!open_part(r, found, WALK_ANY, part, a, &w, e))
        return false;
    while (walk_next(w, &hit, e))
        ++*count;
    *count += w->counted;
    walk_close(w);
    return e->code == ERR_NONE;
}

bool walk_count(struct store_reader *r, const struct found_filters *found, struct arena *a,
                int64_t *count, struct err *e)
{
    *count = 0;
    if (total_answers(found))
        return total_at(r->db, TOTAL_EVENTS, found->query->version, count, e);
    if (!is_plain(found))
        return count_part(r, found, PART_ALL, a, count, e);
    return count_part(r, found, PART_COUNTED, a, count, e) &&
           (found->query->date.text.p == NULL || !filter_wants_dated(found->query) ||
            count_part(r, found, PART_GAPPED, a, count, e));
}
