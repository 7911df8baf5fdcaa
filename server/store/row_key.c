#include "store/row_key.h"

#include "base/check.h"

#define DAY_BITS 25
#define DAYS (INT64_C(1) << DAY_BITS)
#define NUMBERS (INT64_C(1) << ROW_KEY_COUNTER_BITS)

/* The day of a second, counted from the first one that a key can hold. */
static int64_t day_of(int64_t second)
{
    int64_t day = period_day_of(second) + DAYS / 2;
    return day < 0 ? 0 : day >= DAYS ? DAYS - 1 : day;
}

static int64_t compose(int cls, int64_t day, int64_t number)
{
    ENSURE(cls >= -1 && cls < ROW_CLASSES && number >= 0 && number < NUMBERS);
    return (((int64_t)(cls + 1) << DAY_BITS | day) << ROW_KEY_COUNTER_BITS) | number;
}

int64_t row_key_make(const struct period *p, bool other, int64_t number)
{
    return compose(row_class(p, other), p ? day_of(p->earliest) : 0, number);
}

int row_key_class(int64_t key)
{
    return (int)(key >> (DAY_BITS + ROW_KEY_COUNTER_BITS)) - 1;
}

int64_t row_key_day(int64_t key)
{
    return key >> ROW_KEY_COUNTER_BITS & (DAYS - 1);
}

struct window row_key_starts(int64_t key)
{
    int64_t day = row_key_day(key), from = (day - DAYS / 2) * PERIOD_DAY_SECONDS;
    return (struct window){day == 0 ? PERIOD_NO_START : from,
                           day == DAYS - 1 ? PERIOD_NO_END : from + PERIOD_DAY_SECONDS - 1};
}

int64_t row_key_least(int cls, int64_t from)
{
    return compose(cls, row_class_undated(cls) ? 0 : day_of(from), 0);
}

int64_t row_key_greatest(int cls, int64_t to)
{
    return compose(cls, row_class_undated(cls) ? 0 : day_of(to), NUMBERS - 1);
}
