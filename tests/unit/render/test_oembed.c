/* What an embed is made of: the page of the frame, and what tells of it. */
#include "render/oembed.h"

#include <string.h>

#include "check_main.h"
#include "render/html_embed.h"

static char *whole(struct buf *out)
{
    size_t n;
    buf_add_char(out, '\0');
    ck_assert(!buf_failed(out));
    return buf_take(out, &n);
}

static void assert_parts(const char *text, const char *const *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(strstr(text, parts[i]) != NULL, "no %s in %s", parts[i], text);
}
#define ASSERT_PARTS(text, ...)                                                                    \
    assert_parts((text), (const char *const[]){__VA_ARGS__},                                       \
                 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static const struct oembed hostile = {
    .title = STR_INIT("<script>alert(\"1\")</script>"),
    .provider = STR_INIT("A & B"),
    .home = STR_INIT("https://events.example.org/"),
    .frame = STR_INIT("https://events.example.org/embed?q=%22&label=<b>"),
    .width = 640,
    .height = 7,
};

START_TEST(json_holds_a_frame)
{
    struct buf out;
    buf_init(&out, 100000);
    oembed_write_json(&out, &hostile);
    char *json = whole(&out);
    ASSERT_PARTS(json, "\"version\":\"1.0\"", "\"type\":\"rich\"", "\"width\":640", "\"height\":7",
                 "\"provider_name\":\"A & B\"", "<iframe src=\\\"https://events.example.org/embed",
                 "?q=%22&amp;label=%3Cb%3E\\\"", "title=\\\"&lt;script&gt;alert(&quot;1&quot;)",
                 "sandbox=\\\"allow-scripts allow-popups");
    ck_assert_ptr_null(strstr(json, "allow-same-origin"));
    free(json);
}
END_TEST

START_TEST(xml_holds_the_same)
{
    struct buf out;
    buf_init(&out, 100000);
    oembed_write_xml(&out, &hostile);
    char *xml = whole(&out);
    ASSERT_PARTS(xml, "<?xml version=\"1.0\"", "<title>&lt;script&gt;", "<width>640</width>",
                 "<provider_name>A &amp; B</provider_name>", "<html>&lt;iframe src=&quot;https://",
                 "?q=%22&amp;amp;label=%3Cb%3E&quot;", "</oembed>");
    ck_assert_ptr_null(strstr(xml, "<script"));
    ck_assert_ptr_null(strstr(xml, "<iframe"));
    free(xml);
}
END_TEST

/* A title of any length does not make the frame's tag endless. */
START_TEST(long_titles_are_cut_in_the_frame)
{
    static char title[5000];
    struct oembed o = hostile;
    struct buf out;
    memset(title, 'x', sizeof title);
    o.title = (str){title, sizeof title};
    buf_init(&out, 100000);
    oembed_write_json(&out, &o);
    char *json = whole(&out);
    ck_assert_uint_lt(strlen(strstr(json, "<iframe")), 700);
    free(json);
}
END_TEST

START_TEST(the_page_of_the_frame_escapes)
{
    const struct page_site site = {.store_title = STR("A & B"),
                                   .oembed = STR("/oembed?url=/embed")};
    struct page_item item = {.document = STR("{\"id\":\"e\",\"title\":\"<i>\",\"date\":null}")};
    const struct page page = {.items = &item, .n = 1, .matched = -1, .site = &site};
    const struct html_embed e = {.title = STR("\"><script>"),
                                 .src = STR("/v1/events?q=\"&actor=x"),
                                 .home = STR("/v1/events?q=\"#e=e"),
                                 .from = STR("2021"),
                                 .label = STR("\"><script>")};
    struct buf out;
    buf_init(&out, 100000);
    html_embed_write(&out, &e, &page);
    char *html = whole(&out);
    ASSERT_PARTS(html,
                 "<annals-timeline src=\"/v1/events?q=%22&amp;actor=x\" from=\"2021\" "
                 "label=\"&quot;&gt;&lt;script&gt;\">",
                 "&lt;i&gt;", "<title>&quot;&gt;&lt;script&gt; · A &amp; B</title>",
                 "id=\"home\" href=\"/v1/events?q=%22#e=e\"", "type=\"text/xml+oembed\"");
    ck_assert_ptr_null(strstr(html, "<script>"));
    ck_assert_ptr_null(strstr(html, " lanes="));
    ck_assert_ptr_null(strstr(html, " style="));
    free(html);
}
END_TEST

CHECK_MAIN("oembed", json_holds_a_frame, xml_holds_the_same, long_titles_are_cut_in_the_frame,
           the_page_of_the_frame_escapes)
