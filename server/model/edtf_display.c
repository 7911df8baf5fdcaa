#include <inttypes.h>

#include "base/check.h"
#include "model/edtf.h"
#include "model/edtf_calendar.h"
#include "model/edtf_parts.h"

/* ---- years, months, days ---- */

/* 12345678 as "12,345,678"; up to four digits stay together. */
static void add_grouped(struct buf *out, int64_t n)
{
    if (n < 10000) {
        buf_add_i64(out, n);
        return;
    }
    int64_t unit = 1;
    while (n / unit >= 1000)
        unit *= 1000;
    buf_add_i64(out, n / unit);
    for (unit /= 1000; unit > 0; unit /= 1000)
        buf_printf(out, ",%03d", (int)(n / unit % 1000));
}

/* Year 0 is 1 BCE; CE is said where the number alone could be taken for something else. */
static void add_year(struct buf *out, int64_t year)
{
    add_grouped(out, year > 0 ? year : 1 - year);
    buf_add(out, year <= 0 ? STR(" BCE") : year < 1000 ? STR(" CE") : STR(""));
}

static int64_t civil(int64_t seconds, int *month, int *day)
{
    int64_t year;
    period_civil_from_days(period_day_of(seconds), &year, month, day);
    return year;
}

/* As finely as the form of d has it: "15 June 2021", "June 2021", "2021". */
static void add_day(struct buf *out, const struct edtf_date *d, int64_t seconds)
{
    int month, day;
    int64_t year = civil(seconds, &month, &day);
    if (d->day.count)
        buf_printf(out, "%d ", day);
    if (d->month.count)
        buf_printf(out, "%s ", edtf_calendar_month(month));
    add_year(out, year);
}

/* ---- dates with X or S ---- */

/* 199X: a decade with a name of its own. */
static bool is_decade(const struct edtf_date *d)
{
    return d->year.digit[3] == EDTF_ANY && edtf_part_masked(&d->year) == 1 && !d->negative &&
           d->year.digit[0] != 0;
}

/* 1950S2, where 1950S4 is 1950. */
static bool is_estimate(const struct edtf_date *d)
{
    return d->significant > 0 && d->significant < d->digits;
}

/* A year with X, as it goes on behind "in". */
static void add_some_year(struct buf *out, const struct edtf_date *d, int64_t first, int64_t last)
{
    if (is_decade(d)) {
        buf_printf(out, "the %ds", edtf_part_filled(&d->year, 0));
    } else if (edtf_part_masked(&d->year) == 4) {
        buf_add(out, d->negative ? STR("an unknown year BCE") : STR("an unknown year"));
    } else {
        buf_add(out, STR("a year between "));
        add_year(out, first);
        buf_add(out, STR(" and "));
        add_year(out, last);
    }
}

static void add_year_of(struct buf *out, const struct edtf_date *d, const struct edtf_extent *x)
{
    int month, day;
    if (edtf_part_masked(&d->year))
        add_some_year(out, d, civil(x->first, &month, &day), civil(x->last, &month, &day));
    else
        add_year(out, d->value);
}

/* Month and day are known, as far as they are there. */
static void add_masked_year(struct buf *out, const struct edtf_date *d, const struct edtf_extent *x)
{
    if (d->month.count == 0 && is_decade(d)) {
        buf_printf(out, "%ds", edtf_part_filled(&d->year, 0));
        return;
    }
    if (d->day.count)
        buf_printf(out, "%d ", edtf_part_filled(&d->day, 0));
    if (d->month.count)
        buf_printf(out, "%s in ", edtf_calendar_month(edtf_part_filled(&d->month, 0)));
    add_year_of(out, d, x);
}

/* "a day between 1 and 9 May 2021": what both ends share stands behind the second. */
static void add_between(struct buf *out, const struct edtf_date *d, const struct edtf_extent *x)
{
    int month[2], day[2];
    bool same_year = civil(x->first, &month[0], &day[0]) == civil(x->last, &month[1], &day[1]);
    bool same_month = same_year && month[0] == month[1];
    buf_printf(out, "a %s between ", d->day.count ? "day" : d->month.count ? "month" : "year");
    if (same_month)
        buf_printf(out, "%d", day[0]);
    else if (same_year && d->day.count)
        buf_printf(out, "%d %s", day[0], edtf_calendar_month(month[0]));
    else if (same_year)
        buf_add(out, str_from(edtf_calendar_month(month[0])));
    else
        add_day(out, d, x->first);
    buf_add(out, STR(" and "));
    add_day(out, d, x->last);
}

