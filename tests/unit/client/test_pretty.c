/* JSON laid out, and text encoded for an address. */

#include "annals/http.h"
#include "annals/pretty.h"
#include "check_main.h"

static const struct {
    const char *json;
    const char *laid_out;
} layouts[] = {
    {"1", "1"},
    {"\"a, b: {c}\"", "\"a, b: {c}\""},
    {"{}", "{}"},
    {" [ ] ", "[]"},
    {"[1,2]", "[\n  1,\n  2\n]"},
    {"{\"a\":[],\"b\":{\"c\":null}}", "{\n  \"a\": [],\n  \"b\": {\n    \"c\": null\n  }\n}"},
    {"[\"\\\"]\",-1.50e3]", "[\n  \"\\\"]\",\n  -1.50e3\n]"},
    {"[[],[[]]]", "[\n  [],\n  [\n    []\n  ]\n]"},
};

START_TEST(layout)
{
    struct buf out;
    buf_init(&out, 4096);
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        buf_clear(&out);
        pretty_append(&out, str_from(layouts[i].json));
        buf_add_char(&out, '\0');
        ck_assert_str_eq(out.p, layouts[i].laid_out);
    }
    buf_free(&out);
}
END_TEST

static const struct {
    const char *text;
    const char *encoded;
} encodings[] = {
    {"actor", "actor"},
    {"iso3166:AZ,arm", "iso3166:AZ,arm"},
    {"2021-06/..", "2021-06/.."},
    {"a b&c=d#e?f+g%h", "a%20b%26c%3Dd%23e%3Ff%2Bg%25h"},
    {"ə", "%C9%99"},
    {"\"x\"*\n", "%22x%22%2A%0A"},
};

START_TEST(encoding)
{
    struct buf out;
    buf_init(&out, 4096);
    for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
        buf_clear(&out);
        http_encode(&out, str_from(encodings[i].text));
        buf_add_char(&out, '\0');
        ck_assert_str_eq(out.p, encodings[i].encoded);
    }
    buf_free(&out);
}
END_TEST

CHECK_MAIN("pretty", layout, encoding)
