#include "check_main.h"

#include "drawing_events.h"

#include <stdio.h>

#include "render/axis_write.h"
#include "render/drawing.h"

static const struct drawing_options svg_like = {LANES_TYPE, 12, false};
static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

/* A page of events of these dates, all of one type. */
static struct page page_of(const char *const *dates, size_t n)
{
    struct page page = {.items = ARENA_ARRAY(arena, struct page_item, n), .n = n, .matched = -1};
    for (size_t i = 0; i < n; i++)
        page.items[i] = drawing_event(arena, STR("e"), dates[i], "E", "agree", "{}");
    return page;
}

static struct window window_of(const char *date)
{
    struct edtf value;
    struct edtf_error error;
    ck_assert(edtf_parse(str_from(date), &value, &error));
    return (struct window){value.bounds.earliest, value.bounds.latest};
}

/* One date in a window: shares of it in percent. -1: none. */
static const struct {
    const char *window, *date;
    enum drawing_fate fate;
    int from, to, sure_from, sure_to;
    const char *flags; /* [ and ] open, { and } unknown, < and > beyond, ~ rough */
} cases[] = {
    {"2001/2010", "2006-01-01", DRAWING_SHOWN, 50, 50, -1, -1, ""},
    {"2001/2010", "2006", DRAWING_SHOWN, 50, 60, -1, -1, ""},
    {"2001/2010", "2006~", DRAWING_SHOWN, 50, 60, -1, -1, "~"},
    {"2001/2010", "2003-01-01/2005-12-31", DRAWING_SHOWN, 20, 50, 20, 50, ""},
    {"2001/2010", "2003/2005", DRAWING_SHOWN, 20, 50, 30, 40, ""},
    {"2001/2010", "2003/2004", DRAWING_SHOWN, 20, 40, 30, 30, ""},
    {"2001/2010", "2006-01-01/..", DRAWING_SHOWN, 50, 100, 50, 100, "]"},
    {"2001/2010", "../2005-12-31", DRAWING_SHOWN, 0, 50, 0, 50, "["},
    {"2001/2010", "2006-01-01/", DRAWING_SHOWN, 50, 100, -1, -1, "}"},
    {"2001/2010", "/2005-12-31", DRAWING_SHOWN, 0, 50, -1, -1, "{"},
    {"2001/2010", "1990-01-01/2030-01-01", DRAWING_SHOWN, 0, 100, 0, 100, "<>"},
    {"2001/2010", "2006-01-01/2030-01-01", DRAWING_SHOWN, 50, 100, 50, 100, ">"},
    {"2001/2010", "{2003-01-01, 2005-12-31}", DRAWING_SHOWN, 20, 50, -1, -1, ""},
    {"2001/2010", "20XX", DRAWING_WIDE, 0, 100, -1, -1, "<>"},
    {"2001/2010", "../..", DRAWING_SHOWN, 0, 100, 0, 100, "[]"},
    {"2001/2010", "1999", DRAWING_OUTSIDE, 0, 0, -1, -1, "<"},
    {"2001/2010", "2011", DRAWING_OUTSIDE, 100, 100, -1, -1, ">"},
    {"2001/2010", "", DRAWING_UNDATED, 0, 0, -1, -1, ""},
    {"2021-03-15", "2021-03-15T12:00:00", DRAWING_SHOWN, 50, 50, -1, -1, ""},
    {"2021-03-15/2021-03-16", "2021-03-16", DRAWING_SHOWN, 50, 100, -1, -1, ""},
};

static int percent(double share)
{
    return (int)(share * 100 + 0.5);
}

