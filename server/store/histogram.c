/*
 * Histogram: how many events certainly and possibly overlap each bucket. One pass over the events
 * writes down where each begins and ceases to count; a running sum over the buckets does the rest.
 * Where the range or the values to split by are not known yet, a pass before that finds them.
 */
#include <inttypes.h>

#include "model/bucket.h"
#include "model/edtf_stretch.h"
#include "store/stream.h"
#include "store/total.h"

_Static_assert((int)HISTOGRAM_DAY == (int)BUCKET_DAY && (int)HISTOGRAM_MONTH == (int)BUCKET_MONTH &&
                   (int)HISTOGRAM_YEAR == (int)BUCKET_YEAR &&
                   (int)HISTOGRAM_DECADE == (int)BUCKET_DECADE &&
                   (int)HISTOGRAM_BINS == (int)BUCKET_EQUAL,
               "by is a unit of buckets");

/* Of events that wait: those of one event, a few for each bucket at most, may come on top. */
#define MOST_SPANS 65536

/* Buckets [lo, hi] in which an event counts, for the certain or for the possible ones. */
struct span {
    size_t lo, hi;
    bool certain;
};

/* Counts of one series: what is added from a bucket on, then the counts themselves. */
struct sums {
    int64_t *min, *max; /* one more than buckets */
    int64_t matched;
};

/* An event that waits for its links to be read. */
struct waiting {
    size_t from, to; /* its spans */
};

struct histogram_work {
    struct store_reader *r;
    const struct query *q;
    const struct histogram_ask *ask;
    struct found_filters found;
    struct arena *a;
    struct err *e;

    struct window pinned; /* first and last second that an event pins down; from > to for none */
    struct tally tally;
    struct buckets buckets; /* n 0 where no event is dated */
    struct sums total;

    struct tally_values top; /* to split by */
    struct sums *series;     /* as many, and one for the rest */

    struct span *spans;
    size_t span_count, span_room;
    unsigned char *marks; /* one for each bucket, all 0 between two events */

    int64_t events[TALLY_BATCH];
    struct waiting waiting[TALLY_BATCH];
    size_t waiting_count;

    int64_t matched, undated;
};

/* ---- before: the range and the values ---- */

static bool splits(const struct histogram_work *h)
{
    return h->ask->split < FACETS;
}

/* The window that the query gives, where all of it is one stretch. */
static struct window asked_window(const struct histogram_work *h)
{
    const struct query *q = h->q;
    if (q->date.text.p == NULL || q->match.parts != NULL)
        return (struct window){PERIOD_NO_START, PERIOD_NO_END};
    return q->match.hull;
}

/* Whether links have to be counted to know the series: else the totals say. */
static bool tallies(const struct histogram_work *h)
{
    return splits(h) && !total_answers(&h->found);
}

/*
 * Whether the series are read from the links of their things, not from those of every event: better
 * where most events have to be looked at.
 */
static bool follows_links(const struct histogram_work *h)
{
    return splits(h) && h->ask->split != FACET_ROLE && h->found.n == 0 && !h->found.nothing;
}

static bool is_bounded(const struct window *w)
{
    return !period_unbounded(w->from) && !period_unbounded(w->to);
}

static void take_bound(struct window *w, int64_t bound)
{
    if (period_unbounded(bound))
        return;
    if (bound < w->from)
        w->from = bound;
    if (bound > w->to)
        w->to = bound;
}

static bool survey_walk(struct histogram_work *h, struct walk *w)
{
    struct walk_hit hit;
    size_t n = 0;
    while (walk_next(w, &hit, h->e)) {
        if (hit.dated) {
            take_bound(&h->pinned, hit.bounds.earliest);
            take_bound(&h->pinned, hit.bounds.start_latest);
            take_bound(&h->pinned, hit.bounds.end_earliest);
            take_bound(&h->pinned, hit.bounds.latest);
        }
        if (!tallies(h))
            continue;
        h->events[n++] = hit.row;
        if (n < TALLY_BATCH)
            continue;
        if (!tally_add(&h->tally, h->r->db, h->events, n, h->a, h->e))
            return false;
        n = 0;
    }
    return h->e->code == ERR_NONE &&
           (n == 0 || tally_add(&h->tally, h->r->db, h->events, n, h->a, h->e));
}

