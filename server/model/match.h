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
 * stretches, [a, b, c] for any of its members, {a, b, c} for every one of them: each has to be
 * matched. Members of [a, b, c] are taken as the days that they name together: those that touch or
 * overlap are one, and one that lies in another is not looked at.
 */
struct match_parts;
struct match {
    enum match_when when;
    struct window hull;              /* from its earliest to its latest second */
    const struct match_parts *parts; /* NULL where the hull is all there is to it */
};

/* date is valid EDTF; what *out needs lives in the arena. */
void match_prepare(str date, enum match_when when, struct arena *a, struct match *out);

/*
 * How an event stands to it. date: the event's own, where match_gapped says that its bounds are not
 * all of it; else empty. Of one of several days, or of a date with gaps, the event happened on one
 * nobody knows: possible when one of them is, certain when each of them is. Of all of several days
 * it happened on each: for overlaps, covers, starts and ends one will do (starts: the first, ends:
 * the last), for within all of them must be. Whatever matches meets the weak condition as well:
 * with the possible rule, low <= hull.to and high >= hull.from.
 *
 * An event costs a few steps for each pair of parts of the two dates. Where both have gaps it can
 * be some thousands; what MATCH_STEPS of them do not show to be certain or impossible is possible.
 */
#define MATCH_STEPS 10000
enum period_match match_event(const struct match *m, const struct period *bounds, str date);

/*
 * Whether the four bounds of a date are not all of it: they leave out gaps, as those of [a, b] and
 * 2021-XX-05 do, or it is a set {a, b} of two members or more. Not 2021-05-XX, 20XX or an interval.
 * False for what is not EDTF.
 */
bool match_gapped(str date);

#endif
