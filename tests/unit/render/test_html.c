/* Nothing foreign gets into a page unescaped, and no address leads where it should not. */
#include "render/html.h"

#include <stdlib.h>

#include "check_main.h"
#include "render/html_date.h"
#include "render/html_frame.h"
#include "render/html_json.h"

static char *taken(struct buf *out)
{
    size_t n;
    buf_add_char(out, '\0');
    ck_assert(!buf_failed(out));
    return buf_take(out, &n);
}

static const struct {
    const char *text;
    const char *html;
} texts[] = {
    {"", ""},
    {"plain", "plain"},
    {"Şuşa ərazisi", "Şuşa ərazisi"},
    {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"\" onload=\"x", "&quot; onload=&quot;x"},
    {"' onload='x", "&#39; onload=&#39;x"},
    {"&amp;", "&amp;amp;"},
    {"a&b<c>d\"e'f", "a&amp;b&lt;c&gt;d&quot;e&#39;f"},
};

START_TEST(text_is_escaped)
{
    struct buf out;
    buf_init(&out, 1000);
    html_text(&out, str_from(texts[_i].text));
    char *html = taken(&out);
    ck_assert_str_eq(html, texts[_i].html);
    free(html);
}
END_TEST

static const struct {
    const char *address;
    const char *href;
} addresses[] = {
    {"/v1/events?a=b&c=d", "/v1/events?a=b&amp;c=d"},
    {"?limit=5", "?limit=5"},
    {"#main", "#main"},
    {"/", "/"},
    {"https://www.wikidata.org/wiki/Q1", "https://www.wikidata.org/wiki/Q1"},
    {"HTTPS://example.org/", "HTTPS://example.org/"},
    {"http://example.org/\"><script>", "http://example.org/%22%3E%3Cscript%3E"},
    {"/v1/\xC5\x9F", "/v1/%C5%9F"},
    {"/a'b", "/a%27b"},
    {"/a b\n", "/a%20b%0A"},
    {"javascript:alert(1)", "#"},
    {"JaVaScRiPt:alert(1)", "#"},
    {"data:text/html,x", "#"},
    {"//evil.example/", "#"},
    {"/\\evil.example/", "#"},
    {"\\\\evil.example/", "#"},
    {" /v1", "#"},
    {"https://", "#"},
    {"ftp://example.org", "#"},
    {"relative", "#"},
    {"", "#"},
};

START_TEST(addresses_are_ours_or_of_the_web)
{
    struct buf out;
    buf_init(&out, 1000);
    html_address(&out, str_from(addresses[_i].address));
    char *href = taken(&out);
    ck_assert_str_eq(href, addresses[_i].href);
    free(href);
}
END_TEST

START_TEST(segments_are_encoded_whole)
{
    struct buf out;
    buf_init(&out, 1000);
    html_segment(&out, STR("a/b?c#d%e f\"&+"));
    char *text = taken(&out);
    ck_assert_str_eq(text, "a%2Fb%3Fc%23d%25e%20f%22%26%2B");
    free(text);
}
END_TEST

static const struct {
    long long n;
    const char *text;
} numbers[] = {
    {0, "0"},
    {999, "999"},
    {1000, "1\u202F000"},
    {1234567, "1\u202F234\u202F567"},
    {-1000, "-1\u202F000"},
    {-100, "-100"},
};

START_TEST(thousands_stand_apart)
{
    struct buf out;
    buf_init(&out, 100);
    html_number(&out, numbers[_i].n);
    char *text = taken(&out);
    ck_assert_str_eq(text, numbers[_i].text);
    free(text);
}
END_TEST

static const struct {
    const char *json;
    const char *html;
} strings[] = {
    {"\"plain\"", "plain"},
    {"\"a\\\"b\\\\c\\/d\"", "a&quot;b\\c/d"},
    {"\"\\u003cb\\u003e\"", "&lt;b&gt;"},
    {"\"\\u015eu\\u015fa\"", "Şuşa"},
    {"\"\\ud83d\\ude00\"", "\U0001F600"},
    {"\"\\ud83d\"", "\uFFFD"},
    {"\"\\ud83d\\u0041\"", "\uFFFDA"},
    {"\"\\ude00\"", "\uFFFD"},
    {"\"\\u0000\"", "\uFFFD"},
    {"\"a\\nb\"", "a\nb"},
    {"12.5", "12.5"},
    {"true", "true"},
    {"null", ""},
    {"", ""},
};

START_TEST(json_strings_are_decoded_and_escaped)
{
    struct buf out;
    buf_init(&out, 1000);
    html_json_text(&out, str_from(strings[_i].json));
    char *html = taken(&out);
    ck_assert_str_eq(html, strings[_i].html);
    free(html);
}
END_TEST

#define TIME(date, words) "<time datetime=\"" date "\">" words "</time>"
#define DATE(edtf, display) "{\"edtf\":\"" edtf "\",\"display\":\"" display "\"}"

