/*
 * moment: a day, or a part of one, or a month or year, as tables write it: read by a format that
 * the mapping names, made coarser where the table says that it is, and written as EDTF.
 */
#ifndef ANNALS_CLIENT_READ_MOMENT_H
#define ANNALS_CLIENT_READ_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct moment {
    int64_t year; /* astronomical */
    int month;    /* 1 to 12; 0 where nothing is said */
    int day;      /* 1 to 31; 0 likewise */
    bool timed;
    int hour, minute, second;
    str offset; /* as written: "Z", "+04:00"; empty for none */
};

/* X(value, word): how much of it holds */
#define MOMENT_UNIT_TABLE(X)                                                                       \
    X(MOMENT_EXACT, "exact")                                                                       \
    X(MOMENT_DAY, "day")                                                                           \
    X(MOMENT_MONTH, "month")                                                                       \
    X(MOMENT_YEAR, "year")                                                                         \
    X(MOMENT_DECADE, "decade")                                                                     \
    X(MOMENT_CENTURY, "century")

enum moment_unit {
#define X(value, word) value,
    MOMENT_UNIT_TABLE(X)
#undef X
        MOMENT_UNITS
};

/* The unit of a word; MOMENT_UNITS for none. */
enum moment_unit moment_unit_from(str word);

/*
 * Reads ISO 8601 in its extended form: a year, a month, a day, or a day with a time after "T" or a
 * blank; hh:mm is the beginning of that minute, and fractions of a second are left out.
 */
bool moment_iso(str text, struct moment *out);

/*
 * Reads by a pattern: %Y a year of four digits or, where none follow at
 * once, more; %m and %d one or two digits, %B and %b an English month in full or its three letters,
 * %H %M %S %p a time, %* whatever follows, %% a percent sign; a blank any number of them; other
 * signs stand for themselves.
 */
bool moment_pattern(str text, str pattern, struct moment *out);

/* A month as a number or an English word; 0 for none. */
int moment_month(str text);

/* "14:30", "14:30:05", "2:30 pm": sets the time. */
bool moment_time(str text, struct moment *out);

/* The moment in EDTF, no finer than the unit. */
str moment_write(const struct moment *m, enum moment_unit unit, struct arena *a);

/* So many days later, without a time. The moment has a day. */
struct moment moment_days_later(const struct moment *m, int64_t days);

/* Whether there is such a day and such a time. */
bool moment_valid(const struct moment *m);

/* -1, 0 or 1; missing parts come first. Offsets are not looked at. */
int moment_compare(const struct moment *a, const struct moment *b);

#endif
