/*
 * Counting against a second opinion: random events are kept in memory beside the
 * store, and every bucket and every value is counted again by match_event, one event at a time.
 * ANNALS_SEED repeats a run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "world.h"

#define EVENTS 160
#define ACTORS 30
#define TYPES 6

static struct world world;
static struct store *store;
static struct store_writer *writer;
static struct store_reader *reader;
static struct arena *arena;
static struct err err;

static struct known {
    char date[80]; /* empty for none */
    bool gapped;
    struct period bounds;
    bool has_actor[ACTORS];
    int role; /* of every actor of it */
    int type; /* -1 for none */
} known[EVENTS];

static const char *const types[TYPES] = {"agree", "protest", "consult", "march", "sit-in", "rally"};
static const char *const roles[] = {"initiator", "target", "host"};

/* ---- chance ---- */

static uint64_t state;

static int draw(int below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((state >> 33) % (uint64_t)below);
}

static void draw_day(char *out, size_t size)
{
    snprintf(out, size, "%04d-%02d-%02d", 2018 + draw(6), 1 + draw(12), 1 + draw(28));
}

/* One of every kind of date. */
static void draw_date(char *out, size_t size)
{
    char a[20], b[20];
    int year = 2018 + draw(6), month = 1 + draw(12);
    draw_day(a, sizeof a);
    draw_day(b, sizeof b);
    bool swap = strcmp(a, b) > 0;
    const char *early = swap ? b : a, *late = swap ? a : b;
    switch (draw(16)) {
    case 0:
    case 1:
    case 2:
        snprintf(out, size, "%s", a);
        return;
    case 3:
        snprintf(out, size, "%04d-%02d", year, month);
        return;
    case 4:
        snprintf(out, size, "%04d", year);
        return;
    case 5:
        snprintf(out, size, "%s/%s", early, late);
        return;
    case 6:
        snprintf(out, size, "%04d-%02d/%s", 2018, month, "2023-06");
        return;
    case 7:
        snprintf(out, size, "%s/..", a);
        return;
    case 8:
        snprintf(out, size, "../%s", a);
        return;
    case 9:
        snprintf(out, size, "%s/", a);
        return;
    case 10:
        snprintf(out, size, "/%s", a);
        return;
    case 11:
        snprintf(out, size, "[%s,%04d-%02d]", early, year, month);
        return;
    case 12:
        snprintf(out, size, "{%s,%s,%04d}", early, late, year);
        return;
    case 13:
        snprintf(out, size, "%04d-XX-%02d", year, 1 + draw(28));
        return;
    case 14:
        snprintf(out, size, "201X-%02d", month);
        return;
    default:
        out[0] = '\0';
    }
}

/* ---- the store ---- */

static void write_event(struct buf *out, int i)
{
    struct known *k = &known[i];
    buf_printf(out, "%s{\"id\":\"e%d\",\"title\":\"Event %d\"", i > 0 ? "," : "", i, i);
    if (k->date[0] != '\0')
        buf_printf(out, ",\"date\":\"%s\"", k->date);
    if (k->type >= 0)
        buf_printf(out, ",\"type\":\"%s\"", types[k->type]);
    buf_add(out, STR(",\"participants\":["));
    bool any = false;
    for (int a = 0; a < ACTORS; a++)
        if (k->has_actor[a]) {
            buf_printf(out, "%s{\"actor\":\"a%d\",\"role\":\"%s\"}", any ? "," : "", a,
                       roles[k->role]);
            any = true;
        }
    buf_add(out, STR("]}"));
}

static void draw_events(void)
{
    for (int i = 0; i < EVENTS; i++) {
        struct known *k = &known[i];
        *k = (struct known){.type = draw(TYPES + 1) - 1, .role = draw(3)};
        draw_date(k->date, sizeof k->date);
        for (int a = draw(4); a > 0; a--)
            k->has_actor[draw(2) ? draw(ACTORS) : draw(4)] = true;
        struct edtf date;
        struct edtf_error error;
        if (k->date[0] == '\0')
            continue;
        ck_assert_msg(edtf_parse(str_from(k->date), &date, &error), "%s", k->date);
        k->bounds = date.bounds;
        k->gapped = match_gapped(str_from(k->date));
    }
}

