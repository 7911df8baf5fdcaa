/*
 * period: a stretch of civil time whose ends are known only within limits, as the four bounds of
 * CIDOC-CRM (P82a/P81a/P81b/P82b): it starts somewhere in [earliest, start_latest] and ends
 * somewhere in [end_earliest, latest]. Bounds are seconds of the proleptic Gregorian calendar from
 * 1970-01-01T00:00:00 in the civil time that the source wrote (no time zone is ever applied), both
 * ends inclusive: the day 2021-03-01 runs from its 00:00:00 to its 23:59:59.
 */
#ifndef ANNALS_MODEL_PERIOD_H
#define ANNALS_MODEL_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* An unbounded side. No real bound takes these values. */
#define PERIOD_NO_START INT64_MIN
#define PERIOD_NO_END INT64_MAX

struct period {
    int64_t earliest;
    int64_t start_latest;
    int64_t end_earliest;
    int64_t latest;
};

/* A window of a query: from its earliest to its latest second, inclusive, either side unbounded. */
struct window {
    int64_t from;
    int64_t to;
};

enum period_match { PERIOD_NO_MATCH, PERIOD_POSSIBLE, PERIOD_CERTAIN };

/*
 * overlaps, as the contract defines it: possible when earliest <= to and latest >= from; certain
 * when start_latest <= to and end_earliest >= from as well.
 */
enum period_match period_overlaps(const struct period *p, const struct window *w);

/* Whether two possible extents share no second: such dates contradict each other. */
bool period_disjoint(const struct period *a, const struct period *b);

/*
 * The duration class: 0 for the shortest extents, PERIOD_CLASSES - 1 for those without an end or
 * start. An index on (class, earliest) finds what overlaps a window by looking back no further
 * than the longest extent of each class.
 */
#define PERIOD_CLASSES 7
int period_class(const struct period *p);

/* The longest extent, latest - earliest in seconds, in a class; INT64_MAX for the last. */
int64_t period_class_extent(int cls);

/*
 * Days from 1970-01-01 to a date of the proleptic Gregorian calendar, year 0 being 1 BCE; and
 * back. The year is between -290,000,000,000 and 290,000,000,000, the month 1-12, the day 1-31
 * (a day past the end of its month runs over into the next).
 */
int64_t period_days_from_civil(int64_t year, int month, int day);
void period_civil_from_days(int64_t days, int64_t *year, int *month, int *day);
bool period_leap_year(int64_t year);
int period_days_in_month(int64_t year, int month);

/*
 * A bound in words of ISO 8601: "2021-03-01"; with the time, "2021-03-01T14:30:00", where it is
 * not a whole day's start (for a start) or end (for an end); years before 0 as "-0044", after
 * 9999 as "+12345". Unbounded sides are not for here.
 */
enum period_side { PERIOD_START, PERIOD_END };
void period_write_bound(struct buf *out, int64_t seconds, enum period_side side);

#endif
