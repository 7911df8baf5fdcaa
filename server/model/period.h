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

/*
 * An unbounded side. No real bound takes these values. Either may stand in any of the four: of what
 * began at an unknown time and has no end, start_latest is PERIOD_NO_END.
 */
#define PERIOD_NO_START INT64_MIN
#define PERIOD_NO_END INT64_MAX

static inline bool period_unbounded(int64_t bound)
{
    return bound == PERIOD_NO_START || bound == PERIOD_NO_END;
}

/*
 * What is stored for a date whose extent runs from second a to second b: it starts at a at the
 * earliest and at b at the latest, ends at a at the earliest and at b at the latest. So earliest
 * and end_earliest are the first second of a day, start_latest and latest the last one, and an
 * event of one day overlaps the window of the same day for certain: start_latest <= to and
 * end_earliest >= from, both by equality. Always earliest <= start_latest <= latest and
 * earliest <= end_earliest <= latest.
 */
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
 * The duration class, by the extent latest - earliest: 0 within a day, then up to ten days, a
 * month, a quarter, less than a year, a year, three years, less than ten, ten, a hundred, longer
 * ones; apart from these what has no end, and what has no start. Whole years and decades are
 * apart because they are many, and all others would be looked for as far back as they reach. An
 * index on (class, earliest) finds what overlaps a window by looking back no further than the
 * longest extent of each class; the open ones are apart because their longest would be everybody's.
 */
#define PERIOD_CLASSES 13
#define PERIOD_CLASS_NO_END (PERIOD_CLASSES - 2)   /* from a start that is known within bounds */
#define PERIOD_CLASS_NO_START (PERIOD_CLASSES - 1) /* with or without an end */
int period_class(const struct period *p);

/* The longest extent, latest - earliest in seconds, in a class; INT64_MAX for the last three. */
int64_t period_class_extent(int cls);

/* latest - earliest, and start_latest - earliest; INT64_MAX where that is without bound. */
int64_t period_extent(const struct period *p);
int64_t period_start_extent(const struct period *p);

/* The years whose every second fits 64 bits without touching the marks above. */
#define PERIOD_FIRST_YEAR INT64_C(-292277022656)
#define PERIOD_LAST_YEAR INT64_C(292277026595)
#define PERIOD_DAY_SECONDS INT64_C(86400)

/*
 * Days from 1970-01-01 to a date of the proleptic Gregorian calendar, year 0 being 1 BCE; and
 * back. The year is between -300,000,000,000 and 300,000,000,000, the month 1-12, the day 1-31
 * (a day past the end of its month runs over into the next).
 */
int64_t period_days_from_civil(int64_t year, int month, int day);
void period_civil_from_days(int64_t days, int64_t *year, int *month, int *day);
/* The day, counted from 1970-01-01, in which a second lies. */
int64_t period_day_of(int64_t seconds);
bool period_leap_year(int64_t year);
int period_days_in_month(int64_t year, int month);

/*
 * A bound as ISO 8601 writes it: "2021-03-01"; with the time, "2021-03-01T14:30:00", where it is
 * not the first second of a day (PERIOD_START: for earliest and end_earliest) or the last
 * (PERIOD_END: for start_latest and latest); PERIOD_SECOND always writes the time. Years before 0
 * as "-0044", after 9999 as "+12345". Unbounded sides are not for here.
 */
enum period_side { PERIOD_START, PERIOD_END, PERIOD_SECOND };
void period_write_bound(struct buf *out, int64_t seconds, enum period_side side);

#endif
