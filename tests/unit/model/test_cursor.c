#include "check_main.h"
#include "model/cursor.h"

#include <stdlib.h>
#include <string.h>

#define STORE STR("0123456789abcdef")

static const struct cursor cursors[] = {
    {.version = 0, .question = 0, .after = {.given = true, .id = STR_INIT("")}},
    {.version = 7, .question = 1, .after = {.given = true, .number = 18, .id = STR_INIT("a")}},
    {.version = INT64_MAX,
     .question = UINT64_MAX,
     .after = {.given = true, .number = INT64_MIN, .undated = true, .id = STR_INIT("shusha")}},
    {.version = 3, .after = {.given = true, .number = -1, .id = STR_INIT("two-words_1")}},
    {.version = 3, .after = {.given = true, .number = 5, .id = STR_INIT("b")}, .given = 1},
    {.version = 3, .after = {.given = true, .undated = true, .id = STR_INIT("b")}, .given = 7},
};

START_TEST(comes_back_as_it_went)
{
    struct arena *a = arena_new();
    const struct cursor *c = &cursors[_i];
    struct cursor back;
    ck_assert(cursor_read(cursor_write(c, STORE, a), STORE, a, &back));
    ck_assert_int_eq(back.version, c->version);
    ck_assert_uint_eq(back.question, c->question);
    ck_assert(back.after.given);
    ck_assert_int_eq(back.after.number, c->after.number);
    ck_assert_int_eq(back.after.undated, c->after.undated);
    ck_assert_uint_eq(back.given, c->given);
    ck_assert(str_eq(back.after.id, c->after.id));
    arena_free(a);
}
END_TEST

START_TEST(no_change_goes_unseen)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. ";
    struct arena *a = arena_new();
    str good = cursor_write(&cursors[_i], STORE, a);
    struct cursor back;
    char *bad = arena_alloc(a, good.n + 1);
    for (size_t at = 0; at < good.n; at++) {
        for (const char *d = digits; *d != '\0'; d++) {
            memcpy(bad, good.p, good.n);
            bad[at] = *d;
            bool same = *d == good.p[at];
            ck_assert_int_eq(cursor_read((str){bad, good.n}, STORE, a, &back), same);
        }
    }
    for (size_t n = 0; n < good.n; n++)
        ck_assert(!cursor_read(str_sub(good, 0, n), STORE, a, &back));
    bad[good.n] = 'A';
    memcpy(bad, good.p, good.n);
    ck_assert(!cursor_read((str){bad, good.n + 1}, STORE, a, &back));
    ck_assert(!cursor_read(good, STR("another"), a, &back));
    arena_free(a);
}
END_TEST

static uint64_t of(enum filter_kind kind, bool negate, const char *one, const char *two)
{
    str values[] = {str_from(one), str_from(two)};
    struct filter f = {.kind = kind, .negate = negate, .values = {values, two ? 2 : 1}};
    struct query q = {.filters = &f, .filter_count = 1};
    return cursor_question(&q);
}

/* One question for each member of struct query that makes another answer. */
START_TEST(questions_are_told_apart)
{
    str word = STR("a"), other = STR("b");
    struct strs one = {&word, 1}, two = {&other, 1};
    struct query_area box = {.south = 1, .west = 2, .north = 3, .east = 4};
    struct query_area wider = {.south = 1, .west = 2, .north = 3, .east = 5};
    struct query_area circle = {.is_circle = true, .lat = 1, .lon = 2, .km = 3};
    struct query_area larger = {.is_circle = true, .lat = 1, .lon = 2, .km = 4};
    struct query_area both[] = {box, circle};
    const struct query questions[] = {
        {.sort = SORT_DATE},
        {.sort = SORT_TITLE},
        {.text = word},
        {.text = other},
        {.date = {.text = STR("2021")}},
        {.date = {.text = STR("2021")}, .when = MATCH_WITHIN},
        {.date = {.text = STR("2021")}, .when = MATCH_COVERS},
        {.date = {.text = STR("2021")}, .certain = true},
        {.date = {.text = STR("2021")}, .undated = UNDATED_INCLUDE},
        {.undated = UNDATED_EXCLUDE},
        {.undated = UNDATED_ONLY},
        {.members = true},
        {.disputed = WHETHER_YES},
        {.disputed = WHETHER_NO},
        {.roles = one},
        {.roles = two},
        {.roles_not = one},
        {.relations = one},
        {.relations_not = one},
        {.stances = one},
        {.stances_not = one},
        {.areas = &box, .area_count = 1},
        {.areas = &wider, .area_count = 1},
        {.areas = &circle, .area_count = 1},
        {.areas = &larger, .area_count = 1},
        {.areas = both, .area_count = 2},
        {.reading = {.policy = POLICY_FIRST}},
        {.reading = {.policy = POLICY_LAST}},
        {.reading = {.policy = POLICY_SOURCE, .source = word}},
        {.reading = {.policy = POLICY_SOURCE, .source = other}},
        {.reading = {.known = true}},
        {.reading = {.known = true, .known_at = 1}},
        {.reading = {.known = true, .known_at = -1}},
        {.reading = {.policy = POLICY_LAST, .known = true, .known_at = 1}},
    };
    uint64_t all[sizeof questions / sizeof *questions + 2 * FILTER_KINDS + 1];
    size_t n = 0;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        all[n++] = cursor_question(&questions[i]);
    for (unsigned kind = 0; kind < FILTER_KINDS; kind++) {
        all[n++] = of((enum filter_kind)kind, false, "aze", NULL);
        all[n++] = of((enum filter_kind)kind, true, "aze", NULL);
    }
    all[n++] = of(FILTER_ACTOR, false, "aze", "tur");
    ck_assert_uint_eq(n, sizeof all / sizeof *all);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_msg(all[i] != all[k], "%zu and %zu", i, k);
    ck_assert_uint_eq(of(FILTER_ACTOR, false, "aze", "tur"), of(FILTER_ACTOR, false, "tur", "aze"));
}
END_TEST

START_TEST(the_order_of_areas_does_not_matter)
{
    struct query_area box = {.south = 1, .west = 2, .north = 3, .east = 4};
    struct query_area circle = {.is_circle = true, .lat = 1, .lon = 2, .km = 3};
    struct query_area there[] = {box, circle}, back[] = {circle, box};
    struct query q = {.areas = there, .area_count = 2}, r = {.areas = back, .area_count = 2};
    ck_assert_uint_eq(cursor_question(&q), cursor_question(&r));
}
END_TEST

START_TEST(the_order_of_filters_does_not_matter)
{
    str aze = STR("aze"), agree = STR("agree");
    struct filter f[] = {{.kind = FILTER_ACTOR, .values = {&aze, 1}},
                         {.kind = FILTER_TYPE, .values = {&agree, 1}}};
    struct filter g[] = {f[1], f[0]};
    struct query q = {.filters = f, .filter_count = 2}, r = {.filters = g, .filter_count = 2};
    ck_assert_uint_eq(cursor_question(&q), cursor_question(&r));
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("cursor");
    tcase_add_loop_test(t, comes_back_as_it_went, 0, sizeof cursors / sizeof *cursors);
    tcase_add_loop_test(t, no_change_goes_unseen, 0, sizeof cursors / sizeof *cursors);
    tcase_add_test(t, questions_are_told_apart);
    tcase_add_test(t, the_order_of_filters_does_not_matter);
    tcase_add_test(t, the_order_of_areas_does_not_matter);
    Suite *s = suite_create("cursor");
    suite_add_tcase(s, t);
    return check_main(s);
}
