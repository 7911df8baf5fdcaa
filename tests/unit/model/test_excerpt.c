/* Excerpts: rows of (what was typed, a text, what is shown of it, with its marks in brackets). */
#include "model/excerpt.h"

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

static bool find(str typed, str text, struct excerpt *out)
{
    struct excerpt_words words;
    excerpt_words_read(typed, arena, &words);
    return excerpt_find(&words, text, arena, out);
}

/* The excerpt with [ and ] around its marks. */
static str bracketed(const struct excerpt *e)
{
    struct buf out;
    size_t at = 0;
    buf_init(&out, 65536);
    for (size_t i = 0; i < e->mark_count; i++) {
        ck_assert_uint_lt(e->marks[i].start, e->marks[i].end);
        ck_assert(i == 0 || e->marks[i - 1].end <= e->marks[i].start);
        buf_add(&out, utf8_slice(e->text, at, e->marks[i].start));
        buf_add_char(&out, '[');
        buf_add(&out, utf8_slice(e->text, e->marks[i].start, e->marks[i].end));
        buf_add_char(&out, ']');
        at = e->marks[i].end;
    }
    buf_add(&out, utf8_slice(e->text, at, utf8_count(e->text)));
    str copy = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return copy;
}

static const struct {
    const char *typed, *text;
    const char *shown; /* NULL: nothing is found */
} rows[] = {
    {"gate", "The council closes the north gate", "The council closes the north [gate]"},
    {"GATE", "The gate, a Gate", "The [gate], a [Gate]"},
    {"gat", "The gate", NULL},
    {"gat*", "The gate and the gatekeeper", "The [gate] and the [gatekeeper]"},
    {"north gate", "gate of the north", "[gate] of the [north]"},
    {"\"north gate\"", "north gate, gate north", "[north gate], gate north"},
    {"\"north gate\"", "The north-gate", "The [north-gate]"},
    {"north-gate", "The North Gate; the gate", "The [North Gate]; the gate"},
    {"\"north ga*\"", "north gates", "[north gates]"},
    {"\"north ga\"*", "north gates", "[north gates]"},
    {"\"closed the\" \"the north\"", "closed the north", "[closed the north]"},
    {"\"unclosed quote", "an unclosed quote here", "an [unclosed quote] here"},
    /* scripts, marks and the letters that people type for others */
    {"сентябрь", "В СЕНТЯБРЕ, сентябрь", "В СЕНТЯБРЕ, [сентябрь]"},
    {"фаррух*", "Село Фаррухское", "Село [Фаррухское]"},
    {"елка", "Ёлка", "[Ёлка]"},
    {"արցախ", "ԱՐՑԱԽ և Ղարաբաղ", "[ԱՐՑԱԽ] և Ղարաբաղ"},
    {"ղարաբաղ", "Լեռնային Ղարաբաղի, Ղարաբաղ", "Լեռնային Ղարաբաղի, [Ղարաբաղ]"},
    {"երեվան", "Երևան", "[Երևան]"},
    {"azerbaycan", "Azərbaycan Respublikası", "[Azərbaycan] Respublikası"},
    {"respublikasi", "Azərbaycan Respublikası", "Azərbaycan [Respublikası]"},
    {"Azərbaycan", "AZERBAYCAN", "[AZERBAYCAN]"},
    {"senkoy", "Treaty of Şenköy", "Treaty of [Şenköy]"},
    {"senkoy", "Treaty of S\u0327enko\u0308y.", "Treaty of [S\u0327enko\u0308y]."},
    {"Strasse", "Die Straße", "Die [Straße]"},
    {"ﬁre", "a fire, a ﬁre", "a [fire], a [ﬁre]"},
    {"1", "½ of it", "[½] of it"},
    {"annalstm", "Annals™", "[Annals™]"},
    {"停火", "停火 协议", "[停火] 协议"},
    {"ate", "a😀ate😀", "a😀[ate]😀"},
    /* what looks like syntax is none */
    {"NEAR", "near and far", "[near] and far"},
    {"a OR b", "b, or a", "[b], [or] [a]"},
    {"title:gate", "the title: gate", "the [title: gate]"},
    {"^gate", "the gate", "the [gate]"},
    {"*", "the * gate", NULL},
    {"\"\"", "the gate", NULL},
    {"", "the gate", NULL},
    {"gate", "", NULL},
    /* line breaks are blanks */
    {"gate", "the\r\ngate\tis", "the  [gate] is"},
};

