#include "model/edtf_date.h"

#include <inttypes.h>

#include "model/edtf_calendar.h"
#include "model/period.h"

/* ---- qualifiers ---- */

static unsigned qualifier(int c)
{
    switch (c) {
    case '?':
        return EDTF_UNCERTAIN;
    case '~':
        return EDTF_APPROXIMATE;
    case '%':
        return EDTF_BOTH;
    default:
        return EDTF_PLAIN;
    }
}

/* One qualifier, if there is one. */
static bool read_qualifier(struct edtf_reader *r, uint8_t *out)
{
    *out = (uint8_t)qualifier(edtf_reader_peek(r));
    if (*out == EDTF_PLAIN)
        return true;
    r->at++;
    if (qualifier(edtf_reader_peek(r)) != EDTF_PLAIN)
        return edtf_reader_fail(r, r->at, "one sign is enough: %% stands for ? and ~ together");
    return true;
}

/* ---- the year ---- */

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* Digits as a number, as far as it is below `limit`; *digits counts them all. */
static int64_t read_number(struct edtf_reader *r, int64_t limit, int *digits)
{
    int64_t value = 0;
    for (*digits = 0; is_digit(edtf_reader_peek(r)); r->at++) {
        if (value < limit)
            value = value * 10 + (edtf_reader_peek(r) - '0');
        ++*digits;
    }
    return value;
}

static bool fail_year(struct edtf_reader *r, size_t at)
{
    return edtf_reader_fail(r, at,
                            "years run from %" PRId64 " to %" PRId64
                            ": the seconds of others do not fit 64 bits",
                            PERIOD_FIRST_YEAR, PERIOD_LAST_YEAR);
}

/* "E" and a power of ten, if it is there. */
static bool read_exponent(struct edtf_reader *r, struct edtf_date *d)
{
    if (!edtf_reader_take(r, STR("E"))) {
        if (d->digits < 5)
            return edtf_reader_fail(
                r, d->at, "Y is for years of more than four digits: write others without");
        return true;
    }
    int digits;
    int64_t exponent = read_number(r, 100, &digits);
    d->exponential = true;
    if (digits == 0)
        return edtf_reader_unexpected(r, "E is followed by a power of ten, as in Y17E8");
    for (int64_t i = 0; i < exponent; i++) {
        if (__builtin_mul_overflow(d->value, 10, &d->value))
            return fail_year(r, d->year.at);
        d->digits++;
    }
    return true;
}

/* What stands behind "Y". */
static bool read_long_year(struct edtf_reader *r, struct edtf_date *d)
{
    d->long_year = true;
    d->negative = edtf_reader_take(r, STR("-"));
    d->year.at = r->at;
    if (edtf_reader_peek(r) == '0')
        return edtf_reader_fail(r, r->at, "a year with Y does not begin with 0");
    d->value = read_number(r, PERIOD_LAST_YEAR, &d->digits);
    if (d->digits == 0)
        return edtf_reader_unexpected(r, "Y is followed by a year, as in Y170000002");
    if (!read_exponent(r, d))
        return false;
    if (d->value > (d->negative ? -PERIOD_FIRST_YEAR : PERIOD_LAST_YEAR))
        return fail_year(r, d->year.at);
    return true;
}

static bool read_short_year(struct edtf_reader *r, struct edtf_date *d)
{
    d->negative = edtf_reader_take(r, STR("-"));
    if (!edtf_part_read(r, 4, "a year has four digits, as in 2021 or 0476", &d->year))
        return false;
    if (is_digit(edtf_reader_peek(r)))
        return edtf_reader_fail(r, r->at,
                                "a year of more than four digits begins with Y, as in Y12345, and "
                                "a month is set off by a hyphen");
    if (edtf_part_masked(&d->year))
        return true;
    d->value = edtf_part_filled(&d->year, 0);
    if (d->negative && d->value == 0)
        return edtf_reader_fail(r, d->at, "the year 0000, 1 BCE, has no minus sign");
    d->digits = 1;
    for (int64_t rest = d->value; rest > 9; rest /= 10)
        d->digits++;
    return true;
}

