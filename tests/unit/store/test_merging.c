/*
 * What the accounts of one event give in each reading: which of them wins, who is known when, what
 * is a reprint, and when what is shown is called changed.
 */
#include <time.h>

#include "store/internal.h"
#include "told.h"

#define EVENT(title) "'events':[{'id':'e','title':'" title "'}]"

static void set_up(void)
{
    world_open(&world, 7);
}

static void tear_down(void)
{
    world_expect_sound(&world);
    world_close(&world);
}

static void expect(const char *policy, const char *known_at, const char *shown)
{
    told_expect(store_version(world.store), policy, known_at, "e", shown);
}

static void three_sources(void)
{
    tell("a", "'precedence':1,'published':'2020'", EVENT("A"));
    tell("b", "'precedence':2,'published':'2021-06'", EVENT("B"));
    tell("c", "'precedence':0,'published':'2019-05-03'", EVENT("C"));
}

static const struct {
    const char *policy, *known_at, *shown;
} rows[] = {
    {"preferred", NULL, "B 3"},
    {"first", NULL, "C 3"},
    {"last", NULL, "B 3"},
    {"source:a", NULL, "A 3"},
    {"source:b", NULL, "B 3"},
    {"source:c", NULL, "C 3"},
    {"preferred", "2018", "-"},
    {"source:b", "2018", "-"},
    {"preferred", "2019-05-02", "-"},
    {"preferred", "2019-05-03", "C 1"},
    {"last", "2019-05-03", "C 1"},
    {"preferred", "2020-12-30", "C 1"},
    {"preferred", "2020-12-31", "A 2"},
    {"first", "2020-12-31", "C 2"},
    {"last", "2020", "A 2"},
    {"source:c", "2020", "C 2"},
    {"source:b", "2020", "A 2"},
    {"preferred", "2021-06-29", "A 2"},
    {"preferred", "2021-06", "B 3"},
    {"source:a", "2030", "A 3"},
};

START_TEST(the_policy_and_the_day_decide)
{
    three_sources();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        expect(rows[i].policy, rows[i].known_at, rows[i].shown);
}
END_TEST

/* A source without a date is known from the day on which it was recorded, whatever it says later.
 */
START_TEST(what_has_no_date_is_known_when_it_was_recorded)
{
    struct buf today, before;
    int64_t now = time(NULL) / PERIOD_DAY_SECONDS * PERIOD_DAY_SECONDS;
    buf_init(&today, 64);
    buf_init(&before, 64);
    period_write_bound(&today, now, PERIOD_START);
    period_write_bound(&before, now - PERIOD_DAY_SECONDS, PERIOD_START);
    const char *day = arena_copy(world.arena, buf_str(&today)).p;
    const char *eve = arena_copy(world.arena, buf_str(&before)).p;
    buf_free(&today);
    buf_free(&before);
    tell("a", "", EVENT("A"));
    expect("preferred", day, "A 1");
    expect("preferred", eve, "-");
    untell("a");
    tell("a", "'precedence':3", EVENT("A"));
    expect("preferred", day, "A 1");
    expect("preferred", eve, "-");
    tell("a", "'published':'1999'", EVENT("A"));
    expect("preferred", eve, "A 1");
    expect("preferred", "1999", "A 1");
    expect("preferred", "1998", "-");
}
END_TEST

/* Of a date without an end nobody knows that it has come; without known_at the source counts. */
START_TEST(an_open_date_is_never_certain)
{
    tell("a", "'published':'2020'", EVENT("A"));
    tell("b", "'precedence':1,'published':'2019/..'", EVENT("B"));
    expect("preferred", NULL, "B 2");
    expect("preferred", "9999", "A 1");
    expect("last", NULL, "B 2");
    expect("first", NULL, "A 2");
    expect("source:b", "9999", "A 1");
    tell("b", "'precedence':1,'published':'2019?'", EVENT("B"));
    expect("preferred", "2019", "B 1");
    expect("preferred", "2021", "B 2");
    told_expect(2, "preferred", "2019", "e", "-");
}
END_TEST

