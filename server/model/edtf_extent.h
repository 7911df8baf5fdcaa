/* edtf_extent: what stretch of time a date as written can be meant to lie in. */
#ifndef ANNALS_MODEL_EDTF_EXTENT_H
#define ANNALS_MODEL_EDTF_EXTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/edtf_date.h"
#include "model/edtf_reader.h"

/* The first second of the first day that matches and the last second of the last; see period.h. */
struct edtf_extent {
    int64_t first;
    int64_t last;
};

/*
 * The extent of a date just read. Where no day matches it (30 February, 29 February of years that
 * are none of them leap years): false, with the reader's error set.
 */
bool edtf_extent_of(struct edtf_reader *r, const struct edtf_date *d, struct edtf_extent *out);

#endif
