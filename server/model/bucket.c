#include "model/bucket.h"

#include "base/check.h"

#define MONTHS 12
#define DECADE 10
#define LAST_SHORT_YEAR 9999 /* of four digits */

static int64_t floor_division(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return a % b < 0 ? q - 1 : q;
}

/* ---- units of the calendar, numbered ---- */

static int64_t year_of(int64_t second, int *month)
{
    int64_t year;
    int day;
    period_civil_from_days(period_day_of(second), &year, month, &day);
    return year;
}

static int64_t unit_of(enum bucket_unit unit, int64_t second)
{
    int month;
    switch (unit) {
    case BUCKET_DAY:
        return period_day_of(second);
    case BUCKET_MONTH:
        return year_of(second, &month) * MONTHS + month - 1;
    case BUCKET_YEAR:
        return year_of(second, &month);
    case BUCKET_DECADE:
        return floor_division(year_of(second, &month), DECADE);
    case BUCKET_EQUAL:
        break;
    }
    UNREACHABLE();
}

/* The first day of a unit. */
static int64_t first_day(enum bucket_unit unit, int64_t number)
{
    int64_t year = floor_division(number, MONTHS);
    switch (unit) {
    case BUCKET_DAY:
        return number;
    case BUCKET_MONTH:
        return period_days_from_civil(year, (int)(number - year * MONTHS) + 1, 1);
    case BUCKET_YEAR:
        return period_days_from_civil(number, 1, 1);
    case BUCKET_DECADE:
        return period_days_from_civil(number * DECADE, 1, 1);
    case BUCKET_EQUAL:
        break;
    }
    UNREACHABLE();
}

/* The first second of a day, no further out than bounds go. */
static int64_t second_of_day(int64_t day)
{
    if (day <= (PERIOD_NO_START + 1) / PERIOD_DAY_SECONDS)
        return PERIOD_NO_START + 1;
    if (day >= (PERIOD_NO_END - 1) / PERIOD_DAY_SECONDS)
        return PERIOD_NO_END - 1;
    return day * PERIOD_DAY_SECONDS;
}

/* ---- making and finding ---- */

static void make_equal(size_t count, const struct window *w, struct buckets *out)
{
    /* Of seconds between two bounds that are no marks there are less than 2^64. */
    uint64_t seconds = (uint64_t)w->to - (uint64_t)w->from + 1;
    if (count > seconds)
        count = (size_t)seconds;
    uint64_t width = seconds / count;
    *out = (struct buckets){.unit = BUCKET_EQUAL,
                            .n = count,
                            .first = w->from,
                            .width = width,
                            .longer = (size_t)(seconds % count)};
}

bool buckets_make(enum bucket_unit unit, size_t count, const struct window *window, size_t most,
                  struct buckets *out)
{
    ENSURE(!period_unbounded(window->from) && !period_unbounded(window->to));
    ENSURE(window->from <= window->to && count >= 1);
    if (unit == BUCKET_EQUAL) {
        make_equal(count, window, out);
        return out->n <= most;
    }
    *out = (struct buckets){.unit = unit, .first = unit_of(unit, window->from)};
    uint64_t n = (uint64_t)(unit_of(unit, window->to) - out->first) + 1;
    out->n = n > SIZE_MAX ? SIZE_MAX : (size_t)n;
    return out->n <= most;
}

/* Seconds from the first of all to the first of bucket i. */
static uint64_t equal_offset(const struct buckets *b, size_t i)
{
    return (uint64_t)i * b->width + (i < b->longer ? i : b->longer);
}

static int64_t find_equal(const struct buckets *b, int64_t second)
{
    if (second < b->first)
        return -1;
    uint64_t offset = (uint64_t)second - (uint64_t)b->first, width = b->width;
    uint64_t of_longer = b->longer * (width + 1);
    if (offset < of_longer)
        return (int64_t)(offset / (width + 1));
    uint64_t i = b->longer + (offset - of_longer) / width;
    return i < b->n ? (int64_t)i : (int64_t)b->n;
}

int64_t buckets_find(const struct buckets *b, int64_t second)
{
    if (period_unbounded(second))
        return second == PERIOD_NO_START ? -1 : (int64_t)b->n;
    if (b->unit == BUCKET_EQUAL)
        return find_equal(b, second);
    int64_t i = unit_of(b->unit, second) - b->first;
    return i < 0 ? -1 : i < (int64_t)b->n ? i : (int64_t)b->n;
}

struct window buckets_window(const struct buckets *b, size_t i)
{
    ENSURE(i < b->n);
    if (b->unit == BUCKET_EQUAL) {
        uint64_t from = (uint64_t)b->first + equal_offset(b, i);
        uint64_t to = (uint64_t)b->first + equal_offset(b, i + 1) - 1;
        return (struct window){(int64_t)from, (int64_t)to};
    }
    int64_t number = b->first + (int64_t)i;
    int64_t after = second_of_day(first_day(b->unit, number + 1));
    return (struct window){second_of_day(first_day(b->unit, number)),
                           after == PERIOD_NO_END - 1 ? after : after - 1};
}

/* ---- as dates ---- */

static void write_year(struct buf *out, int64_t year)
{
    bool is_short = year >= -LAST_SHORT_YEAR && year <= LAST_SHORT_YEAR;
    buf_printf(out, is_short ? (year < 0 ? "-%04lld" : "%04lld") : (year < 0 ? "Y-%lld" : "Y%lld"),
               (long long)(year < 0 ? -year : year));
}

static void write_decade(struct buf *out, int64_t year)
{
    if (year >= 0 && year <= LAST_SHORT_YEAR) {
        buf_printf(out, "%03lldX", (long long)(year / DECADE));
        return;
    }
    write_year(out, year);
    buf_add_char(out, '/');
    write_year(out, year + DECADE - 1);
}

static void write_month(struct buf *out, int64_t year, int month)
{
    if (year >= -LAST_SHORT_YEAR && year <= LAST_SHORT_YEAR)
        write_year(out, year);
    else
        buf_printf(out, "%+lld", (long long)year);
    buf_printf(out, "-%02d", month);
}

static bool is_day_start(int64_t second)
{
    return second % PERIOD_DAY_SECONDS == 0;
}

void buckets_label(struct buf *out, enum bucket_unit unit, const struct window *window)
{
    /* A bucket at the very end of time may begin before its first second that has a number. */
    int month;
    int64_t year = year_of(window->to, &month);
    bool days;
    switch (unit) {
    case BUCKET_DAY:
        period_write_bound(out, window->from, PERIOD_START);
        return;
    case BUCKET_MONTH:
        write_month(out, year, month);
        return;
    case BUCKET_YEAR:
        write_year(out, year);
        return;
    case BUCKET_DECADE:
        write_decade(out, floor_division(year, DECADE) * DECADE);
        return;
    case BUCKET_EQUAL:
        days = is_day_start(window->from) && is_day_start(window->to + 1);
        period_write_bound(out, window->from, days ? PERIOD_START : PERIOD_SECOND);
        buf_add_char(out, '/');
        period_write_bound(out, window->to, days ? PERIOD_END : PERIOD_SECOND);
        return;
    }
    UNREACHABLE();
}
