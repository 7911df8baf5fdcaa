#include "model/match.h"

#include <stddef.h>
#include <string.h>

#include "base/check.h"
#include "model/edtf.h"
#include "model/edtf_stretch.h"

const char *match_when_name(enum match_when when)
{
    static const char *const names[] = {
#define X(value, name) name,
        MATCH_WHEN_TABLE(X)
#undef X
    };
    ENSURE(when < MATCH_WHENS);
    return names[when];
}

struct match_rule match_rule(enum match_when when, bool certain)
{
    /*
     * The table of the contract. That of `within` has a third condition, max(e, a) <= min(l, b):
     * it follows from the other two, as e <= s, e <= f, s <= l and f <= l.
     */
    static const struct match_rule rules[MATCH_WHENS][2] = {
        [MATCH_OVERLAPS] = {{MATCH_EARLIEST, MATCH_LATEST, false},
                            {MATCH_START_LATEST, MATCH_END_EARLIEST, false}},
        [MATCH_WITHIN] = {{MATCH_END_EARLIEST, MATCH_START_LATEST, false},
                          {MATCH_LATEST, MATCH_EARLIEST, false}},
        [MATCH_COVERS] = {{MATCH_EARLIEST, MATCH_LATEST, true},
                          {MATCH_START_LATEST, MATCH_END_EARLIEST, true}},
        [MATCH_STARTS] = {{MATCH_EARLIEST, MATCH_START_LATEST, false},
                          {MATCH_START_LATEST, MATCH_EARLIEST, false}},
        [MATCH_ENDS] = {{MATCH_END_EARLIEST, MATCH_LATEST, false},
                        {MATCH_LATEST, MATCH_END_EARLIEST, false}},
    };
    ENSURE(when < MATCH_WHENS);
    return rules[when][certain];
}

static int64_t bound_of(const struct period *p, enum match_bound bound)
{
    switch (bound) {
    case MATCH_EARLIEST:
        return p->earliest;
    case MATCH_START_LATEST:
        return p->start_latest;
    case MATCH_END_EARLIEST:
        return p->end_earliest;
    case MATCH_LATEST:
        return p->latest;
    }
    UNREACHABLE();
}

bool match_rule_holds(struct match_rule rule, const struct period *p, const struct window *w)
{
    int64_t most = rule.around ? w->from : w->to, least = rule.around ? w->to : w->from;
    return bound_of(p, rule.low) <= most && bound_of(p, rule.high) >= least;
}

enum period_match match_period(enum match_when when, const struct period *p, const struct window *w)
{
    if (!match_rule_holds(match_rule(when, false), p, w))
        return PERIOD_NO_MATCH;
    return match_rule_holds(match_rule(when, true), p, w) ? PERIOD_CERTAIN : PERIOD_POSSIBLE;
}

/* ---- the parts of a date ---- */

struct part {
    struct period bounds;
    struct edtf_stretches can_be; /* gapped: it is one of these, and the bounds say nothing */
};

struct match_parts {
    bool every; /* {a, b}: all of the parts, not one of them */
    size_t count;
    struct part part[EDTF_MEMBERS];
};

static struct part plain_part(struct window w)
{
    return (struct part){.bounds = {w.from, w.to, w.from, w.to}, .can_be = {.hull = w}};
}

/* Puts w into the plain windows, which stand in order and apart, and joins what touches it. */
static size_t add_window(struct window *windows, size_t n, struct window w)
{
    size_t first = 0, last;
    while (first < n && windows[first].to < w.from && windows[first].to + 1 < w.from)
        first++;
    for (last = first; last < n && (w.to == PERIOD_NO_END || windows[last].from <= w.to + 1);
         last++) {
        w.from = windows[last].from < w.from ? windows[last].from : w.from;
        w.to = windows[last].to > w.to ? windows[last].to : w.to;
    }
    memmove(&windows[first + 1], &windows[last], (n - last) * sizeof *windows);
    windows[first] = w;
    return n - (last - first) + 1;
}

static bool lies_in(const struct window *windows, size_t n, struct window w)
{
    for (size_t i = 0; i < n; i++)
        if (windows[i].from <= w.from && windows[i].to >= w.to)
            return true;
    return false;
}

/* One of these: what touches is joined, and what lies inside another is left out. */
static void take_any(const struct edtf_parts *date, struct match_parts *out)
{
    struct window windows[EDTF_MEMBERS + 1];
    struct edtf_stretches gapped[EDTF_MEMBERS];
    size_t plain = 0, gaps = 0;
    for (size_t i = 0; i < date->count; i++) {
        struct edtf_stretches s = edtf_stretch_of(&date->span[i]);
        if (s.gapped)
            gapped[gaps++] = s;
        else
            plain = add_window(windows, plain, s.hull);
    }
    out->every = false;
    out->count = 0;
    for (size_t i = 0; i < plain; i++)
        out->part[out->count++] = plain_part(windows[i]);
    for (size_t i = 0; i < gaps; i++)
        if (!lies_in(windows, plain, gapped[i].hull))
            out->part[out->count++] = (struct part){.can_be = gapped[i]};
}

