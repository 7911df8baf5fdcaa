#include "api/instant.h"
#include "check_main.h"

#include <stdlib.h>

static const struct {
    const char *text;
    int64_t want; /* -1: refused */
} cases[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"2026-11-24T08:15:00Z", 1795508100000000},
    {"2026-11-24t08:15:00z", 1795508100000000},
    {"2026-11-24T12:15:00+04:00", 1795508100000000},
    {"2026-11-24T12:15:00 04:00", 1795508100000000},
    {"2026-11-24T03:15:00-05:00", 1795508100000000},
    {"2026-11-24T08:15:00.5Z", 1795508100500000},
    {"2026-11-24T08:15:00.1234567Z", 1795508100123456},
    {"2026-11-24", 1795564799999999},
    {"2024-02-29", 1709251199999999},
    {"2023-02-29", -1},
    {"2026-13-01", -1},
    {"2026-00-01", -1},
    {"2026-11-31", -1},
    {"1969-12-31", -1},
    {"2026-11-24T08:15Z", -1},
    {"2026-11-24T08:15:00", -1},
    {"2026-11-24T24:00:00Z", -1},
    {"2026-11-24T08:60:00Z", -1},
    {"2026-11-24T08:15:00.Z", -1},
    {"2026-11-24T08:15:00+0400", -1},
    {"2026-11-24T08:15:00+24:00", -1},
    {"2026-11-24T08:15:00Z ", -1},
    {"2026-11-2", -1},
    {"2026-1a-24", -1},
    {"20261124", -1},
    {"", -1},
};

START_TEST(reads_instants)
{
    int64_t got = -1;
    ck_assert_int_eq(instant_parse(str_from(cases[_i].text), &got), cases[_i].want >= 0);
    if (cases[_i].want >= 0)
        ck_assert_int_eq(got, cases[_i].want);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("instant");
    tcase_add_loop_test(t, reads_instants, 0, sizeof cases / sizeof *cases);
    Suite *s = suite_create("instant");
    suite_add_tcase(s, t);
    return check_main(s);
}