static void put(str json)
{
    struct change change = {.author = STR("tester")};
    struct change_result result;
    struct problems problems;
    bool replayed, syntax;
    problem_init(&problems, arena);
    struct document *d = document_decode(json, arena, &problems, &syntax);
    ck_assert_msg(d != NULL, "%.*s", STR_ARG(problems.n ? problems.items[0].detail : STR("")));
    ck_assert(store_change_begin(writer, &change, arena, &replayed, &result, &err));
    ck_assert_msg(store_change_put(writer, d, STR(""), &problems, &err), "%s / %.*s", err.detail,
                  STR_ARG(problems.n ? problems.items[0].detail : STR("")));
    ck_assert_msg(store_change_commit(writer, arena, &result, &err), "%s", err.detail);
}

static void put_events(void)
{
    struct buf json;
    buf_init(&json, 16u << 20);
    buf_add(&json, STR("{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\"},\"types\":["));
    for (int t = 3; t < TYPES; t++)
        buf_printf(&json, "%s{\"id\":\"%s\",\"label\":\"A %s\",\"parent\":\"protest\"}",
                   t > 3 ? "," : "", types[t], types[t]);
    buf_add(&json, STR("],\"actors\":["));
    for (int a = 0; a < ACTORS; a++)
        buf_printf(&json, "%s{\"id\":\"a%d\",\"name\":\"Actor %d\"}", a > 0 ? "," : "", a, a);
    buf_add(&json, STR("],\"events\":["));
    for (int i = 0; i < EVENTS; i++)
        write_event(&json, i);
    buf_add(&json, STR("]}"));
    ck_assert(!buf_failed(&json));
    put(arena_copy(arena, buf_str(&json)));
    buf_free(&json);
}

static void set_up(void)
{
    world_open(&world, (uint32_t)time(NULL));
    store = world.store;
    writer = world.writer;
    reader = world.reader;
    arena = world.arena;
    state = world.state;
}

static void tear_down(void)
{
    world_close(&world);
}

/* ---- questions ---- */

/* A query for actor number `actor` (-1: any) and a date (NULL: none). */
static void make_query(struct query *q, const char *date, int actor)
{
    struct edtf_error error;
    *q = (struct query){.limit = 10, .version = store_version(store)};
    if (date != NULL) {
        q->date.text = arena_copy(arena, str_from(date));
        ck_assert_msg(edtf_parse(q->date.text, &q->date.value, &error), "%s", date);
        match_prepare(q->date.text, MATCH_OVERLAPS, arena, &q->match);
    }
    if (actor < 0)
        return;
    struct filter *f = ARENA_NEW(arena, struct filter);
    str *value = ARENA_NEW(arena, str);
    *value = arena_printf(arena, "a%d", actor);
    *f = (struct filter){FILTER_ACTOR, false, {value, 1}, STR("actor")};
    q->filters = f;
    q->filter_count = 1;
}

static str own_date(const struct known *k)
{
    return k->gapped ? str_from(k->date) : STR("");
}

/* Whether an event answers the query, by what is kept in memory. */
static bool answers(const struct known *k, const struct query *q, int actor)
{
    if (actor >= 0 && !k->has_actor[actor])
        return false;
    if (q->date.text.p == NULL)
        return true;
    return k->date[0] != '\0' && match_event(&q->match, &k->bounds, own_date(k)) != PERIOD_NO_MATCH;
}

static enum period_match in_bucket(const struct known *k, const struct window *w)
{
    const struct match m = {.when = MATCH_OVERLAPS, .hull = *w};
    return k->date[0] == '\0' ? PERIOD_NO_MATCH : match_event(&m, &k->bounds, own_date(k));
}

/* ---- histograms ---- */

/* Whether an event is of a series: of an actor or type, or of the rest where the id is empty. */
static bool is_of(const struct known *k, const struct histogram_ask *ask, const struct histogram *h,
                  size_t series)
{
    str id = h->series[series].id;
    if (id.n == 0) {
        for (size_t i = 0; i < series; i++)
            if (is_of(k, ask, h, i))
                return false;
        return true;
    }
    if (ask->split == FACET_TYPE)
        return k->type >= 0 && str_eq(id, str_from(types[k->type]));
    return k->has_actor[strtol(arena_copy(arena, id).p + 1, NULL, 10)];
}

