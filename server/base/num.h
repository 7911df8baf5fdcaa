/*
 * num: numbers that come from outside. Decimal integers alone, with the whole str consumed: no
 * blanks, no plus sign, no leading zero tricks, no overflow.
 */
#ifndef ANNALS_BASE_NUM_H
#define ANNALS_BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* "-"? then digits, in the range of int64_t. False leaves *out alone. */
bool num_parse_i64(str text, int64_t *out);

/* As num_parse_i64, and min <= *out <= max. */
bool num_parse_range(str text, int64_t min, int64_t max, int64_t *out);

#endif
