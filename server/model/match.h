/*
 * match: how an event's date stands to the date of a query. The one place where the table of
 * `when` and `certainty` is written down; the statements of the store are put together from
 * match_rule, and a test holds them against match_event.
 */
#ifndef ANNALS_MODEL_MATCH_H
#define ANNALS_MODEL_MATCH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/edtf_parts.h"
#include "model/period.h"

/* X(value, name) */
#define MATCH_WHEN_TABLE(X)                                                                        \
    X(MATCH_OVERLAPS, "overlaps")                                                                  \
    X(MATCH_WITHIN, "within")                                                                      \
    X(MATCH_COVERS, "covers")                                                                      \
    X(MATCH_STARTS, "starts")                                                                      \
    X(MATCH_ENDS, "ends")

enum match_when {
#define X(value, name) value,
    MATCH_WHEN_TABLE(X)
#undef X
        MATCH_WHENS
};
const char *match_when_name(enum match_when when);

/* One of the four bounds of a period. */
enum match_bound { MATCH_EARLIEST, MATCH_START_LATEST, MATCH_END_EARLIEST, MATCH_LATEST };

/*
 * What must hold for a window [a, b]: low <= b and high >= a; or, where the period must reach
 * around the window, low <= a and high >= b.
 */
struct match_rule {
    enum match_bound low, high;
    bool around;
};
struct match_rule match_rule(enum match_when when, bool certain);
bool match_rule_holds(struct match_rule rule, const struct period *p, const struct window *w);

/* Against one window: certain, possible or not at all. */
enum period_match match_period(enum match_when when, const struct period *p,
                               const struct window *w);

/*
 * A query's date, made ready. A date with gaps, such as XXXX-02-24, stands for each of its
 * stretches, [a, b, c] for any of its members, {a, b, c} for every one of them.
 */
struct match {
    enum match_when when;
    struct window hull;             /* from its earliest to its latest second */
    const struct edtf_parts *parts; /* NULL where the hull is all there is to it */
};

/* date is valid EDTF; what *out needs lives in the arena. */
void match_prepare(str date, enum match_when when, struct arena *a, struct match *out);

/*
 * How an event stands to it. date: the event's own, where match_gapped says that its bounds are not
 * all of it; else empty. Of one of several days, or of a date with gaps, the event happened on one
 * nobody knows: possible when one of them is, certain when each of them is. Of all of several days
 * it happened on each: for overlaps, covers, starts and ends one will do (starts: the first, ends:
 * the last), for within all of them must be.
 */
enum period_match match_event(const struct match *m, const struct period *bounds, str date);

/* Whether the four bounds of a date leave out gaps between them: [a, b], {a, b}, 2021-XX-05. */
bool match_gapped(str date);

#endif
