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

START_TEST(a_feature_has_the_columns_as_properties)
{
    struct event e = event_case_full("2021-06-15", "Shusha");
    struct page_item item = event_case_item(a, &e);
    struct page page = {.items = &item, .n = 1, .single = true, .matched = -1};
    ck_assert_str_eq(
        event_case_page(a, FORMAT_GEOJSON, &page),
        "{\"type\":\"Feature\",\"id\":\"e\",\"geometry\":{\"type\":\"Point\",\"coordinates\":"
        "[46.75,39.76]},\"properties\":{\"id\":\"e\",\"title\":\"Shusha\",\"type\":\"agree\","
        "\"date\":\"2021-06-15\",\"earliest\":\"2021-06-15\",\"start_latest\":\"2021-06-15\","
        "\"end_earliest\":\"2021-06-15\",\"latest\":\"2021-06-15\",\"start_year\":2021,"
        "\"start_day\":18793,\"end_day\":18793,\"precision\":\"day\",\"qualifier\":null,"
        "\"place\":\"baku\",\"lat\":null,\"lon\":null,\"actors\":\"aze; tur\","
        "\"sources\":\"first; second\",\"url\":\"/v1/events/e\"}}");
}
END_TEST

START_TEST(a_collection_says_how_many_and_where_it_goes_on)
{
    struct page_about about = event_case_about();
    struct page page = {
        .about = &about,
        .matched = 7,
        .version = 3,
        .links = STR("[{\"rel\":\"self\",\"href\":\"/v1/events.geojson\",\"type\":\"x\"}]")};
    ck_assert_str_eq(event_case_page(a, FORMAT_GEOJSON, &page),
                     "{\"type\":\"FeatureCollection\",\"timeStamp\":\"2025-11-25T08:00:00.000000Z\""
                     ",\"numberMatched\":7,\"numberReturned\":0,\"version\":3,\"links\":[{\"rel\":"
                     "\"self\",\"href\":\"https://example.org/v1/events.geojson\",\"type\":\"x\"}]"
                     ",\"features\":[]}");
}
END_TEST

START_TEST(places_are_a_point_points_or_null)
{
    struct event e = event_case(NULL, "X");
    ASSERT_HAS(event_case_written(a, FORMAT_GEOJSON, &e, NULL), "\"geometry\":null");
    e = event_case_full("2021", "X");
    struct event_place places[3] = {e.merged.places[1], e.merged.places[0], e.merged.places[1]};
    places[2].lat = -0.5;
    e.merged.places = places;
    e.merged.place_count = 3;
    ASSERT_HAS(event_case_written(a, FORMAT_GEOJSON, &e, NULL),
               "{\"type\":\"MultiPoint\",\"coordinates\":[[46.75,39.76],[46.75,-0.5]]}");
    e.merged.place_count = 0;
    ASSERT_HAS(event_case_written(a, FORMAT_GEOJSON, &e, NULL), "\"geometry\":null");
}
END_TEST

START_TEST(what_is_unknown_is_null)
{
    struct event e = event_case(NULL, "X");
    const char *text = event_case_written(a, FORMAT_GEOJSON, &e, NULL);
    ASSERT_HAS(text, "\"type\":null,\"date\":null,\"earliest\":null");
    ASSERT_HAS(text, "\"start_year\":null,\"start_day\":null,\"end_day\":null,\"precision\":null");
    ASSERT_HAS_NOT(text, "match");
    e = event_case("-0043-03-15/..", "X");
    text = event_case_written(a, FORMAT_GEOJSON, &e, NULL);
    ASSERT_HAS(text, "\"earliest\":\"-0043-03-15\"");
    ASSERT_HAS(text, "\"latest\":null,\"start_year\":-43,\"start_day\":-735160,\"end_day\":null");
}
END_TEST

START_TEST(match_and_fields_are_shown)
{
    struct event e = event_case_full("2021", "X");
    struct page_item item = event_case_item(a, &e);
    struct event_row row = *item.row;
    row.match = PERIOD_POSSIBLE;
    item.row = &row;
    struct page page = {.items = &item, .n = 1, .matched = -1};
    ASSERT_HAS(event_case_page(a, FORMAT_GEOJSON, &page), "\"match\":\"possible\"}");
    str fields[] = {STR("match"), STR("title"), STR("match")};
    page.fields = (struct strs){fields, 3};
    ASSERT_HAS(event_case_page(a, FORMAT_GEOJSON, &page),
               "\"properties\":{\"match\":\"possible\",\"title\":\"X\"}");
}
END_TEST

START_TEST(hard_text_is_escaped)
{
    struct event e = event_case_full("2021", EVENT_CASE_HARD);
    const char *text = event_case_written(a, FORMAT_GEOJSON, &e, NULL);
    ASSERT_HAS(text, "Şuşa, \\\"X\\\"; <b>&\\\\\\n\xF0\x9F\x95\x8A ");
    ASSERT_HAS(text, "\\u0001\\u001b[31m\\u007f");
}
END_TEST

START_TEST(what_is_spliced_in_counts)
{
    struct event e = event_case_full("2021", "X");
    struct page_item item = event_case_item(a, &e);
    struct splice moved = {STR("places"), STR("[{\"place\":\"x\",\"lat\":1,\"lon\":2}]"), true};
    item.members = &moved;
    item.member_count = 1;
    struct page page = {.items = &item, .n = 1, .matched = -1};
    ASSERT_HAS(event_case_page(a, FORMAT_GEOJSON, &page), "\"coordinates\":[2,1]");
}
END_TEST

START_TEST(many_events_are_all_there)
{
    ck_assert_uint_eq(
        event_case_count(event_case_many(a, FORMAT_GEOJSON), "{\"type\":\"Feature\","),
        EVENT_CASE_MANY);
}
END_TEST

CHECK_MAIN_WITH("format_geojson", set_up, tear_down, a_feature_has_the_columns_as_properties,
                a_collection_says_how_many_and_where_it_goes_on, places_are_a_point_points_or_null,
                what_is_unknown_is_null, match_and_fields_are_shown, hard_text_is_escaped,
                what_is_spliced_in_counts, many_events_are_all_there)
