/* Pages as a whole: nothing is lost, nothing foreign is trusted, every tag is closed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "render/format.h"
#include "render/html_form.h"

#define EVIL "</title><script>alert(1)</script>\\\"'&"

static struct page_site site_at(const char *path)
{
    return (struct page_site){.store_title = STR("Store <1>"),
                              .software = STR("9"),
                              .path = str_from(path),
                              .version = 7};
}

static char *written(const struct page *page)
{
    struct buf out;
    size_t n;
    buf_init(&out, (size_t)16 * 1024 * 1024);
    format_write(FORMAT_HTML)(&out, page);
    buf_add_char(&out, '\0');
    ck_assert(!buf_failed(&out));
    return buf_take(&out, &n);
}

static void assert_has(const char *html, const char *part)
{
    ck_assert_msg(strstr(html, part) != NULL, "no %s in %.1500s", part, strstr(html, "<main"));
}

static void assert_lacks(const char *html, const char *part)
{
    ck_assert_msg(strstr(html, part) == NULL, "%s is in it", part);
}

/* Elements without an end tag. */
static bool is_void(str name)
{
    static const char *const names[] = {"meta", "link", "img", "br", "input", "source", "!doctype"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, str_from(names[i])))
            return true;
    return false;
}

/* Every element that is opened is closed, in order. */
static void assert_balanced(const char *html)
{
    str open[200];
    size_t depth = 0;
    for (const char *p = strchr(html, '<'); p != NULL; p = strchr(p + 1, '<')) {
        bool closes = p[1] == '/';
        const char *name = p + 1 + closes;
        size_t n = strcspn(name, " >\n");
        str tag = {name, n};
        if (is_void(tag))
            continue;
        if (!closes) {
            ck_assert_uint_lt(depth, 200);
            open[depth++] = tag;
            continue;
        }
        ck_assert_uint_gt(depth, 0);
        depth--;
        ck_assert_msg(str_eq(open[depth], tag), "<%.*s> closed by </%.*s> before %.60s",
                      STR_ARG(open[depth]), STR_ARG(tag), p);
    }
    ck_assert_uint_eq(depth, 0);
}

#define DATE                                                                                       \
    "{\"edtf\":\"2021-06-15\",\"display\":\"15 June 2021\",\"earliest\":\"2021-06-15\","           \
    "\"start_latest\":\"2021-06-15\",\"end_earliest\":\"2021-06-15\","                             \
    "\"latest\":\"2021-06-15\",\"precision\":\"day\",\"qualifier\":null}"
#define EVENT                                                                                      \
    "{\"id\":\"e1\",\"title\":\"Title " EVIL "\",\"summary\":\"Summary " EVIL "\",\"date\":" DATE  \
    ",\"type\":\"agree\",\"participants\":[{\"actor\":\"aze\",\"name\":\"Az" EVIL                  \
    "\",\"role\":\"signatory\"}],\"places\":[{\"place\":\"shusha\",\"name\":\"Şuşa" EVIL           \
    "\",\"lat\":39.76,\"lon\":46.75}],\"tags\":[\"t1\"],\"identifiers\":{\"wikidata\":\"Q1" EVIL   \
    "\"},\"accounts\":[{\"source\":\"s1\",\"title\":\"A" EVIL "\",\"date\":" DATE                  \
    ",\"type\":\"agree\",\"participants\":[],\"places\":[]}],\"disputed\":[\"date\"],"             \
    "\"claims\":[{\"id\":\"c1\",\"speaker\":\"aze\",\"stance\":\"denies\",\"text\":\"No" EVIL      \
    "\",\"date\":\"2021-08\",\"source\":\"s1\"},{\"id\":\"c2\",\"speaker\":null,"                  \
    "\"stance\":\"asserts\",\"text\":\"Yes\",\"date\":null,\"source\":\"s1\"}],"                   \
    "\"relations\":[{\"type\":\"responds_to\",\"direction\":\"out\",\"event\":\"e2\","             \
    "\"title\":\"Other" EVIL "\",\"source\":\"s1\"},{\"type\":\"responds_to\","                    \
    "\"direction\":\"out\",\"event\":\"e2\",\"title\":\"Other\",\"source\":\"s2\"},"               \
    "{\"type\":\"part_of\",\"direction\":\"in\",\"event\":\"e3\",\"title\":\"Third\","             \
    "\"source\":\"s1\"}],\"evidence\":[{\"source\":\"s1\",\"start\":1,\"end\":9,"                  \
    "\"exact\":\"exact" EVIL "\",\"prefix\":\"before \",\"suffix\":\" after\","                    \
    "\"supports\":[\"date\"]},{\"source\":\"s1\",\"start\":1,\"end\":9,"                           \
    "\"digest\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}],"           \
    "\"version\":3,\"updated\":\"2026-01-01T00:00:00Z\",\"links\":[],"                             \
    "\"unknown_member\":{\"deep\":[{\"url\":\"javascript:alert(1)\"},\"https://example.org/"       \
    "?a&b\"]}}"

