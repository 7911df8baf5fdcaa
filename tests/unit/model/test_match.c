/*
 * The expected values are worked out by hand from the table of `when` and `certainty` and from
 * docs/reference/dates.md. What is random is in test_match_random.c.
 */
#include <stdio.h>

#include "check_main.h"
#include "model/edtf.h"
#include "model/match.h"

#define NONE PERIOD_NO_MATCH
#define MAYBE PERIOD_POSSIBLE
#define SURE PERIOD_CERTAIN
#define OVERLAPS MATCH_OVERLAPS
#define WITHIN MATCH_WITHIN
#define COVERS MATCH_COVERS
#define STARTS MATCH_STARTS
#define ENDS MATCH_ENDS

struct match_case {
    const char *event;
    enum match_when when;
    const char *date;
    enum period_match match;
};

/* ---- dates that are all there is between their bounds ---- */

static const struct match_case plain_cases[] = {
    {"2021-06-15", OVERLAPS, "2021-06", SURE},
    {"2021-06", OVERLAPS, "2021-06-15", MAYBE},
    {"2021-06-15", OVERLAPS, "2021-07", NONE},
    {"2021-03/2021-05", OVERLAPS, "2021-04", SURE},
    {"2021-03/2021-05", OVERLAPS, "2021-03-15", MAYBE},
    {"2021-03/2021-05", OVERLAPS, "2021-06", NONE},
    {"2021-03/..", OVERLAPS, "2900", SURE},
    {"2021-03/", OVERLAPS, "2900", MAYBE},
    {"-0043", OVERLAPS, "0000", NONE},
    {"-0001-12-31/0000-01-01", OVERLAPS, "0000", SURE},

    {"2021-06-15", WITHIN, "2021-06", SURE},
    {"2021-06", WITHIN, "2021-06", SURE},
    {"2021-06", WITHIN, "2021-06-15", MAYBE},
    {"2021-05", WITHIN, "2021-06", NONE},
    {"2021-03/2021-05", WITHIN, "2021", SURE},
    {"2021-03/2021-05", WITHIN, "2021-03-31/2021-05-01", MAYBE},
    {"2021-03/2021-05", WITHIN, "2021-04", NONE},
    {"2021-03/..", WITHIN, "2021/..", SURE},
    {"2021-03/..", WITHIN, "2021", NONE},
    {"2021-03/", WITHIN, "2021", MAYBE},
    {"../2021-03", WITHIN, "2021", NONE},
    {"/2021-03", WITHIN, "2021", MAYBE},
    {"-0043-03-15", WITHIN, "-0043", SURE},
    {"-0043-03-15", WITHIN, "-0044", NONE},

    {"2020/2022", COVERS, "2021", SURE},
    {"2020/2021", COVERS, "2021", MAYBE},
    {"2021", COVERS, "2021-06", MAYBE},
    {"2021-06-15", COVERS, "2021-06-15", MAYBE},
    {"2021-06-15", COVERS, "2021-06", NONE},
    {"2021-06-15T10:00:00", COVERS, "2021-06-15T10:00:00", SURE},
    {"2021-03/..", COVERS, "2021-04/..", SURE},
    {"2021-03/", COVERS, "2021-04/..", MAYBE},
    {"2021-03/", COVERS, "2021-02", NONE},
    {"../..", COVERS, "-5000/5000", SURE},
    {"-0100/-0001", COVERS, "-0050", SURE},

    {"2021-03/2021-05", STARTS, "2021-03", SURE},
    {"2021-03/2021-05", STARTS, "2021-03-15", MAYBE},
    {"2021-03/2021-05", STARTS, "2021-04", NONE},
    {"2021", STARTS, "2021-12", MAYBE},
    {"../2021", STARTS, "2020", NONE},
    {"/2021", STARTS, "2020", MAYBE},
    {"/2021", STARTS, "../2021", SURE},
    {"-0044/0014", STARTS, "-0044", SURE},

    {"2021-03/2021-05", ENDS, "2021-05", SURE},
    {"2021-03/2021-05", ENDS, "2021-05-10", MAYBE},
    {"2021-03/2021-05", ENDS, "2021-04", NONE},
    {"2021-03/..", ENDS, "2021", NONE},
    {"2021-03/..", ENDS, "2021/..", SURE},
    {"2021-03/", ENDS, "2030", MAYBE},
    {"-0044/0014", ENDS, "0014", SURE},
    /* No gaps: the same as the ranges they fill. */
    {"20XX", OVERLAPS, "2050", MAYBE},
    {"2021-03-XX", WITHIN, "2021-03", SURE},
    {"[2021-01,2021-02]", COVERS, "2021-01-31/2021-02-01", MAYBE},
    {"2021-XX-05/2021-XX-20", OVERLAPS, "2021-01-07", MAYBE},
};