/* "S" and the number of significant digits, if it is there. */
static bool read_significant(struct edtf_reader *r, struct edtf_date *d)
{
    size_t sign = r->at;
    if (!edtf_reader_take(r, STR("S")))
        return true;
    if (edtf_part_masked(&d->year))
        return edtf_reader_fail(r, sign, "significant digits (S) are for a year without X");
    size_t at = r->at;
    int digits;
    d->significant = (int)read_number(r, 100, &digits);
    if (digits == 0)
        return edtf_reader_unexpected(r, "S is followed by a number of digits, as in 1950S2");
    if (d->significant < 1 || d->significant > d->digits)
        return edtf_reader_fail(r, at, "this year has %d digits: S takes 1 to %d", d->digits,
                                d->digits);
    return true;
}

static bool read_year(struct edtf_reader *r, struct edtf_date *d)
{
    int c = edtf_reader_peek(r);
    bool has_form = is_digit(c) || c == 'X' || c == '-' || c == 'Y' || c == 'x';
    if (!has_form)
        return edtf_reader_unexpected(r, "a date begins with a year of four digits, as in 2021");
    bool fine = edtf_reader_take(r, STR("Y")) ? read_long_year(r, d) : read_short_year(r, d);
    if (!fine || !read_significant(r, d))
        return false;
    if (d->negative)
        d->value = -d->value;
    return true;
}

/* ---- month and day ---- */

/* Whether some number from 1 to `last` reads like that. */
static bool fits_some(const struct edtf_part *p, int last)
{
    for (int i = 1; i <= last; i++)
        if (edtf_part_fits(p, i))
            return true;
    return false;
}

static bool read_month(struct edtf_reader *r, struct edtf_part *month)
{
    if (!read_qualifier(r, &month->before) ||
        !edtf_part_read(r, 2, "a month has two digits, as in 2021-03", month) ||
        !read_qualifier(r, &month->after))
        return false;
    int value = edtf_part_filled(month, 0);
    if (fits_some(month, 12))
        return true;
    if (edtf_part_masked(month))
        return edtf_reader_fail(r, month->at,
                                "no month reads like that: with X, months run from 01 to 12");
    if (value >= EDTF_GROUP_FIRST && value <= EDTF_GROUP_LAST)
        return true;
    return edtf_reader_fail(
        r, month->at, "month %02d: months run from 01 to 12, seasons and quarters from %d to %d",
        value, EDTF_GROUP_FIRST, EDTF_GROUP_LAST);
}

static bool read_day(struct edtf_reader *r, struct edtf_part *day)
{
    if (!read_qualifier(r, &day->before) ||
        !edtf_part_read(r, 2, "a day has two digits, as in 2021-03-05", day) ||
        !read_qualifier(r, &day->after))
        return false;
    if (fits_some(day, 31))
        return true;
    if (edtf_part_masked(day))
        return edtf_reader_fail(r, day->at, "no day reads like that: days run from 01 to 31");
    return edtf_reader_fail(r, day->at, "day %02d: days run from 01 to 31",
                            edtf_part_filled(day, 0));
}

/* ---- the time of day ---- */

/* Two digits of a time, up to `last`; *at is where they stand. */
static bool read_clock(struct edtf_reader *r, const char *what, int last, size_t *at, int *out)
{
    static const char rule[] = "a time is written hh:mm:ss, as in T14:30:00";
    *at = r->at;
    *out = 0;
    for (int i = 0; i < 2; i++, r->at++) {
        if (!is_digit(edtf_reader_peek(r)))
            return edtf_reader_unexpected(r, rule);
        *out = *out * 10 + (edtf_reader_peek(r) - '0');
    }
    if (*out > last)
        return edtf_reader_fail(r, *at, "%s %02d: %ss run from 00 to %02d", what, *out, what, last);
    return true;
}