START_TEST(one_event_says_all_and_trusts_nothing)
{
    struct page_site site = site_at("/v1/events/e1");
    const struct page_name names[] = {{STR("sources"), STR("s1"), STR("The <source>")}};
    site.names = names;
    site.name_count = 1;
    struct page_item item = {.document = STR(EVENT)};
    struct page page = {.items = &item, .n = 1, .single = true, .matched = -1, .site = &site};
    char *html = written(&page);
    static const char *const parts[] = {
        "<time datetime=\"2021-06-15\">15 June 2021</time>",
        "disputed: date",
        "The &lt;source&gt;",
        "39.76, 46.75",
        "href=\"https://www.wikidata.org/wiki/Q1%3C/title%3E",
        "August 2021",
        "Nobody is named",
        "before </span><mark>exact",
        "0123456789ab",
        "class=\"differs\"",
        "unknown member",
        "href=\"https://example.org/?a&amp;b\"",
        "javascript:alert(1)",
        "href=\"/v1/changesets/3\"",
        "href=\"/v1/actors/aze\"",
        "href=\"/v1/events?tag=t1\"",
        "responds to",
        "part of this",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_has(html, parts[i]);
    assert_lacks(html, "<script");
    assert_lacks(html, "href=\"javascript");
    assert_balanced(html);
    free(html);
}
END_TEST

START_TEST(a_list_shows_marks_excerpts_and_the_next_page)
{
    struct page_site site = site_at("/v1/events");
    const struct page_field asked[] = {{STR("q"), STR("x\"><b>")},
                                       {STR("actor"), STR("aze")},
                                       {STR("actor"), STR("tur")},
                                       {STR("bbox"), STR("1,2,3,4")},
                                       {STR("cursor"), STR("abc")}};
    site.asked = asked;
    site.asked_count = 5;
    site.as_of = STR("3");
    struct splice members[] = {
        {.key = STR("match"), .value = STR("\"possible\"")},
        {.key = STR("excerpt"),
         .value = STR(
             "{\"property\":\"summary\",\"text\":\"aş <b> ce\",\"marks\":[[1,2],[7,9]]}")}};
    struct page_item items[] = {{.document = STR(EVENT), .members = members, .member_count = 2},
                                {.document = STR("{\"id\":\"e2\",\"title\":\"T\",\"date\":null}")}};
    struct page page = {.items = items,
                        .n = 2,
                        .matched = 5000,
                        .site = &site,
                        .next = STR("/v1/events?cursor=a&b=\""),
                        .query = STR("{\"description\":\"events with \\\"x\\\"\"}"),
                        .links = STR("[{\"rel\":\"self\",\"href\":\"/v1/events\"},"
                                     "{\"rel\":\"alternate\",\"href\":\"/v1/events.csv?q=1\","
                                     "\"type\":\"text/csv\"}]")};
    char *html = written(&page);
    static const char *const parts[] = {
        "<h1 id=\"what\" dir=\"auto\">Events with &quot;x&quot;</h1>",
        ">possible</span>",
        "a<mark>ş</mark> &lt;b&gt; <mark>ce</mark>",
        "undated",
        "2 events of 5\u202F000",
        "href=\"/v1/events.csv?q=1\" type=\"text/csv\">CSV</a>",
        "rel=\"next\" href=\"/v1/events?cursor=a&amp;b=%22\"",
        "value=\"x&quot;&gt;&lt;b&gt;\"",
        "<input type=\"hidden\" name=\"actor\" value=\"tur\">",
        "<input type=\"hidden\" name=\"bbox\" value=\"1,2,3,4\">",
        "href=\"/v1/events/e1?as_of=3\"",
        "<option value=\"aze\">",
        ("<div id=\"explorer\" hidden data-version=\"7\" data-events=\"0\" data-title=\"Store "
         "&lt;1&gt;\""),
        "<select name=\"when\" form=\"search\">",
        /* asked without its first word */
        "href=\"/v1/events?actor=aze&amp;actor=tur&amp;bbox=1%2C2%2C3%2C4\"",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_has(html, parts[i]);
    assert_lacks(html, "<script>");
    assert_has(html, "<script type=\"module\" src=\"/assets/explorer.js\"></script>");
    assert_lacks(html, "name=\"cursor\"");
    assert_balanced(html);
    free(html);
}
END_TEST

static const struct {
    const char *path;
    const char *document;
    const char *part;
} things[] = {
    {"/v1/actors",
     "{\"id\":\"aze\",\"name\":\"" EVIL "\",\"kind\":\"state\",\"names\":["
     "{\"name\":\"Azərbaycan\",\"language\":\"az\"}],\"member_of\":["
     "{\"actor\":\"osce\",\"date\":\"1993/..\"}]}",
     "<span dir=\"auto\" lang=\"az\">Azərbaycan</span>"},
    {"/v1/places", "{\"id\":\"p\",\"name\":\"P" EVIL "\",\"lat\":1.5,\"lon\":null}", "1.5"},
    {"/v1/sources",
     "{\"id\":\"s\",\"title\":\"S" EVIL "\",\"language\":\"en\",\"creators\":[\"A\",\"B\"]}",
     "href=\"/v1/sources/s\""},
    {"/v1/types", "{\"id\":\"agree\",\"label\":\"Agree\",\"parent\":null}", "Agree"},
    {"/v1/claims", "{\"id\":\"c\",\"speaker\":\"aze\",\"text\":\"" EVIL "\",\"about\":[\"e1\"]}",
     "href=\"/v1/events/e1\""},
    {"/v1/relations", "{\"id\":\"r\",\"from\":\"e1\",\"type\":\"part_of\",\"to\":\"e2\"}",
     "href=\"/v1/events/e2\""},
    {"/v1/changesets", "{\"id\":3,\"recorded\":\"2026-01-01T12:30:00Z\",\"message\":null}",
     "2026-01-01 12:30 UTC"},
    {"/v1/nonsense", "{\"id\":\"x\",\"other\":\"kept\"}", "kept"},
};

START_TEST(things_have_lists_and_pages)
{
    char one[100];
    struct page_item item = {.document = str_from(things[_i].document)};
    struct page_site site = site_at(things[_i].path);
    struct page page = {.items = &item, .n = 1, .matched = -1, .site = &site};
    char *html = written(&page);
    assert_has(html, things[_i].part);
    assert_lacks(html, "<script");
    assert_balanced(html);
    free(html);
    snprintf(one, sizeof one, "%s/x", things[_i].path);
    site.path = str_from(one);
    page.single = true;
    html = written(&page);
    assert_lacks(html, "<script");
    assert_balanced(html);
    free(html);
    page.single = false;
    page.n = 0;
    html = written(&page);
    assert_balanced(html);
    free(html);
}
END_TEST

START_TEST(fields_hide_the_rest)
{
    str shown[] = {STR("title"), STR("unknown_member")};
    struct page_site site = site_at("/v1/events/e1");
    struct page_item item = {.document = STR(EVENT)};
    struct page page = {
        .items = &item, .n = 1, .single = true, .fields = {shown, 2}, .site = &site};
    char *html = written(&page);
    assert_has(html, "Title");
    assert_has(html, "unknown member");
    assert_lacks(html, "Summary");
    assert_lacks(html, "39.76");
    free(html);
}
END_TEST

/* A value that nests deeper than a page can show, and lists longer than it does. */
START_TEST(depth_and_length_are_bounded)
{
    struct buf deep;
    buf_init(&deep, 1000000);
    buf_add(&deep, STR("{\"id\":\"x\",\"deep\":"));
    for (int i = 0; i < 5000; i++)
        buf_add(&deep, STR("["));
    for (int i = 0; i < 5000; i++)
        buf_add(&deep, STR("]"));
    buf_add(&deep, STR(",\"long\":["));
    for (int i = 0; i < 3000; i++)
        buf_printf(&deep, "%s%d", i ? "," : "", i);
    buf_add(&deep, STR("]}"));
    struct page_site site = site_at("/v1/events/x");
    struct page_item item = {.document = buf_str(&deep)};
    struct page page = {.items = &item, .n = 1, .single = true, .site = &site};
    char *html = written(&page);
    assert_has(html, "and 2500 more: see the JSON");
    assert_balanced(html);
    free(html);
    buf_free(&deep);
}
END_TEST

START_TEST(a_page_without_a_site_is_a_page)
{
    struct page page = {.matched = -1};
    char *html = written(&page);
    assert_balanced(html);
    free(html);
}
END_TEST

START_TEST(the_form_knows_its_fields)
{
    ck_assert(html_form_has(STR("q")));
    ck_assert(html_form_has(STR("when")));
    ck_assert(!html_form_has(STR("cursor")));
    ck_assert(!html_form_has(STR("")));
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("format_html");
    tcase_add_test(t, one_event_says_all_and_trusts_nothing);
    tcase_add_test(t, a_list_shows_marks_excerpts_and_the_next_page);
    tcase_add_loop_test(t, things_have_lists_and_pages, 0, (int)(sizeof things / sizeof *things));
    tcase_add_test(t, fields_hide_the_rest);
    tcase_add_test(t, depth_and_length_are_bounded);
    tcase_add_test(t, a_page_without_a_site_is_a_page);
    tcase_add_test(t, the_form_knows_its_fields);
    Suite *s = suite_create("format_html");
    suite_add_tcase(s, t);
    return check_main(s);
}
