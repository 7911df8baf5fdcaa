#include "model/edtf_extent.h"

#include <inttypes.h>

#include "model/edtf_calendar.h"
#include "model/period.h"

struct day {
    int64_t year;
    int month;
    int day;
};

/* Every direction of search: the earliest day that matches, or the latest. */
enum way { EARLIEST, LATEST };

/* ---- years ---- */

struct years {
    int64_t first;
    int64_t last;
};

/* The year of n significant digits can be any that begins with the same n digits. */
static struct years significant_years(const struct edtf_date *d)
{
    int64_t step = 1;
    for (int i = d->significant; i < d->digits; i++)
        step *= 10;
    int64_t below = d->value - d->value % step; /* towards 0 */
    if (d->negative)
        return (struct years){below - (step - 1), below};
    return (struct years){below, below + (step - 1)};
}

/* The outermost years that the digits allow. */
static struct years outer_years(const struct edtf_date *d)
{
    if (d->significant)
        return significant_years(d);
    if (d->long_year)
        return (struct years){d->value, d->value};
    int64_t least = edtf_part_filled(&d->year, 0), most = edtf_part_filled(&d->year, 9);
    if (d->negative)
        return (struct years){-most, -least};
    return (struct years){least, most};
}

/* Whether a year between the outermost ones is meant. Year 0 has no sign, so -000X ends at -0001.
 */
static bool year_fits(const struct edtf_date *d, int64_t year)
{
    if (d->significant)
        return true;
    if (d->negative && year == 0)
        return false;
    return edtf_part_fits(&d->year, year < 0 ? -year : year);
}

/* ---- days ---- */

static bool month_fits(const struct edtf_date *d, int month)
{
    return edtf_date_group(d) != 0 || edtf_part_fits(&d->month, month);
}

static bool search_year(const struct edtf_date *d, int64_t year, enum way way, struct day *out)
{
    for (int i = 1; i <= 12; i++) {
        int month = way == EARLIEST ? i : 13 - i;
        if (!month_fits(d, month))
            continue;
        int days = period_days_in_month(year, month);
        for (int j = 1; j <= days; j++) {
            int day = way == EARLIEST ? j : days + 1 - j;
            if (!edtf_part_fits(&d->day, day))
                continue;
            *out = (struct day){year, month, day};
            return true;
        }
    }
    return false;
}

/*
 * Common years are all alike, and so are leap years: where one of each matches nothing, none does.
 * The search so looks into two years at most and passes over at most 10,000 others.
 */
static bool search(const struct edtf_date *d, enum way way, struct day *out)
{
    struct years years = outer_years(d);
    int64_t step = way == EARLIEST ? 1 : -1;
    int64_t year = way == EARLIEST ? years.first : years.last;
    bool common_tried = false;
    for (; year >= years.first && year <= years.last; year += step) {
        bool leap = period_leap_year(year);
        if (!year_fits(d, year) || (common_tried && !leap))
            continue;
        if (search_year(d, year, way, out))
            return true;
        if (leap)
            return false;
        common_tried = true;
    }
    return false;
}

/* ---- why there is none ---- */

static bool fail_day(struct edtf_reader *r, const struct edtf_date *d)
{
    size_t at = d->day.at;
    if (edtf_part_masked(&d->month))
        return edtf_reader_fail(r, at, "no month that reads like that has such a day");
    int month = edtf_part_filled(&d->month, 0);
    const char *name = edtf_calendar_month(month);
    if (!edtf_part_masked(&d->year))
        return edtf_reader_fail(r, at, "%s %s%04" PRId64 " has %d days", name,
                                d->value < 0 ? "-" : "", d->value < 0 ? -d->value : d->value,
                                period_days_in_month(d->value, month));
    if (month == 2 && edtf_part_fits(&d->day, 29))
        return edtf_reader_fail(r, at,
                                "February has 29 days in leap years alone, and no year that "
                                "reads like that is one");
    /* 2000 for a leap year */
    return edtf_reader_fail(r, at, "%s has %s%d days", name, month == 2 ? "at most " : "",
                            period_days_in_month(2000, month));
}

/* ---- the extent ---- */

static int64_t first_second(int64_t year, int month, int day)
{
    return period_days_from_civil(year, month, day) * PERIOD_DAY_SECONDS;
}

bool edtf_extent_of(struct edtf_reader *r, const struct edtf_date *d, struct edtf_extent *out)
{
    struct years years = outer_years(d);
    if (years.first < PERIOD_FIRST_YEAR || years.last > PERIOD_LAST_YEAR)
        return edtf_reader_fail(
            r, d->year.at, "with these significant digits the year can pass what 64 bits hold");
    struct day first, last;
    if (!search(d, EARLIEST, &first) || !search(d, LATEST, &last))
        return fail_day(r, d);
    if (edtf_date_group(d)) {
        const struct edtf_group *group = edtf_calendar_group(edtf_date_group(d));
        int after = group->month + group->months; /* the month that follows, 13 being January */
        out->first = first_second(first.year, group->month, 1);
        out->last = first_second(last.year + (after > 12), after > 12 ? after - 12 : after, 1) - 1;
        return true;
    }
    out->first = first_second(first.year, first.month, first.day);
    out->last = first_second(last.year, last.month, last.day) + PERIOD_DAY_SECONDS - 1;
    if (d->has_time) {
        out->first += d->second;
        out->last = out->first;
    }
    return true;
}