/* "the 5th of a month in 2021" */
static void add_day_of_month(struct buf *out, int day)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    bool is_teen = day / 10 == 1;
    buf_printf(out, "the %d%s of a month in ", day,
               endings[is_teen || day % 10 > 3 ? 0 : day % 10]);
}

/* A month and a day that are there, but not given, are left out: "a day in March 2021". */
static void add_masked(struct buf *out, const struct edtf_date *d, const struct edtf_extent *x)
{
    int month = edtf_part_masked(&d->month), day = edtf_part_masked(&d->day);
    bool no_day = d->day.count == 0 || day == 2, no_month = d->month.count == 0 || month == 2;
    if (d->day.count && x->last - x->first < PERIOD_DAY_SECONDS) {
        add_day(out, d, x->first);
    } else if (month + day == 0) {
        add_masked_year(out, d, x);
    } else if (no_month && no_day) {
        buf_add(out, d->day.count ? STR("a day in ") : STR("a month in "));
        add_year_of(out, d, x);
    } else if (month == 0 && no_day) {
        buf_printf(out, "a day in %s %s", edtf_calendar_month(edtf_part_filled(&d->month, 0)),
                   edtf_part_masked(&d->year) ? "in " : "");
        add_year_of(out, d, x);
    } else if (no_month && day == 0) {
        add_day_of_month(out, edtf_part_filled(&d->day, 0));
        add_year_of(out, d, x);
    } else {
        add_between(out, d, x);
    }
}

static void add_group(struct buf *out, const struct edtf_date *d, const struct edtf_extent *x)
{
    const struct edtf_group *group = edtf_calendar_group(edtf_date_group(d));
    buf_printf(out, "%s ", group->name);
    if (!edtf_part_masked(&d->year)) {
        add_year(out, d->value);
    } else {
        bool has_of = str_ends(str_from(group->name), STR(" of"));
        bool runs_over = group->month + group->months > 13;
        int month, day;
        buf_add(out, has_of ? STR("") : STR("in "));
        add_some_year(out, d, civil(x->first, &month, &day),
                      civil(x->last, &month, &day) - runs_over);
    }
    if (group->where)
        buf_printf(out, " (%s)", group->where);
}