/* What is shown may stay while the days from and until which it is known move. */
static const struct {
    const char *a, *b; /* days of publication */
    const char *known_at, *shown;
} stretches[] = {
    {"2020", "2021", "2020", "A 1"}, {"2020", "2021", "2021", "B 2"},
    {"2020", "2022", "2021", "A 1"}, {"2020", "2022", "2022", "B 2"},
    {"2018", "2022", "2018", "A 1"}, {"2018", "2019", "2018", "A 1"},
    {"2018", "2019", "2020", "B 2"}, {"2023", "2019", "2018", "-"},
    {"2023", "2019", "2022", "B 1"}, {"2023", "2019", "2023", "B 2"},
    {"2019", "2019", "2018", "-"},   {"2019", "2019", "2019", "B 2"},
};

START_TEST(stretches_move_with_their_dates)
{
    for (size_t i = 0; i < sizeof stretches / sizeof stretches[0]; i++) {
        tell("a", arena_printf(world.arena, "'published':'%s'", stretches[i].a).p, EVENT("A"));
        tell("b", arena_printf(world.arena, "'precedence':1,'published':'%s'", stretches[i].b).p,
             EVENT("B"));
        expect("preferred", stretches[i].known_at, stretches[i].shown);
    }
}
END_TEST

/* Equal dates, and equal precedence, leave the order in which sources were recorded. */
START_TEST(ties_stay_as_recorded)
{
    tell("z", "'published':'2020'", EVENT("Z"));
    tell("a", "'published':'2020','precedence':5", EVENT("A"));
    expect("first", NULL, "Z 2");
    expect("last", NULL, "Z 2");
    expect("preferred", NULL, "A 2");
    tell("a", "'published':'2020'", EVENT("A"));
    expect("preferred", NULL, "Z 2");
}
END_TEST

/* ---- reprints ---- */

START_TEST(a_reprint_does_not_count)
{
    tell("agency", "'published':'2020'", EVENT("A"));
    tell("paper", "'published':'2019','derives_from':['agency']", EVENT("P"));
    tell("blog", "'published':'2021','derives_from':['paper']", EVENT("B"));
    expect("preferred", NULL, "A 1");
    /* Before the agency's report is known the paper stands alone. */
    expect("preferred", "2019", "P 1");
    str json = told_part(3, "preferred", NULL, "e", PART_ACCOUNTS);
    ck_assert(told_has(json, "{'source':'paper','reprint_of':['agency'],"));
    ck_assert(told_has(json, "{'source':'blog','reprint_of':['agency','paper'],"));
    ck_assert(told_has(json, "{'source':'agency','title'"));
    json = told_part(3, "first", "2019", "e", PART_ACCOUNTS);
    ck_assert(told_has(json, "{'source':'paper','title'"));
    ck_assert(!told_has(json, "agency"));
    /* Through a source that does not tell of the event, which then goes, and comes back. */
    tell("paper", "'published':'2019','derives_from':['agency']", "'events':[]");
    expect("preferred", NULL, "A 1");
    untell("paper");
    expect("preferred", NULL, "A 2");
    tell("paper", "'derives_from':['agency']", "'events':[]");
    expect("preferred", NULL, "A 1");
    tell("paper", "", "'events':[]");
    expect("preferred", NULL, "A 2");
    told_expect(3, "preferred", NULL, "e", "A 1");
}
END_TEST

/* Of sources that derive from each other one is the original. */
START_TEST(a_circle_has_one_original)
{
    tell("one", "", "'events':[]");
    tell("two", "'derives_from':['one']", EVENT("2"));
    tell("three", "'derives_from':['two']", EVENT("3"));
    tell("one", "'derives_from':['three']", EVENT("1"));
    expect("preferred", NULL, "1 1");
    expect("source:three", NULL, "3 1");
    str json = told_part(4, "preferred", NULL, "e", PART_ACCOUNTS);
    ck_assert(told_has(json, "{'source':'one','title'"));
    ck_assert(told_has(json, "{'source':'three','reprint_of':['one','two'],"));
}
END_TEST

