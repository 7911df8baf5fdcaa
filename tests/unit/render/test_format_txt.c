#include "check_main.h"

#include "drawing_events.h"

#include <string.h>

#include "base/utf8.h"
#include "base/width.h"
#include "render/format.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

/* The page as txt, a C string in the arena. */
static str written(const struct page *page)
{
    struct buf out;
    buf_init(&out, (size_t)1 << 24);
    format_txt(&out, page);
    ck_assert(!buf_failed(&out));
    str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static void check_lines(str text, size_t width)
{
    str line, rest = text;
    ck_assert(utf8_valid(text));
    ck_assert(text.n > 0 && text.p[text.n - 1] == '\n');
    while (rest.n > 0) {
        str_cut(rest, '\n', &line, &rest);
        if (width_columns(line) > width || (line.n > 0 && line.p[line.n - 1] == ' '))
            ck_abort_msg("%zu: \"%.*s\"", width_columns(line), STR_ARG(line));
        /* Nothing is left in it that cleaning would take out, but blanks of the layout. */
        for (size_t at = 0, length; at < line.n; at += length) {
            uint32_t c = width_decode(str_sub(line, at, line.n), &length);
            bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
            bool order = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
                         c == 0x200E || c == 0x200F || c == 0x061C;
            /* An assertion writes to a file each time: too slow for every character. */
            if (control || order)
                ck_abort_msg("U+%04X in %.*s", (unsigned)c, STR_ARG(line));
        }
    }
}

START_TEST(lines_keep_the_width)
{
    static const int widths[] = {0, 40, 57, 80, 120, 400};
    struct page page = drawing_page(arena, (uint64_t)_i + 1, drawing_pages[_i].n,
                                    drawing_pages[_i].first, drawing_pages[_i].years);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        for (int lanes = LANES_AUTO; lanes <= LANES_SOURCE; lanes++) {
            struct page_about about = {.width = widths[i],
                                       .lanes = lanes,
                                       .title = STR("events \x1b]0;owned\x07 of the store"),
                                       .store_title = STR("Annals\x1b[2J"),
                                       .self = STR("/v1/events.txt?limit=1000&width=80&q=long")};
            page.about = &about;
            check_lines(written(&page), widths[i] ? (size_t)widths[i] : 80);
        }
}
END_TEST

/* The title of every event stands in the text. */
START_TEST(every_event_has_its_line)
{
    struct page page = {.items = ARENA_ARRAY(arena, struct page_item, 1000), .n = 1000};
    struct page_about about = {.width = 120};
    uint64_t state = 77;
    for (size_t i = 0; i < page.n; i++)
        page.items[i] = drawing_event(arena, STR("e"), drawing_date(arena, &state, 1846, 5).p,
                                      arena_printf(arena, "<%zu>", i).p, "agree", "{}");
    page.about = &about;
    str text = written(&page);
    size_t lines = 0;
    for (size_t i = 0; i < page.n; i++) {
        str title = arena_printf(arena, " <%zu>", i);
        size_t at = str_search(text, title, 0);
        ck_assert_uint_lt(at, text.n);
        lines++;
    }
    ck_assert_uint_eq(lines, page.n);
}
END_TEST

START_TEST(a_page_is_drawn)
{
    static const char *const dates[] = {
        "2020-09-27/2020-11-10", "2021-01-11", "2021-02~", "2021-03/..", "2021-04-15/", ""};
    static const char *const titles[] = {"A war",        "A statement",  "About February",
                                         "Negotiations", "A deployment", "Talk"};
    struct page page = {
        .items = ARENA_ARRAY(arena, struct page_item, 6), .n = 6, .matched = 6, .version = 3};
    struct page_about about = {.width = 80,
                               .title = STR("events that matter"),
                               .licence = STR("CC0-1.0"),
                               .self = STR("/v1/events.txt")};
    page.about = &about;
    for (size_t i = 0; i < 6; i++)
        page.items[i] = drawing_event(arena, STR("e"), dates[i], titles[i], "agree",
                                      i == 1 ? "{\"disputed\":[\"date\"]}" : "{}");
    static const char want[] =
        "Events that matter\n"
        "27 September 2020 to 15 April 2021 · 6 events\n"
        "────────────────────────────────────────────────────────────────────────────────\n";
    str text = written(&page);
    ck_assert_msg(str_starts(text, str_from(want)), "%s", text.p);
    static const struct {
        const char *begins, *holds, *title;
    } lines[] = {
        {"27 Sep – 10 Nov 2020", "████", "A war"},
        {"11 Jan 2021", "●", "‡ A statement"},
        {"c. Feb 2021", "░░", "About February"},
        {"from Mar 2021", "░", "Negotiations"},
        {"from Mar 2021", "█▶", "Negotiations"},
        {"15 Apr 2021 – ?", "?", "A deployment"},
        {"Undated · 1", "", ""},
        {"  Talk", "", ""},
        {"● ", "   █ certain   ░ possible   ▶ no end   ? not known", ""},
        {"‡ sources disagree", "", ""},
        {"Annals · version 3 · CC0-1.0 · /v1/events.txt", "", ""},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        str line, rest = text;
        bool found = false;
        while (rest.n > 0 && !found) {
            str_cut(rest, '\n', &line, &rest);
            found =
                str_starts(line, str_from(lines[i].begins)) &&
                str_search(line, str_from(lines[i].holds), 0) <= line.n - strlen(lines[i].holds) &&
                str_search(line, str_from(lines[i].title), 0) <= line.n - strlen(lines[i].title);
        }
        ck_assert_msg(found, "%s … %s in:\n%s", lines[i].begins, lines[i].title, text.p);
    }
}
END_TEST

START_TEST(no_events_are_said_to_be_none)
{
    struct page page = {.matched = 0};
    str text = written(&page);
    ck_assert_uint_lt(str_search(text, STR("No event answers this question.\n"), 0), text.n);
    check_lines(text, 80);
}
END_TEST

START_TEST(one_event_is_told_in_full)
{
    static const char document[] =
        "{\"summary\":\"They \\u201cmet\\u201d.\\u001b[31m\",\"participants\":[{\"actor\":\"aze\","
        "\"name\":\"Azerbaijan\",\"role\":\"signatory\"},{\"actor\":\"tur\",\"name\":\"Turkey\","
        "\"role\":null}],\"places\":[{\"place\":\"shusha\",\"name\":\"Shusha\",\"lat\":39.76,"
        "\"lon\":46.75}],\"tags\":[\"alliance\"],\"identifiers\":{\"wikidata\":\"Q1\"},"
        "\"disputed\":[\"date\",\"places\"]}";
    struct page_item item = drawing_event(arena, STR("talks"), "2021-03/2021-05", "Talks",
                                          "consult", document);
    struct page page = {.items = &item, .n = 1, .single = true, .matched = -1};
    str text = written(&page);
    static const char *const lines[] = {
        "Talks\n───",
        "\nThey “met”.\xEF\xBF\xBD[31m\n",
        "\nWhen      March 2021 to May 2021\n",
        "\n          begins between 2021-03-01 and 2021-03-31; ends between 2021-05-01 and",
        "\nType      consult\n",
        "\nWho       Azerbaijan, signatory\n          Turkey\n",
        "\nWhere     Shusha (39.76, 46.75)\n",
        "\nTags      alliance\n",
        "\nIds       wikidata Q1\n",
        "\nSources   gazette\n",
        "\nDisputed  sources disagree on date, places\n",
        "\nId        talks\n",
        "░░█",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(str_search(text, str_from(lines[i]), 0) < text.n, "%s in:\n%s", lines[i],
                      text.p);
    check_lines(text, 80);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("format_txt");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, lines_keep_the_width, 0, DRAWING_PAGES);
    tcase_add_test(t, every_event_has_its_line);
    tcase_add_test(t, a_page_is_drawn);
    tcase_add_test(t, no_events_are_said_to_be_none);
    tcase_add_test(t, one_event_is_told_in_full);
    Suite *s = suite_create("format_txt");
    suite_add_tcase(s, t);
    return check_main(s);
}
