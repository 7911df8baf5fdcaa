/* What accounts of one event contradict each other on. */
#include <stdio.h>

#include "check_main.h"
#include "model/disagreement.h"

#define MOST 6

static struct dated dated(const char *text)
{
    struct dated d = {0};
    struct edtf_error error;
    if (text == NULL)
        return d;
    d.text = str_from(text);
    ck_assert(edtf_parse(d.text, &d.value, &error));
    return d;
}

/* ---- dates ---- */

static const struct {
    const char *dates[MOST]; /* of the accounts, in order; NULL where one says nothing */
    size_t accounts;
    size_t values, contradictions;
    int64_t least, greatest;
    size_t widest_a, widest_b;
} days[] = {
    {{"2022-03", "2022-03-24"}, 2, 0, 0, 0, 0, 0, 0},
    {{"2022-03-24", "2022-03-24"}, 2, 0, 0, 0, 0, 0, 0},
    {{"2022-03-24", NULL, NULL}, 3, 0, 0, 0, 0, 0, 0},
    {{"2022-03-24", "2022-03-26"}, 2, 2, 1, 2, 2, 0, 1},
    {{"2022-03-26", "2022-03-24"}, 2, 2, 1, 2, 2, 0, 1},
    {{"2022-03-24", "2022-03-25"}, 2, 2, 1, 1, 1, 0, 1},
    {{"2022-03-24T10:00:00", "2022-03-24T12:00:00"}, 2, 2, 1, 0, 0, 0, 1},
    /* one that agrees with both is a value all the same */
    {{"2022-03-24", "2022-03", "2022-03-26"}, 3, 3, 1, 2, 2, 0, 2},
    {{"2022-03-14", "2022-04"}, 2, 2, 1, 18, 47, 0, 1},
    {{"2021-12-14", "2022"}, 2, 2, 1, 18, 382, 0, 1},
    /* equal ones are one value; the pair that lies farthest apart */
    {{"2022-01-01", "2022-01-05", NULL, "2022-01-01", "2022-02-01"}, 5, 3, 3, 31, 31, 0, 2},
    /* of equal gaps the one that may be wider */
    {{"2022-01-01", "2022-01-10", "2022-01-10/2022-01-12"}, 3, 3, 2, 9, 11, 0, 2},
    /* open sides */
    {{"../2039", "2040-05/.."}, 2, 2, 1, 122, -1, 0, 1},
    {{"2040-05/..", "2039"}, 2, 2, 1, 122, -1, 0, 1},
    {{"-0044-03-15", "-0044-03-17", "0001"}, 3, 3, 3, 16363, 16727, 0, 2},
};

START_TEST(dates_lie_apart)
{
    struct account accounts[MOST] = {0};
    struct disagreement found[EVENT_DISPUTE_COUNT];
    struct arena *a = arena_new();
    for (size_t i = 0; i < days[_i].accounts; i++)
        accounts[i] = (struct account){.source_key = (int64_t)i + 1,
                                       .date = dated(days[_i].dates[i])};
    bool *reprints = disagreement_reprints(accounts, days[_i].accounts, a);
    size_t n = disagreement_find(accounts, reprints, days[_i].accounts, NULL, a, found);
    ck_assert_uint_eq(n, days[_i].contradictions > 0);
    if (n > 0) {
        ck_assert_int_eq(found[0].property, EVENT_DISPUTED_DATE_BIT);
        ck_assert_uint_eq(found[0].value_count, days[_i].values);
        ck_assert_uint_eq(found[0].contradictions, days[_i].contradictions);
        ck_assert(found[0].has_spread);
        ck_assert_int_eq(found[0].spread.least, days[_i].least);
        ck_assert_int_eq(found[0].spread.greatest, days[_i].greatest);
        ck_assert_uint_eq(found[0].widest.a, days[_i].widest_a);
        ck_assert_uint_eq(found[0].widest.b, days[_i].widest_b);
    }
    arena_free(a);
}
END_TEST

/* ---- roles ---- */

/* Each account: actors by letter, each with its role by digit, 0 for none. */
static const struct {
    const char *accounts[MOST];
    size_t n;
    const char *values; /* "actor role,…" of each value, with what separates them; NULL: none */
} roles[] = {
    {{"a1", "a1"}, 2, NULL},
    {{"a1", "b2"}, 2, NULL},
    {{"a1", "a0"}, 2, NULL}, /* no role contradicts none */
    {{"a1", "a2"}, 2, "a1|a2"},
    {{"a1a2", "a2a1"}, 2, NULL},
    {{"a1a2", "a1"}, 2, "a1a2|a1"},
    {{"a1b3", "a2b3"}, 2, "a1|a2"},     /* b is not contested */
    {{"b3a1", "a2", "b3"}, 3, "a1|a2"}, /* who names no contested one is silent */
    {{"a1c4", "a2c4", "c5"}, 3, "a1c4|a2c4|c5"},
    {{"a1", "a2", "a1", "a2a2"}, 4, "a1|a2"},
    {{"a1", "a2", "a3"}, 3, "a1|a2|a3"},
};

