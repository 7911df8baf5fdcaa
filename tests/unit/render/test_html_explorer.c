/* The first page for people, and a list of nothing. */
#include <string.h>

#include "check_main.h"
#include "render/format.h"
#include "render/landing.h"

static const struct landing_count counts[] = {{"events", 1234}};
static const struct landing_example examples[] = {
    {STR_INIT("What <b>?"), STR_INIT("/v1/events?q=\"x\"&y=1")}};
static const struct landing landing = {.title = STR_INIT("A & B"),
                                       .description = STR_INIT("d"),
                                       .software_version = STR_INIT("9"),
                                       .version = 3,
                                       .first_date = STR_INIT("-0043-03-15"),
                                       .counts = counts,
                                       .count_count = 1,
                                       .examples = examples,
                                       .example_count = 1,
                                       .formats = STR_INIT("json")};

static void write_page(struct buf *out, const struct landing *of_first, int64_t events)
{
    const struct page_site site = {.store_title = STR("A & B"),
                                   .licence = STR("\"CC0\""),
                                   .path = STR("/v1/events"),
                                   .version = 3,
                                   .events = events,
                                   .timeline_integrity = STR("sha384-x"),
                                   .oembed = STR("/oembed?url=/")};
    const struct page page = {.site = &site, .matched = -1, .landing = of_first};
    buf_init(out, 100000);
    format_write(FORMAT_HTML)(out, &page);
    ck_assert(!buf_failed(out));
}

static void assert_parts(const struct buf *out, const char *const *parts, bool there)
{
    for (size_t i = 0; parts[i] != NULL; i++)
        ck_assert_msg((str_search(buf_str(out), str_from(parts[i]), 0) < out->n) == there, "%s: %s",
                      there ? "missing" : "there", parts[i]);
}

START_TEST(the_first_page_leads_on_and_escapes)
{
    static const char *const parts[] = {
        "<title>A &amp; B</title>",
        "<h1 id=\"what\" dir=\"auto\">A &amp; B</h1>",
        "From 15 March 44 BCE to an open end.",
        "<a href=\"/v1/events\"><b>1\u202F234</b> events</a>",
        "What &lt;b&gt;?",
        "href=\"/v1/events?q=%22x%22&amp;y=1\"",
        "<form id=\"search\" method=\"get\" role=\"search\" action=\"/v1/events\">",
        "href=\"/openapi.json\"",
        "data-licence=\"&quot;CC0&quot;\"",
        "data-integrity=\"sha384-x\"",
        "<link rel=\"alternate\" type=\"application/json+oembed\" title=\"oEmbed\" "
        "href=\"/oembed?url=/&amp;format=json\">",
        "<link rel=\"alternate\" type=\"text/xml+oembed\" title=\"oEmbed\" "
        "href=\"/oembed?url=/&amp;format=xml\">",
        NULL};
    static const char *const none[] = {"aria-current", "<script>", " style=", "<style", NULL};
    struct buf out;
    write_page(&out, &landing, 1234);
    assert_parts(&out, parts, true);
    assert_parts(&out, none, false);
    buf_free(&out);
}
END_TEST

START_TEST(nothing_found_is_not_nothing_there)
{
    static const char *const loads[] = {"<code>annals load FILE</code>", "data-events=\"0\"", NULL};
    static const char *const widens[] = {"No event answers this.", NULL};
    struct buf out;
    write_page(&out, NULL, 0);
    assert_parts(&out, loads, true);
    assert_parts(&out, widens, false);
    buf_free(&out);
    write_page(&out, NULL, 7);
    assert_parts(&out, loads, false);
    assert_parts(&out, widens, true);
    buf_free(&out);
}
END_TEST

CHECK_MAIN("html_explorer", the_first_page_leads_on_and_escapes, nothing_found_is_not_nothing_there)
