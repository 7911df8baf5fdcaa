/* Citations as bibliographies take them. */
#include "check_main.h"
#include "render/citation.h"

static struct citation plain(void)
{
    return (struct citation){.title = STR("Events in 2021"),
                             .store_title = STR("A store"),
                             .link = STR("https://x/v1/events?date=2021&as_of=7"),
                             .version = 7,
                             .has_recorded = true,
                             .recorded = {2026, 11, 24},
                             .accessed = {2036, 1, 2},
                             .matched = 12,
                             .fingerprint = STR("sha-256:0123456789abcdef")};
}

static void assert_written(void (*write)(struct buf *, const struct citation *),
                           const struct citation *c, const char *wanted)
{
    struct buf out;
    buf_init(&out, 8192);
    write(&out, c);
    ck_assert_msg(str_eq(buf_str(&out), str_from(wanted)), "%.*s", STR_ARG(buf_str(&out)));
    buf_free(&out);
}

START_TEST(a_question)
{
    struct citation c = plain();
    assert_written(citation_bibtex, &c,
                   "@misc{annals-v7-01234567,\n  title = {Events in 2021},\n"
                   "  howpublished = {A store},\n  year = {2026},\n  month = {11},\n"
                   "  version = {7},\n  url = {https://x/v1/events?date=2021&as_of=7},\n"
                   "  urldate = {2036-01-02},\n  note = {Version 7, recorded 24 November 2026; "
                   "12 events; sha-256:0123456789abcdef}\n}\n");
    assert_written(citation_text, &c,
                   "A store: \"Events in 2021\". Version 7 of 24 November 2026, 12 events. "
                   "https://x/v1/events?date=2021&as_of=7 (read 2 January 2036), "
                   "sha-256:0123456789abcdef.");
    assert_written(citation_csl, &c,
                   "{\"id\":\"annals-v7-01234567\",\"type\":\"dataset\",\"title\":\"Events in "
                   "2021\",\"publisher\":\"A store\",\"version\":\"7\",\"issued\":{\"date-parts\":"
                   "[[2026,11,24]]},\"accessed\":{\"date-parts\":[[2036,1,2]]},\"URL\":"
                   "\"https://x/v1/events?date=2021&as_of=7\",\"medium\":\"data set\",\"note\":"
                   "\"Version 7, recorded 24 November 2026; 12 events; "
                   "sha-256:0123456789abcdef\"}");
}
END_TEST

START_TEST(an_event_with_its_sources)
{
    static const struct citation_source sources[] = {
        {.id = STR_INIT("a"),
         .title = STR_INIT("One & two"),
         .publisher = STR_INIT("P"),
         .published = STR_INIT("2022-05~")},
        {.id = STR_INIT("b")},
        {.id = STR_INIT("c"), .title = STR_INIT("C"), .published = STR_INIT("2020")},
    };
    struct citation c = plain();
    c.event = true;
    c.matched = 1;
    c.sources = sources;
    c.source_count = 3;
    c.licence = STR("CC0");
    assert_written(citation_text, &c,
                   "A store: \"Events in 2021\". Version 7 of 24 November 2026, CC0. "
                   "https://x/v1/events?date=2021&as_of=7 (read 2 January 2036), "
                   "sha-256:0123456789abcdef. Told by: One & two (P, c. May 2022); b; C (2020).");
}
END_TEST

static const struct {
    const char *title, *escaped;
} titles[] = {
    {"50 % & more", "50 \\% \\& more"},
    {"$_#{}", "\\$\\_\\#\\textbraceleft{}\\textbraceright{}"},
    {"a\\b~c^d", "a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d"},
    {" two\n\tlines ", "two lines"},
    {"Ünïcode Шуша", "Ünïcode Шуша"},
    {"}\n@misc{x, title = {y",
     "\\textbraceright{} @misc\\textbraceleft{}x, title = \\textbraceleft{}y"},
};

START_TEST(latex_takes_nothing_for_a_command)
{
    struct citation c = plain();
    struct buf out, wanted;
    c.title = str_from(titles[_i].title);
    c.has_recorded = false;
    buf_init(&out, 8192);
    buf_init(&wanted, 8192);
    citation_bibtex(&out, &c);
    buf_printf(&wanted, "@misc{annals-v7-01234567,\n  title = {%s},\n", titles[_i].escaped);
    ck_assert_msg(str_starts(buf_str(&out), buf_str(&wanted)), "%.*s", STR_ARG(buf_str(&out)));
    ck_assert_uint_eq(str_search(buf_str(&out), STR("year"), 0), out.n);
    buf_free(&out);
    buf_free(&wanted);
}
END_TEST

START_TEST(days_of_instants)
{
    struct citation_day d = citation_day_of(INT64_C(1795669332950811));
    ck_assert_int_eq(d.year, 2026);
    ck_assert_int_eq(d.month, 11);
    ck_assert_int_eq(d.day, 26);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("citation");
    tcase_add_test(t, a_question);
    tcase_add_test(t, an_event_with_its_sources);
    tcase_add_loop_test(t, latex_takes_nothing_for_a_command, 0, sizeof titles / sizeof *titles);
    tcase_add_test(t, days_of_instants);
    Suite *s = suite_create("citation");
    suite_add_tcase(s, t);
    return check_main(s);
}