static void check_counts(const struct query *q, const struct histogram_ask *ask, int actor,
                         const struct histogram *h, size_t series)
{
    bool all = series == h->series_count;
    const struct histogram_bucket *buckets = all ? h->buckets : h->series[series].buckets;
    int64_t matched = 0, undated = 0;
    for (size_t b = 0; b < h->n; b++) {
        int64_t min = 0, max = 0;
        for (int i = 0; i < EVENTS; i++) {
            if (!answers(&known[i], q, actor) || (!all && !is_of(&known[i], ask, h, series)))
                continue;
            enum period_match m = in_bucket(&known[i], &buckets[b].window);
            min += m == PERIOD_CERTAIN;
            max += m != PERIOD_NO_MATCH;
        }
        ck_assert_msg(buckets[b].min == min && buckets[b].max == max,
                      "bucket %zu of %zu: %lld, %lld and not %lld, %lld", b, h->n,
                      (long long)buckets[b].min, (long long)buckets[b].max, (long long)min,
                      (long long)max);
    }
    for (int i = 0; i < EVENTS; i++)
        if (answers(&known[i], q, actor) && (all || is_of(&known[i], ask, h, series))) {
            matched++;
            undated += known[i].date[0] == '\0';
        }
    ck_assert_int_eq(all ? h->matched : h->series[series].matched, matched);
    if (all)
        ck_assert_int_eq(h->undated, undated);
}

START_TEST(every_bucket_is_right)
{
    static const char *const dates[] = {
        NULL, "2021", "2019-03-05/2020-11-20", "2020/..", "../2019", "XXXX-02-1X", "1990/1995"};
    static const struct histogram_ask asks[] = {
        {HISTOGRAM_DAY, 0, FACETS},       {HISTOGRAM_MONTH, 0, FACETS},
        {HISTOGRAM_YEAR, 0, FACETS},      {HISTOGRAM_DECADE, 0, FACETS},
        {HISTOGRAM_BINS, 17, FACETS},     {HISTOGRAM_MONTH, 0, FACET_ACTOR},
        {HISTOGRAM_YEAR, 0, FACET_TYPE},  {HISTOGRAM_BINS, 40, FACET_TYPE},
        {HISTOGRAM_BINS, 1, FACET_ACTOR},
    };
    draw_events();
    put_events();
    for (size_t d = 0; d < sizeof dates / sizeof dates[0]; d++)
        for (size_t k = 0; k < sizeof asks / sizeof asks[0]; k++)
            for (int actor = -1; actor < 2; actor++) {
                struct query q;
                struct histogram h;
                struct problems problems;
                problem_init(&problems, arena);
                make_query(&q, dates[d], actor);
                bool ok = store_histogram(reader, &q, &asks[k], arena, &h, &problems, &err);
                ck_assert_msg(ok, "%s", err.detail);
                ck_assert_uint_gt(h.n, 0);
                for (size_t s = 0; s <= h.series_count; s++)
                    check_counts(&q, &asks[k], actor, &h, s);
                ck_assert_uint_le(h.series_count, HISTOGRAM_MOST_SERIES + 1);
            }
}
END_TEST

START_TEST(ranges_are_whole_units)
{
    struct query q;
    struct histogram h;
    struct problems problems;
    problem_init(&problems, arena);
    put(STR("{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\"},\"events\":["
            "{\"id\":\"a\",\"title\":\"A\",\"date\":\"-0043\"},"
            "{\"id\":\"b\",\"title\":\"B\",\"date\":\"2021-05/..\"},"
            "{\"id\":\"c\",\"title\":\"C\"}]}"));
    make_query(&q, NULL, -1);
    struct histogram_ask ask = {HISTOGRAM_DECADE, 0, FACETS};
    ck_assert(store_histogram(reader, &q, &ask, arena, &h, &problems, &err));
    ck_assert_uint_eq(h.n, 208); /* from the one of -50 to the one of 2020 */
    ck_assert_int_eq(h.buckets[0].max, 1);
    ck_assert_int_eq(h.buckets[1].max, 0);
    ck_assert_int_eq(h.buckets[207].min, 1);
    ck_assert_int_eq(h.undated, 1);
    ask.by = HISTOGRAM_DAY;
    ck_assert(!store_histogram(reader, &q, &ask, arena, &h, &problems, &err));
    ck_assert_int_eq(err.code, ERR_BAD_PARAMETER);
    ck_assert_uint_eq(problems.n, 1);
    ck_assert(str_eq(problems.items[0].at, STR("by")));
    ck_assert(str_search(problems.items[0].hint, STR("by=year"), 0) < problems.items[0].hint.n);
    make_query(&q, "../..", -1);
    ask.by = HISTOGRAM_YEAR;
    err = (struct err){0};
    ck_assert(store_histogram(reader, &q, &ask, arena, &h, &problems, &err));
    ck_assert_int_eq(h.matched, 2);
    ck_assert_uint_eq(h.n, 2065);
}
END_TEST

