/*
 * bucket: a stretch of time cut into days, months, years or decades of the proleptic Gregorian
 * calendar, or into stretches of equal length; for counting. A decade is ten years that begin with
 * one that ten divides: 2020 to 2029, -50 to -41.
 */
#ifndef ANNALS_MODEL_BUCKET_H
#define ANNALS_MODEL_BUCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/period.h"

/* X(value, name) */
#define BUCKET_UNIT_TABLE(X)                                                                       \
    X(BUCKET_DAY, "day")                                                                           \
    X(BUCKET_MONTH, "month")                                                                       \
    X(BUCKET_YEAR, "year")                                                                         \
    X(BUCKET_DECADE, "decade")

enum bucket_unit {
#define X(value, name) value,
    BUCKET_UNIT_TABLE(X)
#undef X
        BUCKET_EQUAL /* stretches of equal length, but for a second */
};

struct buckets {
    enum bucket_unit unit;
    size_t n;
    int64_t first;  /* number of the first unit since the one of 1970-01-01; else a second */
    uint64_t width; /* of BUCKET_EQUAL, in seconds; the first `longer` have one more */
    size_t longer;
};

/*
 * The buckets that a window needs, both sides of which are bounded: whole units, or `count` (from
 * 1) stretches of BUCKET_EQUAL, fewer where the window has fewer seconds. False where they would
 * be more than `most`; then out->n is how many, capped at SIZE_MAX.
 */
bool buckets_make(enum bucket_unit unit, size_t count, const struct window *window, size_t most,
                  struct buckets *out);

/* The bucket in which a second lies: -1 for one before the first, n for one after the last. */
int64_t buckets_find(const struct buckets *b, int64_t second);

/* From the first to the last second of bucket number i, which is below n. */
struct window buckets_window(const struct buckets *b, size_t i);

/*
 * The bucket as a date of EDTF: "2021-03-01", "2021-03", "2021", "202X", "Y12345", "-0050/-0041";
 * of equal lengths the interval of its bounds. Days and months of years that have more than four
 * digits, which EDTF cannot write, with a sign before the year.
 */
void buckets_label(struct buf *out, enum bucket_unit unit, const struct window *window);

#endif