static void add_time(struct buf *out, const struct edtf_date *d)
{
    int s = d->second;
    buf_printf(out, ", %02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    if (!d->has_offset)
        return;
    buf_add(out, STR(" UTC"));
    int minutes = d->offset_minutes < 0 ? -d->offset_minutes : d->offset_minutes;
    if (minutes != 0)
        buf_printf(out, "%c%02d:%02d", d->offset_minutes < 0 ? '-' : '+', minutes / 60,
                   minutes % 60);
}

static void add_plain(struct buf *out, const struct edtf_date *d, const struct edtf_extent *x)
{
    if (edtf_date_group(d)) {
        add_group(out, d, x);
    } else if (is_estimate(d)) {
        add_between(out, d, x);
        buf_add(out, STR(", estimated "));
        add_year(out, d->value);
    } else if (edtf_date_masked(d)) {
        add_masked(out, d, x);
    } else {
        /* 24:00:00 is shown on the day that it ends. */
        add_day(out, d, x->first - (d->second == PERIOD_DAY_SECONDS));
        if (d->has_time)
            add_time(out, d);
    }
}

/* ---- qualifiers ---- */

static void add_part_qualifier(struct buf *out, const char *part, unsigned qualifier, bool *any)
{
    if (qualifier == EDTF_PLAIN)
        return;
    buf_printf(out, "%s%s %s", *any ? ", " : " (", part,
               edtf_qualifier_name((enum edtf_qualifier)qualifier));
    *any = true;
}

/* Parts that are qualified each in its own way: "11 June 2004 (year uncertain)". */
static void add_qualifiers(struct buf *out, const struct edtf_date *d, struct edtf_qualifiers q)
{
    bool any = false;
    add_part_qualifier(out, "year", q.year, &any);
    add_part_qualifier(out, edtf_date_group(d) ? "season" : "month", q.month, &any);
    add_part_qualifier(out, "day", q.day, &any);
    buf_add_char(out, ')');
}

/* "c. 1846?" where all of it is qualified alike; behind a longer phrase in words. */
static void add_date(struct buf *out, const struct edtf_side *side)
{
    const struct edtf_date *d = &side->date;
    struct edtf_qualifiers q = edtf_date_qualifiers(d);
    bool is_even = (d->month.count == 0 || q.month == q.year) &&
                   (d->day.count == 0 || q.day == q.year);
    bool is_phrase = is_estimate(d) || (edtf_date_masked(d) && !(is_decade(d) && !d->month.count));
    if (is_even && !is_phrase && (q.year & EDTF_APPROXIMATE))
        buf_add(out, STR("c. "));
    add_plain(out, d, &side->extent);
    if (!is_even)
        add_qualifiers(out, d, q);
    else if (is_phrase && q.year != EDTF_PLAIN)
        buf_printf(out, " (%s)", edtf_qualifier_name((enum edtf_qualifier)q.year));
    else if (q.year & EDTF_UNCERTAIN)
        buf_add_char(out, '?');
}

/* ---- intervals and sets ---- */

static void add_interval(struct buf *out, const struct edtf_span *span)
{
    static const char *const starts[] = {
        [EDTF_OPEN] = "without start", [EDTF_UNKNOWN] = "start unknown"};
    static const char *const ends[] = {[EDTF_OPEN] = "without end", [EDTF_UNKNOWN] = "end unknown"};
    enum edtf_end left = span->left.end, right = span->right.end;
    if (left == EDTF_GIVEN && right == EDTF_GIVEN) {
        add_date(out, &span->left);
        buf_add(out, STR(" to "));
        add_date(out, &span->right);
    } else if (left == EDTF_GIVEN) {
        buf_add(out, STR("from "));
        add_date(out, &span->left);
        buf_add(out, right == EDTF_UNKNOWN ? STR(", end unknown") : STR(""));
    } else if (right == EDTF_GIVEN) {
        buf_add(out, STR("until "));
        add_date(out, &span->right);
        buf_add(out, left == EDTF_UNKNOWN ? STR(", start unknown") : STR(""));
    } else {
        buf_printf(out, "%s, %s", starts[left], ends[right]);
    }
}

static void add_member(struct buf *out, enum edtf_kind kind, const struct edtf_span *span)
{
    bool one_of = kind == EDTF_ONE_OF;
    if (!span->range) {
        add_date(out, &span->left);
    } else if (span->left.end == EDTF_OPEN) {
        add_date(out, &span->right);
        buf_add(out, one_of ? STR(" or earlier") : STR(" and earlier"));
    } else if (span->right.end == EDTF_OPEN) {
        add_date(out, &span->left);
        buf_add(out, one_of ? STR(" or later") : STR(" and later"));
    } else {
        buf_add(out, one_of ? STR("between ") : STR(""));
        add_date(out, &span->left);
        buf_add(out, one_of ? STR(" and ") : STR(" to "));
        add_date(out, &span->right);
    }
}

void edtf_display(struct buf *out, str text)
{
    struct edtf_parts parts;
    struct edtf_error error;
    ENSURE(edtf_parts_read(text, &parts, &error));
    if (parts.kind == EDTF_INTERVAL) {
        add_interval(out, &parts.span[0]);
        return;
    }
    for (size_t i = 0; i < parts.count; i++) {
        bool is_last = i + 1 == parts.count;
        if (i > 0 && !is_last)
            buf_add(out, STR(", "));
        else if (i > 0)
            buf_add(out, parts.kind == EDTF_ONE_OF ? STR(" or ") : STR(" and "));
        add_member(out, parts.kind, &parts.span[i]);
    }
}
