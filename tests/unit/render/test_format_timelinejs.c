#include "check_main.h"
#include "event_case.h"

static struct arena *a;

static void set_up(void)
{
    a = arena_new();
}

static void tear_down(void)
{
    arena_free(a);
}

/* A date, and what stands between unique_id and display_date; NULL where it is left out. */
static const struct {
    const char *date;
    const char *dates;
} cases[] = {
    {"2021-06-15", "\"start_date\":{\"year\":2021,\"month\":6,\"day\":15}"},
    {"2021-03", "\"start_date\":{\"year\":2021,\"month\":3}"},
    {"2021", "\"start_date\":{\"year\":2021}"},
    {"2024-02", "\"start_date\":{\"year\":2024,\"month\":2}"},
    {"195X", "\"start_date\":{\"year\":1950},\"end_date\":{\"year\":1959}"},
    {"2021-22", "\"start_date\":{\"year\":2021,\"month\":6},"
                "\"end_date\":{\"year\":2021,\"month\":8}"},
    {"2020-07-12/2020-07", "\"start_date\":{\"year\":2020,\"month\":7,\"day\":12},"
                           "\"end_date\":{\"year\":2020,\"month\":7,\"day\":31}"},
    {"2020-07/2021", "\"start_date\":{\"year\":2020,\"month\":7},\"end_date\":{\"year\":2021}"},
    {"2021-03-01T14:30:05+04:00", "\"start_date\":{\"year\":2021,\"month\":3,\"day\":1,"
                                  "\"hour\":14,\"minute\":30,\"second\":5}"},
    {"-0043-03-15", "\"start_date\":{\"year\":-43,\"month\":3,\"day\":15}"},
    {"2020/..", "\"start_date\":{\"year\":2020}"},
    {"2020-05/", "\"start_date\":{\"year\":2020,\"month\":5}"},
    {"../1991-12", "\"start_date\":{\"year\":1991,\"month\":12}"},
    {"/1991", "\"start_date\":{\"year\":1991}"},
    {"../..", NULL},
    {NULL, NULL},
};

START_TEST(dates_have_what_is_known)
{
    struct event e = event_case(cases[_i].date, "X");
    const char *text = event_case_written(a, FORMAT_TIMELINEJS, &e, NULL);
    if (cases[_i].dates == NULL) {
        ASSERT_HAS(text, "{\"events\":[],");
        ASSERT_HAS(text, "\"omitted\":1");
        return;
    }
    str want = arena_printf(a, "\"unique_id\":\"e\",%s,\"display_date\"", cases[_i].dates);
    ASSERT_HAS(text, want.p);
    ASSERT_HAS(text, "\"omitted\":0");
    ASSERT_HAS_NOT(text, "\"scale\"");
}
END_TEST

START_TEST(very_old_years_are_cosmological)
{
    struct event e = event_case("Y-4500000000", "The earth");
    const char *text = event_case_written(a, FORMAT_TIMELINEJS, &e, NULL);
    ASSERT_HAS(text, "\"start_date\":{\"year\":-4500000000}");
    ASSERT_HAS(text, "\"scale\":\"cosmological\"");
    e = event_case("Y-271820", "X");
    ASSERT_HAS_NOT(event_case_written(a, FORMAT_TIMELINEJS, &e, NULL), "cosmological");
    e = event_case("Y275760", "X");
    ASSERT_HAS(event_case_written(a, FORMAT_TIMELINEJS, &e, NULL), "cosmological");
}
END_TEST

START_TEST(a_slide_says_all_of_itself)
{
    struct page_about about = event_case_about();
    struct event e = event_case_full("2021-06~", "A");
    const char *text = event_case_written(a, FORMAT_TIMELINEJS, &e, &about);
    ASSERT_HAS(text, "\"title\":{\"text\":{\"headline\":\"A store\","
                     "\"text\":\"events with Azerbaijan · CC0-1.0\"}}");
    ASSERT_HAS(text, "\"display_date\":\"c. June 2021\"");
    ASSERT_HAS(text, "\"headline\":\"A\",\"text\":\"<p>One &amp; two.</p><p>Three.</p>"
                     "<p>When: c. June 2021</p>");
    ASSERT_HAS(text, "<p><a href=\\\"https://example.org/v1/events/e\\\">Read more</a></p>\"}");
    ASSERT_HAS(text, "\"group\":\"agree\"");
}
END_TEST

START_TEST(few_types_are_groups)
{
    static const char *const types[] = {"agree", "consult", "support", "concede",
                                        "aid",   "retreat", "request"};
    struct page_item items[7];
    for (size_t i = 0; i < 7; i++) {
        struct event e = event_case("2021", "X");
        e.merged.type = str_from(types[i]);
        items[i] = event_case_item(a, &e);
    }
    struct page page = {.items = items, .n = 6, .matched = -1, .version = 3};
    ck_assert_uint_eq(event_case_count(event_case_page(a, FORMAT_TIMELINEJS, &page), "\"group\""),
                      6);
    page.n = 7;
    ASSERT_HAS_NOT(event_case_page(a, FORMAT_TIMELINEJS, &page), "\"group\"");
}
END_TEST

START_TEST(hard_text_is_escaped_twice)
{
    struct event e = event_case_full("2021", EVENT_CASE_HARD "<script>alert(1)</script>");
    const char *text = event_case_written(a, FORMAT_TIMELINEJS, &e, NULL);
    event_case_no_controls(text);
    ASSERT_HAS_NOT(text, "<script");
    ASSERT_HAS_NOT(text, "<b>");
    ASSERT_HAS(text, "Şuşa, &quot;X&quot;; &lt;b&gt;&amp;\\\\\\n\xF0\x9F\x95\x8A ");
}
END_TEST

START_TEST(many_events_are_all_there)
{
    ck_assert_uint_eq(event_case_count(event_case_many(a, FORMAT_TIMELINEJS), "\"unique_id\""),
                      EVENT_CASE_MANY);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("format_timelinejs");
    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_loop_test(all, dates_have_what_is_known, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(all, very_old_years_are_cosmological);
    tcase_add_test(all, a_slide_says_all_of_itself);
    tcase_add_test(all, few_types_are_groups);
    tcase_add_test(all, hard_text_is_escaped_twice);
    tcase_add_test(all, many_events_are_all_there);
    Suite *suite = suite_create("format_timelinejs");
    suite_add_tcase(suite, all);
    return check_main(suite);
}