static void take_every(const struct edtf_parts *date, struct match_parts *out)
{
    out->every = date->count > 1;
    out->count = date->count;
    for (size_t i = 0; i < date->count; i++)
        out->part[i] = (struct part){edtf_parts_bounds(date->kind, &date->span[i]),
                                     edtf_stretch_of(&date->span[i])};
}

/* False where the bounds are all there is to it, or where it is not EDTF. */
static bool take_parts(str text, struct match_parts *out)
{
    struct edtf_parts date;
    struct edtf_error error;
    if (!edtf_parts_read(text, &date, &error))
        return false;
    if (date.kind == EDTF_ALL_OF)
        take_every(&date, out);
    else
        take_any(&date, out);
    ENSURE(out->count > 0);
    return out->count > 1 || out->part[0].can_be.gapped;
}

bool match_gapped(str date)
{
    struct match_parts parts;
    return take_parts(date, &parts);
}

void match_prepare(str date, enum match_when when, struct arena *a, struct match *out)
{
    struct edtf value;
    struct edtf_error error;
    bool valid = edtf_parse(date, &value, &error);
    ENSURE(valid);
    *out = (struct match){.when = when, .hull = {value.bounds.earliest, value.bounds.latest}};
    struct match_parts parts;
    if (!take_parts(date, &parts))
        return;
    size_t size = offsetof(struct match_parts, part) + parts.count * sizeof *parts.part;
    struct match_parts *kept = arena_alloc(a, size);
    memcpy(kept, &parts, size);
    out->parts = kept;
}

/* ---- bounds that are known ---- */

/* Parts of a query that are asked for together: any of them, or every one. */
struct ask {
    bool every;
    size_t count;
    const struct part *part;
    int *steps; /* what is left of MATCH_STEPS */
};

/* low and high are what the rule takes from an event's bounds; see window_for. */
struct reach {
    int64_t low, high;
    bool around;
};

static struct reach reach_of(struct match_rule rule, const struct period *p)
{
    return (struct reach){bound_of(p, rule.low), bound_of(p, rule.high), rule.around};
}

/*
 * The one window of a part that fits best: as they stand in order and apart, of all that meet the
 * one half of the rule the first is the most likely to meet the other. False where none is left.
 */
static bool window_for(const struct ask *ask, size_t i, struct reach reach, struct window *out)
{
    const struct part *part = &ask->part[i];
    --*ask->steps;
    return reach.around ? edtf_stretch_from(&part->can_be, reach.low, out)
                        : edtf_stretch_next(&part->can_be, reach.low, out);
}

/* Whether it meets the other half; if not, *wanted is how far `high` would have to go. */
static bool reaches(struct reach reach, const struct window *w, int64_t *wanted)
{
    *wanted = reach.around ? w->to : w->from;
    return reach.high >= *wanted;
}

static bool ask_holds(const struct ask *ask, struct reach reach)
{
    for (size_t i = 0; i < ask->count; i++) {
        struct window w;
        int64_t wanted;
        bool holds = window_for(ask, i, reach, &w) && reaches(reach, &w, &wanted);
        if (holds != ask->every)
            return holds;
    }
    return ask->every;
}

static enum period_match grade(bool possible, bool certain)
{
    return certain ? PERIOD_CERTAIN : possible ? PERIOD_POSSIBLE : PERIOD_NO_MATCH;
}

static enum period_match match_bounds(enum match_when when, const struct period *p,
                                      const struct ask *ask)
{
    return grade(ask_holds(ask, reach_of(match_rule(when, false), p)),
                 ask_holds(ask, reach_of(match_rule(when, true), p)));
}

/* ---- an event on one of many stretches ---- */

/* As an event, a stretch that it may lie anywhere in. */
static struct reach stretch_reach(struct match_rule rule, const struct window *w)
{
    const struct period p = {w->from, w->to, w->from, w->to};
    return reach_of(rule, &p);
}

/*
 * Whether one and the same stretch reaches each of the parts `from` to `to`, excluded. Where it
 * falls short of one, so does every other that ends before what was wanted.
 */
static bool some_reach(const struct edtf_stretches *event, struct match_rule rule,
                       const struct ask *ask, size_t from, size_t to)
{
    struct window at;
    for (int64_t t = event->hull.from; edtf_stretch_next(event, t, &at);) {
        struct reach reach = stretch_reach(rule, &at);
        bool all = true;
        --*ask->steps;
        t = at.to < event->hull.to ? at.to + 1 : PERIOD_NO_END;
        for (size_t i = from; i < to; i++) {
            struct window w;
            int64_t wanted;
            if (!window_for(ask, i, reach, &w))
                return false;
            if (reaches(reach, &w, &wanted))
                continue;
            all = false;
            t = wanted > t ? wanted : t;
        }
        if (all || (t <= event->hull.to && *ask->steps <= 0))
            return true;
    }
    return false;
}