/* ---- questions with gaps ---- */

static const struct match_case gapped_query_cases[] = {
    {"2021-02-24", OVERLAPS, "XXXX-02-24", SURE},
    {"2021-02-25", OVERLAPS, "XXXX-02-24", NONE},
    {"2021-02", OVERLAPS, "XXXX-02-24", MAYBE},
    {"2021-02-20/2021-02-28", OVERLAPS, "XXXX-02-24", SURE},
    {"2021-03/2022-01", OVERLAPS, "XXXX-02-24", NONE},
    {"2021-03/2022-03", OVERLAPS, "XXXX-02-24", SURE},
    {"2021-03/2022", OVERLAPS, "XXXX-02-24", MAYBE},
    {"2021/..", OVERLAPS, "XXXX-02-24", SURE},
    {"2021/", OVERLAPS, "XXXX-02-24", MAYBE},
    {"../..", OVERLAPS, "XXXX-02-24", SURE},
    {"Y10000/..", OVERLAPS, "XXXX-02-24", NONE},
    {"-0043-02-24", OVERLAPS, "XXXX-02-24", NONE},
    {"-0043-02-24", OVERLAPS, "-XXXX-02-24", SURE},
    {"0000-02-24", OVERLAPS, "-XXXX-02-24", NONE},
    {"2024-02-29", OVERLAPS, "XXXX-02-29", SURE},
    {"2021-02-28/2021-03-01", OVERLAPS, "XXXX-02-29", NONE},
    {"2020-02-28/2020-03-01", OVERLAPS, "XXXX-02-29", SURE},
    {"1896-03-01/1904-02-28", OVERLAPS, "XXXX-02-29", NONE},
    {"2021-03-05", OVERLAPS, "2021-XX-05", SURE},
    {"2021-03", OVERLAPS, "2021-XX-05", MAYBE},
    {"2021-03-06/2021-04-04", OVERLAPS, "2021-XX-05", NONE},
    {"1921-03-09", OVERLAPS, "19X1-03", SURE},
    {"1920-05/1921-02", OVERLAPS, "19X1-03", NONE},
    {"2121-07", OVERLAPS, "2X21", SURE},
    {"2120", OVERLAPS, "2X21", NONE},
    {"-0041", OVERLAPS, "-0XX1", SURE},
    {"-0042", OVERLAPS, "-0XX1", NONE},
    {"1994-04-12", OVERLAPS, "199X-21", SURE},
    {"1994-07", OVERLAPS, "199X-21", NONE},
    {"1990-01-10", OVERLAPS, "199X-24", NONE},
    {"1995-01-10", OVERLAPS, "199X-24", SURE},
    {"2000-02-10", OVERLAPS, "199X-24", SURE},
    {"1667-05", OVERLAPS, "[1667,1669]", SURE},
    {"1668", OVERLAPS, "[1667,1669]", NONE},
    {"1668-12/1669-01", OVERLAPS, "[1667,1669]", SURE},
    {"1500", OVERLAPS, "[..1667,1670]", SURE},
    {"1668", OVERLAPS, "[..1667,1670]", NONE},
    {"1669/", OVERLAPS, "[..1667,1670]", MAYBE},
    {"/1669", OVERLAPS, "[..1667,1670]", MAYBE},
    {"1700", OVERLAPS, "[1667,1670..]", SURE},
    {"2021-06-15", OVERLAPS, "[1667,XXXX-06-15]", SURE},
    {"2021-06-16", OVERLAPS, "[1667,XXXX-06-15]", NONE},
    {"1667-06-16", OVERLAPS, "[1667,XXXX-06-15]", SURE},
    {"1671", OVERLAPS, "[1667,1668,1670..1672]", SURE},
    {"1669", OVERLAPS, "[1667,1668,1670..1672]", NONE},

    {"2021-02-24", WITHIN, "XXXX-02-24", SURE},
    {"2021-02-24T10:00:00", WITHIN, "XXXX-02-24", SURE},
    {"2021-02", WITHIN, "XXXX-02-24", MAYBE},
    {"2021-02-20/2021-02-28", WITHIN, "XXXX-02-24", NONE},
    {"2021-01-31/2021-02-01", WITHIN, "XXXX-XX-X1", SURE},
    {"2021-12-31/2022-01-01", WITHIN, "XXXX-XX-X1", SURE},
    {"2021-12-31/2022-01-01", WITHIN, "2021-XX-X1", NONE},
    {"2021-02-28/2021-03-01", WITHIN, "XXXX-XX-X1", NONE},
    {"1667/1669", WITHIN, "[1667,1669]", NONE},
    {"2021-01-15/2021-02-15", WITHIN, "[2021-01,2021-02]", SURE},
    {"2021-01-15/2021-02-15", WITHIN, "[2021-04,2021-02,2021-01]", SURE},

    {"2021-02-20/2021-02-28", COVERS, "XXXX-02-24", SURE},
    {"2021-02", COVERS, "XXXX-02-24", MAYBE},
    {"2021-02-24", COVERS, "XXXX-02-24", MAYBE},
    {"2021-01/2021-02", COVERS, "XXXX-02-24", MAYBE},
    {"2021-03/2022-01", COVERS, "XXXX-02-24", NONE},
    {"2021-02-24T10:00:00", COVERS, "XXXX-02-24", NONE},
    {"1667-03/1669-11", COVERS, "[1667,1669]", NONE},
    {"1667/1669", COVERS, "[1667,1668-05]", SURE},

    {"2021-05-03/2021-08", STARTS, "XXXX-05", SURE},
    {"2021-04/2021-06", STARTS, "XXXX-05", NONE},
    {"2021", STARTS, "XXXX-05", MAYBE},
    {"2021-04/2021-05-03", ENDS, "XXXX-05", SURE},
    {"2021-04/2021-06", ENDS, "XXXX-05", NONE},
    {"2021-04/2021", ENDS, "XXXX-05", MAYBE},

    {"1667", OVERLAPS, "{1667,1669}", NONE},
    {"1667/1669", OVERLAPS, "{1667,1669}", SURE},
    {"1666/1668", OVERLAPS, "{1667,1669}", NONE},
    {"1667/", OVERLAPS, "{1667,1669}", MAYBE},
    {"2021-01-15", OVERLAPS, "{2021-01,2021-02}", NONE},
    {"2021-01-15/2021-02-15", OVERLAPS, "{2021-01,2021-02}", SURE},
    {"2021-02/2021-06", COVERS, "{2021-03-01,2021-05-01}", SURE},
    {"2021-04/2021-06", COVERS, "{2021-03-01,2021-05-01}", NONE},
    {"2021-02-01/2021-06-01", OVERLAPS, "{XXXX-02-24,XXXX-05-28}", SURE},
    {"2021-03-01/2021-06-01", OVERLAPS, "{XXXX-02-24,XXXX-05-28}", NONE},
    {"2021-06-15", OVERLAPS, "{XXXX-06-15}", SURE},
};

