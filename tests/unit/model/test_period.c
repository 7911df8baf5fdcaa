#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "check_main.h"
#include "model/edtf.h"
#include "model/period.h"

static const struct {
    int64_t days;
    int64_t year;
    int month, day;
} civil_cases[] = {
    {0, 1970, 1, 1},
    {-1, 1969, 12, 31},
    {11016, 2000, 2, 29},
    {11017, 2000, 3, 1},
    {-719468, 0, 3, 1},
    {-719469, 0, 2, 29},
    {-719528, 0, 1, 1},
    {-719529, -1, 12, 31},
    {-719528 - 146097, -400, 1, 1},
    {2932896, 9999, 12, 31},
    {106751991167300, PERIOD_LAST_YEAR + 1, 12, 4}, /* INT64_MAX seconds lie in this day */
    {-106751991167301, PERIOD_FIRST_YEAR - 1, 1, 27},
};

START_TEST(civil_days_are_right)
{
    int64_t year;
    int month, day;
    period_civil_from_days(civil_cases[_i].days, &year, &month, &day);
    ck_assert_int_eq(year, civil_cases[_i].year);
    ck_assert_int_eq(month, civil_cases[_i].month);
    ck_assert_int_eq(day, civil_cases[_i].day);
    ck_assert_int_eq(period_days_from_civil(year, month, day), civil_cases[_i].days);
}
END_TEST

/* Every day of 1,200 years around year 0, one after the other. */
START_TEST(days_follow_each_other)
{
    int64_t expected = period_days_from_civil(-600, 1, 1);
    for (int64_t year = -600; year < 600; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= period_days_in_month(year, month); day++) {
                int64_t days = period_days_from_civil(year, month, day), y;
                int m, d;
                ck_assert_int_eq(days, expected++);
                period_civil_from_days(days, &y, &m, &d);
                ck_assert(y == year && m == month && d == day);
            }
    ck_assert_int_eq(expected, period_days_from_civil(600, 1, 1));
}
END_TEST

START_TEST(days_are_those_of_the_c_library)
{
    for (int64_t at = INT64_C(-60000000000); at < INT64_C(250000000000); at += 86400 * 97) {
        time_t t = (time_t)at;
        struct tm tm;
        ck_assert_ptr_nonnull(gmtime_r(&t, &tm));
        ck_assert_int_eq(period_days_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) *
                                 PERIOD_DAY_SECONDS +
                             tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec,
                         at);
    }
}
END_TEST

START_TEST(leap_years_are_known)
{
    static const int64_t leap[] = {0, 4, -4, 400, -400, 1600, 2000, 2024, -2000};
    static const int64_t common[] = {1, -1, 100, -100, 1900, 2021, 2100, -300};
    for (size_t i = 0; i < sizeof leap / sizeof *leap; i++)
        ck_assert_int_eq(period_days_in_month(leap[i], 2), 29);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        ck_assert_int_eq(period_days_in_month(common[i], 2), 28);
}
END_TEST

START_TEST(the_outermost_years_fit)
{
    int64_t days = period_days_from_civil(PERIOD_FIRST_YEAR, 1, 1), seconds;
    ck_assert(!__builtin_mul_overflow(days, PERIOD_DAY_SECONDS, &seconds));
    ck_assert_int_gt(seconds, PERIOD_NO_START);
    ck_assert(__builtin_mul_overflow(days - 366, PERIOD_DAY_SECONDS, &seconds));
    days = period_days_from_civil(PERIOD_LAST_YEAR + 1, 1, 1);
    ck_assert(!__builtin_mul_overflow(days, PERIOD_DAY_SECONDS, &seconds));
    ck_assert_int_lt(seconds, PERIOD_NO_END);
    ck_assert(__builtin_mul_overflow(days + 366, PERIOD_DAY_SECONDS, &seconds));
}
END_TEST

static struct period period_of(const char *text)
{
    struct edtf e;
    struct edtf_error error;
    ck_assert_msg(edtf_parse(str_from(text), &e, &error), "%s: %s", text, error.detail);
    return e.bounds;
}