static bool survey(struct histogram_work *h)
{
    struct window asked = asked_window(h);
    if (is_bounded(&asked) && !splits(h))
        return true;
    struct walk *w = NULL;
    bool ok = walk_open(h->r, &h->found, WALK_ANY, h->a, &w, h->e) && survey_walk(h, w);
    walk_close(w);
    if (!ok || !splits(h))
        return ok;
    struct tally_values top[FACETS];
    const struct at at = {h->r->db, h->q->version, h->a, h->e};
    if (!tallies(h) && !total_tally(&at, &h->tally))
        return false;
    if (!tally_top(&h->tally, &at, 1u << h->ask->split, HISTOGRAM_MOST_SERIES, top))
        return false;
    h->top = top[h->ask->split];
    return true;
}

/* From the query where it says, else from the events; false where neither has a second. */
static bool find_range(const struct histogram_work *h, struct window *range)
{
    *range = asked_window(h);
    bool pinned = h->pinned.from <= h->pinned.to;
    bool open_start = period_unbounded(range->from), open_end = period_unbounded(range->to);
    if (open_start && open_end && !pinned)
        return false;
    if (open_start)
        range->from = pinned && (open_end || h->pinned.from < range->to) ? h->pinned.from
                                                                         : range->to;
    if (open_end)
        range->to = pinned && h->pinned.to > range->from ? h->pinned.to : range->from;
    return true;
}

static const char *unit_name(enum histogram_by by)
{
    static const char *const names[] = {
#define X(value, name) name,
        HISTOGRAM_TABLE(X)
#undef X
    };
    ENSURE(by < HISTOGRAM_BINS);
    return names[by];
}

static bool refuse_range(struct histogram_work *h, const struct window *range, size_t n,
                         struct problems *problems)
{
    struct buf dates;
    buf_init(&dates, 200);
    period_write_bound(&dates, range->from, PERIOD_START);
    buf_add(&dates, STR(" to "));
    period_write_bound(&dates, range->to, PERIOD_END);
    str by = str_from(unit_name(h->ask->by));
    struct problem *p = problem_add(problems, PROBLEM_PARAMETER, STR("by"), by,
                                    "%.*s takes %zu buckets; at most %d are given",
                                    STR_ARG(buf_str(&dates)), n, HISTOGRAM_MOST_BUCKETS);
    buf_free(&dates);
    const char *coarser = NULL;
    for (unsigned unit = h->ask->by + 1; unit < HISTOGRAM_BINS && coarser == NULL; unit++) {
        struct buckets ignored;
        if (buckets_make((enum bucket_unit)unit, 1, range, HISTOGRAM_MOST_BUCKETS, &ignored))
            coarser = unit_name((enum histogram_by)unit);
    }
    if (coarser != NULL)
        problem_hint(problems, p, "ask for by=%s, for bins=400, or for a shorter date=", coarser);
    else
        problem_hint(problems, p, "ask for bins=400, or for a shorter date=");
    return err_set(h->e, ERR_BAD_PARAMETER, "the range has too many buckets");
}

static struct sums new_sums(const struct histogram_work *h)
{
    size_t n = h->buckets.n + 1;
    return (struct sums){ARENA_ARRAY(h->a, int64_t, n), ARENA_ARRAY(h->a, int64_t, n), 0};
}

static bool make_buckets(struct histogram_work *h, struct problems *problems)
{
    struct window range;
    if (find_range(h, &range)) {
        size_t count = h->ask->by == HISTOGRAM_BINS ? (size_t)h->ask->bins : 1;
        if (!buckets_make((enum bucket_unit)h->ask->by, count, &range, HISTOGRAM_MOST_BUCKETS,
                          &h->buckets))
            return refuse_range(h, &range, h->buckets.n, problems);
    }
    h->marks = arena_alloc(h->a, h->buckets.n + 1);
    h->total = new_sums(h);
    if (!splits(h))
        return true;
    h->series = ARENA_ARRAY(h->a, struct sums, h->top.n + 1);
    for (size_t i = 0; i <= h->top.n; i++)
        h->series[i] = new_sums(h);
    return true;
}

