#include "check_main.h"

#include "base/utf8.h"
#include "base/width.h"

static const struct {
    const char *text, *clean;
    size_t columns;
} texts[] = {
    {"", "", 0},
    {"plain", "plain", 5},
    {"  two \t\r\n words  ", "two words", 9},
    {"no\xC2\xA0"
     "break",
     "no break", 8},
    {"a\x1b[31mb", "a\xEF\xBF\xBD[31mb", 7},
    {"c1 \xC2\x9B"
     "2J",
     "c1 \xEF\xBF\xBD"
     "2J",
     6},
    {"del\x7F", "del\xEF\xBF\xBD", 4},
    {"bidi \xE2\x80\xAE"
     "abc\xE2\x80\xAC \xE2\x81\xA6x\xE2\x81\xA9",
     "bidi abc x", 10},
    {"soft\xC2\xADhyphen", "softhyphen", 10},
    {"zero\xE2\x80\x8Bwidth", "zerowidth", 9},
    {"lines\xE2\x80\xA8"
     "apart",
     "lines apart", 11},
    {"tag\xF3\xA0\x81\x81", "tag", 3},
    {"bad \xFF\xC0\xAF", "bad \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 7},
    {"half \xE2\x82", "half \xEF\xBF\xBD\xEF\xBF\xBD", 7},
    {"non \xEF\xBF\xBE", "non \xEF\xBF\xBD", 5},
    {"京都", "京都", 4},
    {"e\xCC\x81", "e\xCC\x81", 1},
    {"e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81",
     "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81", 1},
    {"القدس", "القدس", 5},
};

START_TEST(text_is_cleaned_and_measured)
{
    struct arena *a = arena_new();
    str clean = width_clean_copy(str_from(texts[_i].text), a);
    ck_assert_str_eq(clean.p, texts[_i].clean);
    ck_assert(utf8_valid(clean));
    ck_assert_uint_eq(width_columns(clean), texts[_i].columns);
    arena_free(a);
}
END_TEST

static const struct {
    const char *text;
    size_t columns;
    const char *cut;
} cuts[] = {
    {"Shusha", 6, "Shusha"},
    {"Shusha", 5, "Shus…"},
    {"Shusha", 1, "…"},
    {"Shusha", 0, ""},
    {"京都府", 6, "京都府"},
    {"京都府", 5, "京都…"},
    {"京都府", 4, "京…"},
    {"two words", 5, "two…"},
    {"e\xCC\x81t\xCC\x81", 2, "e\xCC\x81t\xCC\x81"},
};

START_TEST(text_is_cut_at_columns)
{
    struct buf out;
    buf_init(&out, 1000);
    size_t taken = width_add(&out, str_from(cuts[_i].text), cuts[_i].columns);
    ck_assert_uint_eq(taken, width_columns(buf_str(&out)));
    ck_assert_uint_le(taken, cuts[_i].columns);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, cuts[_i].cut);
    buf_clear(&out);
    width_add_padded(&out, str_from(cuts[_i].text), cuts[_i].columns);
    ck_assert_uint_eq(width_columns(buf_str(&out)), cuts[_i].columns);
    buf_free(&out);
}
END_TEST

START_TEST(lines_end_at_blanks)
{
    static const char *const lines[] = {"one two", "three",    "incredib",
                                        "ly long", "京都府京", "都"};
    str rest = STR("one two three incredibly long 京都府京都");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        str line = width_line(rest, 8, &rest);
        ck_assert_msg(str_eq(line, str_from(lines[i])), "%.*s", STR_ARG(line));
    }
    ck_assert_uint_eq(rest.n, 0);
    /* A letter wider than the line is taken all the same. */
    rest = STR("京都");
    ck_assert(str_eq(width_line(rest, 1, &rest), STR("京")));
    ck_assert(str_eq(rest, STR("都")));
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("width");
    tcase_add_loop_test(t, text_is_cleaned_and_measured, 0, sizeof texts / sizeof *texts);
    tcase_add_loop_test(t, text_is_cut_at_columns, 0, sizeof cuts / sizeof *cuts);
    tcase_add_test(t, lines_end_at_blanks);
    Suite *s = suite_create("width");
    suite_add_tcase(s, t);
    return check_main(s);
}
