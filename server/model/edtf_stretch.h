/*
 * edtf_stretch: the gaps that X leaves. XXXX-02-24 can be any 24 February and nothing between two
 * of them: its maximal stretches of days are those single days, in order. They are found by
 * arithmetic on the digits, never by a walk through the days between.
 */
#ifndef ANNALS_MODEL_EDTF_STRETCH_H
#define ANNALS_MODEL_EDTF_STRETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "model/edtf_parts.h"
#include "model/period.h"

/* All that one date or range can be. An interval or range has no gaps, whatever its ends are. */
struct edtf_stretches {
    struct window hull;    /* from its first to its last second */
    bool gapped;           /* whether it leaves some of that out: 2021-XX-05, but not 2021-05-XX */
    struct edtf_date mask; /* where it is gapped */
};

struct edtf_stretches edtf_stretch_of(const struct edtf_span *span);

/* The first stretch that ends at second t or later; false where there is none. */
bool edtf_stretch_next(const struct edtf_stretches *s, int64_t t, struct window *out);

/* The first stretch that begins at second t or later. */
bool edtf_stretch_from(const struct edtf_stretches *s, int64_t t, struct window *out);

/*
 * Of two with gaps, by their digits alone: whether no day reads like both; whether whatever reads
 * like a reads like b. Both say false where the digits do not tell (seasons).
 */
bool edtf_stretch_apart(const struct edtf_stretches *a, const struct edtf_stretches *b);
bool edtf_stretch_inside(const struct edtf_stretches *a, const struct edtf_stretches *b);

#endif
