#include "model/edtf_stretch.h"

#include "model/edtf_calendar.h"

#define LAST_YEAR 9999 /* that four digits write */

struct civil {
    int64_t year;
    int month, day;
};

static int64_t first_second(int64_t year, int month)
{
    return period_days_from_civil(year, month, 1) * PERIOD_DAY_SECONDS;
}

static struct civil civil_of(int64_t day)
{
    struct civil c;
    period_civil_from_days(day, &c.year, &c.month, &c.day);
    return c;
}

/* ---- years ---- */

static int digit_of(int64_t year, int place)
{
    static const int units[] = {1000, 100, 10, 1};
    return (int)(year / units[place] % 10);
}

/* The least digit from `least` on that may stand there, or -1. */
static int digit_from(const struct edtf_part *p, int place, int least)
{
    if (least > 9 || (p->digit[place] != EDTF_ANY && p->digit[place] < least))
        return -1;
    return p->digit[place] == EDTF_ANY ? least : p->digit[place];
}

/* The first `places` digits of `start`, then `digit`, then the least that reads like p. */
static int64_t completed(const struct edtf_part *p, int64_t start, int places, int digit)
{
    int64_t number = 0;
    for (int i = 0; i < p->count; i++) {
        int next = i < places ? digit_of(start, i) : i == places ? digit : digit_from(p, i, 0);
        number = number * 10 + next;
    }
    return number;
}

/*
 * The least number of four digits, from `least` (0 to 9999) on, that reads like p; or -1. It keeps
 * as many digits of `least` as it can, so the first place from the right that can grow will do.
 */
static int64_t number_from(const struct edtf_part *p, int64_t least)
{
    if (edtf_part_fits(p, least))
        return least;
    int kept = 0;
    while (kept < p->count - 1 &&
           digit_from(p, kept, digit_of(least, kept)) == digit_of(least, kept))
        kept++;
    for (; kept >= 0; kept--) {
        int digit = digit_from(p, kept, digit_of(least, kept) + 1);
        if (digit >= 0)
            return completed(p, least, kept, digit);
    }
    return -1;
}

/* The greatest number up to `most`: the least one of the digits counted from the other end. */
static int64_t number_to(const struct edtf_part *p, int64_t most)
{
    struct edtf_part mirror = *p;
    for (int i = 0; i < p->count; i++)
        if (p->digit[i] != EDTF_ANY)
            mirror.digit[i] = (uint8_t)(9 - p->digit[i]);
    int64_t number = number_from(&mirror, LAST_YEAR - most);
    return number < 0 ? -1 : LAST_YEAR - number;
}

/* The first year from `least` on that reads like the date's. Year 0 has no sign. */
static bool year_from(const struct edtf_date *d, int64_t least, int64_t *out)
{
    if (!d->negative) {
        if (least > LAST_YEAR)
            return false;
        *out = number_from(&d->year, least < 0 ? 0 : least);
        return *out >= 0;
    }
    if (least >= 0)
        return false;
    *out = -number_to(&d->year, least < -LAST_YEAR ? LAST_YEAR : -least);
    return *out < 0;
}

static bool year_fits(const struct edtf_date *d, int64_t year)
{
    int64_t fitting;
    return year_from(d, year, &fitting) && fitting == year;
}

/* ---- stretches of years, months, days and seasons ---- */

/* Every month has each of its days in it: 2021-05, 2021-05-XX. */
static bool has_whole_months(const struct edtf_date *d)
{
    return d->day.count == 0 || edtf_part_masked(&d->day) == d->day.count;
}

static bool has_whole_years(const struct edtf_date *d)
{
    return has_whole_months(d) &&
           (d->month.count == 0 || edtf_part_masked(&d->month) == d->month.count);
}

/*
 * The years around one that reads like the date: those that differ in the last places, as far as
 * these are X. The place before them is a digit, which the years next to them do not have.
 */