START_TEST(dates_have_their_place)
{
    const char *const dates[] = {cases[_i].date, cases[_i].window};
    struct page page = page_of(dates, 2);
    struct page_about about = {.has_window = true, .window = window_of(cases[_i].window)};
    struct drawing d;
    page.about = &about;
    drawing_make(&page, &svg_like, arena, &d);
    const struct drawing_mark *m = &d.marks[0];
    ck_assert_int_eq(m->fate, cases[_i].fate);
    ck_assert_int_eq(percent(m->from), cases[_i].from);
    ck_assert_int_eq(percent(m->to), cases[_i].to);
    ck_assert_int_eq(m->sure ? percent(m->sure_from) : -1, cases[_i].sure_from);
    ck_assert_int_eq(m->sure ? percent(m->sure_to) : -1, cases[_i].sure_to);
    char flags[8] = "";
    snprintf(flags, sizeof flags, "%s%s%s%s%s%s%s", m->open_start ? "[" : "",
             m->open_end ? "]" : "", m->unknown_start ? "{" : "", m->unknown_end ? "}" : "",
             m->before ? "<" : "", m->after ? ">" : "", m->rough ? "~" : "");
    ck_assert_str_eq(flags, cases[_i].flags);
}
END_TEST

/* What the picture shows where nobody asked for a window. */
static const struct {
    const char *dates[24];
    size_t n;
    const char *range; /* empty: no axis */
} ranges[] = {
    {{"2021-06-15"}, 1, "15 June 2021"},
    {{"2021-06-15", "2021-06-20"}, 2, "15 to 20 June 2021"},
    {{"1939-09-01/1945-05-08"}, 1, "September 1939 to May 1945"},
    {{""}, 1, ""},
    {{"../.."}, 1, ""},
    {{"2021/.."}, 1, "2021"},
    /* A century among days is no part of it. */
    {{"2021-06-15", "2021-06-20", "2021-06-30", "20XX"}, 4, "15 to 30 June 2021"},
    /* A long war, known to the day, is. */
    {{"1939-09-02", "1939-09-03", "1939-09-01/1945-05-08"}, 3, "September 1939 to May 1945"},
    /* One of twenty, far away, is not. */
    {{"1900",       "2021-01-01", "2021-01-02", "2021-01-03", "2021-01-04",
      "2021-01-05", "2021-01-06", "2021-01-07", "2021-01-08", "2021-01-09",
      "2021-01-10", "2021-01-11", "2021-01-12", "2021-01-13", "2021-01-14",
      "2021-01-15", "2021-01-16", "2021-01-17", "2021-01-18", "2021-01-19"},
     20,
     "1 to 19 January 2021"},
    /* One of two is. */
    {{"1900-01-01", "2021-01-01"}, 2, "1900 to 2021"},
    {{"-0043-03-15", "-0030"}, 2, "March 44 BCE to December 31 BCE"},
    {{"Y-66000000", "Y-200000000"}, 2, "200 million BCE to 66 million BCE"},
};

START_TEST(range_holds_the_events)
{
    struct page page = page_of(ranges[_i].dates, ranges[_i].n);
    struct drawing d;
    drawing_make(&page, &svg_like, arena, &d);
    struct buf words;
    buf_init(&words, 200);
    if (d.has_axis) {
        axis_write_range(&words, &d.range);
        ck_assert(d.axis.from <= d.range.from && d.axis.to >= d.range.to);
    }
    buf_add_char(&words, '\0');
    ck_assert_str_eq(words.p, ranges[_i].range);
    buf_free(&words);
}
END_TEST

