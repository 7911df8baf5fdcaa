/*
 * Stretches of random masks, years of every kind, against a walk from day to day that reads each
 * of them as text. ANNALS_SEED sets the choices.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "model/edtf_stretch.h"

#define SEED 1582u
#define ROUNDS CHECK_ROUNDS(3000)
#define WALK 4500 /* days that are read around a place: twelve years */

static unsigned seed(void)
{
    const char *given = getenv("ANNALS_SEED");
    return given ? (unsigned)strtoul(given, NULL, 10) : SEED;
}

static int pick(int n)
{
    return rand() % n;
}

static bool reads_like(const char *mask, int64_t day)
{
    int64_t year;
    int month, date;
    char text[64];
    period_civil_from_days(day, &year, &month, &date);
    snprintf(text, sizeof text, "%s%04" PRId64 "-%02d-%02d", year < 0 ? "-" : "",
             year < 0 ? -year : year, month, date);
    for (size_t i = 0; i == 0 || mask[i - 1]; i++) {
        if (mask[i] == '\0')
            return text[i] == '-' || text[i] == '\0';
        if (mask[i] == 'X' ? text[i] < '0' || text[i] > '9' : mask[i] != text[i])
            return false;
    }
    return false;
}

static void random_mask(char *out, size_t size)
{
    static const int lengths[] = {4, 7, 10, 10, 10};
    bool negative = pick(3) == 0;
    snprintf(out, size, "%s%04d-%02d-%02d", negative ? "-" : "", pick(10000), 1 + pick(12),
             pick(3) ? 1 + pick(31) : 28 + pick(4));
    out[negative + lengths[pick(5)]] = '\0';
    for (size_t i = negative; out[i]; i++)
        if (out[i] != '-' && pick(5) < 2)
            out[i] = 'X';
}

/* What the day-to-day walk finds from `day` on; false where it came to its end without. */
static bool walk(const char *mask, int64_t day, int64_t *first, int64_t *last)
{
    int64_t end = day + WALK;
    while (day < end && !reads_like(mask, day))
        day++;
    if (day == end)
        return false;
    for (*first = day; *first > day - WALK && reads_like(mask, *first - 1);)
        --*first;
    for (*last = day; *last < day + WALK && reads_like(mask, *last + 1);)
        ++*last;
    return *first > day - WALK && *last < day + WALK;
}

static void check_at(const char *mask, const struct edtf_stretches *s, int64_t day)
{
    struct window w;
    int64_t first, last;
    bool any = edtf_stretch_next(s, day * PERIOD_DAY_SECONDS + 40000, &w);
    if (walk(mask, day, &first, &last)) {
        ck_hold_msg(any && w.from == first * PERIOD_DAY_SECONDS &&
                        w.to == (last + 1) * PERIOD_DAY_SECONDS - 1,
                    "%s from day %" PRId64 ": not %" PRId64 " to %" PRId64, mask, day, first, last);
    } else {
        bool is_long = any && w.to - w.from > WALK * PERIOD_DAY_SECONDS / 2;
        bool is_far = any && w.from >= (day + WALK) * PERIOD_DAY_SECONDS;
        ck_hold_msg(!any || is_long || is_far, "%s from day %" PRId64, mask, day);
    }
}

START_TEST(stretches_are_those_of_a_walk)
{
    int checked = 0;
    srand(seed());
    printf("ANNALS_SEED=%u\n", seed());
    for (int round = 0; round < ROUNDS; round++) {
        char mask[64];
        struct edtf_parts parts;
        struct edtf_error error;
        random_mask(mask, sizeof mask);
        if (!edtf_parts_read(str_from(mask), &parts, &error))
            continue;
        struct edtf_stretches s = edtf_stretch_of(&parts.span[0]);
        if (!s.gapped)
            continue;
        int64_t first = period_day_of(s.hull.from), last = period_day_of(s.hull.to);
        check_at(mask, &s, first - pick(1000));
        check_at(mask, &s, last - pick(400));
        check_at(mask, &s, last + 1);
        for (int i = 0; i < 4; i++)
            check_at(mask, &s, first + (int64_t)rand() % (last - first + 1));
        checked++;
    }
    ck_assert_int_gt(checked, ROUNDS / 4);
}
END_TEST

CHECK_MAIN("edtf_stretch", stretches_are_those_of_a_walk)
