/* Buckets: their dates worked out by hand, and that they lie side by side without gaps. */
#include "model/bucket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check_main.h"
#include "model/edtf.h"

static struct edtf read_date(const char *text)
{
    struct edtf date;
    struct edtf_error error;
    ck_assert_msg(edtf_parse(str_from(text), &date, &error), "%s: %s", text, error.detail);
    return date;
}

static struct window window_of(const char *text)
{
    struct edtf date = read_date(text);
    return (struct window){date.bounds.earliest, date.bounds.latest};
}

static const char *label(enum bucket_unit unit, const struct window *w)
{
    static char text[100];
    struct buf out;
    buf_init(&out, sizeof text - 1);
    buckets_label(&out, unit, w);
    ck_assert(!buf_failed(&out));
    memcpy(text, out.p, out.n);
    text[out.n] = '\0';
    buf_free(&out);
    return text;
}

static const struct {
    enum bucket_unit unit;
    size_t count;
    const char *window;
    size_t n;
    const char *first, *last; /* labels */
} rows[] = {
    {BUCKET_DAY, 1, "2021-02-27/2021-03-02", 4, "2021-02-27", "2021-03-02"},
    {BUCKET_DAY, 1, "2020-02-27/2020-03-02", 5, "2020-02-27", "2020-03-02"},
    {BUCKET_DAY, 1, "-0001-12-31/0000-01-01", 2, "-0001-12-31", "0000-01-01"},
    {BUCKET_MONTH, 1, "2021", 12, "2021-01", "2021-12"},
    {BUCKET_MONTH, 1, "2020-12-31/2021-01-01", 2, "2020-12", "2021-01"},
    {BUCKET_MONTH, 1, "-0044-03-15", 1, "-0044-03", "-0044-03"},
    {BUCKET_MONTH, 1, "-0001-12/0000-01", 2, "-0001-12", "0000-01"},
    {BUCKET_YEAR, 1, "1999-12-31/2001-01-01", 3, "1999", "2001"},
    {BUCKET_YEAR, 1, "-0001/0001", 3, "-0001", "0001"},
    {BUCKET_YEAR, 1, "9999/Y10000", 2, "9999", "Y10000"},
    {BUCKET_YEAR, 1, "Y-17000", 1, "Y-17000", "Y-17000"},
    {BUCKET_DECADE, 1, "1985/2021", 5, "198X", "202X"},
    {BUCKET_DECADE, 1, "-0041/0009", 6, "-0050/-0041", "000X"},
    {BUCKET_DECADE, 1, "-0043", 1, "-0050/-0041", "-0050/-0041"},
    {BUCKET_DECADE, 1, "Y12345", 1, "Y12340/Y12349", "Y12340/Y12349"},
    {BUCKET_EQUAL, 4, "2021-03-01/2021-03-08", 4, "2021-03-01/2021-03-02", "2021-03-07/2021-03-08"},
    {BUCKET_EQUAL, 2, "2021-03-01", 2, "2021-03-01T00:00:00/2021-03-01T11:59:59",
     "2021-03-01T12:00:00/2021-03-01T23:59:59"},
    {BUCKET_EQUAL, 10000, "2021-03-01T10:00:00/2021-03-01T10:00:02", 3,
     "2021-03-01T10:00:00/2021-03-01T10:00:00", "2021-03-01T10:00:02/2021-03-01T10:00:02"},
    {BUCKET_EQUAL, 1, "Y-292277022656/Y292277026595", 1, NULL, NULL},
    {BUCKET_EQUAL, 9999, "Y-292277022656/Y292277026595", 9999, NULL, NULL},
};