START_TEST(short_texts)
{
    struct excerpt e;
    bool found = find(str_from(rows[_i].typed), str_from(rows[_i].text), &e);
    ck_assert_msg(found == (rows[_i].shown != NULL), "%s in %s", rows[_i].typed, rows[_i].text);
    if (!found)
        return;
    str shown = bracketed(&e);
    ck_assert_msg(str_eq(shown, str_from(rows[_i].shown)), "%s in %s: %.*s", rows[_i].typed,
                  rows[_i].text, STR_ARG(shown));
}
END_TEST

/* A text of n times `filler` with `words` after so many of them. */
static str long_text(const char *filler, size_t n, size_t at, const char *words)
{
    struct buf out;
    buf_init(&out, 64u << 20);
    for (size_t i = 0; i < n; i++) {
        if (i == at)
            buf_add(&out, str_from(words));
        buf_add(&out, str_from(filler));
    }
    str copy = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return copy;
}

START_TEST(long_texts_are_cut_at_words)
{
    struct excerpt e;
    for (size_t at = 0; at < 400; at++) {
        ck_assert(find(STR("needle"), long_text("ворота ", 400, at, "Needle, "), &e));
        ck_assert_uint_le(utf8_count(e.text), EXCERPT_POINTS + 2);
        ck_assert_uint_gt(utf8_count(e.text), EXCERPT_POINTS - 20);
        ck_assert_uint_eq(e.mark_count, 1);
        ck_assert(str_eq(utf8_slice(e.text, e.marks[0].start, e.marks[0].end), STR("Needle")));
        str inner = e.text;
        if (str_starts(inner, STR("…")))
            inner = str_sub(inner, sizeof "…" - 1, inner.n);
        ck_assert(str_starts(inner, STR("ворота ")) || str_starts(inner, STR("Needle,")));
        ck_assert(str_ends(e.text, STR("ворота…")) || str_ends(e.text, STR("ворота ")) ||
                  str_ends(e.text, STR("Needle…")));
    }
}
END_TEST

START_TEST(the_place_with_most_words_is_shown)
{
    struct excerpt e;
    str text = arena_printf(arena, "gate %.*s north gate %.*s north",
                            STR_ARG(long_text("filler ", 60, 60, "")),
                            STR_ARG(long_text("filler ", 60, 60, "")));
    ck_assert(find(STR("gate north"), text, &e));
    ck_assert_int_eq(e.found, 2);
    ck_assert_uint_eq(e.mark_count, 2);
    ck_assert(str_starts(e.text, STR("…filler")));
    ck_assert(str_search(e.text, STR("north gate"), 0) < e.text.n);
}
END_TEST

START_TEST(hostile_sizes_are_bounded)
{
    struct excerpt e;
    /* beyond what is looked at */
    ck_assert(!find(STR("needle"), long_text("x ", 100000, 99999, "needle "), &e));
    ck_assert(find(STR("needle"), long_text("x ", 4000000, 10, "needle "), &e));
    ck_assert(str_ends(e.text, STR("…")));
    /* one word without an end, and one that is cut between its bytes */
    ck_assert(find(STR("ж*"), long_text("ж", 300000, 0, ""), &e));
    ck_assert(utf8_valid(e.text));
    ck_assert_uint_le(utf8_count(e.text), EXCERPT_POINTS + 2);
    ck_assert_uint_eq(e.mark_count, 1);
    ck_assert(find(STR("ﷺ"), long_text("ﷺ ", 20000, 0, ""), &e));
    /* very many hits, very many phrases, a very long one */
    ck_assert(find(STR("x"), long_text("x ", 100000, 0, ""), &e));
    ck_assert_uint_eq(e.mark_count, EXCERPT_MOST_MARKS);
    ck_assert(find(long_text("a b c ", 1000, 0, ""), long_text("c b a ", 10000, 0, ""), &e));
    str phrase = long_text("a ", 1000, 0, "");
    ck_assert(find(arena_printf(arena, "\"%.*s\"", STR_ARG(phrase)), phrase, &e));
    ck_assert(find(long_text("\"", 4001, 4000, "gate "), STR("gate"), &e));
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("excerpt");
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, short_texts, 0, sizeof rows / sizeof rows[0]);
    tcase_add_test(all, long_texts_are_cut_at_words);
    tcase_add_test(all, the_place_with_most_words_is_shown);
    tcase_add_test(all, hostile_sizes_are_bounded);
    Suite *suite = suite_create("excerpt");
    suite_add_tcase(suite, all);
    return check_main(suite);
}
