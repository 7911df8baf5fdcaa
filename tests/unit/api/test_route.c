#include "api/route.h"

#include <stdlib.h>
#include <string.h>

#include "api/parameter.h"
#include "check_main.h"
#include "render/format.h"

static const struct {
    const char *path;
    const char *route; /* NULL: none */
    const char *id;
    const char *suffix;
} paths[] = {
    {"/", "/", "", ""},
    {"/v1", "/v1", "", ""},
    {"/v1/events", "/v1/events", "", ""},
    {"/v1/%65vents", "/v1/events", "", ""},
    {"/v1/events.csv", "/v1/events", "", "csv"},
    {"/v1/events.xml", "/v1/events", "", "xml"},
    {"/v1/events/shusha", "/v1/events/{id}", "shusha", ""},
    {"/v1/events/shusha.json", "/v1/events/{id}", "shusha", "json"},
    {"/v1/events/a%C5%9F", "/v1/events/{id}", "aş", ""},
    {"/v1/events/shusha/accounts", "/v1/events/{id}/accounts", "shusha", ""},
    {"/v1/events/shusha/accounts.ndjson", "/v1/events/{id}/accounts", "shusha", "ndjson"},
    {"/openapi.json", "/openapi.json", "", ""},
    {"/annals-timeline.js", "/annals-timeline.js", "", ""},
    {"/assets/page.css", "/assets/{file}", "page.css", ""},
    {"/assets/a.b.json", "/assets/{file}", "a.b.json", ""},
    {"/v1/changesets/7", "/v1/changesets/{n}", "7", ""},
    {"", NULL, "", ""},
    {"/v1/", NULL, "", ""},
    {"/v1/events/", NULL, "", ""},
    {"//v1/events", NULL, "", ""},
    {"/v1//events", NULL, "", ""},
    {"/V1/events", NULL, "", ""},
    {"/v1/events/a/b/c", NULL, "", ""},
    {"/v1/events/..", NULL, "", ""},
    {"/v1/events/a%2Faccounts", NULL, "", ""},
    {"/v1/events%2fa", NULL, "", ""},
    {"/v1/events/.json", NULL, "", ""},
    {"/assets/", NULL, "", ""},
    {"/assets/a/b.css", NULL, "", ""},
    {"/assets/..%2Fpage.css", NULL, "", ""},
};

START_TEST(finds_paths)
{
    struct route_match m;
    route_find(str_from(paths[_i].path), &m);
    ck_assert_ptr_null(m.malformed);
    if (paths[_i].route == NULL) {
        /* What looks like an id of dots is one that no store has. */
        ck_assert(m.any == NULL || str_eq(m.id, STR("..")) || str_eq(m.id, STR(".json")));
        return;
    }
    ck_assert_ptr_nonnull(m.any);
    ck_assert_str_eq(m.any->path, paths[_i].route);
    ck_assert(str_eq(m.id, str_from(paths[_i].id)));
    ck_assert(str_eq(m.suffix, str_from(paths[_i].suffix)));
}
END_TEST

START_TEST(refuses_malformed_paths)
{
    static const char *const bad[] = {"/v1/%", "/v1/events/%zz", "/v1/%00", "/v1/events/%ff",
                                      "/v1/events/a%0d%0a"};
    struct route_match m;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        route_find(str_from(bad[i]), &m);
        ck_assert_ptr_nonnull(m.malformed);
        ck_assert_ptr_null(m.any);
    }
    char many[ROUTE_LONGEST_PATH + 2];
    memset(many, 'a', sizeof many);
    many[0] = '/';
    route_find((str){many, sizeof many}, &m);
    ck_assert_ptr_null(m.any);
}
END_TEST

static const struct {
    const char *path;
    const char *nearest;
} near[] = {
    {"/v1/event", "/v1/events"},
    {"/v1/Events", "/v1/events"},
    {"/v1/events/", "/v1/events"},
    {"/events", "/v1/events"},
    {"/events/shusha/", "/v1/events/shusha"},
    {"/v1/actor/aze", "/v1/actors/aze"},
    {"/v1/events/shusha/account", "/v1/events/shusha/accounts"},
    {"/v1/souces/x/txt", "/v1/sources/x/text"},
    {"/helthz", "/healthz"},
    {"/wp-login.php", ""},
    {"/favicon.ico", "/favicon.svg"},
};

START_TEST(suggests_the_nearest)
{
    struct buf out;
    buf_init(&out, 2000);
    route_nearest(&out, str_from(near[_i].path));
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, near[_i].nearest);
    buf_free(&out);
}
END_TEST

START_TEST(methods_of_a_path)
{
    struct route_match m;
    struct buf out;
    buf_init(&out, 100);
    route_find(STR("/v1/sources/x"), &m);
    route_allow(&out, &m);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, "GET, HEAD, PUT, DELETE, OPTIONS");
    ck_assert_ptr_eq(route_of_method(&m, API_HEAD), route_of_method(&m, API_GET));
    ck_assert_ptr_null(route_of_method(&m, API_POST));
    ck_assert_ptr_null(route_of_method(&m, API_OTHER));
    ck_assert_int_eq(route_of_method(&m, API_PUT)->kind, ROUTE_WRITE);
    buf_free(&out);
}
END_TEST

START_TEST(the_table_holds_together)
{
    size_t n;
    const struct route *table = route_table(&n);
    for (size_t i = 0; i < n; i++) {
        const struct route *r = &table[i];
        ck_assert_ptr_nonnull(r->about);
        ck_assert(r->method == API_GET || r->method == API_POST || r->method == API_PUT ||
                  r->method == API_DELETE);
        if (r->handler == NULL)
            continue;
        ck_assert_msg(r->formats != 0, "%s gives nothing", r->path);
        ck_assert_int_eq(r->kind == ROUTE_WRITE, r->method != API_GET);
        bool chooses = r->parameters & PARAMETER_BIT(PARAM_FORMAT);
        bool has_choice = (r->formats & (r->formats - 1)) != 0;
        ck_assert_int_eq(chooses, r->kind == ROUTE_READ || (r->kind == ROUTE_WRITE && has_choice));
        struct route_match m;
        route_find(str_from(r->path), &m);
        ck_assert_str_eq(m.any->path, r->path);
    }
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("route");
    tcase_add_loop_test(t, finds_paths, 0, sizeof paths / sizeof *paths);
    tcase_add_test(t, refuses_malformed_paths);
    tcase_add_loop_test(t, suggests_the_nearest, 0, sizeof near / sizeof *near);
    tcase_add_test(t, methods_of_a_path);
    tcase_add_test(t, the_table_holds_together);
    Suite *s = suite_create("route");
    suite_add_tcase(s, t);
    return check_main(s);
}