static bool read_colon(struct edtf_reader *r)
{
    if (edtf_reader_take(r, STR(":")))
        return true;
    return edtf_reader_unexpected(r, "a time is written hh:mm:ss, as in T14:30:00");
}

/* "Z", "+04:30" or "-05", if it is there. */
static bool read_offset(struct edtf_reader *r, struct edtf_date *d)
{
    size_t start = r->at;
    d->has_offset = edtf_reader_take(r, STR("Z"));
    if (d->has_offset)
        return true;
    int sign = edtf_reader_take(r, STR("+")) ? 1 : edtf_reader_take(r, STR("-")) ? -1 : 0;
    if (sign == 0)
        return true;
    size_t at;
    int hours, minutes = 0;
    if (!read_clock(r, "hour", 99, &at, &hours) ||
        (edtf_reader_take(r, STR(":")) && !read_clock(r, "minute", 59, &at, &minutes)))
        return false;
    if (is_digit(edtf_reader_peek(r)))
        return edtf_reader_unexpected(r, "an offset is written +hh:mm");
    d->has_offset = true;
    d->offset_minutes = sign * (hours * 60 + minutes);
    if (d->offset_minutes == 0 && sign < 0)
        return edtf_reader_fail(r, start, "an offset of nothing is Z or +00:00");
    if (d->offset_minutes < -12 * 60 || d->offset_minutes > 14 * 60)
        return edtf_reader_fail(r, start, "offsets from UTC run from -12:00 to +14:00");
    return true;
}

/* What stands behind "T". */
static bool read_time(struct edtf_reader *r, struct edtf_date *d)
{
    size_t hour_at, at;
    int hour, minute, second;
    if (!read_clock(r, "hour", 24, &hour_at, &hour) || !read_colon(r) ||
        !read_clock(r, "minute", 59, &at, &minute) || !read_colon(r) ||
        !read_clock(r, "second", 59, &at, &second))
        return false;
    d->has_time = true;
    d->second = (hour * 60 + minute) * 60 + second;
    if (d->second > PERIOD_DAY_SECONDS)
        return edtf_reader_fail(r, hour_at,
                                "hour 24 is the end of the day, 24:00:00, and no later");
    bool has_dots = str_starts(str_sub(r->text, r->at, 2), STR(".."));
    if (edtf_reader_peek(r) == '.' && !has_dots)
        return edtf_reader_fail(r, r->at, "fractions of a second are not kept: end before them");
    if (!read_offset(r, d))
        return false;
    if (qualifier(edtf_reader_peek(r)) != EDTF_PLAIN)
        return edtf_reader_fail(r, r->at, "a date with a time takes no qualifier");
    return true;
}

/* ---- the whole ---- */

bool edtf_date_masked(const struct edtf_date *d)
{
    return edtf_part_masked(&d->year) || edtf_part_masked(&d->month) || edtf_part_masked(&d->day);
}

static bool is_qualified(const struct edtf_date *d)
{
    struct edtf_qualifiers q = edtf_date_qualifiers(d);
    return (q.year | q.month | q.day) != EDTF_PLAIN;
}

bool edtf_date_read(struct edtf_reader *r, struct edtf_date *out)
{
    *out = (struct edtf_date){.at = r->at};
    if (!read_qualifier(r, &out->year.before))
        return false;
    out->at = r->at;
    if (!read_year(r, out) || !read_qualifier(r, &out->year.after))
        return false;
    size_t hyphen = r->at;
    if (!edtf_reader_take(r, STR("-")))
        return true;
    if (out->long_year || out->significant)
        return edtf_reader_fail(r, hyphen, "a year with %s stands alone, without a month",
                                out->long_year ? "Y" : "S");
    if (!read_month(r, &out->month))
        return false;
    hyphen = r->at;
    if (!edtf_reader_take(r, STR("-")))
        return true;
    if (edtf_date_group(out))
        return edtf_reader_fail(r, hyphen, "a season or quarter has no days: end here");
    if (!read_day(r, &out->day))
        return false;
    size_t at = r->at;
    if (!edtf_reader_take(r, STR("T")))
        return true;
    if (edtf_date_masked(out) || is_qualified(out))
        return edtf_reader_fail(r, at, "a time goes with a plain date, without X ? ~ %%");
    return read_time(r, out);
}

