#include "check_main.h"
#include "event_case.h"
#include "render/xml.h"

static struct arena *a;

static void set_up(void)
{
    a = arena_new();
}

static void tear_down(void)
{
    arena_free(a);
}

START_TEST(a_feed_has_its_head)
{
    struct page_about about = event_case_about();
    struct page page = {
        .about = &about,
        .matched = -1,
        .next = STR("/v1/events.atom?cursor=a&b"),
        .links = STR("[{\"rel\":\"alternate\",\"href\":\"/v1/events.csv\",\"type\":\"text/csv\"},"
                     "{\"rel\":\"alternate\",\"href\":\"/v1/events.html?q=\\u0026\","
                     "\"type\":\"text/html; charset=utf-8\"}]")};
    const char *text = event_case_page(a, FORMAT_ATOM, &page);
    ASSERT_HAS(text, "<link rel=\"alternate\" type=\"text/html\""
                     " href=\"https://example.org/v1/events.html?q=&amp;\"/>");
    ASSERT_HAS(text, "<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    ASSERT_HAS(text, "xml:base=\"https://example.org\">\n<id>urn:uuid:");
    ASSERT_HAS(text, "<title type=\"text\">A store: events with Azerbaijan</title>\n");
    ASSERT_HAS(text, "<updated>2025-11-25T08:00:00.000000Z</updated>\n");
    ASSERT_HAS(text, "<author><name>A store</name></author>\n<rights>CC0-1.0</rights>\n");
    ASSERT_HAS(text, "rel=\"self\" type=\"application/atom+xml\""
                     " href=\"https://example.org/v1/events?actor=aze\"/>");
    ASSERT_HAS(text, "rel=\"next\" type=\"application/atom+xml\""
                     " href=\"https://example.org/v1/events.atom?cursor=a&amp;b\"/>");
}
END_TEST

START_TEST(an_entry_says_all_of_itself)
{
    struct page_about about = event_case_about();
    struct event e = event_case_full("2021-06~", "A & B");
    const char *text = event_case_written(a, FORMAT_ATOM, &e, &about);
    ASSERT_HAS(text, "<title type=\"text\">A &amp; B</title>\n"
                     "<updated>2025-11-25T08:00:00.000000Z</updated>\n"
                     "<summary type=\"text\">One &amp; two.\nThree.\nWhen: c. June 2021\n"
                     "Who: Azərbaycan (signatory), &quot;Türkiye&quot;\nWhere: Bakı, Şuşa\n");
    ASSERT_HAS(text, "<category term=\"agree\" scheme=\"https://example.org/v1/types\"/>\n"
                     "<category term=\"a,b;c\"/>\n<category term=\"Ə\"/>\n");
    ASSERT_HAS(text, "rel=\"alternate\"");
    ASSERT_HAS(text, "<link rel=\"via\" title=\"second\" "
                     "href=\"https://example.org/v1/sources/second\"/>\n"
                     "<georss:point>39.76 46.75</georss:point>\n</entry>\n</feed>\n");
}
END_TEST

/* The first <id> at or after a place. */
static str id_in(const char *text, const char *from)
{
    const char *start = strstr(strstr(text, from), "<id>") + 4;
    return (str){start, strcspn(start, "<")};
}