static void give_roles(struct account *account, const char *text, struct arena *a)
{
    static const char *const actors = "abc", *const names = "12345";
    size_t room = 0;
    for (; *text != '\0'; text += 2) {
        struct event_participant *p = ARENA_PUSH(a, account->participants,
                                                 account->participant_count, room);
        size_t actor = (size_t)(text[0] - 'a'), role = (size_t)(text[1] - '0');
        *p = (struct event_participant){.actor_key = (int64_t)actor + 1,
                                        .actor = {actors + actor, 1},
                                        .name = {actors + actor, 1},
                                        .role_key = (int64_t)role};
        if (role > 0)
            p->role = (str){names + role - 1, 1};
    }
}

START_TEST(actors_play_parts)
{
    struct account accounts[MOST] = {0};
    struct disagreement found[EVENT_DISPUTE_COUNT];
    struct arena *a = arena_new();
    struct buf said;
    buf_init(&said, 200);
    for (size_t i = 0; i < roles[_i].n; i++) {
        accounts[i].source_key = (int64_t)i + 1;
        give_roles(&accounts[i], roles[_i].accounts[i], a);
    }
    bool *reprints = disagreement_reprints(accounts, roles[_i].n, a);
    size_t n = disagreement_find(accounts, reprints, roles[_i].n, NULL, a, found);
    ck_assert_uint_eq(n, roles[_i].values != NULL);
    for (size_t v = 0; n > 0 && v < found[0].value_count; v++) {
        const struct disagreement_value *value = &found[0].values[v];
        if (v > 0)
            buf_add_char(&said, '|');
        for (size_t i = 0; i < value->part_count; i++)
            buf_printf(&said, "%.*s%.*s", STR_ARG(value->parts[i]->actor),
                       STR_ARG(value->parts[i]->role));
    }
    ck_assert_msg(n == 0 || str_eq(buf_str(&said), str_from(roles[_i].values)), "%.*s",
                  STR_ARG(buf_str(&said)));
    buf_free(&said);
    arena_free(a);
}
END_TEST

/* ---- reports ---- */

START_TEST(reprints_are_no_reports)
{
    static const int64_t from_one[] = {1}, from_two[] = {2};
    struct account accounts[] = {
        {.source_key = 1, .date = dated("2001")},
        {.source_key = 2, .date = dated("2002"), .derives = {from_one, 1}},
        {.source_key = 3, .date = dated("2002")},
        {.source_key = 3, .date = dated("2002")},
        {.source_key = 4, .date = dated("2001"), .derives = {from_two, 1}},
    };
    struct disagreement found[EVENT_DISPUTE_COUNT];
    struct arena *a = arena_new();
    bool *reprints = disagreement_reprints(accounts, 5, a);
    ck_assert(!reprints[0] && reprints[1] && !reprints[2] && !reprints[3] && reprints[4]);
    ck_assert_uint_eq(disagreement_find(accounts, reprints, 5, NULL, a, found), 1);
    ck_assert_uint_eq(found[0].values[0].n, 2);
    ck_assert_int_eq(found[0].values[0].reports, 1);
    ck_assert_uint_eq(found[0].values[1].n, 3);
    ck_assert_int_eq(found[0].values[1].reports, 1);
    /* Alone, what is elsewhere a reprint is a report. */
    reprints = disagreement_reprints(accounts + 1, 2, a);
    ck_assert(!reprints[0] && !reprints[1]);
    arena_free(a);
}
END_TEST

/* A reprint is one wherever it stands: accounts come in the order of a policy. */
START_TEST(a_reprint_may_stand_before_its_original)
{
    static const int64_t from_one[] = {1};
    struct account accounts[] = {
        {.source_key = 2, .date = dated("2002"), .derives = {from_one, 1}},
        {.source_key = 3, .date = dated("2003")},
        {.source_key = 1, .date = dated("2001")},
    };
    struct disagreement found[EVENT_DISPUTE_COUNT];
    struct arena *a = arena_new();
    bool *reprints = disagreement_reprints(accounts, 3, a);
    ck_assert(reprints[0] && !reprints[1] && !reprints[2]);
    ck_assert_uint_eq(disagreement_find(accounts, reprints, 3, NULL, a, found), 1);
    ck_assert_int_eq(found[0].values[0].reports, 0);
    ck_assert_int_eq(found[0].values[1].reports, 1);
    ck_assert_int_eq(found[0].values[2].reports, 1);
    arena_free(a);
}
END_TEST

/* ---- places ---- */

