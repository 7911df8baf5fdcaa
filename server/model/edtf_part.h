/* edtf_part: a year, month or day as it is written, X and all. */
#ifndef ANNALS_MODEL_EDTF_PART_H
#define ANNALS_MODEL_EDTF_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/edtf_reader.h"

#define EDTF_ANY 10 /* the digit X */

struct edtf_part {
    size_t at;        /* position of its first digit */
    uint8_t count;    /* digits: 4 or 2, and 0 for a part that is not there */
    uint8_t digit[4]; /* 0-9 or EDTF_ANY */
    uint8_t before;   /* bits of enum edtf_qualifier: for this part alone */
    uint8_t after;    /* and for this part and all to the left of it */
};

/* Reads `count` digits; `rule` is what the error says about them. */
bool edtf_part_read(struct edtf_reader *r, uint8_t count, const char *rule, struct edtf_part *out);

/* How many of its digits are X. */
int edtf_part_masked(const struct edtf_part *p);

/* Its value with every X replaced by a digit, 0-9. */
int edtf_part_filled(const struct edtf_part *p, int digit);

/* Whether a number, not negative, reads like that. A part that is not there fits every number. */
bool edtf_part_fits(const struct edtf_part *p, int64_t number);

#endif
