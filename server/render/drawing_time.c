#include "render/drawing_time.h"

#include <stdlib.h>

#include "model/match.h"

/* Times how much less certain a date may be than the others reach over. */
#define COARSER 10
/* See leave_far. */
#define FAR 20
#define FARTHER 2
/* Times how much coarser a date may be than the axis is long. */
#define WIDER 3
/* On an axis of more days one day is a point. */
#define SHORT_DAY 3
/* A picture reaches over at least so many of its shortest events. */
#define SHORTEST_IN_AXIS 8

static uint64_t length(int64_t from, int64_t to)
{
    return to > from ? (uint64_t)to - (uint64_t)from : 0;
}

bool drawing_time_certain(const struct event_row *row, struct window *out)
{
    struct period p = row->bounds;
    if (period_unbounded(p.start_latest) && p.start_latest == PERIOD_NO_END)
        return false;
    if (period_unbounded(p.end_earliest) && p.end_earliest == PERIOD_NO_START)
        return false;
    if (!period_unbounded(p.earliest) && !period_unbounded(p.latest) &&
        length(p.earliest, p.latest) < (uint64_t)PERIOD_DAY_SECONDS)
        return false;
    if (p.start_latest > p.end_earliest || match_gapped(row->date))
        return false;
    bool day_start = !period_unbounded(p.earliest) && !period_unbounded(p.start_latest) &&
                     length(p.earliest, p.start_latest) < (uint64_t)PERIOD_DAY_SECONDS;
    bool day_end = !period_unbounded(p.end_earliest) && !period_unbounded(p.latest) &&
                   length(p.end_earliest, p.latest) < (uint64_t)PERIOD_DAY_SECONDS;
    out->from = day_start ? p.earliest : p.start_latest;
    out->to = day_end ? p.latest : p.end_earliest;
    return true;
}

bool drawing_time_point(const struct period *p, const struct axis *x)
{
    return !period_unbounded(p->earliest) && !period_unbounded(p->latest) &&
           length(p->earliest, p->latest) < (uint64_t)PERIOD_DAY_SECONDS &&
           axis_span(x) > SHORT_DAY * (uint64_t)PERIOD_DAY_SECONDS;
}

bool drawing_time_wider(const struct period *p, const struct axis *x)
{
    if (p->earliest < x->from && p->latest > x->to)
        return true;
    if (period_unbounded(p->earliest) || period_unbounded(p->latest))
        return false;
    uint64_t span = axis_span(x);
    return length(p->earliest, p->latest) / WIDER > span;
}

/* ---- the axis ---- */

/* What of an event has bounds, and how uncertain its sides are. */
struct reach {
    int64_t from, to;
    uint64_t doubt;
};

static bool reach_of(const struct period *p, struct reach *out)
{
    const int64_t bounds[] = {p->earliest, p->start_latest, p->end_earliest, p->latest};
    bool any = false;
    for (size_t i = 0; i < 4; i++) {
        if (period_unbounded(bounds[i]))
            continue;
        if (!any || bounds[i] < out->from)
            out->from = bounds[i];
        if (!any || bounds[i] > out->to)
            out->to = bounds[i];
        any = true;
    }
    out->doubt = 0;
    if (!period_unbounded(p->earliest) && !period_unbounded(p->start_latest))
        out->doubt = length(p->earliest, p->start_latest);
    if (!period_unbounded(p->end_earliest) && !period_unbounded(p->latest) &&
        length(p->end_earliest, p->latest) > out->doubt)
        out->doubt = length(p->end_earliest, p->latest);
    return any;
}

static int by_doubt(const void *a, const void *b)
{
    const struct reach *x = a, *y = b;
    return (x->doubt > y->doubt) - (x->doubt < y->doubt);
}

/* One more on both sides, as far as numbers go. */
static void widen(struct axis *x, uint64_t by)
{
    int64_t step = by > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)by;
    if (__builtin_sub_overflow(x->from, step, &x->from) || period_unbounded(x->from))
        x->from = INT64_MIN + 1;
    if (__builtin_add_overflow(x->to, step, &x->to) || period_unbounded(x->to))
        x->to = INT64_MAX - 1;
}

static int by_time(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/*
 * Where one in FAR events, or fewer, stand so far from the others that the hull is FARTHER times as
 * long with them, it is taken without them.
 */
static void leave_far(const struct reach *reaches, size_t n, struct arena *a, struct axis *hull)
{
    size_t few = n / FAR;
    int64_t *from = ARENA_ARRAY(a, int64_t, n), *to = ARENA_ARRAY(a, int64_t, n);
    for (size_t i = 0; i < n; i++) {
        from[i] = reaches[i].from;
        to[i] = reaches[i].to;
    }
    qsort(from, n, sizeof *from, by_time);
    qsort(to, n, sizeof *to, by_time);
    struct axis best = *hull;
    for (size_t left = 0; left <= few; left++) {
        struct axis without = {from[left], to[n - 1 - (few - left)]};
        if (without.from < without.to && axis_span(&without) < axis_span(&best))
            best = without;
    }
    if (axis_span(&best) < axis_span(hull) / FARTHER)
        *hull = best;
}

/* The hull of the n reaches, which are n > 0, and a little more. */
static void hull_of(struct reach *reaches, size_t n, struct arena *a, struct axis *axis,
                    struct axis *range)
{
    uint64_t shortest = UINT64_MAX;
    size_t taken = 0;
    qsort(reaches, n, sizeof *reaches, by_doubt);
    *range = (struct axis){reaches[0].from, reaches[0].to};
    for (; taken < n; taken++) {
        const struct reach *r = &reaches[taken];
        bool within = r->from <= range->to && r->to >= range->from;
        if (taken > 0 && taken * 2 >= n && within && r->doubt / COARSER > axis_span(range))
            break;
        if (length(r->from, r->to) < shortest)
            shortest = length(r->from, r->to);
        if (r->from < range->from)
            range->from = r->from;
        if (r->to > range->to)
            range->to = r->to;
    }
    leave_far(reaches, taken, a, range);
    *axis = *range;
    uint64_t span = axis_span(axis), least;
    if (__builtin_mul_overflow(shortest, (uint64_t)SHORTEST_IN_AXIS, &least))
        least = UINT64_MAX;
    least = least < SHORTEST_IN_AXIS ? SHORTEST_IN_AXIS : least;
    widen(axis, least > span ? (least - span) / 2 + 1 : span / 50);
}

bool drawing_time_axis(const struct page *page, struct arena *a, struct axis *axis,
                       struct axis *range)
{
    struct reach *reaches = ARENA_ARRAY(a, struct reach, page->n);
    size_t n = 0;
    for (size_t i = 0; i < page->n; i++)
        if (page->items[i].row->dated && reach_of(&page->items[i].row->bounds, &reaches[n]))
            n++;
    if (n > 0)
        hull_of(reaches, n, a, axis, range);
    const struct page_about *about = page->about;
    if (about == NULL || !about->has_window || page->single)
        return n > 0;
    struct window w = about->window;
    bool from = !period_unbounded(w.from), to = !period_unbounded(w.to);
    if (n == 0 && !(from && to))
        return false;
    if (from)
        axis->from = range->from = w.from;
    if (to)
        axis->to = range->to = w.to;
    if (axis->from > axis->to)
        *axis = from ? (struct axis){w.from, w.from} : (struct axis){w.to, w.to};
    if (range->from > range->to)
        *range = *axis;
    return true;
}