/* ---- where an event counts ---- */

/* The buckets from the one of second `from` to the one of `to`, as far as there are any. */
static bool buckets_between(const struct buckets *b, int64_t from, int64_t to, struct span *out)
{
    int64_t lo = buckets_find(b, from), hi = buckets_find(b, to), n = (int64_t)b->n;
    if (lo > hi || hi < 0 || lo >= n)
        return false;
    out->lo = lo < 0 ? 0 : (size_t)lo;
    out->hi = hi >= n ? b->n - 1 : (size_t)hi;
    return true;
}

static void add_span(struct histogram_work *h, struct span s)
{
    *ARENA_PUSH(h->a, h->spans, h->span_count, h->span_room) = s;
}

/*
 * Possible where the bucket meets what the event may cover: earliest <= its end and latest >= its
 * start. Certain where start_latest <= its end and end_earliest >= its start; buckets that are
 * past the one and before the other do not come in that order for an event that is too vague.
 */
static void add_plain(struct histogram_work *h, const struct period *p)
{
    struct span s;
    if (buckets_between(&h->buckets, p->earliest, p->latest, &s))
        add_span(h, (struct span){s.lo, s.hi, false});
    if (buckets_between(&h->buckets, p->start_latest, p->end_earliest, &s))
        add_span(h, (struct span){s.lo, s.hi, true});
}

/* Marks the buckets that one member of a date with gaps may lie in. */
static void mark_member(struct histogram_work *h, const struct edtf_stretches *member)
{
    const struct buckets *b = &h->buckets;
    int64_t t = buckets_window(b, 0).from;
    struct window stretch;
    struct span s;
    while (edtf_stretch_next(member, t, &stretch) &&
           buckets_between(b, stretch.from, stretch.to, &s)) {
        for (size_t i = s.lo; i <= s.hi; i++)
            h->marks[i] = 1;
        if (s.hi + 1 == b->n)
            return;
        t = buckets_window(b, s.hi + 1).from;
    }
}

/* Whether an event that happened on each of several days overlaps a bucket for certain. */
static bool is_certain(const struct histogram_work *h, const struct walk_hit *hit, size_t bucket)
{
    const struct match m = {.when = MATCH_OVERLAPS, .hull = buckets_window(&h->buckets, bucket)};
    return match_event(&m, &hit->bounds, hit->date) == PERIOD_CERTAIN;
}

/*
 * A date with gaps is possible where one of its stretches is. One of several days is certain where
 * all of them are, which is what the bounds of the whole say; each of several where one of them is.
 */
static void add_gapped(struct histogram_work *h, const struct walk_hit *hit)
{
    struct edtf_parts parts;
    struct edtf_error error;
    struct span hull, certain;
    bool valid = edtf_parts_read(hit->date, &parts, &error);
    ENSURE(valid);
    if (!buckets_between(&h->buckets, hit->bounds.earliest, hit->bounds.latest, &hull))
        return;
    for (size_t i = 0; i < parts.count; i++) {
        struct edtf_stretches member = edtf_stretch_of(&parts.span[i]);
        mark_member(h, &member);
    }
    bool each = parts.kind == EDTF_ALL_OF;
    for (size_t i = hull.lo; i <= hull.hi; i++) {
        if (!h->marks[i])
            continue;
        h->marks[i] = 0;
        add_span(h, (struct span){i, i, false});
        if (each && is_certain(h, hit, i))
            add_span(h, (struct span){i, i, true});
    }
    if (!each &&
        buckets_between(&h->buckets, hit->bounds.start_latest, hit->bounds.end_earliest, &certain))
        add_span(h, (struct span){certain.lo, certain.hi, true});
}

/* ---- the pass ---- */

/* An event with its spans, those from `from` up to `to`. */
static void add_to(const struct histogram_work *h, struct sums *sums, size_t from, size_t to)
{
    sums->matched++;
    for (size_t i = from; i < to; i++) {
        int64_t *changes = h->spans[i].certain ? sums->min : sums->max;
        changes[h->spans[i].lo]++;
        changes[h->spans[i].hi + 1]--;
    }
}