START_TEST(ids_are_stable)
{
    struct page_about about = event_case_about();
    struct event e = event_case("2021", "X");
    const char *first = event_case_written(a, FORMAT_ATOM, &e, &about);
    ck_assert(str_starts(id_in(first, "<entry>"), STR("urn:uuid:")));
    ck_assert_uint_eq(id_in(first, "<entry>").n, 9 + 36);
    ck_assert(!str_eq(id_in(first, "<feed"), id_in(first, "<entry>")));

    /* Another host, another title, another page: the same. */
    about.base = STR("");
    about.title = STR("something");
    about.self = STR("/v1/events?cursor=abc&actor=aze");
    e.merged.title = STR("Y");
    const char *second = event_case_written(a, FORMAT_ATOM, &e, &about);
    ck_assert(str_eq(id_in(first, "<entry>"), id_in(second, "<entry>")));
    ck_assert(str_eq(id_in(first, "<feed"), id_in(second, "<feed")));

    /* Another question, another event, another store: not. */
    about.self = STR("/v1/events?actor=tur");
    e.id = STR("e2");
    const char *third = event_case_written(a, FORMAT_ATOM, &e, &about);
    ck_assert(!str_eq(id_in(first, "<entry>"), id_in(third, "<entry>")));
    ck_assert(!str_eq(id_in(first, "<feed"), id_in(third, "<feed")));
    e.id = STR("e");
    about.store_id = STR("fedcba9876543210");
    const char *fourth = event_case_written(a, FORMAT_ATOM, &e, &about);
    ck_assert(!str_eq(id_in(first, "<entry>"), id_in(fourth, "<entry>")));
}
END_TEST

START_TEST(it_does_without_knowing_what_it_is_about)
{
    struct event e = event_case(NULL, "X");
    const char *text = event_case_written(a, FORMAT_ATOM, &e, NULL);
    ASSERT_HAS(text, "<title type=\"text\">Annals</title>\n"
                     "<updated>2025-11-25T08:00:00.000000Z</updated>\n");
    ASSERT_HAS_NOT(text, "xml:base");
    ASSERT_HAS_NOT(text, "rel=\"self\"");
    ASSERT_HAS(text, "href=\"/v1/events/e");
}
END_TEST

START_TEST(hard_text_is_escaped)
{
    struct event e = event_case_full("2021", EVENT_CASE_HARD);
    const char *text = event_case_written(a, FORMAT_ATOM, &e, NULL);
    event_case_no_controls(text);
    ASSERT_HAS(text, "Şuşa, &quot;X&quot;; &lt;b&gt;&amp;\\\n\xF0\x9F\x95\x8A ");
}
END_TEST

static const struct {
    const char *text;
    const char *want;
} texts[] = {
    {"", ""},
    {"<&>\"'", "&lt;&amp;&gt;&quot;&#39;"},
    {"]]>", "]]&gt;"},
    {"a\x01\x08\x0B\x1F\x7F"
     "b",
     "ab"},
    {"a\tb\nc\rd", "a\tb\nc&#13;d"},
    {"\xEF\xBF\xBE-\xEF\xBF\xBF-\xEF\xBF\xBD", "--\xEF\xBF\xBD"},
    {"\xC2\x85-\xC2\xA0", "-\xC2\xA0"},
    {"\xF0\x9F\x95\x8A", "\xF0\x9F\x95\x8A"},
    {"\xC2", "\xC2"}, /* never given, never read past */
};

START_TEST(xml_holds_what_xml_may_hold)
{
    struct buf out;
    buf_init(&out, 1000);
    xml_text(&out, str_from(texts[_i].text));
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, texts[_i].want);
    buf_free(&out);
}
END_TEST

START_TEST(many_events_are_all_there)
{
    ck_assert_uint_eq(event_case_count(event_case_many(a, FORMAT_ATOM), "<entry>"),
                      EVENT_CASE_MANY);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("format_atom");
    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, a_feed_has_its_head);
    tcase_add_test(all, an_entry_says_all_of_itself);
    tcase_add_test(all, ids_are_stable);
    tcase_add_test(all, it_does_without_knowing_what_it_is_about);
    tcase_add_test(all, hard_text_is_escaped);
    tcase_add_loop_test(all, xml_holds_what_xml_may_hold, 0, (int)(sizeof texts / sizeof *texts));
    tcase_add_test(all, many_events_are_all_there);
    Suite *suite = suite_create("format_atom");
    suite_add_tcase(suite, all);
    return check_main(suite);
}
