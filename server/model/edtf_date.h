/* edtf_date: one date as it is written, with its time of day and its qualifiers. */
#ifndef ANNALS_MODEL_EDTF_DATE_H
#define ANNALS_MODEL_EDTF_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/edtf_part.h"
#include "model/edtf_reader.h"

struct edtf_date {
    size_t at; /* position of its first character */
    bool negative;
    struct edtf_part year, month, day; /* of a year with Y: the place and the qualifiers alone */
    bool long_year;                    /* written with Y */
    bool exponential;                  /* and with E */
    int64_t value;                     /* of a year without X, signed */
    int digits;                        /* of that value, without leading zeros */
    int significant;                   /* how many of them S lets stand; 0 where there is no S */
    bool has_time;
    int second; /* of the day, 0-86400: 24:00:00 is the first of the next */
    bool has_offset;
    int offset_minutes;
};

/*
 * Reads one date and leaves the reader behind it, at whatever comes there. False sets the error.
 * Checked here: form, and that month, day and time are in range; whether the month has that day is
 * for edtf_extent_of.
 */
bool edtf_date_read(struct edtf_reader *r, struct edtf_date *out);

/* The code of a season or another group of months, or 0 where there is a month or none. */
int edtf_date_group(const struct edtf_date *d);

/* What it says of itself: the lowest level of EDTF that has all of it, outside of intervals. */
int edtf_date_level(const struct edtf_date *d);
bool edtf_date_masked(const struct edtf_date *d);
enum edtf_precision edtf_date_precision(const struct edtf_date *d);

/* The qualifiers that hold for each part: those before it, and those after it or to its right. */
struct edtf_qualifiers {
    unsigned year, month, day; /* bits of enum edtf_qualifier */
};
struct edtf_qualifiers edtf_date_qualifiers(const struct edtf_date *d);

#endif