static void add_to_series(struct histogram_work *h, size_t series, size_t event)
{
    const struct waiting *w = &h->waiting[event];
    add_to(h, &h->series[series], w->from, w->to);
}

static size_t series_of(const struct histogram_work *h, int64_t target)
{
    for (size_t i = 0; i < h->top.n; i++)
        if (h->top.items[i].key == target)
            return i;
    return h->top.n;
}

/* Gives the events that wait to their series; to the rest those that are in none. */
static bool settle(struct histogram_work *h)
{
    bool taken[TALLY_BATCH] = {false};
    struct tally_links l;
    int64_t last = 0;
    size_t last_at = SIZE_MAX;
    if (h->waiting_count == 0)
        return true;
    bool ok = tally_links_open(h->r->db, h->events, h->waiting_count, &l, h->e);
    while (ok && tally_links_next(&l, h->e)) {
        if (l.at == last_at && l.target == last)
            continue; /* the same thing in another role */
        last = l.target;
        last_at = l.at;
        size_t series = series_of(h, l.target);
        if (series == h->top.n)
            continue;
        add_to_series(h, series, l.at);
        taken[l.at] = true;
    }
    tally_links_close(&l);
    for (size_t i = 0; i < h->waiting_count; i++)
        if (!taken[i])
            add_to_series(h, h->top.n, i);
    h->waiting_count = 0;
    h->span_count = 0;
    return ok && h->e->code == ERR_NONE;
}

static void add_spans(struct histogram_work *h, const struct walk_hit *hit)
{
    if (!hit->dated || h->buckets.n == 0)
        return;
    if (hit->gapped)
        add_gapped(h, hit);
    else
        add_plain(h, &hit->bounds);
}

static bool count_event(struct histogram_work *h, const struct walk_hit *hit)
{
    size_t from = h->span_count;
    h->matched++;
    if (!hit->dated)
        h->undated++;
    add_spans(h, hit);
    add_to(h, &h->total, from, h->span_count);
    /* One date with gaps can cost as much as thousands without. */
    if (hit->gapped && !db_in_time(h->r->db, h->e))
        return false;
    if (!splits(h) || follows_links(h)) {
        h->span_count = 0;
        return true;
    }
    h->events[h->waiting_count] = hit->row;
    h->waiting[h->waiting_count++] = (struct waiting){from, h->span_count};
    return (h->waiting_count < TALLY_BATCH && h->span_count < MOST_SPANS) || settle(h);
}

static bool count_all(struct histogram_work *h)
{
    struct walk *w = NULL;
    struct walk_hit hit;
    bool ok = walk_open(h->r, &h->found, WALK_ANY, h->a, &w, h->e);
    while (ok && walk_next(w, &hit, h->e))
        ok = count_event(h, &hit);
    walk_close(w);
    return ok && h->e->code == ERR_NONE && settle(h);
}

/* ---- series by the links of their things ---- */

/* A walk over the events that the thing of a series is linked to. */
struct linked {
    struct found_filters found;
    struct walk *walk;
    struct walk_hit hit;
    bool filled;
};

static bool next_linked(struct histogram_work *h, struct linked *l)
{
    l->filled = walk_next(l->walk, &l->hit, h->e);
    return l->filled || h->e->code == ERR_NONE;
}

static bool open_linked(struct histogram_work *h, const int64_t *key, struct linked *l)
{
    l->found = h->found;
    l->found.items[l->found.n++] = (struct found_filter){
        .kind = FOUND_LINK,
        .keys = key,
        .n = 1,
        .list = arena_printf(h->a, "[%" PRId64 "]", *key),
        .without = arena_printf(h->a, "[%d]", LINK_INHERITED),
    };
    return walk_open(h->r, &l->found, WALK_UP, h->a, &l->walk, h->e) && next_linked(h, l);
}