#define NONE PERIOD_NO_MATCH
#define MAYBE PERIOD_POSSIBLE
#define SURE PERIOD_CERTAIN

static const struct {
    const char *event, *window;
    enum period_match match;
} overlap_cases[] = {
    {"2021-06-15", "2021-06-15", SURE},
    {"2021-06-15", "2021-06", SURE},
    {"2021-06-15", "2021-06-14", NONE},
    {"2021-06-15", "2021-06-16", NONE},
    {"2021-06", "2021-06-15", MAYBE},
    {"2021-06", "2021-06", SURE},
    {"2021-06", "2021", SURE},
    {"2021", "2021-06", MAYBE},
    {"2021-06-15T10:00:00", "2021-06-15", SURE},
    {"2021-06-15", "2021-06-15T10:00:00", MAYBE},
    {"2021-06-15T10:00:00", "2021-06-15T10:00:00", SURE},
    {"2021-06-15T10:00:00", "2021-06-15T10:00:01", NONE},
    {"2021-03/2021-05", "2021-04", SURE},
    {"2021-03/2021-05", "2021-03-15", MAYBE},
    {"2021-03/2021-05", "2021-03-31", SURE},
    {"2021-03/2021-05", "2021-05-01", SURE},
    {"2021-03/2021-05", "2021-05-02", MAYBE},
    {"2021-03/2021-05", "2021-06", NONE},
    {"2021-06-15/2021", "2021-06-15", SURE},
    {"2021-03/..", "2021-04", SURE},
    {"2021-03/..", "2900", SURE},
    {"2021-03/..", "2021-02", NONE},
    {"2021-03/", "2021-03", SURE},
    {"2021-03/", "2021-04", MAYBE},
    {"../2021-03", "-5000", SURE},
    {"/2021-03", "-5000", MAYBE},
    {"/2021-03", "2021-03", SURE},
    {"2021-06", "../..", SURE},
    {"2021-06", "2021-05/..", SURE},
    {"2021-06", "2021-07/..", NONE},
    {"[1667,1669]", "1667/1669", SURE},
    {"[1667,1669]", "1667", MAYBE},
    {"[1667..]", "1668", MAYBE},
    {"[..1667]", "1666", MAYBE},
    {"[..1667]", "../1667", SURE},
};

START_TEST(overlaps_as_the_table_says)
{
    struct period event = period_of(overlap_cases[_i].event);
    struct period date = period_of(overlap_cases[_i].window);
    struct window window = {date.earliest, date.latest};
    ck_assert_msg(period_overlaps(&event, &window) == overlap_cases[_i].match, "%s in %s",
                  overlap_cases[_i].event, overlap_cases[_i].window);
}
END_TEST

static const struct {
    const char *a, *b;
    bool disjoint;
} disjoint_cases[] = {
    {"2022-03", "2022-03-24", false},
    {"2022-03-24", "2022-03-26", true},
    {"2022-03-24", "2022-03-24", false},
    {"2022-03-24", "2022-03-25", true},
    {"2022-03-24T23:59:59", "2022-03-24", false},
    {"2022/..", "2021", true},
    {"2022/..", "../2022", false},
    {"../2021", "2022/..", true},
    {"../..", "2021", false},
};

START_TEST(disjoint_as_the_table_says)
{
    struct period a = period_of(disjoint_cases[_i].a), b = period_of(disjoint_cases[_i].b);
    ck_assert(period_disjoint(&a, &b) == disjoint_cases[_i].disjoint);
    ck_assert(period_disjoint(&b, &a) == disjoint_cases[_i].disjoint);
}
END_TEST