START_TEST(lanes_are_the_fullest_first)
{
    static const char *const types[] = {"aid", "", "agree", "agree", "threaten", "aid", "agree"};
    struct page page = {.items = ARENA_ARRAY(arena, struct page_item, 7), .n = 7, .matched = -1};
    for (size_t i = 0; i < 7; i++)
        page.items[i] = drawing_event(arena, STR("e"), "2021", "E", types[i], "{}");
    struct drawing d;
    drawing_make(&page, &svg_like, arena, &d);
    static const char *const names[] = {"agree", "aid", "threaten", "no type"};
    static const size_t counts[] = {3, 2, 1, 1};
    ck_assert_int_eq(d.by, LANES_TYPE);
    ck_assert_uint_eq(d.lane_count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert(str_eq(d.lanes[i].name, str_from(names[i])));
        ck_assert_uint_eq(d.lanes[i].count, counts[i]);
    }
    for (size_t i = 0; i < 7; i++)
        ck_assert(
            str_eq(d.lanes[d.marks[i].lane].name, *types[i] ? str_from(types[i]) : STR("no type")));
    struct drawing_options few = {LANES_TYPE, 2, false};
    drawing_make(&page, &few, arena, &d);
    ck_assert_uint_eq(d.lane_count, 2);
    ck_assert(str_eq(d.lanes[1].name, STR("other")));
    ck_assert_uint_eq(d.lanes[1].count, 4);
}
END_TEST

START_TEST(lanes_are_those_asked_for)
{
    struct page page = {.items = ARENA_ARRAY(arena, struct page_item, 2), .n = 2, .matched = -1};
    struct page_about about = {.lanes = LANES_ACTOR};
    page.about = &about;
    for (size_t i = 0; i < 2; i++)
        page.items[i] = drawing_event(
            arena, STR("e"), "2021", "E", i == 0 ? "aid" : "agree",
            "{\"participants\":[{\"actor\":\"aze\",\"name\":\"Az\\u0259rbaycan\"}]}");
    struct drawing d;
    drawing_make(&page, &svg_like, arena, &d);
    ck_assert_uint_eq(d.lane_count, 1);
    ck_assert(str_eq(d.lanes[0].name, STR("Azərbaycan")));
    about.lanes = LANES_NONE;
    drawing_make(&page, &svg_like, arena, &d);
    ck_assert_uint_eq(d.lane_count, 1);
    ck_assert_uint_eq(d.lanes[0].name.n, 0);
    about.lanes = LANES_AUTO;
    drawing_make(&page, &svg_like, arena, &d);
    ck_assert_uint_eq(d.lane_count, 2);
    about.lanes = LANES_PLACE;
    drawing_make(&page, &svg_like, arena, &d);
    ck_assert(str_eq(d.lanes[0].name, STR("no place")));
}
END_TEST

START_TEST(every_event_has_one_fate)
{
    struct page page = drawing_page(arena, (uint64_t)_i + 1, drawing_pages[_i].n,
                                    drawing_pages[_i].first, drawing_pages[_i].years);
    struct drawing d;
    drawing_make(&page, &svg_like, arena, &d);
    size_t fates = 0, lanes = 0;
    for (unsigned fate = 0; fate < DRAWING_FATES; fate++)
        fates += d.fates[fate];
    for (size_t i = 0; i < d.lane_count; i++)
        lanes += d.lanes[i].count;
    ck_assert_uint_eq(fates, d.n);
    ck_assert_uint_eq(lanes, d.n);
    for (size_t i = 0; i < d.n; i++) {
        const struct drawing_mark *m = &d.marks[i];
        ck_assert(m->title.n > 0 && m->lane < d.lane_count);
        ck_assert((m->fate == DRAWING_UNDATED) == !m->row->dated);
        ck_assert(m->from >= 0 && m->from <= m->to && m->to <= 1);
        ck_assert(!m->sure || (m->sure_from <= m->sure_to && m->sure_from >= 0));
        ck_assert(!m->sure || m->sure_to <= 1);
    }
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("drawing");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, dates_have_their_place, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(t, range_holds_the_events, 0, sizeof ranges / sizeof *ranges);
    tcase_add_test(t, lanes_are_the_fullest_first);
    tcase_add_test(t, lanes_are_those_asked_for);
    tcase_add_loop_test(t, every_event_has_one_fate, 0, DRAWING_PAGES);
    Suite *s = suite_create("drawing");
    suite_add_tcase(s, t);
    return check_main(s);
}
