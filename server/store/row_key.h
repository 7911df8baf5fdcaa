/*
 * row_key: the keys of event rows. Full text answers in the order of these keys alone, so they are
 * made such that this order is worth having: 63 bits, from the top 4 bits of duration class (0 for
 * the undated, else one more than the class), 26 bits of the day of `earliest`, and 33 bits of the
 * store's counter, by which no two are alike. Days more than 91,000 years from 1970 share the key
 * of the outermost.
 */
#ifndef ANNALS_STORE_ROW_KEY_H
#define ANNALS_STORE_ROW_KEY_H

#include <stdint.h>

#include "model/period.h"

#define ROW_KEY_COUNTER_BITS 33

/* p is NULL for the undated. number: of writer_key. */
int64_t row_key_make(const struct period *p, int64_t number);

/* The class, -1 for the undated, and the day, as kept in a key. */
int row_key_class(int64_t key);
int64_t row_key_day(int64_t key);

/* The seconds in which an event of the key's day can begin. */
struct window row_key_starts(int64_t key);

/* The least and the greatest key of a class whose earliest lies in [from, to]. */
int64_t row_key_least(int cls, int64_t from);
int64_t row_key_greatest(int cls, int64_t to);

#endif