/* ---- what is called changed ---- */

static bool changed_events(const char *source, const char *members, const char *rest)
{
    struct change_result result;
    ck_assert(told_try(source, members, rest, &result));
    return told_has(result.json, "'events':[{'id':'e'");
}

START_TEST(only_what_is_shown_is_called_changed)
{
    static const struct {
        const char *source, *members, *rest;
        bool changes;
    } steps[] = {
        {"low", "'precedence':1", EVENT("L"), true},
        {"low", "'precedence':1", EVENT("Other wording"), false},
        {"low", "'precedence':1,'published':'2020'", EVENT("Other wording"), false},
        {"low", "'precedence':1,'published':'2020'",
         "'events':[{'id':'e','title':'L','tags':['t']}]", true},
        {"low", "'precedence':3,'published':'2020'",
         "'events':[{'id':'e','title':'L','tags':['t']}]", false},
        {"low", "'precedence':10,'published':'2020'",
         "'events':[{'id':'e','title':'L','tags':['t']}]", true},
        {"high", "'precedence':9", EVENT("H2"), false},
        {"other", "'derives_from':['high']", EVENT("O"), true},
    };
    struct event_row before, after;
    struct gone gone;
    const struct reading plain = {0};
    tell("high", "'precedence':9", EVENT("H"));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        int64_t version = store_version(world.store);
        ck_assert_int_eq(told_find(version, &plain, "e", &before, &gone), STORE_FOUND);
        bool said = changed_events(steps[i].source, steps[i].members, steps[i].rest);
        ck_assert_int_eq(store_version(world.store), version + 1);
        ck_assert_int_eq(told_find(version + 1, &plain, "e", &after, &gone), STORE_FOUND);
        ck_assert_msg(said == steps[i].changes, "step %zu", i);
        ck_assert_msg((after.version != before.version) == steps[i].changes, "step %zu", i);
        ck_assert_msg((after.updated != before.updated) == steps[i].changes, "step %zu", i);
        ck_assert_msg(str_eq(after.document, before.document) != steps[i].changes, "step %zu", i);
    }
}
END_TEST

/* A reading that shows what it showed keeps its version when another source is known later. */
START_TEST(each_reading_has_its_version)
{
    struct event_row row;
    struct gone gone;
    tell("a", "'published':'2020'", EVENT("A"));
    tell("b", "'published':'2021','precedence':1", EVENT("B"));
    struct reading then = told_reading("preferred", "2020"),
                   now = told_reading("preferred", "2021");
    ck_assert_int_eq(told_find(2, &then, "e", &row, &gone), STORE_FOUND);
    ck_assert_int_eq(row.version, 1);
    ck_assert_int_eq(told_find(2, &now, "e", &row, &gone), STORE_FOUND);
    ck_assert_int_eq(row.version, 2);
    /* One row answers both now, and the plain reading decides of which version it is. */
    untell("b");
    ck_assert_int_eq(told_find(3, &then, "e", &row, &gone), STORE_FOUND);
    ck_assert_int_eq(row.version, 3);
}
END_TEST

/* ---- many accounts ---- */

static int64_t rows_where(const char *condition)
{
    int64_t n = 0;
    str sql = arena_printf(world.arena, "SELECT count(*) FROM event_row WHERE %s", condition);
    const struct db_sql statement = {sql, db_sql_hash(sql)};
    struct db_rows *found;
    ck_assert(db_query(world.reader->db, &statement, NULL, 0, &found, &world.err));
    ck_assert(db_next(found, &world.err));
    n = db_i64(found, 0);
    db_done(found);
    return n;
}