static bool years_around(const struct edtf_date *d, int64_t year, struct window *out)
{
    int64_t size = 1, number = d->negative ? -year : year;
    for (int i = d->year.count; i-- > 0 && d->year.digit[i] == EDTF_ANY;)
        size *= 10;
    int64_t first = number - number % size, last = first + size - 1;
    if (d->negative) {
        int64_t nearest = first > 0 ? first : 1;
        first = -last;
        last = -nearest;
    }
    *out = (struct window){first_second(first, 1), first_second(last + 1, 1) - 1};
    return true;
}

/* A season runs into the next year at most, and no two of them meet. */
static bool next_group(const struct edtf_date *d, int64_t t, struct window *out)
{
    const struct edtf_group *group = edtf_calendar_group(edtf_date_group(d));
    int after = group->month + group->months;
    int64_t year = civil_of(period_day_of(t)).year - 1;
    for (; year_from(d, year, &year); year++) {
        out->from = first_second(year, group->month);
        out->to = first_second(year + (after > 12), after > 12 ? after - 12 : after) - 1;
        if (out->to >= t)
            return true;
    }
    return false;
}

/* The months around c, all of one year: where December and January fit both, so do all. */
static bool months_around(const struct edtf_date *d, const struct civil *c, struct window *out)
{
    int first = c->month, last = c->month;
    while (first > 1 && edtf_part_fits(&d->month, first - 1))
        first--;
    while (last < 12 && edtf_part_fits(&d->month, last + 1))
        last++;
    out->from = first_second(c->year, first);
    out->to = first_second(c->year + (last == 12), last == 12 ? 1 : last + 1) - 1;
    return true;
}

static bool day_fits(const struct edtf_date *d, int64_t day)
{
    struct civil c = civil_of(day);
    return edtf_part_fits(&d->day, c.day) && edtf_part_fits(&d->month, c.month) &&
           year_fits(d, c.year);
}

/* The days around one, ten at most: 2021-05-1X; or 31 January and 1 February: 2021-XX-X1. */
static bool days_around(const struct edtf_date *d, const struct civil *c, struct window *out)
{
    int64_t first = period_days_from_civil(c->year, c->month, c->day), last = first;
    while (day_fits(d, first - 1))
        first--;
    while (day_fits(d, last + 1))
        last++;
    *out = (struct window){first * PERIOD_DAY_SECONDS, (last + 1) * PERIOD_DAY_SECONDS - 1};
    return true;
}

/* ---- the next one ---- */

/*
 * The first day of c's year, from c on, that reads like the date's month and day. Nothing less
 * than its digits, with 0 for X, reads like a part.
 */
static bool day_from(const struct edtf_date *d, struct civil *c)
{
    int first_month = edtf_part_filled(&d->month, 0), first_day = edtf_part_filled(&d->day, 0);
    if (c->month < first_month)
        *c = (struct civil){c->year, first_month, 1};
    for (; c->month <= 12; c->month++, c->day = 1) {
        if (!edtf_part_fits(&d->month, c->month))
            continue;
        int days = period_days_in_month(c->year, c->month);
        for (c->day = c->day < first_day ? first_day : c->day; c->day <= days; c->day++)
            if (edtf_part_fits(&d->day, c->day))
                return true;
    }
    return false;
}

/* The same from c on in any year. */
static bool civil_from(const struct edtf_date *d, struct civil *c)
{
    int64_t year = c->year;
    while (year_from(d, year, &year)) {
        if (year > c->year)
            *c = (struct civil){year, 1, 1};
        if (day_from(d, c))
            return true;
        year++;
    }
    return false;
}

static bool next_of_mask(const struct edtf_date *d, int64_t t, struct window *out)
{
    if (edtf_date_group(d))
        return next_group(d, t, out);
    struct civil c = civil_of(period_day_of(t));
    if (!civil_from(d, &c))
        return false;
    if (has_whole_years(d))
        return years_around(d, c.year, out);
    return has_whole_months(d) ? months_around(d, &c, out) : days_around(d, &c, out);
}

