/*
 * Running totals: at every version of a history by chance, what they say of all events is what a
 * walk over all events counts, and the series of a histogram that are read from links are those
 * that are read from events.
 */
#include "world.h"

#define SEED 19540312u
#define CHANGES 40
#define EVENTS 30
#define ACTORS 5

static struct world world;

static void set_up(void)
{
    world_open(&world, SEED);
}

static void tear_down(void)
{
    world_close(&world);
}

static unsigned any(unsigned n)
{
    return world_any(&world, n);
}

/* ---- the history ---- */

static void tell_event(struct buf *json, unsigned number)
{
    static const char *const dates[] = {"1990",        "1991-05", "1992-XX-04",
                                        "{1990,1993}", "1989/..", "[1991,1994-02]"};
    static const char *const roles[] = {"host", "target", "observer"};
    static const char *const types[] = {"agree", "assault", "meet"};
    buf_printf(json, "{\"id\":\"e%u\",\"type\":\"%s\",\"tags\":[\"x%u\",\"y\"],\"participants\":[",
               number, types[any(3)], any(40));
    /* The same actor in several roles, one without, two actors in one role. */
    unsigned first = any(ACTORS), n = any(6);
    for (unsigned i = 0; i < n; i++) {
        unsigned actor = i == 0 ? first : i == 4 ? (first + 1) % ACTORS : any(ACTORS);
        buf_printf(json, "%s{\"actor\":\"a%u\"", i ? "," : "", actor);
        if (i != 3)
            buf_printf(json, ",\"role\":\"%s\"", roles[i % 4]);
        buf_add_char(json, '}');
    }
    buf_add(json, STR("]"));
    if (any(4) > 0)
        buf_printf(json, ",\"date\":\"%s\"", dates[any(6)]);
    buf_add_char(json, '}');
}

/* All that one of two sources says, or that it says no more of most. */
static void change(unsigned source)
{
    struct buf json;
    unsigned share = 1 + any(6);
    buf_init(&json, 1 << 20);
    buf_printf(&json, "{\"annals\":1,\"source\":{\"id\":\"s%u\",\"title\":\"%u\"},\"actors\":[",
               source, any(1000));
    for (unsigned i = 0; i < ACTORS; i++)
        buf_printf(&json, "%s{\"id\":\"a%u\",\"name\":\"a%u\"}", i ? "," : "", i, i);
    buf_add(&json, STR("],\"types\":[{\"id\":\"meet\",\"parent\":\"agree\"}],\"events\":["));
    for (unsigned i = 0, n = 0; i < EVENTS; i++)
        if (any(6) < share) {
            if (n++ > 0)
                buf_add_char(&json, ',');
            tell_event(&json, i);
        }
    buf_add(&json, STR("]}"));
    world_put(&world, &json);
    buf_free(&json);
}

/* ---- what is asked ---- */

/* Finds everything, in a way that has to look at every event: by a date that is all of time. */
static struct query by_date(int64_t version)
{
    struct query q = {.limit = 100, .version = version, .count = true};
    struct edtf_error where;
    q.date.text = STR("../..");
    q.undated = UNDATED_INCLUDE;
    ck_assert(edtf_parse(q.date.text, &q.date.value, &where));
    match_prepare(q.date.text, MATCH_OVERLAPS, world.arena, &q.match);
    return q;
}

static void expect_same_facets(const struct query *a, const struct query *b)
{
    struct facet_values *x, *y;
    struct problems problems;
    size_t n, m;
    int64_t matched, counted;
    problem_init(&problems, world.arena);
    ck_assert(store_facets(world.reader, a, (1u << FACETS) - 1, 100, world.arena, &x, &n, &matched,
                           &problems, &world.err));
    ck_assert(store_facets(world.reader, b, (1u << FACETS) - 1, 100, world.arena, &y, &m, &counted,
                           &problems, &world.err));
    ck_assert_int_eq(matched, counted);
    ck_assert_uint_eq(n, m);
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_eq(x[i].n, y[i].n);
        for (size_t k = 0; k < x[i].n; k++) {
            ck_assert(str_eq(x[i].values[k].id, y[i].values[k].id));
            ck_assert_int_eq(x[i].values[k].count, y[i].values[k].count);
        }
    }
}

static void expect_same_pages(const struct query *a, const struct query *b)
{
    struct event_page x, y;
    struct problems problems;
    struct store_summary summary;
    problem_init(&problems, world.arena);
    ck_assert(store_find_events(world.reader, a, world.arena, &x, &problems, &world.err));
    ck_assert(store_find_events(world.reader, b, world.arena, &y, &problems, &world.err));
    ck_assert(store_summary(world.reader, a->version, world.arena, &summary, &world.err));
    ck_assert_uint_eq(x.n, y.n);
    ck_assert_int_eq(x.matched, (int64_t)x.n);
    ck_assert_int_eq(y.matched, (int64_t)x.n);
    ck_assert_int_eq(summary.events, (int64_t)x.n);
}

/* More tags than series: the rest is one too. */
static void expect_same_series(const struct query *all, const struct query *filtered,
                               enum facet split)
{
    const struct histogram_ask ask = {.by = HISTOGRAM_MONTH, .split = split};
    struct histogram x, y;
    struct problems problems;
    problem_init(&problems, world.arena);
    ck_assert(store_histogram(world.reader, all, &ask, world.arena, &x, &problems, &world.err));
    ck_assert(
        store_histogram(world.reader, filtered, &ask, world.arena, &y, &problems, &world.err));
    ck_assert_int_eq(x.matched, y.matched);
    ck_assert_uint_eq(x.series_count, y.series_count);
    ck_assert_uint_eq(x.n, y.n);
    for (size_t i = 0; i < x.series_count; i++) {
        ck_assert(str_eq(x.series[i].id, y.series[i].id));
        ck_assert_int_eq(x.series[i].matched, y.series[i].matched);
        for (size_t k = 0; k < x.n; k++) {
            ck_assert_int_eq(x.series[i].buckets[k].min, y.series[i].buckets[k].min);
            ck_assert_int_eq(x.series[i].buckets[k].max, y.series[i].buckets[k].max);
        }
    }
}

START_TEST(totals_are_what_they_count)
{
    static const str sources[] = {STR_INIT("s0"), STR_INIT("s1")};
    for (unsigned i = 0; i < CHANGES; i++) {
        arena_reset(world.arena);
        change(i < 2 ? i : any(2));
    }
    world_expect_sound(&world);
    ck_assert_int_eq(store_version(world.store), CHANGES);
    for (int64_t v = 2; v <= CHANGES; v++) {
        arena_reset(world.arena);
        struct query all = {.limit = 100, .version = v, .count = true}, dated = by_date(v);
        struct filter either = {.kind = FILTER_SOURCE,
                                .parameter = STR("source"),
                                .values = {(str *)(uintptr_t)sources, 2}};
        struct query filtered = all;
        filtered.filters = &either;
        filtered.filter_count = 1;
        expect_same_pages(&all, &dated);
        expect_same_facets(&all, &dated);
        for (unsigned f = 0; f < FACETS; f++)
            expect_same_series(&all, &filtered, (enum facet)f);
    }
}
END_TEST

CHECK_MAIN_WITH("total", set_up, tear_down, totals_are_what_they_count)
