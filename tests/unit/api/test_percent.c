#include "api/percent.h"
#include "check_main.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *text;
    enum percent_place place;
    const char *want; /* NULL: refused */
} cases[] = {
    {"", PERCENT_QUERY, ""},
    {"plain", PERCENT_QUERY, "plain"},
    {"a%20b", PERCENT_PATH, "a b"},
    {"a+b", PERCENT_PATH, "a+b"},
    {"a+b", PERCENT_QUERY, "a b"},
    {"a%2Bb", PERCENT_QUERY, "a+b"},
    {"%C5%9Eu%c5%9fa", PERCENT_QUERY, "Şuşa"},
    {"%25", PERCENT_QUERY, "%"},
    {"%2525", PERCENT_QUERY, "%25"},
    {"%", PERCENT_QUERY, NULL},
    {"%2", PERCENT_QUERY, NULL},
    {"%zz", PERCENT_QUERY, NULL},
    {"%2x", PERCENT_PATH, NULL},
    {"a%", PERCENT_PATH, NULL},
    {"%%41", PERCENT_PATH, NULL},
    {"%00", PERCENT_QUERY, NULL},
    {"%0A", PERCENT_QUERY, NULL},
    {"%0d%0aSet-Cookie:", PERCENT_QUERY, NULL},
    {"%7f", PERCENT_QUERY, NULL},
    {"%1b[31m", PERCENT_QUERY, NULL},
    {"%ff", PERCENT_QUERY, NULL},
    {"%C0%AF", PERCENT_PATH, NULL},     /* an overlong slash */
    {"%ED%A0%80", PERCENT_QUERY, NULL}, /* a surrogate */
    {"%C5", PERCENT_QUERY, NULL},
    {"%F5%80%80%80", PERCENT_QUERY, NULL},
};

START_TEST(decodes_strictly)
{
    char out[100];
    size_t n = 0;
    const char *wrong = percent_decode(str_from(cases[_i].text), cases[_i].place, out, &n);
    if (cases[_i].want == NULL) {
        ck_assert_ptr_nonnull(wrong);
        return;
    }
    ck_assert_ptr_null(wrong);
    ck_assert(str_eq((str){out, n}, str_from(cases[_i].want)));
}
END_TEST

START_TEST(encodes_what_it_decodes)
{
    char all[256], back[256];
    size_t n;
    for (int c = 0x20; c < 0x7F; c++)
        all[c - 0x20] = (char)c;
    str whole = {all, 0x7F - 0x20};
    struct buf out;
    buf_init(&out, 1000);
    percent_encode(&out, whole);
    ck_assert_ptr_null(percent_decode(buf_str(&out), PERCENT_QUERY, back, &n));
    ck_assert(str_eq((str){back, n}, whole));
    buf_free(&out);
}
END_TEST

START_TEST(cleans_an_address)
{
    struct buf out;
    buf_init(&out, 1000);
    percent_clean(&out, STR("/a?b=%20&c=\"<\r\n>\xFF|#"));
    ck_assert(str_eq(buf_str(&out), STR("/a?b=%20&c=%22%3C%0D%0A%3E%FF%7C#")));
    buf_free(&out);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("percent");
    tcase_add_loop_test(t, decodes_strictly, 0, sizeof cases / sizeof *cases);
    tcase_add_test(t, encodes_what_it_decodes);
    tcase_add_test(t, cleans_an_address);
    Suite *s = suite_create("percent");
    suite_add_tcase(s, t);
    return check_main(s);
}
