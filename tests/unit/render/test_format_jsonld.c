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

/* A date, and the two of ISO 8601-1 that it can be said with; NULL for none. */
static const struct {
    const char *date;
    const char *start;
    const char *end;
} cases[] = {
    {"2021-06-15", "2021-06-15", "2021-06-15"},
    {"2021-03", "2021-03", "2021-03"},
    {"2021", "2021", "2021"},
    {"2021-03-01T14:30:00", "2021-03-01T14:30:00", "2021-03-01T14:30:00"},
    {"2021-03-01T14:30:00Z", "2021-03-01T14:30:00Z", "2021-03-01T14:30:00Z"},
    {"2021-03-01T14:30:00+04:00", "2021-03-01T14:30:00+04:00", "2021-03-01T14:30:00+04:00"},
    {"2020-09-27/2020-11-10", "2020-09-27", "2020-11-10"},
    {"2020-09/2020-11~", "2020-09", NULL},
    {"2020-09?/2020-11", NULL, "2020-11"},
    {"2020/..", "2020", NULL},
    {"2020/", "2020", NULL},
    {"../2020", NULL, "2020"},
    {"2021-06-15?", NULL, NULL},
    {"2021~", NULL, NULL},
    {"202X", NULL, NULL},
    {"2021-XX-05", NULL, NULL},
    {"2021-21", NULL, NULL},
    {"-0043", NULL, NULL},
    {"Y17101", NULL, NULL},
    {"1950S2", NULL, NULL},
    {"?2021-06-15", NULL, NULL},
    {"[2020,2021]", NULL, NULL},
    {"{2020,2021}", NULL, NULL},
    {"../..", NULL, NULL},
};

static void check_date(const char *text, const char *key, const char *want)
{
    str member = arena_printf(a, "\"%s\":\"%s\"", key, want == NULL ? "" : want);
    if (want != NULL)
        ASSERT_HAS(text, member.p);
    else
        ASSERT_HAS_NOT(text, key);
}

START_TEST(dates_say_no_more_than_is_known)
{
    struct event e = event_case(cases[_i].date, "X");
    const char *text = event_case_written(a, FORMAT_JSONLD, &e, NULL);
    check_date(text, "edtf", cases[_i].date);
    check_date(text, "startDate", cases[_i].start);
    check_date(text, "endDate", cases[_i].end);
}
END_TEST

START_TEST(an_event_without_a_date_has_none)
{
    struct event e = event_case(NULL, "X");
    struct page_item item = event_case_item(a, &e);
    struct page page = {.items = &item, .n = 1, .single = true, .matched = -1};
    const char *text = event_case_page(a, FORMAT_JSONLD, &page);
    ASSERT_HAS_NOT(text, "Date\"");
    ASSERT_HAS_NOT(text, "\"edtf\":\"");
    ASSERT_HAS_NOT(text, "@graph");
    ASSERT_HAS(text, "\"@id\":\"urn:uuid:");
}
END_TEST

START_TEST(an_event_says_all_of_itself)
{
    struct page_about about = event_case_about();
    struct event e = event_case_full("2021-06", "Şuşa");
    const char *text = event_case_written(a, FORMAT_JSONLD, &e, &about);
    ASSERT_HAS(text, "{\"@id\":\"https://example.org/v1/events?actor=aze\",\"@type\":\"Dataset\","
                     "\"name\":\"A store\",\"description\":\"events with Azerbaijan\","
                     "\"license\":\"CC0-1.0\"");
    ASSERT_HAS(text, "{\"@id\":\"https://example.org/v1/events/e\",\"@type\":\"Event\","
                     "\"name\":\"Şuşa\",\"description\":\"One & two.\\nThree.\"");
    ASSERT_HAS(text, "{\"@type\":\"Place\",\"@id\":\"https://example.org/v1/places/shusha\","
                     "\"name\":\"Şuşa\",\"geo\":{\"@id\":\"https://example.org/v1/places/"
                     "shusha#geo\",\"@type\":\"GeoCoordinates\",\"latitude\":39.76,"
                     "\"longitude\":46.75}}");
    ASSERT_HAS(text, "{\"@type\":\"Role\",\"roleName\":\"signatory\",\"participant\":{\"@type\":"
                     "\"Thing\",\"@id\":\"https://example.org/v1/actors/aze\",\"name\":"
                     "\"Azərbaycan\"}}");
    ASSERT_HAS(text, "{\"@type\":\"Thing\",\"@id\":\"https://example.org/v1/actors/tur\"");
    ASSERT_HAS(text, "\"keywords\":[\"a,b;c\",\"Ə\"]");
    ASSERT_HAS(text, "\"propertyID\":\"wikidata\",\"value\":\"Q107240246\"");
    ASSERT_HAS(text, "\"sameAs\":\"http://www.wikidata.org/entity/Q107240246\"");
    ASSERT_HAS(text, "\"@id\":\"https://example.org/v1/sources/second\"");
}
END_TEST

START_TEST(only_an_item_of_wikidata_is_the_same)
{
    struct event e = event_case_full("2021", "X");
    struct identifier bad = {STR("wikidata"), STR("Q1\"> <x")};
    e.merged.identifiers = (struct identifiers){&bad, 1};
    const char *text = event_case_written(a, FORMAT_JSONLD, &e, NULL);
    ASSERT_HAS_NOT(text, "\"sameAs\":\"http");
    ASSERT_HAS(text, "\"value\":\"Q1\\\"> <x\"");
}
END_TEST

START_TEST(hard_text_is_escaped)
{
    struct event e = event_case_full("2021", EVENT_CASE_HARD);
    const char *text = event_case_written(a, FORMAT_JSONLD, &e, NULL);
    ASSERT_HAS(text, "\"name\":\"Şuşa, \\\"X\\\"; <b>&\\\\\\n\xF0\x9F\x95\x8A ");
    ASSERT_HAS(text, "\\u0001\\u001b[31m\\u007f");
}
END_TEST

START_TEST(many_events_are_all_there)
{
    ck_assert_uint_eq(event_case_count(event_case_many(a, FORMAT_JSONLD), "\"@type\":\"Event\""),
                      EVENT_CASE_MANY);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("format_jsonld");
    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_loop_test(all, dates_say_no_more_than_is_known, 0,
                        (int)(sizeof cases / sizeof *cases));
    tcase_add_test(all, an_event_without_a_date_has_none);
    tcase_add_test(all, an_event_says_all_of_itself);
    tcase_add_test(all, only_an_item_of_wikidata_is_the_same);
    tcase_add_test(all, hard_text_is_escaped);
    tcase_add_test(all, many_events_are_all_there);
    Suite *suite = suite_create("format_jsonld");
    suite_add_tcase(suite, all);
    return check_main(suite);
}
