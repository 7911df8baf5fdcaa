#include "render/axis.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "model/edtf_calendar.h"
#include "model/period.h"
#include "render/axis_write.h"
#include "render/civil.h"

double axis_place(const struct axis *x, int64_t second, bool after)
{
    if (second < x->from)
        return 0;
    if (second > x->to)
        return 1;
    double from_start = (double)((uint64_t)second - (uint64_t)x->from) + (after ? 1 : 0);
    double share = from_start / ((double)axis_span(x) + 1);
    return share > 1 ? 1 : share;
}

/* ---- ticks ---- */

enum unit { SECONDS, DAYS, MONTHS, YEARS };

/* From fine to coarse; the years go on by 1, 2, 5, 10, 20, 50 … */
static const struct {
    enum unit unit;
    int64_t step; /* seconds, days of the month, months, years */
    uint64_t seconds;
} steps[] = {
    {SECONDS, 1, 1},         {SECONDS, 5, 5},         {SECONDS, 15, 15},
    {SECONDS, 30, 30},       {SECONDS, 60, 60},       {SECONDS, 300, 300},
    {SECONDS, 900, 900},     {SECONDS, 1800, 1800},   {SECONDS, 3600, 3600},
    {SECONDS, 10800, 10800}, {SECONDS, 21600, 21600}, {SECONDS, 43200, 43200},
    {DAYS, 1, 86400},        {DAYS, 2, 172800},       {DAYS, 7, 604800},
    {DAYS, 14, 1209600},     {MONTHS, 1, 2629746},    {MONTHS, 3, 7889238},
    {MONTHS, 6, 15778476},
};
#define STEPS (sizeof steps / sizeof *steps)

struct maker {
    const struct axis *axis;
    struct axis_tick *ticks;
    size_t n;
    bool full;
    bool dated;    /* a label has the year in it */
    bool years;    /* and every label is one */
    int64_t first; /* the second of the first tick */
};

