#include "api/etag.h"
#include "check_main.h"

#include <stdlib.h>

static const struct {
    const char *sent;
    const char *etag;
    bool matches;
} tags[] = {
    {"\"v1-a\"", "\"v1-a\"", true},
    {"W/\"v1-a\"", "\"v1-a\"", true},
    {"\"x\", \"v1-a\"", "\"v1-a\"", true},
    {"\"x\",W/\"v1-a\" , \"y\"", "\"v1-a\"", true},
    {"*", "\"v1-a\"", true},
    {" * ", "\"v1-a\"", true},
    {"\"v1-b\"", "\"v1-a\"", false},
    {"v1-a", "\"v1-a\"", false},
    {"\"v1-a", "\"v1-a\"", false},
    {"", "\"v1-a\"", false},
    {"w/\"v1-a\"", "\"v1-a\"", false},
    {"\"a,\"v1-a\"", "\"v1-a\"", false},
    {"*", "", false},
};

START_TEST(matches_by_weak_comparison)
{
    ck_assert_int_eq(etag_matches(str_from(tags[_i].sent), str_from(tags[_i].etag)),
                     tags[_i].matches);
}
END_TEST

static const struct {
    const char *match;
    const char *none;
    bool good;
    bool holds_at_7;
    bool holds_without;
} conditions[] = {
    {NULL, NULL, true, true, true},
    {"*", NULL, true, true, false},
    {NULL, "*", true, false, true},
    {"\"s7\"", NULL, true, true, false},
    {"\"s7-0123456789abcdef\"", NULL, true, true, false},
    {"\"s6-0123456789abcdef\", \"s7-00\"", NULL, true, true, false},
    {"\"s6\"", NULL, true, false, false},
    {"W/\"s7\"", NULL, true, false, false},
    {"\"v7\"", NULL, true, false, false},
    {"\"s\"", NULL, true, false, false},
    {"\"\"", NULL, true, false, false},
    {"s7", NULL, false, false, false},
    {"", NULL, false, false, false},
    {"\"s7\" x", NULL, false, false, false},
    {"\"s7", NULL, false, false, false},
    {NULL, "\"s7\"", false, false, false},
};

START_TEST(conditions_of_a_write)
{
    struct api_header headers[2];
    size_t n = 0;
    if (conditions[_i].match != NULL)
        headers[n++] = (struct api_header){STR("If-Match"), str_from(conditions[_i].match)};
    if (conditions[_i].none != NULL)
        headers[n++] = (struct api_header){STR("If-None-Match"), str_from(conditions[_i].none)};
    struct api_request rq = {.headers = headers, .header_count = n};
    struct etag_condition c;
    const char *wrong;
    ck_assert_int_eq(etag_condition_read(&rq, &c, &wrong), conditions[_i].good);
    if (!conditions[_i].good)
        return;
    ck_assert_int_eq(c.given, n > 0);
    ck_assert_int_eq(etag_condition_holds(&c, 7), conditions[_i].holds_at_7);
    ck_assert_int_eq(etag_condition_holds(&c, 0), conditions[_i].holds_without);
}
END_TEST

START_TEST(tags_tell_apart)
{
    struct arena *a = arena_new();
    struct api_header gzip = {STR("Accept-Encoding"), STR("gzip")};
    struct api_request rq = {.target = STR("/v1/events")}, other = {.target = STR("/v1/actors")};
    struct api_request packed = {.target = STR("/v1/events"), .headers = &gzip, .header_count = 1};
    str one = etag_make('v', 7, 1, STR("store"), &rq, a);
    ck_assert(str_starts(one, STR("\"v7-")));
    ck_assert(str_eq(one, etag_make('v', 7, 1, STR("store"), &rq, a)));
    ck_assert(!str_eq(one, etag_make('v', 8, 1, STR("store"), &rq, a)));
    ck_assert(!str_eq(one, etag_make('v', 7, 1, STR("other"), &rq, a)));
    ck_assert(!str_eq(one, etag_make('v', 7, 2, STR("store"), &rq, a)));
    ck_assert(!str_eq(one, etag_make('v', 7, 1, STR("store"), &other, a)));
    ck_assert(!str_eq(one, etag_make('v', 7, 1, STR("store"), &packed, a)));
    arena_free(a);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("etag");
    tcase_add_loop_test(t, matches_by_weak_comparison, 0, sizeof tags / sizeof *tags);
    tcase_add_loop_test(t, conditions_of_a_write, 0, sizeof conditions / sizeof *conditions);
    tcase_add_test(t, tags_tell_apart);
    Suite *s = suite_create("etag");
    suite_add_tcase(s, t);
    return check_main(s);
}
