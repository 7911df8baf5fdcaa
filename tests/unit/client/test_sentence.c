/* Sentences around words, and titles made of them. The words stand between < and >. */
#include <string.h>

#include "annals/read/sentence.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "check_main.h"

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
    const char *text;
    const char *sentence;
} rows[] = {
    {"<One> two.", "One two."},
    {"<One>", "One"},
    {"<>", ""},
    {"A be. <One> two. C d.", "One two."},
    {"A be. One <two>. C d.", "One two."},
    {"A be! One <two>? C d.", "One two?"},
    {"A be; One <two>\xE2\x80\xA6 C d.", "One two\xE2\x80\xA6"},
    {"A be.  \n  One\n <two>\nthree. C d.", "One\n two\nthree."},
    {"Title\n\nOne <two>\n\nC d.", "One two"},
    {"Title\n \t\nOne <two>\n\nC d.", "One two"},
    {"In c. <1863> he came.", "In c. 1863 he came."},
    {"Mr J. <Smith> came. He", "Mr J. Smith came."},
    {"The U.S. <Army> came. He", "The U.S. Army came."},
    {"\xCF\x84\xCE\xBF 480 \xCF\x80.\xCE\xA7. \xCE\x9F <\xCE\x9E\xCE\x9E>. \xCE\x97",
     "\xCF\x84\xCE\xBF 480 \xCF\x80.\xCE\xA7. \xCE\x9F \xCE\x9E\xCE\x9E."},
    {"In 1863. <Then> so.", "Then so."},
    {"a. <b>", "a. b"},
    {"A.b<c>d.e F.", "A.bcd.e F."},
    {"<A be. C> de. E", "A be. C de."},
    {"A <be.> C", "A be."},
    {"A be.\n\n  <C>", "C"},
    /* small letters of every alphabet, and letters that are neither small nor large */
    {"З <241> рр. до н. е. І ще. А", "З 241 рр. до н. е. І ще."},
    {"<241> πΧ. το έτος. Και", "241 πΧ. το έτος."},
    {"A be. <č> de. Č e.", "A be. č de."},
    {"A be. <語> d.", "語 d."},
};

/* The text without its marks, and where they stood. */
static str unmark(const char *marked, size_t *from, size_t *to)
{
    str all = str_from(marked);
    *from = str_find(all, '<');
    *to = str_find(all, '>') - 1;
    return arena_printf(arena, "%.*s%.*s%s", (int)*from, marked, (int)(*to - *from),
                        marked + *from + 1, marked + *to + 2);
}

START_TEST(sentences)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t from, to;
        str text = unmark(rows[i].text, &from, &to);
        sentence_around(text, &from, &to);
        str got = str_sub(text, from, to - from);
        ck_assert_msg(str_eq(got, str_from(rows[i].sentence)), "%s gives \"%.*s\"", rows[i].text,
                      STR_ARG(got));
    }
}
END_TEST

/* A title is one line, at most 120 code points long, and has the words in it. */
START_TEST(titles)
{
    static const size_t befores[] = {0, 1, 10, 80, 118, 119, 120, 121, 300, 5000};
    for (size_t i = 0; i < sizeof befores / sizeof *befores; i++) {
        for (size_t j = 0; j < sizeof befores / sizeof *befores; j++) {
            struct buf b;
            buf_init(&b, 100000);
            for (size_t k = 0; k < befores[i]; k++)
                buf_add(&b, k % 7 == 3 ? STR(" ") : STR("\xC9\x99"));
            buf_add(&b, STR(" "));
            size_t from = b.n;
            buf_add(&b, STR("24 March\n2022"));
            size_t to = b.n;
            for (size_t k = 0; k < befores[j]; k++)
                buf_add(&b, k % 9 == 0 ? STR("\n") : STR("x"));
            str title = sentence_title(buf_str(&b), from, to, arena);
            ck_assert(utf8_valid(title));
            ck_assert_uint_le(utf8_count(title), SENTENCE_LONGEST_TITLE);
            ck_assert_msg(str_search(title, STR("24 March 2022"), 0) < title.n, "%zu, %zu: %.*s",
                          befores[i], befores[j], STR_ARG(title));
            ck_assert(str_find(title, '\n') == title.n);
            buf_free(&b);
        }
    }
}
END_TEST

START_TEST(lines)
{
    static const struct {
        const char *words;
        size_t most;
        const char *line;
    } cases[] = {
        {"", 10, ""},
        {" a\t\n b\r\n", 10, "a b"},
        {"a\x01\x7F"
         "b\xC2\x85"
         "c",
         10, "a b c"},
        {"a\xC2\xA0"
         "b",
         10,
         "a\xC2\xA0"
         "b"},
        {"abcdef", 6, "abcdef"},
        {"abcdefg", 6, "abcde\xE2\x80\xA6"},
        {"abcd efg", 6, "abcd\xE2\x80\xA6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str line = sentence_line(str_from(cases[i].words), cases[i].most, arena);
        ck_assert_msg(str_eq(line, str_from(cases[i].line)), "%zu: %.*s", i, STR_ARG(line));
    }
}
END_TEST

CHECK_MAIN_WITH("sentence", set_up, tear_down, sentences, titles, lines)