/* Without a gap, each bucket finds its own ends again, and dates of EDTF say the same bounds. */
static void check_buckets(const struct buckets *b)
{
    struct window before = {0, 0};
    for (size_t i = 0; i < b->n; i++) {
        struct window w = buckets_window(b, i);
        ck_assert_int_le(w.from, w.to);
        if (i > 0)
            ck_assert_int_eq(w.from, before.to + 1);
        ck_assert_int_eq(buckets_find(b, w.from), (int64_t)i);
        ck_assert_int_eq(buckets_find(b, w.to), (int64_t)i);
        before = w;
        const char *text = label(b->unit, &w);
        struct edtf date;
        struct edtf_error error;
        bool years = b->unit == BUCKET_YEAR || b->unit == BUCKET_DECADE;
        if (edtf_parse(str_from(text), &date, &error)) {
            ck_assert_int_eq(date.bounds.earliest, w.from);
            ck_assert_int_eq(date.bounds.latest, w.to);
        } else {
            /* Of years with five digits EDTF has no months, days and times. */
            ck_assert_msg(!years && (strchr("+-", text[0]) != NULL || strstr(text, "/+")), "%s: %s",
                          text, error.detail);
        }
    }
}

START_TEST(by_hand)
{
    struct window asked = window_of(rows[_i].window);
    struct buckets b;
    ck_assert(buckets_make(rows[_i].unit, rows[_i].count, &asked, 10000, &b));
    ck_assert_uint_eq(b.n, rows[_i].n);
    ck_assert_int_eq(buckets_find(&b, PERIOD_NO_START), -1);
    ck_assert_int_eq(buckets_find(&b, PERIOD_NO_END), (int64_t)b.n);
    ck_assert_int_eq(buckets_find(&b, asked.from), 0);
    ck_assert_int_eq(buckets_find(&b, asked.to), (int64_t)b.n - 1);
    struct window first = buckets_window(&b, 0), last = buckets_window(&b, b.n - 1);
    ck_assert_int_le(first.from, asked.from);
    ck_assert_int_ge(last.to, asked.to);
    if (rows[_i].first == NULL)
        return;
    ck_assert_int_eq(buckets_find(&b, first.from - 1), -1);
    ck_assert_int_eq(buckets_find(&b, last.to + 1), (int64_t)b.n);
    ck_assert_str_eq(label(b.unit, &first), rows[_i].first);
    ck_assert_str_eq(label(b.unit, &last), rows[_i].last);
    check_buckets(&b);
}
END_TEST

START_TEST(too_many_are_counted)
{
    struct window year = window_of("2021"), all = window_of("Y-292277022656/Y292277026595");
    struct buckets b;
    ck_assert(!buckets_make(BUCKET_DAY, 1, &year, 364, &b));
    ck_assert_uint_eq(b.n, 365);
    for (unsigned unit = 0; unit < BUCKET_EQUAL; unit++) {
        ck_assert(!buckets_make((enum bucket_unit)unit, 1, &all, 10000, &b));
        ck_assert_uint_gt(b.n, 10000);
    }
}
END_TEST

static uint64_t state;

static uint64_t draw(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return state >> 11;
}

START_TEST(any_window)
{
    const char *given = getenv("ANNALS_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    printf("seed %llu\n", (unsigned long long)seed);
    state = seed;
    for (int i = 0; i < 3000; i++) {
        static const int64_t widths[] = {100000, 10000000, 1000000000, 40000000000};
        static const int64_t reaches[] = {5000000000, 500000000000, 9000000000000000};
        int64_t reach = reaches[draw() % 3];
        int64_t from = (int64_t)(draw() % (uint64_t)(2 * reach)) - reach;
        int64_t width = (int64_t)(draw() % (uint64_t)widths[draw() % 4]);
        struct window w = {from, from + width};
        struct buckets b;
        enum bucket_unit unit = (enum bucket_unit)(draw() % (BUCKET_EQUAL + 1));
        if (!buckets_make(unit, 1 + draw() % 50, &w, 2000, &b))
            continue;
        ck_assert_int_eq(buckets_find(&b, w.from), 0);
        ck_assert_int_eq(buckets_find(&b, w.to), (int64_t)b.n - 1);
        check_buckets(&b);
    }
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("bucket");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, by_hand, 0, sizeof rows / sizeof rows[0]);
    tcase_add_test(all, too_many_are_counted);
    tcase_add_test(all, any_window);
    Suite *suite = suite_create("bucket");
    suite_add_tcase(suite, all);
    return check_main(suite);
}
