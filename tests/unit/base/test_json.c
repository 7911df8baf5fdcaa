/* jout, jscan and jvalue. */
#include <float.h>

#include "base/jout.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "check_main.h"

START_TEST(json_is_written_with_its_commas_and_escapes)
{
    struct buf out;
    struct jout j;
    buf_init(&out, 1000);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_str(&j, "a", STR("x\"\\\n\t\r\x01\x7f/é"));
    jout_key(&j, "b");
    jout_array(&j);
    jout_i64(&j, INT64_MIN);
    jout_null(&j);
    jout_bool(&j, true);
    jout_object(&j);
    jout_object_end(&j);
    jout_array(&j);
    jout_array_end(&j);
    jout_array_end(&j);
    jout_member_str_or_null(&j, "c", STR(""));
    jout_member_str_if(&j, "d", STR(""));
    jout_key(&j, "e");
    jout_f64(&j, 39.76);
    jout_object_end(&j);
    ck_assert_str_eq((buf_add_char(&out, '\0'), out.p),
                     "{\"a\":\"x\\\"\\\\\\n\\t\\r\\u0001\\u007f/é\","
                     "\"b\":[-9223372036854775808,null,true,{},[]],\"c\":null,\"e\":39.76}");
    buf_free(&out);
}
END_TEST

START_TEST(doubles_read_back_the_same)
{
    static const double values[] = {0.1, 1.0 / 3, 46.75, -180, 1e-300, DBL_MAX, 5e-324, 40.017};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct buf out;
        struct jout j;
        buf_init(&out, 100);
        jout_init(&j, &out);
        jout_f64(&j, values[i]);
        buf_add_char(&out, '\0');
        ck_assert(strtod(out.p, NULL) == values[i]);
        buf_free(&out);
    }
}
END_TEST

START_TEST(a_full_buf_says_so_once)
{
    struct buf out;
    buf_init(&out, 4);
    buf_add(&out, STR("abc"));
    ck_assert(!buf_failed(&out));
    buf_add(&out, STR("de"));
    buf_add(&out, STR("f"));
    ck_assert(buf_failed(&out));
    ck_assert(str_eq(buf_str(&out), STR("abc")));
    buf_free(&out);
}
END_TEST

START_TEST(limits_are_seen_before_a_parse)
{
    static const struct {
        const char *text;
        size_t depth, tokens;
        bool within;
    } cases[] = {
        {"[[1]]", 2, 10, true},     {"[[1]]", 1, 10, false},    {"[1,2,3]", 5, 4, true},
        {"[1,2,3]", 5, 3, false},   {"{\"a\":[]}", 2, 3, true}, {"\"[[[[\"", 1, 1, true},
        {"\"\\\"[[\"", 1, 1, true}, {"", 1, 1, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t at;
        ck_assert_msg(jscan_within(str_from(cases[i].text), cases[i].depth, cases[i].tokens, &at) ==
                          cases[i].within,
                      "%s", cases[i].text);
    }
}
END_TEST

START_TEST(pointers_lead_to_lines)
{
    static const char text[] = "{\n  \"a\": [1, {\"b/c\": \"é\"}],\n  \"d\": true\n}";
    static const struct {
        const char *pointer;
        int64_t line, column;
    } cases[] = {
        {"", 1, 1},   {"/a", 2, 8},   {"/a/0", 2, 9}, {"/a/1", 2, 12},    {"/a/1/b~1c", 2, 20},
        {"/d", 3, 8}, {"/a/7", 2, 8}, {"/x", 1, 1},   {"/a/1/zz", 2, 12},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t line, column;
        str s = str_from(text);
        jscan_line(s, jscan_locate(s, str_from(cases[i].pointer)), &line, &column);
        ck_assert_msg(line == cases[i].line && column == cases[i].column, "%s: %lld:%lld",
                      cases[i].pointer, (long long)line, (long long)column);
    }
}
END_TEST

START_TEST(members_come_in_order)
{
    str object = STR("{ \"a\" : {\"x\":[1,2]} ,\"b\":\"q,}\", \"c\":null }"), key, value;
    static const char *const keys[] = {"a", "b", "c"};
    static const char *const values[] = {"{\"x\":[1,2]}", "\"q,}\"", "null"};
    size_t at = 0, n = 0;
    while (jscan_member(object, &at, &key, &value)) {
        ck_assert(str_eq(key, str_from(keys[n])) && str_eq(value, str_from(values[n])));
        n++;
    }
    ck_assert_uint_eq(n, 3);
    at = 0;
    ck_assert(!jscan_member(STR("{}"), &at, &key, &value));
}
END_TEST

START_TEST(values_say_what_they_hold)
{
    static const struct {
        const char *value, *decoded;
        bool says, is_text;
        size_t count;
    } values[] = {
        {"null", "", false, false, 0},
        {"\"\"", "", false, true, 0},
        {"[]", "[]", false, false, 0},
        {"{}", "{}", false, false, 0},
        {"12", "12", true, false, 0},
        {"[1,[2,3],\"a,b\"]", "[1,[2,3],\"a,b\"]", true, false, 3},
        {"\"a\\n\\\"\\\\\\/\\u00e9\"", "a\n\"\\/é", true, true, 0},
        {"\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80", true, true, 0},
        /* half a pair, and NUL */
        {"\"\\ud83dx\"", "\xEF\xBF\xBDx", true, true, 0},
        {"\"\\ud83d\\u0041\"", "\xEF\xBF\xBD\x41", true, true, 0},
        {"\"\\ude00\"", "\xEF\xBF\xBD", true, true, 0},
        {"\"\\u0000\"", "\xEF\xBF\xBD", true, true, 0},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        str value = str_from(values[i].value);
        struct buf text;
        buf_init(&text, 100);
        jvalue_decode(&text, value);
        ck_assert_msg(str_eq(buf_str(&text), str_from(values[i].decoded)), "%s: %.*s",
                      values[i].value, STR_ARG(buf_str(&text)));
        ck_assert_msg(jvalue_says(value) == values[i].says, "%s", values[i].value);
        ck_assert_msg(jvalue_is_text(value) == values[i].is_text, "%s", values[i].value);
        ck_assert_msg(jvalue_count(value) == values[i].count, "%s", values[i].value);
        buf_free(&text);
    }
    ck_assert(!jvalue_says(STR("")));
    ck_assert(str_eq(jvalue_member(STR("{\"a\":{\"b\":1},\"b\":\"x\"}"), "b"), STR("\"x\"")));
    ck_assert(jvalue_member(STR("{\"a\":1}"), "b").n == 0 && jvalue_member(STR("[1]"), "a").n == 0);
    ck_assert(jvalue_is(STR("\"in\""), "in") && !jvalue_is(STR("in"), "in"));
}
END_TEST

CHECK_MAIN("json", json_is_written_with_its_commas_and_escapes, doubles_read_back_the_same,
           a_full_buf_says_so_once, limits_are_seen_before_a_parse, pointers_lead_to_lines,
           members_come_in_order, values_say_what_they_hold)