bool edtf_stretch_next(const struct edtf_stretches *s, int64_t t, struct window *out)
{
    if (t > s->hull.to)
        return false;
    *out = s->hull;
    if (!s->gapped)
        return true;
    return next_of_mask(&s->mask, t > s->hull.from ? t : s->hull.from, out);
}

bool edtf_stretch_from(const struct edtf_stretches *s, int64_t t, struct window *out)
{
    if (!edtf_stretch_next(s, t, out))
        return false;
    if (out->from >= t)
        return true;
    return out->to < s->hull.to && edtf_stretch_next(s, out->to + 1, out);
}

struct edtf_stretches edtf_stretch_of(const struct edtf_span *span)
{
    const struct edtf_side *left = &span->left, *right = span->range ? &span->right : left;
    struct edtf_stretches s = {
        .hull = {left->end == EDTF_GIVEN ? left->extent.first : PERIOD_NO_START,
                 right->end == EDTF_GIVEN ? right->extent.last : PERIOD_NO_END},
    };
    if (span->range || !edtf_date_masked(&left->date))
        return s;
    struct window first;
    s.mask = left->date;
    s.gapped = next_of_mask(&s.mask, s.hull.from, &first) && first.to < s.hull.to;
    return s;
}

/* ---- two of them ---- */

/* What a part has at a place: a part that is not there can be anything. */
static uint8_t digit_at(const struct edtf_part *p, int place)
{
    return place < p->count ? p->digit[place] : EDTF_ANY;
}

/* The digits that both allow; false where at some place there is none. */
static bool both_parts(const struct edtf_part *a, const struct edtf_part *b, struct edtf_part *out)
{
    *out = (struct edtf_part){.count = a->count > b->count ? a->count : b->count};
    for (int i = 0; i < out->count; i++) {
        uint8_t x = digit_at(a, i), y = digit_at(b, i);
        if (x != EDTF_ANY && y != EDTF_ANY && x != y)
            return false;
        out->digit[i] = x == EDTF_ANY ? y : x;
    }
    return true;
}

/* 29 February of XXX1: known without a look at a thousand years. */
static bool is_odd_leap_day(const struct edtf_date *d)
{
    bool is_leap_day = d->month.count && d->day.count && !edtf_part_masked(&d->month) &&
                       !edtf_part_masked(&d->day) && edtf_part_filled(&d->month, 0) == 2 &&
                       edtf_part_filled(&d->day, 0) == 29;
    uint8_t last = digit_at(&d->year, 3);
    return is_leap_day && last != EDTF_ANY && last % 2 == 1;
}

bool edtf_stretch_apart(const struct edtf_stretches *a, const struct edtf_stretches *b)
{
    const struct edtf_date *x = &a->mask, *y = &b->mask;
    if (edtf_date_group(x) || edtf_date_group(y))
        return false;
    struct edtf_date both = {.negative = x->negative};
    if (x->negative != y->negative || !both_parts(&x->year, &y->year, &both.year) ||
        !both_parts(&x->month, &y->month, &both.month) || !both_parts(&x->day, &y->day, &both.day))
        return true;
    struct civil start = {-LAST_YEAR, 1, 1};
    return is_odd_leap_day(&both) || !civil_from(&both, &start);
}

static bool part_inside(const struct edtf_part *a, const struct edtf_part *b)
{
    for (int i = 0; i < b->count; i++)
        if (b->digit[i] != EDTF_ANY && digit_at(a, i) != b->digit[i])
            return false;
    return true;
}

bool edtf_stretch_inside(const struct edtf_stretches *a, const struct edtf_stretches *b)
{
    const struct edtf_date *x = &a->mask, *y = &b->mask;
    return x->negative == y->negative && edtf_date_group(x) == edtf_date_group(y) &&
           part_inside(&x->year, &y->year) && part_inside(&x->month, &y->month) &&
           part_inside(&x->day, &y->day);
}
