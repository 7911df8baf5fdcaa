/*
 * when: dates in EDTF as the readers put them together. Whatever comes out was read again by the
 * parser of dates and is never sharper than what went in.
 */
#ifndef ANNALS_CLIENT_READ_WHEN_H
#define ANNALS_CLIENT_READ_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/edtf.h"

struct when {
    str text; /* EDTF; empty for none */
    struct edtf date;
};

static inline bool when_any(const struct when *w)
{
    return w->text.n > 0;
}

/* False, and none in *out, where the text is not EDTF. The text is copied. */
bool when_read(str text, struct arena *a, struct when *out);

/*
 * Some time from one second to another, both inclusive; either may be unbounded (PERIOD_NO_START,
 * PERIOD_NO_END). Written by years, months or days, as a set: "[1990..1999]", "1990-05",
 * "[..1944-06-06]". False: nothing is bounded, from lies after to, or EDTF has no form for it.
 */
bool when_within(int64_t from, int64_t to, struct arena *a, struct when *out);

/*
 * What began with one date and ended with another; either may be none, and is unknown then. Ends
 * that no interval takes (sets, intervals) are taken as the time from the one to the other.
 * False: both are none, or the end lies before the start.
 */
bool when_interval(const struct when *from, const struct when *to, struct arena *a,
                   struct when *out);

/* Adds a qualifier to each date in it; where EDTF has no place for one all stays as it is. */
void when_qualify(struct when *w, enum edtf_qualifier q, struct arena *a);

/*
 * The time that lies in both. Where one lies within the other it stays as it was written. False,
 * and *out alone: they share none.
 */
bool when_meet(const struct when *a, const struct when *b, struct arena *arena, struct when *out);

/* Writes a year as EDTF does: 0476, -0043, Y12345. */
str when_year(int64_t year, struct arena *a);

#endif
