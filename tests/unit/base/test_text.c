/* str, num, utf8, nearest and fold. */
#include <stdint.h>

#include "base/fold.h"
#include "base/nearest.h"
#include "base/num.h"
#include "base/str.h"
#include "base/utf8.h"
#include "check_main.h"

START_TEST(strs_are_cut_and_searched)
{
    str head, tail;
    ck_assert(str_cut(STR("a/b/c"), '/', &head, &tail));
    ck_assert(str_eq(head, STR("a")) && str_eq(tail, STR("b/c")));
    ck_assert(!str_cut(STR("abc"), '/', &head, &tail));
    ck_assert(str_eq(head, STR("abc")) && tail.n == 0);
    ck_assert_uint_eq(str_search(STR("abcabc"), STR("ca"), 0), 2);
    ck_assert_uint_eq(str_search(STR("abcabc"), STR("abc"), 1), 3);
    ck_assert_uint_eq(str_search(STR("abc"), STR("x"), 0), 3);
    ck_assert(str_eq(str_trim(STR(" \t a b\n")), STR("a b")));
    ck_assert(str_eq(str_sub(STR("abc"), 5, 1), STR("")));
    ck_assert_int_lt(str_cmp(STR("ab"), STR("abc")), 0);
    ck_assert(str_eq(str_from(NULL), STR("")));
}
END_TEST

START_TEST(numbers_are_exact_or_refused)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-1", true, -1},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"+1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1e3", false, 0},
        {"0x10", false, 0},
        {"1.0", false, 0},
        {"--1", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = 7;
        ck_assert_msg(num_parse_i64(str_from(cases[i].text), &value) == cases[i].good, "%s",
                      cases[i].text);
        ck_assert_int_eq(value, cases[i].good ? cases[i].value : 7);
    }
    int64_t value;
    ck_assert(!num_parse_range(STR("1001"), 1, 1000, &value));
    ck_assert(num_parse_range(STR("1000"), 1, 1000, &value));
}
END_TEST

START_TEST(utf8_is_well_formed_or_found_out)
{
    static const struct {
        const char *text;
        size_t n;
        size_t invalid_at;
    } cases[] = {
        {"abc", 3, 3},
        {"\xc3\xa9", 2, 2},
        {"\xe2\x82\xac", 3, 3},
        {"\xf0\x9f\x98\x80", 4, 4},
        {"a\xc0\x80", 3, 1},        /* an overlong NUL */
        {"\xe0\x80\xaf", 3, 0},     /* overlong */
        {"\xed\xa0\x80", 3, 0},     /* a surrogate */
        {"\xf4\x90\x80\x80", 4, 0}, /* above U+10FFFF */
        {"\xf5\x80\x80\x80", 4, 0},
        {"ab\x80", 3, 2},
        {"\xe2\x82", 2, 0},
        {"x\xff", 2, 1},
        {"a\0b", 3, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_uint_eq(utf8_invalid_at((str){cases[i].text, cases[i].n}), cases[i].invalid_at);
    str text = STR("aé€😀z");
    ck_assert_uint_eq(utf8_count(text), 5);
    ck_assert_uint_eq(utf8_offset(text, 3), 6);
    ck_assert_uint_eq(utf8_offset(text, 9), text.n);
    ck_assert(str_eq(utf8_slice(text, 1, 3), STR("é€")));
    ck_assert(str_eq(utf8_slice(text, 4, 9), STR("z")));
    ck_assert_uint_eq(utf8_slice(text, 3, 3).n, 0);
}
END_TEST

START_TEST(the_nearest_word_is_found)
{
    static const char *const words[] = {"actor", "type", "place", "date"};
    static const struct {
        const char *asked;
        const char *best;
    } cases[] = {
        {"actro", "actor"},  {"typ", "type"}, {"Place", "place"}, {"dat", "date"}, {"zzz", ""},
        {"acttor", "actor"}, {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct nearest n = {.word = str_from(cases[i].asked)};
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            nearest_try(&n, str_from(words[k]));
        ck_assert_msg(str_eq(n.best, str_from(cases[i].best)), "%s gave %.*s", cases[i].asked,
                      STR_ARG(n.best));
    }
}
END_TEST

START_TEST(words_fold_to_what_people_type)
{
    static const struct {
        const char *text;
        const char *folded;
    } cases[] = {
        {"Qarabağ", "qarabag"}, {"Əliyev", "eliyev"},
        {"ŞUŞA", "susa"},       {"Ağdərə", "agdere"},
        {"Łódź", "lodz"},       {"Straße", "strasse"},
        {"Երևան", "երեվան"},    {"Ёлка", "елка"},
        {"ﬁne", "fine"},        {"Ереван", "ереван"},
        {"ԵՐԵՎԱՆ", "երեվան"},   {"İstanbul", "istanbul"},
        {"Ispanak", "ispanak"}, {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out;
        buf_init(&out, 1000);
        fold_append(&out, str_from(cases[i].text));
        ck_assert_msg(str_eq(buf_str(&out), str_from(cases[i].folded)), "%s gave %.*s",
                      cases[i].text, STR_ARG(buf_str(&out)));
        buf_free(&out);
    }
}
END_TEST

CHECK_MAIN("text", strs_are_cut_and_searched, numbers_are_exact_or_refused,
           utf8_is_well_formed_or_found_out, the_nearest_word_is_found,
           words_fold_to_what_people_type)