START_TEST(nothing_has_no_buckets)
{
    struct query q;
    struct histogram h;
    struct problems problems;
    const struct histogram_ask ask = {HISTOGRAM_DAY, 0, FACET_TAG};
    problem_init(&problems, arena);
    make_query(&q, NULL, -1);
    ck_assert(store_histogram(reader, &q, &ask, arena, &h, &problems, &err));
    ck_assert_uint_eq(h.n, 0);
    ck_assert_uint_eq(h.series_count, 0);
    make_query(&q, "2021-03", -1);
    q.text = STR("*");
    ck_assert(store_histogram(reader, &q, &ask, arena, &h, &problems, &err));
    ck_assert_uint_eq(h.n, 31);
    ck_assert_int_eq(h.matched, 0);
}
END_TEST

/* ---- facets ---- */

/* Whether an event is of value number v of a facet whose values are numbered here. */
static bool has_value(const struct known *k, enum facet facet, int v)
{
    if (facet == FACET_ACTOR)
        return k->has_actor[v];
    if (facet == FACET_TYPE)
        return k->type == v;
    for (int a = 0; a < ACTORS; a++)
        if (k->has_actor[a])
            return k->role == v;
    return false;
}

static str value_name(enum facet facet, int v)
{
    return facet == FACET_ACTOR  ? arena_printf(arena, "a%d", v)
           : facet == FACET_TYPE ? str_from(types[v])
                                 : str_from(roles[v]);
}

static void check_facet(const struct facet_values *f, const struct query *q, int actor, int values)
{
    size_t seen = 0;
    for (int v = 0; v < values; v++) {
        int64_t count = 0, found = 0;
        for (int i = 0; i < EVENTS; i++)
            count += answers(&known[i], q, actor) && has_value(&known[i], f->facet, v);
        for (size_t i = 0; i < f->n; i++)
            if (str_eq(f->values[i].id, value_name(f->facet, v)))
                found = f->values[i].count;
        ck_assert_msg(found == count, "%.*s: %lld and not %lld", STR_ARG(value_name(f->facet, v)),
                      (long long)found, (long long)count);
        seen += count > 0;
    }
    ck_assert_uint_eq(f->n, seen);
    ck_assert(!f->more);
    for (size_t i = 1; i < f->n; i++) {
        const struct facet_value *x = &f->values[i - 1], *y = &f->values[i];
        ck_assert(x->count > y->count || (x->count == y->count && str_cmp(x->id, y->id) < 0));
    }
}

START_TEST(every_value_is_right)
{
    static const char *const dates[] = {NULL, "2021", "2020/..", "XXXX-02-1X"};
    draw_events();
    put_events();
    for (size_t d = 0; d < sizeof dates / sizeof dates[0]; d++)
        for (int actor = -1; actor < 2; actor++) {
            struct query q;
            struct problems problems;
            struct facet_values *found;
            size_t n;
            int64_t matched;
            problem_init(&problems, arena);
            make_query(&q, dates[d], actor);
            ck_assert_msg(store_facets(reader, &q, (1u << FACETS) - 1, 100, arena, &found, &n,
                                       &matched, &problems, &err),
                          "%s", err.detail);
            ck_assert_uint_eq(n, FACETS);
            for (size_t i = 0; i < n; i++)
                ck_assert_uint_eq(found[i].facet, i);
            check_facet(&found[FACET_ACTOR], &q, actor, ACTORS);
            check_facet(&found[FACET_TYPE], &q, actor, TYPES);
            check_facet(&found[FACET_ROLE], &q, actor, 3);
            ck_assert_uint_eq(found[FACET_SOURCE].n, matched > 0);
            if (matched > 0)
                ck_assert_int_eq(found[FACET_SOURCE].values[0].count, matched);
            /* Fewer of them are the first ones, and say that there are more. */
            struct facet_values *few;
            ck_assert(store_facets(reader, &q, 1u << FACET_ACTOR, 7, arena, &few, &n, &matched,
                                   &problems, &err));
            ck_assert_uint_eq(n, 1);
            size_t all = found[FACET_ACTOR].n;
            ck_assert_uint_eq(few->n, all < 7 ? all : 7);
            ck_assert(few->more == (all > 7));
            for (size_t i = 0; i < few->n; i++)
                ck_assert(str_eq(few->values[i].id, found[FACET_ACTOR].values[i].id));
        }
}
END_TEST

CHECK_MAIN_WITH("counting", set_up, tear_down, every_bucket_is_right, ranges_are_whole_units,
                nothing_has_no_buckets, every_value_is_right)