static const char *short_month(int month)
{
    static const char *const names[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names[month - 1];
}

static void add_tick(struct maker *m, int64_t second, bool major, const struct buf *label)
{
    if (second < m->axis->from || second > m->axis->to)
        return;
    if (m->n == AXIS_MOST_TICKS) {
        m->full = true;
        return;
    }
    if (m->n == 0)
        m->first = second;
    struct axis_tick *t = &m->ticks[m->n++];
    *t = (struct axis_tick){.at = axis_place(m->axis, second, false), .major = major};
    snprintf(t->label, sizeof t->label, "%.*s", STR_ARG(buf_str(label)));
}

/* Times of day; at midnight the day. */
static void tick_seconds(struct maker *m, int64_t step)
{
    int64_t second = m->axis->from - m->axis->from % step;
    while (second <= m->axis->to && !m->full) {
        struct civil c = civil_from_seconds(second);
        struct buf label;
        buf_init(&label, AXIS_LABEL);
        if (c.rest == 0)
            buf_printf(&label, "%d %s", c.day, short_month(c.month));
        else if (step < 60)
            buf_printf(&label, "%02d:%02d:%02d", c.hour, c.minute, c.second);
        else
            buf_printf(&label, "%02d:%02d", c.hour, c.minute);
        add_tick(m, second, c.rest == 0, &label);
        buf_free(&label);
        if (__builtin_add_overflow(second, step, &second))
            break;
    }
}

/* The first second of a day; false where it does not fit. */
static bool second_of(int64_t year, int month, int day, int64_t *second)
{
    return year >= PERIOD_FIRST_YEAR && year <= PERIOD_LAST_YEAR &&
           !__builtin_mul_overflow(period_days_from_civil(year, month, day), PERIOD_DAY_SECONDS,
                                   second);
}

/* Months, and days within them: the 1st, 8th, 15th and 22nd for steps of a week. */
static void tick_months(struct maker *m, int64_t months, int64_t days)
{
    struct civil c = civil_from_seconds(m->axis->from), end = civil_from_seconds(m->axis->to);
    int64_t month = (c.month - 1) / months * months;
    for (int64_t year = c.year; year <= end.year && !m->full; year++, month = 0) {
        for (; month < 12 && !m->full; month += months) {
            int length = period_days_in_month(year, (int)month + 1);
            for (int day = 1; day <= length && (day == 1 || days > 0); day += (int)days) {
                int64_t second;
                /* Not so close before the first of the next month. */
                if ((days > 1 && 2 * (length + 1 - day) < days + 1) ||
                    !second_of(year, (int)month + 1, day, &second))
                    break;
                struct buf label;
                buf_init(&label, AXIS_LABEL);
                bool january = month == 0 && day == 1;
                if (days > 0)
                    buf_printf(&label, "%d ", day);
                if (days > 0 || !january)
                    buf_printf(&label, "%s", short_month((int)month + 1));
                if (days > 0 && january)
                    buf_add_char(&label, ' ');
                if (january)
                    axis_write_year(&label, year, 1);
                size_t before = m->n;
                add_tick(m, second, days > 0 ? day == 1 : january, &label);
                m->dated = m->dated || (january && m->n > before);
                buf_free(&label);
                if (days == 0)
                    break;
            }
        }
    }
}

/* Round years as people count them: 200 BCE, 100 BCE, 1 CE, 100 CE. */
static void tick_years(struct maker *m, int64_t step)
{
    int64_t first = civil_from_seconds(m->axis->from).year,
            last = civil_from_seconds(m->axis->to).year;
    for (int64_t k = first / step - 1; k <= last / step + 1 && !m->full; k++) {
        if (k == 0 && step < 5)
            continue;
        int64_t year = k > 0 ? k * step : k == 0 ? 1 : 1 + k * step, second;
        if (!second_of(year, 1, 1, &second))
            continue;
        struct buf label;
        buf_init(&label, AXIS_LABEL);
        axis_write_year(&label, year, step);
        add_tick(m, second, k % (step == 1 ? 5 : 10) == 0, &label);
        buf_free(&label);
    }
    m->dated = true;
}

/*
 * Puts each label under its tick and answers whether none meets its neighbour. The first and the
 * last may be held by the ends of the axis: what that costs the one beside them is its label, where
 * most others have theirs.
 */
static bool place_labels(struct maker *m, double extent, double gap, axis_measure *measure)
{
    double free_from = -gap;
    size_t bare = 0;
    for (size_t i = 0; i < m->n; i++) {
        struct axis_tick *t = &m->ticks[i];
        t->width = measure(t->label);
        t->left = t->at * extent - t->width / 2;
        bool held = t->left > extent - t->width;
        if (held)
            t->left = extent - t->width;
        if (t->left < 0)
            t->left = 0;
        t->bare = t->left < free_from + gap;
        if ((t->bare && (t->major || (i != 1 && !held))) || (t->width > extent && m->n > 1))
            return false;
        bare += t->bare;
        if (!t->bare)
            free_from = t->left + t->width;
    }
    return bare == 0 || bare * 2 < m->n;
}

/* Where the first labels do not say their year, the first of them does, if there is room. */
static void add_context(struct maker *m, double extent, double gap, axis_measure *measure)
{
    struct civil c = civil_from_seconds(m->first);
    if (m->n == 0 || m->years || (m->dated && c.month == 1 && c.day == 1))
        return;
    size_t at = 0;
    while (at < m->n && strchr(m->ticks[at].label, ':') != NULL)
        at++;
    struct axis_tick *t = &m->ticks[at < m->n ? at : 0];
    struct buf label;
    buf_init(&label, AXIS_LABEL);
    buf_add(&label, str_from(t->label));
    if (at == m->n)
        buf_printf(&label, ", %d %s", c.day, short_month(c.month));
    buf_add_char(&label, ' ');
    axis_write_year(&label, c.year, 1);
    struct axis_tick plain = *t;
    snprintf(t->label, sizeof t->label, "%.*s", STR_ARG(buf_str(&label)));
    buf_free(&label);
    if (!place_labels(m, extent, gap, measure)) {
        *t = plain;
        place_labels(m, extent, gap, measure);
    }
}

/* One step tried: whether it gives ticks that fit. */
static bool try_step(struct maker *m, enum unit unit, int64_t step, double extent, double gap,
                     axis_measure *measure)
{
    m->n = 0;
    m->full = m->dated = false;
    m->years = unit == YEARS;
    if (unit == SECONDS)
        tick_seconds(m, step);
    else if (unit == DAYS)
        tick_months(m, 1, step);
    else if (unit == MONTHS)
        tick_months(m, step, 0);
    else
        tick_years(m, step);
    if (m->full || m->n == 0 || !place_labels(m, extent, gap, measure))
        return false;
    add_context(m, extent, gap, measure);
    return true;
}

size_t axis_ticks(const struct axis *x, double extent, double gap, axis_measure *measure,
                  struct axis_tick ticks[AXIS_MOST_TICKS])
{
    ENSURE(x->from <= x->to && !period_unbounded(x->from) && !period_unbounded(x->to));
    struct maker m = {.axis = x, .ticks = ticks};
    uint64_t span = axis_span(x);
    for (size_t i = 0; i < STEPS; i++)
        if (span / steps[i].seconds <= AXIS_MOST_TICKS &&
            try_step(&m, steps[i].unit, steps[i].step, extent, gap, measure))
            return m.n;
    static const int64_t ones[] = {1, 2, 5};
    for (int64_t ten = 1; ten <= INT64_C(100000000000); ten *= 10)
        for (size_t i = 0; i < 3; i++)
            if (span / AXIS_YEAR_SECONDS / (uint64_t)(ten * ones[i]) <= AXIS_MOST_TICKS &&
                try_step(&m, YEARS, ten * ones[i], extent, gap, measure))
                return m.n;
    /* No round year on so narrow a line: it begins with its own. */
    struct buf label;
    buf_init(&label, AXIS_LABEL);
    m.n = 0;
    axis_write_year(&label, civil_from_seconds(x->from).year, 1);
    add_tick(&m, x->from, true, &label);
    buf_free(&label);
    place_labels(&m, extent, gap, measure);
    return m.n;
}
