/* The reference of the interface names everything that the tables hold. */
#include <stdio.h>
#include <stdlib.h>

#include "api/parameter.h"
#include "api/route.h"
#include "base/err.h"
#include "check_main.h"
#include "render/format.h"

#define REFERENCE TESTS "/../docs/reference/http-api.md"

static struct buf text;

static void read_reference(void)
{
    char block[4096];
    FILE *f = fopen(REFERENCE, "r");
    ck_assert_ptr_nonnull(f);
    buf_init(&text, 1 << 20);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(&text, (str){block, n});
    fclose(f);
}

static void forget_reference(void)
{
    buf_free(&text);
}

/* As code: between backquotes. */
static void assert_named(const char *before, const char *name, const char *after)
{
    char quoted[200];
    snprintf(quoted, sizeof quoted, "%s%s%s", before, name, after);
    ck_assert_msg(str_search(buf_str(&text), str_from(quoted), 0) < text.n,
                  "docs/reference/http-api.md does not name %s", quoted);
}

START_TEST(names_every_route)
{
    size_t n;
    const struct route *table = route_table(&n);
    for (size_t i = 0; i < n; i++)
        assert_named("`", table[i].path, "`");
}
END_TEST

START_TEST(names_every_parameter)
{
    for (unsigned p = 0; p < PARAMETERS; p++)
        assert_named("`", parameter_name((enum parameter)p), "`");
    for (unsigned kind = 0; kind < ITEM_KINDS; kind++) {
        size_t n;
        const char *const *terms = store_item_terms((enum item_kind)kind, &n);
        for (size_t i = 0; i < n; i++)
            assert_named("`", terms[i], "`");
    }
}
END_TEST

START_TEST(names_every_format_and_column)
{
    for (unsigned f = 0; f < FORMATS; f++)
        assert_named("`", format_name((enum format)f).p, "`");
    for (size_t i = 0; format_csv_columns[i] != NULL; i++)
        assert_named("`", format_csv_columns[i], "`");
}
END_TEST

START_TEST(names_every_problem)
{
    for (unsigned code = ERR_NONE + 1; code <= ERR_DEADLINE; code++)
        assert_named("`", err_slug((enum err_code)code), "`");
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("reference");
    tcase_add_unchecked_fixture(t, read_reference, forget_reference);
    tcase_add_test(t, names_every_route);
    tcase_add_test(t, names_every_parameter);
    tcase_add_test(t, names_every_format_and_column);
    tcase_add_test(t, names_every_problem);
    Suite *s = suite_create("reference");
    suite_add_tcase(s, t);
    return check_main(s);
}
