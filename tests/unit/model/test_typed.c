/* What is typed into a search, in parts. */
#include "check_main.h"
#include "model/typed.h"

static const struct {
    const char *text;
    struct {
        const char *text;
        bool prefix;
    } parts[4]; /* up to the first without a text */
} rows[] = {
    {"", {{NULL, false}}},
    {" ", {{"", false}}},
    {"one", {{"one", false}}},
    {"one*", {{"one*", true}}},
    {"one two*", {{"one", false}, {"two*", true}}},
    {"one\ttwo\nthree", {{"one", false}, {"two", false}, {"three", false}}},
    {"\"one two\" three", {{"one two", false}, {"", false}, {"three", false}}},
    {"\"one two\"", {{"one two", false}}},
    {"\"one two\"*", {{"one two", true}, {"*", true}}},
    {"\"one two*\"", {{"one two*", true}}},
    {"\"one two", {{"one two", false}}},
    {"one\"two three\"", {{"one", false}, {"two three", false}}},
    {"one\"*", {{"one", false}, {"*", true}}},
    {"\"", {{"", false}}},
    {"\"\"", {{"", false}}},
};

START_TEST(a_text_comes_in_parts)
{
    struct typed_part part;
    str rest = str_from(rows[_i].text);
    size_t n = 0;
    for (; typed_next(&rest, &part); n++) {
        ck_assert_uint_lt(n, 4);
        ck_assert_msg(rows[_i].parts[n].text != NULL, "a part too many: %.*s", STR_ARG(part.text));
        ck_assert_msg(str_eq(part.text, str_from(rows[_i].parts[n].text)), "%.*s",
                      STR_ARG(part.text));
        ck_assert_int_eq(part.prefix, rows[_i].parts[n].prefix);
    }
    ck_assert(n == 4 || rows[_i].parts[n].text == NULL);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("typed");
    tcase_add_loop_test(all, a_text_comes_in_parts, 0, sizeof rows / sizeof rows[0]);
    Suite *suite = suite_create("typed");
    suite_add_tcase(suite, all);
    return check_main(suite);
}