/* ---- events with gaps ---- */

static const struct match_case gapped_event_cases[] = {
    {"[1667,1669]", OVERLAPS, "1667", MAYBE},
    {"[1667,1669]", OVERLAPS, "1668", NONE},
    {"[1667,1669]", OVERLAPS, "1667/1669", SURE},
    {"[1667,1669]", OVERLAPS, "1669/..", MAYBE},
    {"[1667,1669..]", OVERLAPS, "1800", MAYBE},
    {"[1667,1669]", WITHIN, "[1667,1669]", SURE},
    {"[1667,1669]", WITHIN, "[1667,1670]", MAYBE},
    {"[1667,1669]", COVERS, "1667-05", MAYBE},
    {"[1667,1669]", COVERS, "1668", NONE},
    {"[1667,1669]", COVERS, "1667-12/1669-01", NONE},
    {"[1667,1669]", STARTS, "1669", MAYBE},
    {"[1667,1669]", STARTS, "1668", NONE},
    {"[1667,1669]", STARTS, "1667/1669", SURE},
    {"[1667,1669]", ENDS, "1667", MAYBE},
    {"[1667,1669]", ENDS, "1668", NONE},
    {"[2020,2022]", OVERLAPS, "{2020,2022}", NONE},
    {"[2020-05-01,2021-05-01]", OVERLAPS, "XXXX-05-01", SURE},
    {"[2020-05-01,2021-05-02]", OVERLAPS, "XXXX-05-01", MAYBE},

    {"2021-XX-05", OVERLAPS, "2021", SURE},
    {"2021-XX-05", OVERLAPS, "2021-03", MAYBE},
    {"2021-XX-05", OVERLAPS, "2021-03-06/2021-04-04", NONE},
    {"2021-XX-05", OVERLAPS, "XXXX-XX-05", SURE},
    {"2021-XX-05", OVERLAPS, "2021-XX-0X", SURE},
    {"2021-XX-05", OVERLAPS, "XXXX-03-05", MAYBE},
    {"2021-XX-05", OVERLAPS, "XXXX-XX-06", NONE},
    {"2021-XX-05", OVERLAPS, "[2021-01,2021-02,2021-08]", MAYBE},
    {"2021-XX-05", COVERS, "XXXX-XX-05", MAYBE},
    {"2021-XX-05", COVERS, "XXXX-XX-0X", NONE},
    {"2021-XX-05", STARTS, "2021-12", MAYBE},
    {"2021-XX-05", STARTS, "2021-12-06/..", NONE},
    {"2021-XX-05", ENDS, "2021-01-05", MAYBE},
    {"XXXX-02-24", OVERLAPS, "XXXX-02-24", SURE},
    {"XXXX-XX-15", WITHIN, "XXXX-XX-15", SURE},
    {"XXXX-XX-15", OVERLAPS, "XXXX-XX-14", NONE},
    {"XXXX-XX-15", OVERLAPS, "-XXXX-XX-15", NONE},
    {"XXXX-02-29", OVERLAPS, "XXX4-02-29", MAYBE},
    {"XXX1-02-2X", OVERLAPS, "XXXX-02-29", NONE},
    {"19XX-24", OVERLAPS, "XXXX-01-15", MAYBE},
    {"19XX-24", OVERLAPS, "XXXX-03-XX", NONE},
    {"19XX-24", WITHIN, "XXXX-24", SURE},
    {"2021-XX-05", OVERLAPS, "{2021-03,2021-04}", NONE},
    {"{2021-XX-05}", STARTS, "2021-03-06/2021-04-04", NONE},

    {"{1667,1669}", OVERLAPS, "1667", SURE},
    {"{1667,1669}", OVERLAPS, "1667-05", MAYBE},
    {"{1667,1669}", OVERLAPS, "1668", NONE},
    {"{1667,1669}", WITHIN, "1667", NONE},
    {"{1667,1669}", WITHIN, "1667/1669", SURE},
    {"{1667,1669}", WITHIN, "1667-05/1669-05", MAYBE},
    {"{1667,1669}", COVERS, "1667-05", MAYBE},
    {"{1667,1669}", COVERS, "1668", NONE},
    {"{1667,1669}", STARTS, "1667", SURE},
    {"{1667,1669}", STARTS, "1669", NONE},
    {"{1667,1669}", ENDS, "1669", SURE},
    {"{1667,1669}", ENDS, "1667", NONE},
    {"{2020-02-24,2021-02-24}", WITHIN, "XXXX-02-24", SURE},
    {"{2020-02-24,2021-02-25}", WITHIN, "XXXX-02-24", NONE},
    {"{2020-02-24,2021-02-25}", OVERLAPS, "XXXX-02-24", SURE},
    {"{2020-02-24,2021-02-25}", STARTS, "XXXX-02-24", SURE},
    {"{2020-02-24,2021-02-25}", ENDS, "XXXX-02-24", NONE},
    {"{2020,2022}", OVERLAPS, "{2020,2022}", SURE},
    {"{2020,2022}", OVERLAPS, "{2020,2023}", NONE},
    {"{2021-03..2021-05,2021-09}", OVERLAPS, "2021-04", SURE},
    {"{2021-03..2021-05,2021-09}", OVERLAPS, "2021-07", NONE},
    {"{2021-XX-05,2022-06-01}", OVERLAPS, "2021-03", MAYBE},
    {"{2021-XX-05,2022-06-01}", OVERLAPS, "2022-06-01", SURE},
};

