#include "check_main.h"
#include "render/pretty.h"

#include <stdlib.h>

static const struct {
    const char *json;
    const char *want;
} cases[] = {
    {"{}", "{}\n"},
    {"[]", "[]\n"},
    {"null", "null\n"},
    {"\"a,b:{}\"", "\"a,b:{}\"\n"},
    {"[1,-2.5e3]", "[\n  1,\n  -2.5e3\n]\n"},
    {"{\"a\":{},\"b\":[]}", "{\n  \"a\": {},\n  \"b\": []\n}\n"},
    {"{\"a\":[{\"b\":\"\\\"}\"}]}",
     "{\n  \"a\": [\n    {\n      \"b\": \"\\\"}\"\n    }\n  ]\n}\n"},
};

START_TEST(lays_out)
{
    struct buf out;
    buf_init(&out, 1000);
    pretty_write(&out, str_from(cases[_i].json));
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, cases[_i].want);
    buf_free(&out);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("pretty");
    tcase_add_loop_test(t, lays_out, 0, sizeof cases / sizeof *cases);
    Suite *s = suite_create("pretty");
    suite_add_tcase(s, t);
    return check_main(s);
}
