/* Texts that people type, as expressions of full text: never syntax, never a link's word. */
#include <string.h>

#include "check_main.h"
#include "store/link.h"
#include "store/words.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

static const struct {
    const char *text, *words, *phrase;
} cases[] = {
    {"", "", ""},
    {" \t\n ", "", ""},
    {"one", "\"one\"", ""},
    {"One TWO", "\"one\" \"two\"", "\"one two\""},
    {"one one one", "\"one\"", "\"one one one\""},
    {"one\ttwo\nthree", "\"one\" \"two\" \"three\"", "\"one two three\""},
    {"one-two", "\"one two\"", "\"one two\""},
    {"\"one two\" three", "\"one two\" \"three\"", "\"one two three\""},
    {"\"one two", "\"one two\"", "\"one two\""},
    {"\"\" one \"\"", "\"one\"", ""},
    {"\"\"\"\"\"", "", ""},
    {"one*", "\"one\"*", ""},
    {"one* two", "\"one\"* \"two\"", "\"one two\""},
    {"one two*", "\"one\" \"two\"*", "\"one two\"*"},
    {"\"one two\"*", "\"one two\"*", "\"one two\"*"},
    {"\"one two*\"", "\"one two\"*", "\"one two\"*"},
    /* A star that follows no word makes no prefix, neither of the word nor of the phrase. */
    {"one two *", "\"one\" \"two\"", "\"one two\""},
    {"one two\" *", "\"one\" \"two\"", "\"one two\""},
    {"* one two", "\"one\" \"two\"", "\"one two\""},
    {"***", "", ""},
    {"one AND two OR NOT three", "\"one\" \"and\" \"two\" \"or\" \"not\" \"three\"",
     "\"one and two or not three\""},
    {"NEAR(one two, 3)", "\"near one\" \"two\" \"3\"", "\"near one two 3\""},
    {"title:one ^two {a}+b", "\"title one\" \"two\" \"a b\"", "\"title one two a b\""},
    {"one'; DROP TABLE event;--", "\"one\" \"drop\" \"table\" \"event\"",
     "\"one drop table event\""},
    {"Ə ŁÓDŹ", "\"e\" \"lodz\"", "\"e lodz\""},
    /* The words that stand for links cannot be typed, whole or in pieces. */
    {LINK_WORD "12", "\"12\"", ""},
    {"a" LINK_WORD "12", "\"a 12\"", "\"a 12\""},
    {LINK_WORD, "", ""},
    {LINK_WORD LINK_WORD "*", "", ""},
    {"\"" LINK_WORD "1" LINK_WORD "\"*", "\"1\"*", ""},
};

START_TEST(a_text_is_words_and_nothing_else)
{
    str text = str_from(cases[_i].text);
    str words = words_expression(text, arena), phrase = words_phrase(text, arena);
    ck_assert_msg(str_eq(words, str_from(cases[_i].words)), "%.*s", STR_ARG(words));
    ck_assert_msg(str_eq(phrase, str_from(cases[_i].phrase)), "%.*s", STR_ARG(phrase));
}
END_TEST

/* Any bytes of the 64 that matter most, in any order, make no mark of a link. */
START_TEST(no_text_has_the_mark_of_a_link)
{
    static const char *const pieces[] = {LINK_WORD, "\"", "*", " ", "7", "\xEE\x80\x81", "é", "-"};
    char text[64];
    for (unsigned n = 0; n < 4096; n++) {
        text[0] = '\0';
        for (unsigned k = n, i = 0; i < 4; i++, k /= 8)
            strcat(text, pieces[k % 8]);
        str words = words_expression(str_from(text), arena);
        ck_assert(str_search(words, STR(LINK_WORD), 0) == words.n);
        words = words_phrase(str_from(text), arena);
        ck_assert(str_search(words, STR(LINK_WORD), 0) == words.n);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("words");
    TCase *t = tcase_create("words");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, a_text_is_words_and_nothing_else, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(t, no_text_has_the_mark_of_a_link);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return check_main(suite());
}
