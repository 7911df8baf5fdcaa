/*
 * axis: a stretch of civil time laid along a line, and the ticks that make it readable: from
 * seconds to billions of years, with labels that never meet.
 */
#ifndef ANNALS_RENDER_AXIS_H
#define ANNALS_RENDER_AXIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Seconds of a year of 365.2425 days. */
#define AXIS_YEAR_SECONDS ((uint64_t)31556952)

/* From the first to the last second, inclusive; from <= to, neither is unbounded. */
struct axis {
    int64_t from;
    int64_t to;
};

/* Seconds on the axis, less one. */
static inline uint64_t axis_span(const struct axis *x)
{
    return (uint64_t)x->to - (uint64_t)x->from;
}

/*
 * Where a second begins (after: where it ends), as a share of the axis from 0 to 1. What lies
 * before or after the axis is at its end.
 */
double axis_place(const struct axis *x, int64_t second, bool after);

/* At most these many ticks on an axis. */
#define AXIS_MOST_TICKS 128
#define AXIS_LABEL 48

struct axis_tick {
    double at;   /* share of the axis */
    double left; /* of the label, which is centred where there is room, in the units of extent */
    double width;
    bool bare;  /* no room for the label beside one that the end of the axis holds */
    bool major; /* begins a coarser unit: a year among months, a day among hours */
    char label[AXIS_LABEL];
};

/* How wide a label is. */
typedef double axis_measure(const char *label);

/*
 * The finest ticks whose labels fit with `gap` between them on a line of `extent`: columns or
 * pixels, as `measure` counts. Answers how many; at least one. Labels lie within 0 and extent,
 * unless one label alone is wider.
 */
size_t axis_ticks(const struct axis *x, double extent, double gap, axis_measure *measure,
                  struct axis_tick ticks[AXIS_MOST_TICKS]);

#endif