static const struct {
    const char *date;
    int cls;
} class_cases[] = {
    {"2021-06-15T10:00:00", 0},
    {"2021-06-15", 0},
    {"2021-06-15/2021-06-16", 1},
    {"2021-06-15/2021-06-24", 1},
    {"2021-06-15/2021-06-25", 2},
    {"2021-02", 2},
    {"2021-03", 2},
    {"2021-21", 3},
    {"2021-33", 3},
    {"2021-03/2021-12", 4},
    {"2020", 5},
    {"2021-06-15/2022-06-14", 5},
    {"2020/2021", 6},
    {"2015/2020", 7},
    {"199X", 8},
    {"1990/2010", 9},
    {"19XX", 9},
    {"1900/2000", 10},
    {"0000/1000", 10},
    {"XXXX", 10},
    {"Y-290000000000/Y290000000000", 10},
    {"2021/..", PERIOD_CLASS_NO_END},
    {"2021/", PERIOD_CLASS_NO_END},
    {"../2021", PERIOD_CLASS_NO_START},
    {"/2021", PERIOD_CLASS_NO_START},
    {"../..", PERIOD_CLASS_NO_START},
};

START_TEST(classes_as_the_table_says)
{
    struct period p = period_of(class_cases[_i].date);
    ck_assert_int_eq(period_class(&p), class_cases[_i].cls);
}
END_TEST

START_TEST(classes_end_where_they_say)
{
    for (int cls = 0; cls < PERIOD_CLASSES; cls++) {
        int64_t longest = period_class_extent(cls);
        if (cls >= PERIOD_CLASS_NO_END - 1) {
            ck_assert_int_eq(longest, INT64_MAX);
            continue;
        }
        struct period p = {-5, -5, longest - 5, longest - 5};
        ck_assert_int_eq(period_class(&p), cls);
        p.latest++;
        ck_assert_int_eq(period_class(&p), cls + 1);
    }
}
END_TEST

static const struct {
    int64_t seconds;
    enum period_side side;
    const char *text;
} bound_cases[] = {
    {0, PERIOD_START, "1970-01-01"},
    {0, PERIOD_END, "1970-01-01T00:00:00"},
    {0, PERIOD_SECOND, "1970-01-01T00:00:00"},
    {86399, PERIOD_START, "1970-01-01T23:59:59"},
    {86399, PERIOD_END, "1970-01-01"},
    {86399, PERIOD_SECOND, "1970-01-01T23:59:59"},
    {-1, PERIOD_END, "1969-12-31"},
    {-1, PERIOD_START, "1969-12-31T23:59:59"},
    {-86400, PERIOD_START, "1969-12-31"},
    {3661, PERIOD_START, "1970-01-01T01:01:01"},
    {INT64_C(-62167219200), PERIOD_START, "0000-01-01"},
    {INT64_C(-62167219201), PERIOD_END, "-0001-12-31"},
    {INT64_C(253402300799), PERIOD_END, "9999-12-31"},
    {INT64_C(253402300800), PERIOD_START, "+10000-01-01"},
    {INT64_MAX - 1, PERIOD_START, "+292277026596-12-04T15:30:06"},
    {INT64_MIN + 1, PERIOD_START, "-292277022657-01-27T08:29:53"},
};

START_TEST(bounds_are_written_as_iso_8601)
{
    struct buf out;
    buf_init(&out, 64);
    period_write_bound(&out, bound_cases[_i].seconds, bound_cases[_i].side);
    ck_assert(!buf_failed(&out));
    ck_assert_msg(str_eq(buf_str(&out), str_from(bound_cases[_i].text)), "%.*s, not %s",
                  STR_ARG(buf_str(&out)), bound_cases[_i].text);
    buf_free(&out);
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("period");
    TCase *cases = tcase_create("period");
    tcase_add_loop_test(cases, civil_days_are_right, 0, COUNT(civil_cases));
    tcase_add_test(cases, days_follow_each_other);
    tcase_add_test(cases, days_are_those_of_the_c_library);
    tcase_add_test(cases, leap_years_are_known);
    tcase_add_test(cases, the_outermost_years_fit);
    tcase_add_loop_test(cases, overlaps_as_the_table_says, 0, COUNT(overlap_cases));
    tcase_add_loop_test(cases, disjoint_as_the_table_says, 0, COUNT(disjoint_cases));
    tcase_add_loop_test(cases, classes_as_the_table_says, 0, COUNT(class_cases));
    tcase_add_test(cases, classes_end_where_they_say);
    tcase_add_loop_test(cases, bounds_are_written_as_iso_8601, 0, COUNT(bound_cases));
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