static struct period bounds_of(const char *text)
{
    struct edtf e;
    struct edtf_error error;
    ck_assert_msg(edtf_parse(str_from(text), &e, &error), "%s: %s", text, error.detail);
    return e.bounds;
}

/* What the statements of the store look at before anything else. */
static bool is_weakly_met(const struct match *m, const struct period *p)
{
    struct match_rule rule = match_rule(m->when, false);
    rule.around = false;
    return match_rule_holds(rule, p, &m->hull);
}

static void check_case(const struct match_case *c)
{
    struct arena *a = arena_new();
    struct match m;
    struct period bounds = bounds_of(c->event);
    str event = str_from(c->event);
    match_prepare(str_from(c->date), c->when, a, &m);
    ck_assert_int_eq(m.parts != NULL, match_gapped(str_from(c->date)));
    enum period_match match = match_event(&m, &bounds, event);
    ck_assert_msg(match == c->match, "%s %s %s: %d, not %d", c->event, match_when_name(c->when),
                  c->date, (int)match, (int)c->match);
    if (!match_gapped(event))
        ck_assert_int_eq(match_event(&m, &bounds, STR("")), match);
    ck_assert(match == NONE || is_weakly_met(&m, &bounds));
    arena_free(a);
}

START_TEST(plain_dates)
{
    ck_assert(!match_gapped(str_from(plain_cases[_i].event)));
    check_case(&plain_cases[_i]);
}
END_TEST

