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

START_TEST(questions_are_told_apart)
{
    struct query none = {0}, by_title = {.sort = SORT_TITLE}, words = {.text = STR("a")};
    struct query dated = {.date = {.text = STR("2021")}};
    const uint64_t all[] = {
        cursor_question(&none),
        cursor_question(&by_title),
        cursor_question(&words),
        cursor_question(&dated),
        of(FILTER_ACTOR, false, "aze", NULL),
        of(FILTER_ACTOR, true, "aze", NULL),
        of(FILTER_PLACE, false, "aze", NULL),
        of(FILTER_ACTOR, false, "aze", "tur"),
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_uint_ne(all[i], all[k]);
    ck_assert_uint_eq(of(FILTER_ACTOR, false, "aze", "tur"), of(FILTER_ACTOR, false, "tur", "aze"));
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
    Suite *s = suite_create("cursor");
    suite_add_tcase(s, t);
    return check_main(s);
}