/* By digits, which is worth some ten steps at most: a hundred years without a leap day. */
static bool is_apart(const struct edtf_stretches *event, const struct ask *ask, size_t i)
{
    if (!ask->part[i].can_be.gapped || *ask->steps <= 0)
        return false;
    *ask->steps -= 10;
    return edtf_stretch_apart(event, &ask->part[i].can_be);
}

static bool some_stretch(const struct edtf_stretches *event, struct match_rule rule,
                         const struct ask *ask)
{
    bool any_apart = false;
    for (size_t i = 0; i < ask->count; i++) {
        bool apart = is_apart(event, ask, i);
        any_apart |= apart;
        if (!ask->every && !apart && some_reach(event, rule, ask, i, i + 1))
            return true;
    }
    return ask->every && !any_apart && some_reach(event, rule, ask, 0, ask->count);
}

/* Whether every stretch reaches some part of what is asked, or every one. */
static bool each_stretch(const struct edtf_stretches *event, struct match_rule rule,
                         const struct ask *ask)
{
    if (ask_holds(ask, stretch_reach(rule, &event->hull)))
        return true;
    size_t inside = 0;
    for (size_t i = 0; i < ask->count && !rule.around; i++)
        inside += ask->part[i].can_be.gapped && edtf_stretch_inside(event, &ask->part[i].can_be);
    if (inside > 0 && (!ask->every || inside == ask->count))
        return true;
    struct window at;
    for (int64_t t = event->hull.from; edtf_stretch_next(event, t, &at);) {
        if (--*ask->steps <= 0 || !ask_holds(ask, stretch_reach(rule, &at)))
            return false;
        if (at.to >= event->hull.to)
            break;
        t = at.to + 1;
    }
    return true;
}

/* ---- an event ---- */

static enum period_match match_part(enum match_when when, const struct part *event,
                                    const struct ask *ask)
{
    const struct edtf_stretches *stretches = &event->can_be;
    if (!stretches->gapped)
        return match_bounds(when, &event->bounds, ask);
    bool possible = some_stretch(stretches, match_rule(when, false), ask);
    return grade(possible, possible && each_stretch(stretches, match_rule(when, true), ask));
}

/* On one of several days, nobody knows which: whatever the parts do not agree on is possible. */
static enum period_match match_any(enum match_when when, const struct match_parts *event,
                                   const struct ask *ask)
{
    enum period_match first = match_part(when, &event->part[0], ask);
    for (size_t i = 1; i < event->count && first != PERIOD_POSSIBLE; i++)
        if (match_part(when, &event->part[i], ask) != first)
            return PERIOD_POSSIBLE;
    return first;
}

/* On each of several days: the best of them, or for `within` the worst. */
static enum period_match match_every(enum match_when when, const struct match_parts *event,
                                     const struct period *bounds, const struct ask *ask)
{
    if (when == MATCH_STARTS || when == MATCH_ENDS)
        return match_bounds(when, bounds, ask);
    bool worst = when == MATCH_WITHIN;
    enum period_match sum = match_part(when, &event->part[0], ask);
    for (size_t i = 1; i < event->count; i++) {
        enum period_match next = match_part(when, &event->part[i], ask);
        sum = (next < sum) == worst ? next : sum;
    }
    return sum;
}

/* Each part of {a, b} is asked for by itself, as another day of the event may do for it. */
static enum period_match match_each_ask(enum match_when when, const struct match_parts *event,
                                        const struct period *bounds, const struct ask *ask)
{
    enum period_match sum = PERIOD_CERTAIN;
    for (size_t i = 0; i < ask->count && sum != PERIOD_NO_MATCH; i++) {
        const struct ask one = {.count = 1, .part = &ask->part[i], .steps = ask->steps};
        enum period_match next = match_every(when, event, bounds, &one);
        sum = next < sum ? next : sum;
    }
    return sum;
}

enum period_match match_event(const struct match *m, const struct period *bounds, str date)
{
    if (m->parts == NULL && date.n == 0)
        return match_period(m->when, bounds, &m->hull);
    struct part hull;
    int steps = MATCH_STEPS;
    struct ask ask = {.count = 1, .part = &hull, .steps = &steps};
    if (m->parts)
        ask = (struct ask){m->parts->every, m->parts->count, m->parts->part, &steps};
    else
        hull = plain_part(m->hull);
    struct match_parts event;
    if (date.n == 0 || !take_parts(date, &event))
        return match_bounds(m->when, bounds, &ask);
    if (!event.every)
        return match_any(m->when, &event, &ask);
    return ask.every ? match_each_ask(m->when, &event, bounds, &ask)
                     : match_every(m->when, &event, bounds, &ask);
}
