#include "check_main.h"

#include "drawing_events.h"

#include <string.h>

#include "base/width.h"
#include "render/axis_write.h"

static double columns(const char *label)
{
    return (double)width_columns(str_from(label));
}

static struct axis axis_of(const char *date)
{
    struct edtf value;
    struct edtf_error error;
    ck_assert_msg(edtf_parse(str_from(date), &value, &error), "%s: %s", date, error.detail);
    return (struct axis){value.bounds.earliest, value.bounds.latest};
}

static const struct {
    const char *date;
    double extent;
    const char *labels; /* joined by "|"; major ones in [ ]; bare ones empty */
    const char *range;
} axes[] = {
    {"2021", 60, "[2021]|Apr|Jul|Oct", "2021"},
    {"2021", 80, "[2021]||Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec", "2021"},
    {"1846/1850", 60, "[1846]||[1847]|Jul|[1848]|Jul|[1849]|Jul|[1850]|Jul", "1846 to 1850"},
    {"2021-03-15", 60, "[15 Mar]||06:00|09:00|12:00|15:00|18:00|21:00", "15 March 2021"},
    {"2021-03-14/2021-03-16", 60, "[14 Mar 2021]||[15 Mar]|12:00|[16 Mar]|12:00",
     "14 to 16 March 2021"},
    {"2021-03", 60, "[1 Mar 2021]||15 Mar|22 Mar", "March 2021"},
    {"2020-12-20/2021-01-20", 60, "22 Dec 2020|[1 Jan 2021]|8 Jan|15 Jan",
     "20 December 2020 to 20 January 2021"},
    {"2021-03-15T14:00:00/2021-03-15T14:59:59", 60, "14:00, 15 Mar 2021||14:30|14:45",
     "14:00 to 14:59, 15 March 2021"},
    {"2021-03-15T14:00:00/2021-03-15T14:00:03", 60, "14:00:00, 15 Mar 2021||14:00:02|14:00:03",
     "14:00 to 14:00, 15 March 2021"},
    {"-0499/0299", 60, "400 BCE|200 BCE|[1 CE]|200 CE", "500 BCE to 299 CE"},
    {"-0003/0004", 80, "4 BCE|3 BCE|2 BCE|1 BCE|1 CE|2 CE|3 CE|4 CE", "4 BCE to 4 CE"},
    {"Y-66000000/Y-20000", 60, "60 million BCE|40 million BCE|20 million BCE",
     "66 million BCE to 20,000 BCE"},
    {"Y-1500000000/-0001", 80, "1.5 billion BCE|1 billion BCE|500 million BCE",
     "1.5 billion BCE to 2 BCE"},
    {"1911/1919", 6, "1915", "1911 to 1919"},
    {"1911/1913", 4, "1912", "1911 to 1913"},
};

START_TEST(ticks_are_those_that_a_person_would_choose)
{
    struct axis x = axis_of(axes[_i].date);
    struct axis_tick ticks[AXIS_MOST_TICKS];
    size_t n = axis_ticks(&x, axes[_i].extent, 2, columns, ticks);
    struct buf out;
    buf_init(&out, 10000);
    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "%s%s%s%s", i > 0 ? "|" : "", ticks[i].major ? "[" : "",
                   ticks[i].bare ? "" : ticks[i].label, ticks[i].major ? "]" : "");
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, axes[_i].labels);
    buf_clear(&out);
    axis_write_range(&out, &x);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, axes[_i].range);
    buf_free(&out);
}
END_TEST

/* Windows of any length, from a second to all of time, at any place. */
START_TEST(labels_never_meet)
{
    uint64_t state = 20210615;
    for (int round = 0; round < 20000; round++) {
        uint64_t span = drawing_random(&state) >> drawing_random(&state) % 64;
        int64_t from = (int64_t)drawing_random(&state) >> drawing_random(&state) % 64, to;
        if (from == INT64_MIN)
            from++;
        if (span > INT64_MAX || __builtin_add_overflow(from, (int64_t)span, &to) || to == INT64_MAX)
            to = INT64_MAX - 1;
        struct axis x = {from, to < from ? from : to};
        double extent = (double)(8 + drawing_random(&state) % 400), gap = 2;
        struct axis_tick ticks[AXIS_MOST_TICKS];
        size_t n = axis_ticks(&x, extent, gap, columns, ticks);
        ck_hold(n >= 1);
        double free_from = 0;
        for (size_t i = 0; i < n; i++) {
            ck_hold(ticks[i].at >= 0 && ticks[i].at <= 1);
            ck_hold(ticks[i].left >= 0);
            ck_hold(ticks[i].width == columns(ticks[i].label) && ticks[i].width > 0);
            ck_hold(i == 0 || ticks[i].at >= ticks[i - 1].at);
            if (ticks[i].bare)
                continue;
            ck_hold(n == 1 || ticks[i].left + ticks[i].width <= extent);
            ck_hold(ticks[i].left >= free_from);
            free_from = ticks[i].left + ticks[i].width + gap;
        }
        struct buf range;
        buf_init(&range, 200);
        axis_write_range(&range, &x);
        ck_hold(!buf_failed(&range) && range.n > 0);
        buf_free(&range);
    }
}
END_TEST

START_TEST(places_are_shares)
{
    struct axis x = {0, 99};
    ck_assert_double_eq(axis_place(&x, 0, false), 0);
    ck_assert_double_eq(axis_place(&x, 50, false), 0.5);
    ck_assert_double_eq(axis_place(&x, 99, true), 1);
    ck_assert_double_eq(axis_place(&x, INT64_MIN, false), 0);
    ck_assert_double_eq(axis_place(&x, INT64_MAX, true), 1);
    x = (struct axis){INT64_MIN + 1, INT64_MAX - 1};
    ck_assert_double_eq_tol(axis_place(&x, 0, false), 0.5, 1e-9);
    ck_assert_double_eq(axis_place(&x, INT64_MAX - 1, true), 1);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("axis");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, ticks_are_those_that_a_person_would_choose, 0,
                        sizeof axes / sizeof *axes);
    tcase_add_test(t, labels_never_meet);
    tcase_add_test(t, places_are_shares);
    Suite *s = suite_create("axis");
    suite_add_tcase(s, t);
    return check_main(s);
}
