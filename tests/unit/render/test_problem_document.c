#include "check_main.h"
#include "render/problem_document.h"

#include <stdlib.h>
#include <string.h>

START_TEST(says_all_that_is_wrong)
{
    struct arena *a = arena_new();
    struct problems all;
    problem_init(&all, a);
    struct problem *p = problem_add(&all, PROBLEM_PARAMETER, STR("date"), STR("2021-13"), "no");
    problem_hint(&all, p, "yes");
    p = problem_add(&all, PROBLEM_POINTER, STR("/1/source/id"), STR(""), "twice");
    p->line = 3;
    problem_add_line(&all, 4, 5, "broken");
    struct err e;
    err_set(&e, ERR_BAD_PARAMETER, "three");
    struct buf out;
    buf_init(&out, 4000);
    problem_document_write(&out, &e, STR("/v1"), &all);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(
        out.p, "{\"type\":\"/docs#bad-parameter\",\"title\":\"A parameter is not understood\","
               "\"status\":400,\"detail\":\"three\",\"instance\":\"/v1\",\"errors\":["
               "{\"parameter\":\"date\",\"value\":\"2021-13\",\"detail\":\"no\",\"hint\":\"yes\"},"
               "{\"pointer\":\"/1/source/id\",\"line\":3,\"detail\":\"twice\"},"
               "{\"line\":4,\"column\":5,\"detail\":\"broken\"}]}");
    buf_free(&out);
    arena_free(a);
}
END_TEST

START_TEST(counts_what_was_not_kept)
{
    struct arena *a = arena_new();
    struct problems all;
    problem_init(&all, a);
    for (int i = 0; i < PROBLEM_KEPT + 3; i++)
        problem_add(&all, PROBLEM_PARAMETER, STR("q"), STR(""), "no");
    struct err e;
    err_set(&e, ERR_BAD_PARAMETER, "many");
    struct buf out;
    buf_init(&out, 100000);
    problem_document_write(&out, &e, STR(""), &all);
    ck_assert(str_ends(buf_str(&out), STR("],\"more\":3}")));
    buf_free(&out);
    arena_free(a);
}
END_TEST

START_TEST(a_detail_that_was_cut_is_still_utf8)
{
    struct err e;
    char words[1000] = "x";
    for (int i = 0; i < 300; i++)
        strcat(words, "ə");
    err_set(&e, ERR_NOT_FOUND, "%s", words);
    struct buf out;
    buf_init(&out, 4000);
    problem_document_write(&out, &e, STR("/"), NULL);
    ck_assert(str_search(buf_str(&out), STR("əə\",\"instance\""), 0) < out.n);
    buf_free(&out);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("problem_document");
    tcase_add_test(t, says_all_that_is_wrong);
    tcase_add_test(t, counts_what_was_not_kept);
    tcase_add_test(t, a_detail_that_was_cut_is_still_utf8);
    Suite *s = suite_create("problem_document");
    suite_add_tcase(s, t);
    return check_main(s);
}
