/*
 * row_key: the keys of event rows. Full text answers in the order of these keys alone, so they are
 * made such that this order is worth having: 63 bits, from the top 5 bits of class (one more than
 * cls of event_row), 25 bits of the day of `earliest`, and 33 bits of the store's counter, by which
 * no two are alike. Days more than 45,000 years from 1970 share the key of the outermost.
 */
#ifndef ANNALS_STORE_ROW_KEY_H
#define ANNALS_STORE_ROW_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "model/period.h"

#define ROW_KEY_COUNTER_BITS 33

/*
 * Rows of other readings than the plain one have this much more in cls than their duration class,
 * or than -1 if they are undated: all rows of the plain reading come before them.
 */
#define ROW_OTHER 16
#define ROW_CLASSES (ROW_OTHER + PERIOD_CLASSES)
static inline int row_class(const struct period *p, bool other)
{
    return (p ? period_class(p) : -1) + (other ? ROW_OTHER : 0);
}
static inline bool row_class_undated(int cls)
{
    return cls == -1 || cls == ROW_OTHER - 1;
}

/* p is NULL for the undated. other: not of the plain reading. number: of writer_key. */
int64_t row_key_make(const struct period *p, bool other, int64_t number);

/* cls as in the row, -1 or 15 for the undated, and the day, as kept in a key. */
int row_key_class(int64_t key);
int64_t row_key_day(int64_t key);

/* The seconds in which an event of the key's day can begin. */
struct window row_key_starts(int64_t key);

/* The least and the greatest key of a class whose earliest lies in [from, to]. */
int64_t row_key_least(int cls, int64_t from);
int64_t row_key_greatest(int cls, int64_t to);

#endif
