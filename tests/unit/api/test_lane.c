#include "api/api.h"
#include "check_main.h"

#include <stdlib.h>

/* Which requests are kept off the listener's own threads, however they are written. */
static const struct {
    enum api_method method;
    const char *target;
    enum api_lane want;
} lanes[] = {
    {API_GET, "/v1/sources/a/document", API_SLOW},
    {API_GET, "/v1/sources/a/document.json?as_of=1", API_SLOW},
    {API_GET, "/v1/sources/a/annotations", API_SLOW},
    {API_GET, "/v1/sources/document", API_FAST},
    {API_GET, "/v1/sources/a", API_FAST},
    {API_GET, "/v1/events/a/history", API_FAST},
    {API_GET, "/v1/events/a/graph", API_SLOW},
    {API_GET, "/v1/events/a/graph.html?depth=4", API_SLOW},
    {API_GET, "/v1/events/a/gra%70h", API_SLOW},
    {API_GET, "/v1/events/graph", API_FAST},
    {API_GET, "/oembed?url=/v1/events%3Fq%3Dpeace", API_SLOW},
    {API_GET, "/oembed.xml?url=/", API_SLOW},
    {API_GET, "/embed?q=peace", API_SLOW},
    {API_GET, "/embed?date=2021", API_FAST},
    {API_GET, "/v1/events", API_FAST},
    {API_GET, "/v1/events?date=2021&actor=aze&limit=1000", API_FAST},
    {API_GET, "/v1/events?tag=a%20b&limit=10", API_FAST},
    {API_GET, "/v1/events?qq=x&sort=q", API_FAST},
    {API_GET, "/v1/events?q=peace", API_SLOW},
    {API_HEAD, "/v1/events?limit=1&q=peace", API_SLOW},
    {API_GET, "/v1/events?%71=peace", API_SLOW},
    {API_GET, "/v1/events.csv?limit=all", API_SLOW},
    {API_GET, "/v1/events.csv?limit=%61ll", API_SLOW},
    {API_GET, "/v1/events.csv?%6cimit=al%6C", API_SLOW},
    {API_GET, "/v1/events?known_at=2021", API_SLOW},
    {API_GET, "/v1/events?limit=2&poli%63y=first", API_SLOW},
    {API_GET, "/v1/events/one?policy=first&known_at=2021", API_FAST},
    {API_GET, "/v1/histogram", API_SLOW},
    {API_GET, "/v1/facets.csv?by=actor", API_SLOW},
    {API_GET, "/v1/%68istogram", API_SLOW},
    {API_GET, "/v1/suggest?q=a", API_SLOW},
    {API_GET, "/v1/changes?since=1", API_FAST},
    {API_PUT, "/v1/sources/one?dry_run", API_WRITE},
    {API_PUT, "/v1/events", API_FAST},
    {API_OPTIONS, "/v1/histogram?q=x", API_FAST},
};

START_TEST(each_has_its_lane)
{
    const struct api_request rq = {.method = lanes[_i].method,
                                   .target = str_from(lanes[_i].target)};
    ck_assert_msg(api_lane(&rq) == lanes[_i].want, "%s", lanes[_i].target);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("lane");
    tcase_add_loop_test(t, each_has_its_lane, 0, sizeof lanes / sizeof *lanes);
    Suite *s = suite_create("lane");
    suite_add_tcase(s, t);
    return check_main(s);
}