START_TEST(questions_with_gaps)
{
    check_case(&gapped_query_cases[_i]);
}
END_TEST

START_TEST(events_with_gaps)
{
    ck_assert(match_gapped(str_from(gapped_event_cases[_i].event)));
    check_case(&gapped_event_cases[_i]);
}
END_TEST

/* ---- what has gaps ---- */

static const struct {
    const char *date;
    bool gapped;
} gap_cases[] = {
    {"2021", false},
    {"2021-03-XX", false},
    {"2021-XX", false},
    {"2021-XX-XX", false},
    {"20XX", false},
    {"20XX-XX-XX", false},
    {"XXXX", false},
    {"-XXXX", false},
    {"-000X", false},
    {"2021-0X", false},
    {"2021-1X-XX", false},
    {"2021-03-0X", false},
    {"2021-03-3X", false},
    {"2021-X3", false},
    {"2021-X2-30", false},
    {"1950S2", false},
    {"2021-24", false},
    {"2021-XX-05/2022", false},
    {"2021-XX-05/..", false},
    {"../XXXX-02-24", false},
    {"[2021]", false},
    {"[2021-01,2021-02]", false},
    {"[2021-02,2021-01]", false},
    {"[2021-02-28,2021-03-01]", false},
    {"[2020,2021-06,2021]", false},
    {"[2020-01..2020-06,2020-04..2020-12]", false},
    {"[2021,2021-XX-05]", false},
    {"[..2021,2020..]", false},
    {"{2021}", false},
    {"{2021-01..2021-03}", false},
    {"{2021..}", false},
    {"2021-X1", true},
    {"2021-X2", true},
    {"2021-XX-05", true},
    {"2021-03-X1", true},
    {"2X21", true},
    {"19X1-03", true},
    {"199X-03", true},
    {"XXXX-02-24", true},
    {"-XXXX-02-24", true},
    {"199X-21", true},
    {"[1667,1669]", true},
    {"[2020-02-28,2020-03-01]", true},
    {"[..1667,1669]", true},
    {"[2021-06-15T10:00:00,2021-06-15T12:00:00]", true},
    {"[2022,2021-XX-05]", true},
    {"{1667,1669}", true},
    {"{2021-01,2021-02}", true},
    {"{2021-XX-05}", true},
    {"", false},
    {"2021-02-30", false},
    {"[2021", false},
};

START_TEST(gaps_are_known)
{
    ck_assert_msg(match_gapped(str_from(gap_cases[_i].date)) == gap_cases[_i].gapped, "%s",
                  gap_cases[_i].date);
}
END_TEST

START_TEST(names_are_those_of_the_parameter)
{
    static const char *const names[] = {"overlaps", "within", "covers", "starts", "ends"};
    ck_assert_int_eq(MATCH_WHENS, sizeof names / sizeof *names);
    for (int i = 0; i < MATCH_WHENS; i++)
        ck_assert_str_eq(match_when_name((enum match_when)i), names[i]);
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("match");
    TCase *cases = tcase_create("match");
    tcase_add_loop_test(cases, plain_dates, 0, COUNT(plain_cases));
    tcase_add_loop_test(cases, questions_with_gaps, 0, COUNT(gapped_query_cases));
    tcase_add_loop_test(cases, events_with_gaps, 0, COUNT(gapped_event_cases));
    tcase_add_loop_test(cases, gaps_are_known, 0, COUNT(gap_cases));
    tcase_add_test(cases, names_are_those_of_the_parameter);
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
