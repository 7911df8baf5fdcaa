#include "api/negotiate.h"
#include "check_main.h"

#include <stdlib.h>

#define EVENTS (FORMAT_BIT(FORMAT_JSON) | FORMAT_BIT(FORMAT_NDJSON) | FORMAT_BIT(FORMAT_CSV))
#define ALL ((1u << FORMATS) - 1)
#define HOME (FORMAT_BIT(FORMAT_JSON) | FORMAT_BIT(FORMAT_HTML))
#define BROWSER "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

static const struct {
    const char *accept; /* NULL: no such field */
    unsigned offered;
    enum format want;
} formats[] = {
    {NULL, EVENTS, FORMAT_JSON},
    {"", EVENTS, FORMAT_JSON},
    {"*/*", EVENTS, FORMAT_JSON},
    {"*/*", HOME, FORMAT_JSON},
    {BROWSER, HOME, FORMAT_HTML},
    {BROWSER, EVENTS, FORMAT_JSON},
    {"text/plain, application/json", EVENTS, FORMAT_JSON},
    {"application/json, text/html", HOME, FORMAT_HTML},
    {"application/json, text/html;q=0", HOME, FORMAT_JSON},
    {"text/html; q=0.000, application/json", HOME, FORMAT_JSON},
    {"text/html;q=0.001", HOME, FORMAT_HTML},
    {"text/csv", EVENTS, FORMAT_CSV},
    {"TEXT/CSV ; header=present", EVENTS, FORMAT_CSV},
    {"text/csv, application/json", EVENTS, FORMAT_JSON},
    {"text/csv, application/geo+json", EVENTS, FORMAT_JSON},
    {"text/csv, application/json;q=0", EVENTS, FORMAT_CSV},
    {"application/geo+json", EVENTS, FORMAT_JSON},
    {"application/geo+json", ALL, FORMAT_GEOJSON},
    {"application/geo+json, application/json", ALL, FORMAT_GEOJSON},
    {"application/geo+json;q=0, application/json", ALL, FORMAT_JSON},
    {"Application/LD+JSON; profile=x", ALL, FORMAT_JSONLD},
    {"application/feed+json", ALL, FORMAT_JSON},
    {"text/plain, application/json", ALL, FORMAT_JSON},
    {"text/calendar", ALL, FORMAT_ICS},
    {"text/calendar", EVENTS, FORMAT_JSON},
    {"application/atom+xml,application/rss+xml,*/*;q=0.1", ALL, FORMAT_ATOM},
    {"image/avif,image/svg+xml,image/*,*/*;q=0.8", ALL, FORMAT_SVG},
    {BROWSER ",application/geo+json", ALL, FORMAT_HTML},
    {"application/x-ndjson", EVENTS, FORMAT_NDJSON},
    {"application/x-ndjson, text/csv", EVENTS, FORMAT_NDJSON},
    {"image/png", EVENTS, FORMAT_JSON},
    {"text/plain", EVENTS, FORMAT_JSON},
    {"application/json", FORMAT_BIT(FORMAT_TXT), FORMAT_TXT},
    {",,;;,text/csv", EVENTS, FORMAT_CSV},
};

START_TEST(accept_picks)
{
    struct api_header header = {STR("accept"), str_from(formats[_i].accept)};
    struct api_request rq = {.headers = &header, .header_count = formats[_i].accept != NULL};
    ck_assert_int_eq(negotiate_pick(formats[_i].offered, negotiate_accepted(&rq)),
                     formats[_i].want);
}
END_TEST

START_TEST(several_fields_are_one_list)
{
    struct api_header headers[] = {{STR("Accept"), STR("image/png")},
                                   {STR("Accept"), STR("text/csv")}};
    struct api_request rq = {.headers = headers, .header_count = 2};
    ck_assert_int_eq(negotiate_pick(EVENTS, negotiate_accepted(&rq)), FORMAT_CSV);
}
END_TEST

static const struct {
    const char *sent;
    bool welcome;
} codings[] = {
    {NULL, false},
    {"", false},
    {"gzip", true},
    {"GZIP", true},
    {"x-gzip", true},
    {"br, gzip;q=0.5", true},
    {"gzip;q=0", false},
    {"gzip;q=0.0, *", false},
    {"*", true},
    {"*;q=0", false},
    {"identity", false},
    {"deflate, br", false},
    {"*;q=0, gzip", true},
    {"gzip; q=0.000", false},
    {"gzip ; q = 0 ", false},
};

START_TEST(gzip_is_welcome_or_not)
{
    struct api_header header = {STR("Accept-Encoding"), str_from(codings[_i].sent)};
    struct api_request rq = {.headers = &header, .header_count = codings[_i].sent != NULL};
    ck_assert_int_eq(negotiate_gzip(&rq), codings[_i].welcome);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("negotiate");
    tcase_add_loop_test(t, accept_picks, 0, sizeof formats / sizeof *formats);
    tcase_add_test(t, several_fields_are_one_list);
    tcase_add_loop_test(t, gzip_is_welcome_or_not, 0, sizeof codings / sizeof *codings);
    Suite *s = suite_create("negotiate");
    suite_add_tcase(s, t);
    return check_main(s);
}
