/*
 * The largest questions that the model allows: as many conditions, values and areas as there can
 * be, a text as long as a request. Each is answered, in every order and by every verb; no limit of
 * a statement is met first.
 */
#include "chronicle.h"
#include "store/internal.h"

#define SEED 20230919u

static void set_up(void)
{
    world_open(&world, SEED);
}

static void tear_down(void)
{
    world_close(&world);
}

static struct filter filters[QUERY_MOST_FILTERS];
static str values[FILTER_KINDS][QUERY_MOST_VALUES];
static struct query_area areas[QUERY_MOST_AREAS];

static void fill_values(void)
{
    static const char letters[FILTER_KINDS] = {
        [FILTER_ACTOR] = 'a', [FILTER_PLACE] = 'p',      [FILTER_TAG] = 'g',
        [FILTER_ID] = 'e',    [FILTER_RELATED_TO] = 'e', [FILTER_CLAIMED_BY] = 'a'};
    static const unsigned counts[FILTER_KINDS] = {
        [FILTER_ACTOR] = ACTORS, [FILTER_PLACE] = PLACES,      [FILTER_TAG] = TAGS,
        [FILTER_ID] = EVENTS,    [FILTER_RELATED_TO] = EVENTS, [FILTER_CLAIMED_BY] = ACTORS,
        [FILTER_PRECISION] = 3,  [FILTER_SOURCE] = 2,          [FILTER_TYPE] = TYPES};
    static const char *const precisions[] = {"day", "month", "year"};
    for (unsigned kind = 0; kind < FILTER_KINDS; kind++)
        for (unsigned v = 0; v < QUERY_MOST_VALUES; v++) {
            unsigned n = v % counts[kind];
            char id[16];
            id_of(id, letters[kind], (int)n);
            values[kind][v] = arena_printf(world.arena, "%s",
                                           kind == FILTER_TYPE        ? types[n]
                                           : kind == FILTER_SOURCE    ? n ? "first" : "second"
                                           : kind == FILTER_PRECISION ? precisions[n]
                                                                      : id);
        }
}

static str text_of(size_t bytes)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    while (out.n + 24 < bytes)
        buf_printf(&out, "%s%u%s ", any(3) ? "" : "\"a ", any(10000), any(3) ? "" : "*");
    str text = arena_copy(world.arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* All filters of one kind, or of every kind in turn; half of them negated for negate 2. */
static void make(struct query *q, int kind, int negate)
{
    static str role = STR_INIT("host"), relation = STR_INIT("follows"), stance = STR_INIT("denies");
    struct edtf_error where;
    for (size_t i = 0; i < QUERY_MOST_FILTERS; i++) {
        unsigned k = kind < 0 ? (unsigned)i % FILTER_KINDS : (unsigned)kind;
        filters[i] = (struct filter){.kind = (enum filter_kind)k,
                                     .negate = negate == 1 || (negate == 2 && i % 2),
                                     .values = {values[k], QUERY_MOST_VALUES},
                                     .parameter = STR("x")};
    }
    for (size_t i = 0; i < QUERY_MOST_AREAS; i++)
        areas[i] = (struct query_area){.south = -90, .north = 90, .west = -180, .east = 180};
    *q = (struct query){.version = store_version(world.store),
                        .filters = filters,
                        .filter_count = QUERY_MOST_FILTERS,
                        .roles = {&role, 1},
                        .roles_not = {&role, 1},
                        .relations = {&relation, 1},
                        .relations_not = {&relation, 1},
                        .stances = {&stance, 1},
                        .stances_not = {&stance, 1},
                        .members = true,
                        .areas = areas,
                        .area_count = QUERY_MOST_AREAS,
                        .disputed = WHETHER_NO,
                        .undated = UNDATED_INCLUDE,
                        .when = MATCH_COVERS,
                        .count = true,
                        .limit = 1000};
    q->date.text = STR("2001-02-03");
    ck_assert(edtf_parse(q->date.text, &q->date.value, &where));
    match_prepare(q->date.text, q->when, world.arena, &q->match);
}

/* In every order and by every verb, or by date alone: that takes the longest statement. */
static void ask_all(struct query *q, bool every)
{
    static const enum query_sort sorts[] = {SORT_DATE, SORT_DATE_DESC, SORT_RELEVANCE, SORT_UPDATED,
                                            SORT_TITLE};
    const struct histogram_ask by = {.by = HISTOGRAM_BINS, .bins = 400, .split = FACET_ACTOR};
    struct event_page page;
    struct histogram histogram;
    struct facet_values *facets;
    struct problems problems;
    size_t n;
    int64_t matched;
    struct arena *a = arena_new();
    problem_init(&problems, a);
    for (size_t i = 0; i < (every ? sizeof sorts / sizeof sorts[0] : 1); i++) {
        q->sort = sorts[i];
        ck_assert_msg(store_find_events(world.reader, q, a, &page, &problems, &world.err), "%s",
                      world.err.detail);
    }
    if (!every) {
        arena_free(a);
        return;
    }
    ck_assert_msg(store_histogram(world.reader, q, &by, a, &histogram, &problems, &world.err), "%s",
                  world.err.detail);
    ck_assert_msg(store_facets(world.reader, q, (1u << FACETS) - 1, 100, a, &facets, &n, &matched,
                               &problems, &world.err),
                  "%s", world.err.detail);
    ck_assert_int_eq(matched, histogram.matched);
    ck_assert_int_eq(matched, page.matched);
    arena_free(a);
}

START_TEST(the_largest_questions_are_answered)
{
    load();
    fill_values();
    str text = text_of(8192);
    for (int kind = -1; kind < FILTER_KINDS; kind++)
        for (int negate = 0; negate < 3; negate++) {
            struct query q;
            make(&q, kind, negate);
            ask_all(&q, kind < 0);
            q.text = text;
            if (negate == 0)
                ask_all(&q, kind < 0);
        }
}
END_TEST

CHECK_MAIN_WITH("largest", set_up, tear_down, the_largest_questions_are_answered)
