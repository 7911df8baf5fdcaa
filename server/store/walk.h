/*
 * walk: all events that answer a query, one after the other, in an order. What drives it (the
 * time, the links of a thing, full text, a few candidates) is chosen by plan.c; whatever drives,
 * the same events come, each once. Nothing but indexed columns is read: what a caller shows of an
 * event it fetches by `row`.
 */
#ifndef ANNALS_STORE_WALK_H
#define ANNALS_STORE_WALK_H

#include "store/filter.h"

enum walk_order {
    WALK_UP,   /* by earliest, ties by id; the undated at the end, by id */
    WALK_DOWN, /* the latest start first, ties by id downwards; the undated at the end, by id */
    WALK_ANY   /* whatever is cheapest: for counting */
};

struct walk_hit {
    int64_t row; /* key of the event_row, and event_row of its links */
    str id;      /* lives until walk_next */
    bool dated;
    struct period bounds;    /* where dated */
    bool gapped;             /* the bounds leave gaps (model/match.h): */
    str date;                /* then the date as written, until walk_next; else empty */
    enum period_match match; /* against the query's date; PERIOD_NO_MATCH without one */
};

struct walk;

/*
 * found: what filter_find made of the query, which it names and which must both outlive the walk.
 * The query's `after` is honoured by WALK_UP and WALK_DOWN, its limit and sort by
 * none. Memory comes from `a` and is bounded. Close it whatever walk_next said.
 */
bool walk_open(struct store_reader *r, const struct found_filters *found, enum walk_order order,
               struct arena *a, struct walk **out, struct err *e);

/*
 * The next event. False at the end, with e->code ERR_NONE, or with what went wrong: ERR_DEADLINE
 * when the reader's time runs out, whether in the engine or in loops of ours.
 */
bool walk_next(struct walk *w, struct walk_hit *hit, struct err *e);

void walk_close(struct walk *w); /* NULL is fine */

/*
 * The count of all events that answer, by itself: cheaper than a walk where the engine can count
 * alone.
 */
bool walk_count(struct store_reader *r, const struct found_filters *found, struct arena *a,
                int64_t *count, struct err *e);

#endif