/* Gives the event that comes first to all series that it is in, and takes it from the rest. */
static bool count_linked(struct histogram_work *h, struct linked *all, struct linked *first)
{
    int64_t row = first->hit.row;
    struct sums *rest = &h->series[h->top.n];
    add_spans(h, &first->hit);
    if (first->hit.gapped && !db_in_time(h->r->db, h->e))
        return false;
    rest->matched--;
    for (size_t i = 0; i < h->span_count; i++) {
        int64_t *changes = h->spans[i].certain ? rest->min : rest->max;
        changes[h->spans[i].lo]--;
        changes[h->spans[i].hi + 1]++;
    }
    bool ok = true;
    for (size_t i = 0; i < h->top.n && ok; i++) {
        if (!all[i].filled || all[i].hit.row != row)
            continue;
        add_to(h, &h->series[i], 0, h->span_count);
        ok = next_linked(h, &all[i]);
    }
    h->span_count = 0;
    return ok;
}

static bool count_all_linked(struct histogram_work *h, struct linked *all)
{
    for (;;) {
        struct linked *first = NULL;
        for (size_t i = 0; i < h->top.n; i++)
            if (all[i].filled &&
                (first == NULL || stream_compare(&all[i].hit, &first->hit, false) < 0))
                first = &all[i];
        if (first == NULL)
            return true;
        if (!count_linked(h, all, first))
            return false;
    }
}

/* The rest is what all events have, less those that are in a series. */
static bool count_series(struct histogram_work *h)
{
    struct linked *all = ARENA_ARRAY(h->a, struct linked, h->top.n);
    struct sums *rest = &h->series[h->top.n];
    for (size_t i = 0; i <= h->buckets.n; i++) {
        rest->min[i] = h->total.min[i];
        rest->max[i] = h->total.max[i];
    }
    rest->matched = h->matched;
    bool ok = true;
    for (size_t i = 0; i < h->top.n && ok; i++)
        ok = open_linked(h, &h->top.items[i].key, &all[i]);
    ok = ok && count_all_linked(h, all);
    for (size_t i = 0; i < h->top.n; i++)
        walk_close(all[i].walk);
    return ok;
}

/* ---- what comes out ---- */

static struct histogram_bucket *summed(const struct histogram_work *h, const struct sums *sums)
{
    struct histogram_bucket *out = ARENA_ARRAY(h->a, struct histogram_bucket, h->buckets.n);
    int64_t min = 0, max = 0;
    for (size_t i = 0; i < h->buckets.n; i++) {
        min += sums->min[i];
        max += sums->max[i];
        out[i] = (struct histogram_bucket){buckets_window(&h->buckets, i), min, max};
    }
    return out;
}

static void write_series(const struct histogram_work *h, struct histogram *out)
{
    out->series = ARENA_ARRAY(h->a, struct histogram_series, h->top.n + 1);
    for (size_t i = 0; i <= h->top.n; i++) {
        const struct sums *sums = &h->series[i];
        struct histogram_series *s = &out->series[out->series_count];
        if (i == h->top.n && sums->matched == 0)
            continue;
        *s = (struct histogram_series){.buckets = summed(h, sums), .matched = sums->matched};
        if (i < h->top.n) {
            s->id = h->top.items[i].value.id;
            s->name = h->top.items[i].value.name;
        }
        out->series_count++;
    }
}

bool store_histogram(struct store_reader *r, const struct query *q, const struct histogram_ask *ask,
                     struct arena *a, struct histogram *out, struct problems *problems,
                     struct err *e)
{
    struct histogram_work *h = ARENA_NEW(a, struct histogram_work);
    h->r = r;
    h->q = q;
    h->ask = ask;
    h->a = a;
    h->e = e;
    h->pinned = (struct window){PERIOD_NO_END, PERIOD_NO_START};
    *out = (struct histogram){0};
    if (!filter_find(r->db, q, a, &h->found, problems, e) || (!h->found.nothing && !survey(h)) ||
        !make_buckets(h, problems) || (!h->found.nothing && !count_all(h)) ||
        (follows_links(h) && !count_series(h)))
        return false;
    out->n = h->buckets.n;
    out->buckets = summed(h, &h->total);
    out->matched = h->matched;
    out->undated = h->undated;
    if (splits(h))
        write_series(h, out);
    return true;
}