/* Each account names places by letter; of what it says twice one stands in the value. */
static const struct {
    const char *accounts[MOST];
    size_t n;
    const char *values; /* each as JSON, with what separates them; NULL: none */
} named[] = {
    {{"p", "p"}, 2, NULL},
    {{"p", "q"}, 2, "'value':['p'],'display':'P'|'value':['q'],'display':'Q'"},
    {{"pp", "q"}, 2, "'value':['p'],'display':'P'|'value':['q'],'display':'Q'"},
    {{"prpr", "q"}, 2, "'value':['p','r'],'display':'P; R'|'value':['q'],'display':'Q'"},
    /* said twice, or in another order, it is the same value */
    {{"p", "q", "pp"}, 3, "'value':['p'],'display':'P'|'value':['q'],'display':'Q'"},
    {{"pr", "q", "rpr"}, 3, "'value':['p','r'],'display':'P; R'|'value':['q'],'display':'Q'"},
    {{"pr", "", "qq", "q"}, 4, "'value':['p','r'],'display':'P; R'|'value':['q'],'display':'Q'"},
};

static void give_places(struct account *account, const char *text, struct arena *a)
{
    static const char *const ids = "pqr", *const names = "PQR";
    size_t room = 0;
    for (; *text != '\0'; text++) {
        size_t place = (size_t)(text[0] - 'p');
        *ARENA_PUSH(a, account->places, account->place_count, room) = (struct event_place){
            .place_key = (int64_t)place + 1, .place = {ids + place, 1}, .name = {names + place, 1}};
    }
}

START_TEST(places_said_twice_stand_once)
{
    struct account accounts[MOST] = {0};
    struct disagreement found[EVENT_DISPUTE_COUNT];
    struct arena *a = arena_new();
    struct buf said;
    buf_init(&said, 1000);
    for (size_t i = 0; i < named[_i].n; i++) {
        accounts[i].source_key = (int64_t)i + 1;
        give_places(&accounts[i], named[_i].accounts[i], a);
    }
    bool *reprints = disagreement_reprints(accounts, named[_i].n, a);
    size_t n = disagreement_find(accounts, reprints, named[_i].n, NULL, a, found);
    ck_assert_uint_eq(n, named[_i].values != NULL);
    for (size_t v = 0; n > 0 && v < found[0].value_count; v++) {
        struct buf one;
        struct jout j;
        buf_init(&one, 1000);
        jout_init(&j, &one);
        jout_object(&j);
        disagreement_write_value(&j, &found[0], v);
        jout_object_end(&j);
        for (size_t i = 1; i + 1 < one.n; i++)
            if (one.p[i] == '"')
                one.p[i] = '\'';
        buf_printf(&said, "%s%.*s", v > 0 ? "|" : "", (int)one.n - 2, one.p + 1);
        buf_free(&one);
    }
    ck_assert_msg(n == 0 || str_eq(buf_str(&said), str_from(named[_i].values)), "%.*s",
                  STR_ARG(buf_str(&said)));
    buf_free(&said);
    arena_free(a);
}
END_TEST

/* ---- many ---- */

static bool goes_on(void *context)
{
    int *left = context;
    return --*left > 0;
}

START_TEST(many_are_counted_and_some_are_kept)
{
    enum { MANY = 60 };
    static char texts[MANY][16];
    struct account accounts[MANY] = {0};
    struct disagreement found[EVENT_DISPUTE_COUNT];
    struct arena *a = arena_new();
    for (int i = 0; i < MANY; i++) {
        snprintf(texts[i], sizeof texts[i], "20%02d", i);
        accounts[i] = (struct account){.source_key = i + 1, .date = dated(texts[i])};
    }
    bool *reprints = disagreement_reprints(accounts, MANY, a);
    ck_assert_uint_eq(disagreement_find(accounts, reprints, MANY, NULL, a, found), 1);
    ck_assert_uint_eq(found[0].contradictions, MANY * (MANY - 1) / 2);
    ck_assert_uint_eq(found[0].pair_count, DISAGREEMENT_MOST_PAIRS);
    ck_assert_uint_eq(found[0].widest.a, 0);
    ck_assert_uint_eq(found[0].widest.b, MANY - 1);
    ck_assert_uint_eq(disagreement_find(accounts, reprints, 0, NULL, a, found), 0);
    /* Who watches is asked more than once while 1,770 pairs are compared, and can end it. */
    int looks = 1000;
    struct disagreement_watch watch = {goes_on, &looks};
    ck_assert_uint_eq(disagreement_find(accounts, reprints, MANY, &watch, a, found), 1);
    ck_assert_int_le(looks, 996);
    looks = 3;
    ck_assert_uint_eq(disagreement_find(accounts, reprints, MANY, &watch, a, found), 0);
    ck_assert_int_eq(looks, 0);
    arena_free(a);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("disagreement");
    tcase_add_loop_test(t, dates_lie_apart, 0, sizeof days / sizeof *days);
    tcase_add_loop_test(t, actors_play_parts, 0, sizeof roles / sizeof *roles);
    tcase_add_loop_test(t, places_said_twice_stand_once, 0, sizeof named / sizeof *named);
    tcase_add_test(t, reprints_are_no_reports);
    tcase_add_test(t, a_reprint_may_stand_before_its_original);
    tcase_add_test(t, many_are_counted_and_some_are_kept);
    Suite *s = suite_create("disagreement");
    suite_add_tcase(s, t);
    return check_main(s);
}