/* Single sources are told apart in every stretch up to 24 accounts, beyond in the last one. */
START_TEST(of_many_accounts_single_sources_are_told_apart_at_present)
{
    static const char live[] = "until = 9223372036854775807";
    for (int i = 1; i <= 25; i++) {
        tell(arena_printf(world.arena, "s%d", i).p,
             arena_printf(world.arena, "'published':'%d'", 2000 + i).p,
             arena_printf(world.arena, "'events':[{'id':'e','title':'T%d'}]", i).p);
        if (i != 24)
            continue;
        expect("source:s3", "2005", "T3 5");
        ck_assert_int_eq(rows_where(arena_printf(world.arena, "%s AND not_for >= 16", live).p), 0);
    }
    expect("source:s25", NULL, arena_printf(world.arena, "T25 %c", '2').p);
    expect("source:s7", NULL, "T7 2");
    ck_assert_int_eq(rows_where(arena_printf(world.arena, "%s AND not_for >= 16", live).p), 23);
    ck_assert_int_eq(rows_where(arena_printf(world.arena, "%s AND only_for > 0", live).p), 24);
}
END_TEST

/* Sources s1 to s25 tell of e, published in 2001 to 2025; s3 alone tells of f. */
static const struct {
    const char *policy, *known_at, *id;
    const char *shown; /* NULL: refused */
} crowd[] = {
    {"source:s3", "2005", "e", NULL},    {"source:s3", "2024", "e", NULL},
    {"source:s3", "2025", "e", "T3 2"},  {"source:s3", NULL, "e", "T3 2"},
    {"source:s3", "2002", "e", "T1 2"}, /* not known yet: it reads as preferred */
    {"source:s1", "2001", "e", "T1 1"}, /* nobody else is known */
    {"source:s26", "2005", "e", "T1 5"}, {"preferred", "2005", "e", "T1 5"},
    {"last", "2005", "e", "T5 5"},       {"source:s3", "2005", "f", "F 1"},
};

START_TEST(a_crowd_in_the_past_is_refused)
{
    for (int i = 1; i <= 26; i++)
        tell(arena_printf(world.arena, "s%d", i).p,
             arena_printf(world.arena, "'published':'%d'", 2000 + i).p,
             arena_printf(world.arena,
                          i == 26  ? "'events':[]"
                          : i == 3 ? "'events':[{'id':'e','title':'T%d'},"
                                     "{'id':'f','title':'F'}]"
                                   : "'events':[{'id':'e','title':'T%d'}]",
                          i)
                 .p);
    for (size_t i = 0; i < sizeof crowd / sizeof crowd[0]; i++) {
        struct reading r = told_reading(crowd[i].policy, crowd[i].known_at);
        struct event_row row;
        struct gone gone = {0};
        struct problems problems;
        struct err e = {0};
        problem_init(&problems, world.arena);
        enum store_found found = store_read_event(world.reader, store_version(world.store), &r,
                                                  str_from(crowd[i].id), world.arena, &row, &gone,
                                                  &problems, &e);
        ck_assert_msg((found == STORE_FAILED) == (crowd[i].shown == NULL), "row %zu", i);
        ck_assert_int_eq(e.code, crowd[i].shown == NULL ? ERR_CROWDED : ERR_NONE);
        if (crowd[i].shown != NULL)
            told_expect(store_version(world.store), crowd[i].policy, crowd[i].known_at, crowd[i].id,
                        crowd[i].shown);
    }
}
END_TEST

CHECK_MAIN_WITH("merging", set_up, tear_down, the_policy_and_the_day_decide,
                what_has_no_date_is_known_when_it_was_recorded, an_open_date_is_never_certain,
                stretches_move_with_their_dates, a_crowd_in_the_past_is_refused,
                ties_stay_as_recorded, a_reprint_does_not_count, a_circle_has_one_original,
                only_what_is_shown_is_called_changed, each_reading_has_its_version,
                of_many_accounts_single_sources_are_told_apart_at_present)
