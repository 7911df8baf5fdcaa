#include "model/period.h"

#include <inttypes.h>

#include "base/check.h"

enum period_match period_overlaps(const struct period *p, const struct window *w)
{
    if (p->earliest > w->to || p->latest < w->from)
        return PERIOD_NO_MATCH;
    if (p->start_latest <= w->to && p->end_earliest >= w->from)
        return PERIOD_CERTAIN;
    return PERIOD_POSSIBLE;
}

bool period_disjoint(const struct period *a, const struct period *b)
{
    return a->latest < b->earliest || b->latest < a->earliest;
}

/* The most days of each finite class; how far the last three reach has no limit. */
#define DAYS(n) ((n)*PERIOD_DAY_SECONDS - 1)
static const int64_t longest[PERIOD_CLASSES] = {
    DAYS(1),    DAYS(10),   DAYS(31),    DAYS(92),  DAYS(364), DAYS(366), DAYS(1096),
    DAYS(3650), DAYS(3653), DAYS(36525), INT64_MAX, INT64_MAX, INT64_MAX,
};
#undef DAYS

int64_t period_class_extent(int cls)
{
    ENSURE(cls >= 0 && cls < PERIOD_CLASSES);
    return longest[cls];
}

static int64_t between(int64_t from, int64_t to)
{
    int64_t extent;
    if (period_unbounded(from) || period_unbounded(to) || __builtin_sub_overflow(to, from, &extent))
        return INT64_MAX;
    return extent;
}

int64_t period_extent(const struct period *p)
{
    return between(p->earliest, p->latest);
}

int64_t period_start_extent(const struct period *p)
{
    return between(p->earliest, p->start_latest);
}

int period_class(const struct period *p)
{
    if (period_unbounded(p->earliest))
        return PERIOD_CLASS_NO_START;
    if (period_unbounded(p->latest))
        return PERIOD_CLASS_NO_END;
    int64_t extent = period_extent(p);
    int cls = 0;
    while (extent > longest[cls])
        cls++;
    return cls;
}

/* Division that rounds down, also below zero. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t period_day_of(int64_t seconds)
{
    return floor_div(seconds, PERIOD_DAY_SECONDS);
}

/*
 * Both ways after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil
 * and civil_from_days: years are counted from 1 March, so that the leap day comes last, in eras of
 * 400 years, which have 146,097 days each; 719,468 days lie between 0000-03-01 and 1970-01-01.
 */
int64_t period_days_from_civil(int64_t year, int month, int day)
{
    ENSURE(month >= 1 && month <= 12);
    int64_t y = year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t month_from_march = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void period_civil_from_days(int64_t days, int64_t *year, int *month, int *day)
{
    int64_t z = days + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool period_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int period_days_in_month(int64_t year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    ENSURE(month >= 1 && month <= 12);
    return days[month - 1] + (month == 2 && period_leap_year(year));
}

void period_write_bound(struct buf *out, int64_t seconds, enum period_side side)
{
    ENSURE(!period_unbounded(seconds));
    int rest = (int)(seconds % PERIOD_DAY_SECONDS);
    if (rest < 0)
        rest += (int)PERIOD_DAY_SECONDS;
    int64_t year;
    int month, day;
    period_civil_from_days(period_day_of(seconds), &year, &month, &day);
    const char *sign = year < 0 ? "-" : year > 9999 ? "+" : "";
    buf_printf(out, "%s%04" PRId64 "-%02d-%02d", sign, year < 0 ? -year : year, month, day);
    if ((side == PERIOD_START && rest == 0) ||
        (side == PERIOD_END && rest == (int)PERIOD_DAY_SECONDS - 1))
        return;
    buf_printf(out, "T%02d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
}