static const struct {
    const char *date;
    const char *html;
} dates[] = {
    {DATE("2021-06-15", "15 June 2021"), TIME("2021-06-15", "15 June 2021")},
    {DATE("2021-06", "June 2021"), TIME("2021-06", "June 2021")},
    {DATE("1846", "1846"), TIME("1846", "1846")},
    {DATE("2021-06-15T10:00:00+04:00", "x"), TIME("2021-06-15T10:00:00+04:00", "x")},
    {DATE("2021-06-15T24:00:00", "x"), "x"},
    {DATE("2021-21", "spring 2021"), "spring 2021"},
    {DATE("2021~", "c. 2021"), "c. 2021"},
    {DATE("-0043-03-15", "15 March 44 BCE"), "15 March 44 BCE"},
    {DATE("0000", "1 BCE"), "1 BCE"},
    {DATE("2020/..", "from 2020"), "from 2020"},
    {DATE("2021-XX-05", "x"), "x"},
    {DATE("Y12021", "x"), "x"},
    {DATE("2021", "<b>"), TIME("2021", "&lt;b&gt;")},
    {"null", "undated"},
    {"", "undated"},
};

START_TEST(dates_say_to_machines_what_html_knows)
{
    struct buf out;
    buf_init(&out, 1000);
    html_date_write(&out, str_from(dates[_i].date));
    char *html = taken(&out);
    ck_assert_str_eq(html, dates[_i].html);
    free(html);
}
END_TEST

#define BOUNDS(e, s, f, l)                                                                         \
    "{\"edtf\":\"x\",\"earliest\":" e ",\"start_latest\":" s ",\"end_earliest\":" f                \
    ",\"latest\":" l "}"

static const struct {
    const char *date;
    const char *part;
} bounds[] = {
    {BOUNDS("\"2021-06-15\"", "\"2021-06-15\"", "\"2021-06-15\"", "\"2021-06-15\""),
     "<dt>Happened on</dt><dd>15 June 2021</dd>"},
    {BOUNDS("\"2021-03-01\"", "\"2021-03-31\"", "\"2021-03-01\"", "\"2021-03-31\""),
     "<dt>Happened</dt><dd>at some time between 1 March 2021 and 31 March 2021</dd>"},
    {BOUNDS("\"2020-01-01\"", "\"2020-12-31\"", "null", "null"),
     "<dt>Begins</dt><dd>between 1 January 2020 and 31 December 2020</dd>\n"
     "<dt>Ends</dt><dd>open: it has no end</dd>"},
    {BOUNDS("null", "null", "\"2020-01-01\"", "\"2020-01-01\""),
     "<dt>Begins</dt><dd>nobody says when: it has no known beginning</dd>\n"
     "<dt>Ends</dt><dd>1 January 2020</dd>"},
    {BOUNDS("\"2021-05-12\"", "\"2021-05-12\"", "\"2021-05-12\"", "null"),
     "<dt>Begins</dt><dd>12 May 2021</dd>\n<dt>Ends</dt><dd>not earlier than 12 May 2021</dd>"},
};

START_TEST(bounds_are_explained)
{
    struct buf out;
    buf_init(&out, 4000);
    html_date_bounds(&out, str_from(bounds[_i].date));
    ck_assert_msg(str_search(buf_str(&out), str_from(bounds[_i].part), 0) < out.n, "%.*s",
                  STR_ARG(buf_str(&out)));
    buf_free(&out);
}
END_TEST

START_TEST(a_frame_loads_nothing_of_others_and_nothing_that_stands_in_it)
{
    struct buf page;
    buf_init(&page, 100000);
    const struct html_frame frame = {.title = STR("<t>"), .store_title = STR("a&b")};
    html_frame_begin(&page, &frame);
    html_frame_end(&page, &frame);
    str html = buf_str(&page), policy = STR(HTML_FRAME_POLICY HTML_FRAME_TRUSTED);
    ck_assert(str_search(policy, STR("unsafe"), 0) == policy.n);
    static const char *const lacks[] = {"<script", "<style", " style=", "://"};
    for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++)
        ck_assert(str_search(html, str_from(lacks[i]), 0) == html.n);
    static const char *const has[] = {"<title>&lt;t&gt; · a&amp;b</title>",
                                      "<link rel=\"stylesheet\" href=\"/assets/page.css\">"};
    for (size_t i = 0; i < sizeof has / sizeof *has; i++)
        ck_assert(str_search(html, str_from(has[i]), 0) < html.n);
    buf_free(&page);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

int main(void)
{
    TCase *t = tcase_create("html");
    tcase_add_loop_test(t, text_is_escaped, 0, COUNT(texts));
    tcase_add_loop_test(t, addresses_are_ours_or_of_the_web, 0, COUNT(addresses));
    tcase_add_test(t, segments_are_encoded_whole);
    tcase_add_loop_test(t, thousands_stand_apart, 0, COUNT(numbers));
    tcase_add_loop_test(t, json_strings_are_decoded_and_escaped, 0, COUNT(strings));
    tcase_add_loop_test(t, dates_say_to_machines_what_html_knows, 0, COUNT(dates));
    tcase_add_loop_test(t, bounds_are_explained, 0, COUNT(bounds));
    tcase_add_test(t, a_frame_loads_nothing_of_others_and_nothing_that_stands_in_it);
    Suite *s = suite_create("html");
    suite_add_tcase(s, t);
    return check_main(s);
}