int edtf_date_group(const struct edtf_date *d)
{
    if (d->month.count == 0 || edtf_part_masked(&d->month))
        return 0;
    int code = edtf_part_filled(&d->month, 0);
    return code >= EDTF_GROUP_FIRST ? code : 0;
}

struct edtf_qualifiers edtf_date_qualifiers(const struct edtf_date *d)
{
    struct edtf_qualifiers q;
    q.day = d->day.after;
    q.month = q.day | d->month.after;
    q.year = q.month | d->year.after;
    q.day |= d->day.before;
    q.month |= d->month.before;
    q.year |= d->year.before;
    return q;
}

/* Level 1 lets one qualifier stand at the end; level 2 has them anywhere. */
static int qualifier_level(const struct edtf_date *d)
{
    if (!is_qualified(d))
        return 0;
    bool year_alone = d->month.count == 0, no_day = d->day.count == 0;
    bool inside = (!year_alone && d->year.after) || (!no_day && d->month.after);
    bool before = d->year.before || d->month.before || d->day.before;
    return inside || before ? 2 : 1;
}

/* 199X and 19XX. */
static bool is_decade_or_century(const struct edtf_date *d)
{
    const uint8_t *digit = d->year.digit;
    return d->month.count == 0 && digit[0] != EDTF_ANY && digit[1] != EDTF_ANY &&
           digit[3] == EDTF_ANY;
}

/*
 * Level 1 lets three things be unspecified: the last one or two digits of a year that stands
 * alone, the whole month with whatever follows, the whole day. Level 2 has X anywhere.
 */
static int mask_level(const struct edtf_date *d)
{
    if (!edtf_date_masked(d))
        return 0;
    int month = edtf_part_masked(&d->month), day = edtf_part_masked(&d->day);
    if (edtf_part_masked(&d->year))
        return is_decade_or_century(d) ? 1 : 2;
    if (month)
        return month == d->month.count && day == d->day.count ? 1 : 2;
    return day == d->day.count ? 1 : 2;
}

static int max(int a, int b)
{
    return a > b ? a : b;
}

int edtf_date_level(const struct edtf_date *d)
{
    int level = max(qualifier_level(d), mask_level(d));
    if (d->negative || d->long_year)
        level = max(level, 1);
    if (edtf_date_group(d))
        level = max(level, edtf_calendar_group(edtf_date_group(d))->level);
    if (d->significant || d->exponential)
        level = 2;
    return level;
}

/* What n unknown digits at the end of a year leave. */
static enum edtf_precision year_precision(int unknown)
{
    return unknown < 3 ? (enum edtf_precision)(EDTF_YEAR + unknown) : EDTF_MILLENNIUM;
}

enum edtf_precision edtf_date_precision(const struct edtf_date *d)
{
    if (d->significant)
        return year_precision(d->digits - d->significant);
    for (int i = 0; i < d->year.count; i++)
        if (d->year.digit[i] == EDTF_ANY)
            return year_precision(d->year.count - i);
    if (d->month.count == 0 || edtf_part_masked(&d->month))
        return EDTF_YEAR;
    if (edtf_date_group(d))
        return EDTF_SEASON;
    if (d->day.count == 0 || edtf_part_masked(&d->day))
        return EDTF_MONTH;
    return d->has_time ? EDTF_SECOND : EDTF_DAY;
}
