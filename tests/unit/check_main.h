/*
 * check_main: the main function of a unit test. A test file defines its tests with START_TEST and
 * lists them: CHECK_MAIN("jscan", first_test, second_test, …); one that needs more (loops, several
 * cases) makes its suite and ends with check_main.
 */
#ifndef ANNALS_TESTS_CHECK_MAIN_H
#define ANNALS_TESTS_CHECK_MAIN_H

#include <check.h>
#include <stddef.h>
#include <stdlib.h>

/* How often chance is tried: a quarter of n under sanitizers, where each try takes ten times as
 * long. */
#ifdef __SANITIZE_ADDRESS__
#define CHECK_ROUNDS(n) ((n) / 4)
#else
#define CHECK_ROUNDS(n) (n)
#endif

/* Runs a suite and answers the exit code of the program. */
static inline int check_main(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Runs the tests under their suite's name; set_up and tear_down run around each and may be NULL. */
static inline int check_main_run(const char *name, const TTest *const *tests, size_t n,
                                 void (*set_up)(void), void (*tear_down)(void))
{
    TCase *all = tcase_create(name);
    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, set_up, tear_down);
    for (size_t i = 0; i < n; i++)
        tcase_add_test(all, tests[i]);
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, all);
    return check_main(suite);
}

#define CHECK_MAIN_WITH(name, set_up, tear_down, ...)                                              \
    int main(void)                                                                                 \
    {                                                                                              \
        const TTest *const tests[] = {__VA_ARGS__};                                                \
        return check_main_run(name, tests, sizeof tests / sizeof tests[0], set_up, tear_down);     \
    }
#define CHECK_MAIN(name, ...) CHECK_MAIN_WITH(name, NULL, NULL, __VA_ARGS__)

/* ck_assert for the inside of long loops: Check writes to a file at each of its own assertions. */
#define ck_hold(condition) ck_hold_msg(condition, "'%s' does not hold", #condition)
#define ck_hold_msg(condition, ...)                                                                \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg(__VA_ARGS__);                                                             \
    } while (0)

#endif
