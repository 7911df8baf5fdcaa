#include "render/axis_write.h"

#include <stdio.h>
#include <string.h>

#include "model/edtf_calendar.h"
#include "model/period.h"
#include "render/civil.h"

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

/* n / unit with up to three decimals and no zeros at their end. */
static void add_scaled(struct buf *out, int64_t n, int64_t unit, const char *name)
{
    buf_add_i64(out, n / unit);
    int thousandths = (int)(n % unit / (unit / 1000));
    if (thousandths > 0) {
        char digits[8];
        snprintf(digits, sizeof digits, "%03d", thousandths % 1000);
        for (size_t i = strlen(digits); i > 0 && digits[i - 1] == '0'; i--)
            digits[i - 1] = '\0';
        buf_printf(out, ".%s", digits);
    }
    buf_printf(out, " %s", name);
}

void axis_write_year(struct buf *out, int64_t year, int64_t step)
{
    int64_t n = year > 0 ? year : 1 - year;
    if (n >= 1000000000 && step % 1000000 == 0)
        add_scaled(out, n, 1000000000, "billion");
    else if (n >= 1000000 && step % 1000 == 0)
        add_scaled(out, n, 1000000, "million");
    else
        add_grouped(out, n);
    buf_add(out, year <= 0 ? STR(" BCE") : year < 1000 ? STR(" CE") : STR(""));
}

/* To the step, or to as much less of it as leaves three digits, as people count the years. */
static int64_t round_year(int64_t year, int64_t step)
{
    int64_t n = year > 0 ? year : 1 - year;
    while (step > 1 && n / step < 100)
        step /= 10;
    n -= n % step;
    return year > 0 ? n : 1 - n;
}

void axis_write_range(struct buf *out, const struct axis *x)
{
    uint64_t span = axis_span(x);
    int64_t step = 1;
    struct civil a = civil_from_seconds(x->from), b = civil_from_seconds(x->to);
    bool whole_days = a.rest == 0 && b.rest == (int)PERIOD_DAY_SECONDS - 1;
    bool whole_months = whole_days && a.day == 1 && b.day == period_days_in_month(b.year, b.month);
    bool whole_years = whole_months && a.month == 1 && b.month == 12;
    bool days = span < AXIS_YEAR_SECONDS * 3 && !whole_months;
    bool months = span < AXIS_YEAR_SECONDS * 30 && !whole_years;
    bool times = span < 2 * 86400 && !whole_days;
    bool same_year = a.year == b.year && months;
    bool same_month = same_year && a.month == b.month;
    bool same_day = same_month && days && a.day == b.day;
    if (span > AXIS_YEAR_SECONDS * 20000000)
        while (step < INT64_C(100000000) && span / AXIS_YEAR_SECONDS / (uint64_t)step > 2000)
            step *= 10;
    a.year = round_year(a.year, step);
    b.year = round_year(b.year, step);
    bool one = months ? same_month && (!days || same_day) && !times : a.year == b.year;
    if (times && same_day) {
        buf_printf(out, "%02d:%02d to ", a.hour, a.minute);
        one = true;
    }
    if (!one && times)
        buf_printf(out, "%02d:%02d, ", a.hour, a.minute);
    if (!one && days)
        buf_printf(out, "%d ", a.day);
    if (!one && months && (!same_month || times))
        buf_printf(out, "%s ", edtf_calendar_month(a.month));
    if (!one && (!same_year || times)) {
        axis_write_year(out, a.year, step);
        buf_add_char(out, ' ');
    }
    if (!one)
        buf_add(out, STR("to "));
    if (times)
        buf_printf(out, "%02d:%02d, ", b.hour, b.minute);
    if (days)
        buf_printf(out, "%d ", b.day);
    if (months)
        buf_printf(out, "%s ", edtf_calendar_month(b.month));
    axis_write_year(out, b.year, step);
}
