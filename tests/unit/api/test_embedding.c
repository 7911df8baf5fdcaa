/* Whose addresses are embedded, and whose pages may frame them, by the settings. */
#include "api/api.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "check_main.h"

#include <unistd.h>

static struct store *store;
static struct store_reader *reader;
static struct arena *arena;

static void set_up(void)
{
    char path[] = "/tmp/annals-unit-XXXXXX";
    struct err e;
    int fd = mkstemp(path);
    ck_assert(fd >= 0);
    close(fd);
    ck_assert(store_open(path, STORE_CREATE, &store, &e));
    ck_assert(store_reader_open(store, &reader, &e));
    unlink(path);
    arena = arena_new();
}

static void tear_down(void)
{
    store_reader_close(reader);
    store_close(store);
    arena_free(arena);
}

static struct api_response ask(const char *public_url, const char *ancestors, const char *name,
                               const char *value, const char *target)
{
    const struct api_settings settings = {.title = "T",
                                          .licence = "",
                                          .public_url = public_url,
                                          .embed_ancestors = ancestors,
                                          .deadline_ms = 10000,
                                          .search_deadline_ms = 10000,
                                          .count_deadline_ms = 10000};
    const struct api_header headers[] = {{str_from(name), str_from(value)}};
    const struct api_request rq = {
        .method = API_GET, .target = str_from(target), .headers = headers, .header_count = 1};
    struct api_response out;
    struct api *api = api_new(store, &settings);
    api_handle(api, reader, NULL, &rq, arena, &out);
    api_free(api);
    return out;
}

#define PUBLIC "https://Example.org/history/"

/* frame: how the html begins, behind `<iframe src="`; NULL for a 404. */
static const struct {
    const char *public_url, *host, *url, *frame;
} addresses[] = {
    {PUBLIC, "inner:8080", "https://example.org/history/v1/events",
     "https://Example.org/history/embed"},
    {PUBLIC, "inner:8080", "http://example.org:80/history/v1/events?q=a%2526b",
     "https://Example.org/history/embed?q=a%26b"},
    {PUBLIC, "inner:8080", "https://EXAMPLE.ORG:443/history", "https://Example.org/history/embed"},
    {PUBLIC, "inner:8080", "https://example.org/history/", "https://Example.org/history/embed"},
    {PUBLIC, "inner:8080", "https://example.org/history?format=html",
     "https://Example.org/history/embed"},
    {PUBLIC, "inner:8080", "https://example.org/history%23e=a-b",
     "https://Example.org/history/embed?selected=a-b"},
    {PUBLIC, "inner:8080", "https://example.org/historyx", NULL},
    {PUBLIC, "inner:8080", "https://example.org/history.html", NULL},
    {PUBLIC, "inner:8080", "https://example.org/History/v1/events", NULL},
    {PUBLIC, "inner:8080", "https://example.org/v1/events", NULL},
    {PUBLIC, "inner:8080", "https://example.org:8443/history/v1/events", NULL},
    {PUBLIC, "inner:8080", "http://inner:8080/v1/events", "https://Example.org/history/embed"},
    {PUBLIC, "inner:8080", "http://inner/v1/events", NULL},
    {PUBLIC, "inner:8080", "/v1/events", "https://Example.org/history/embed"},
    {PUBLIC, "inner:8080", "/history/v1/events", NULL},
    {"", "inner:8080", "http://inner:8080/v1/events", "http://inner:8080/embed"},
    {"", "inner:8080", "https://inner:8080/v1/events", "https://inner:8080/embed"},
    {"", "inner:80", "http://inner/v1/events", "http://inner:80/embed"},
    {"", "inner:80", "https://inner/v1/events", NULL},
    {"", "", "http:///v1/events", NULL},
    {"", "", "/v1/events", "/embed"},
    {"nowhere", "inner", "http://inner/", "#"}, /* no address at all */
};

START_TEST(an_address_is_ours_or_not)
{
    const char *target = arena_printf(arena, "/oembed?url=%s", addresses[_i].url).p;
    const struct api_response out = ask(addresses[_i].public_url, "*", "Host", addresses[_i].host,
                                        target);
    ck_assert_int_eq(out.status, addresses[_i].frame != NULL ? 200 : 404);
    if (addresses[_i].frame == NULL)
        return;
    struct buf html;
    buf_init(&html, 10000);
    jvalue_decode(&html, jvalue_member(out.body, "html"));
    str want = arena_printf(arena, "<iframe src=\"%s\" ", addresses[_i].frame);
    ck_assert_msg(str_starts(buf_str(&html), want), "%.*s", STR_ARG(buf_str(&html)));
    buf_free(&html);
}
END_TEST

static const struct {
    const char *ancestors, *directive;
} frames[] = {
    {"*", NULL},
    {" * ", NULL},
    {"'none'", "; frame-ancestors 'none'; "},
    {"https://a.example *.b.example", "; frame-ancestors https://a.example *.b.example; "},
};

/* A page and the refusal of one are framed by the same ones. */
START_TEST(who_may_frame_is_in_the_policy)
{
    static const char *const targets[] = {"/embed", "/embed?date=soon"};
    for (size_t i = 0; i < 2; i++) {
        const struct api_response out = ask("", frames[_i].ancestors, "Accept", "text/html",
                                            targets[i]);
        str policy = {0};
        ck_assert_int_eq(out.status, i == 0 ? 200 : 400);
        for (size_t k = 0; k < out.header_count; k++)
            if (str_eq(out.headers[k].name, STR("Content-Security-Policy")))
                policy = out.headers[k].value;
        ck_assert(policy.n > 0);
        str wanted = str_from(frames[_i].directive != NULL ? frames[_i].directive
                                                           : "form-action 'self'; require-trusted");
        ck_assert_msg(str_search(policy, wanted, 0) < policy.n, "%.*s", STR_ARG(policy));
    }
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("embedding");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, an_address_is_ours_or_not, 0, sizeof addresses / sizeof *addresses);
    tcase_add_loop_test(t, who_may_frame_is_in_the_policy, 0, sizeof frames / sizeof *frames);
    Suite *s = suite_create("embedding");
    suite_add_tcase(s, t);
    return check_main(s);
}
