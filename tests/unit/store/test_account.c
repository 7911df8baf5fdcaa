/*
 * What an event is found by changes with each of its accounts, also with those that do not win: the
 * row of the event is written anew although it reads as before.
 */
#include "world.h"

static struct world world;

static void set_up(void)
{
    world_open(&world, 7);
}

static void tear_down(void)
{
    world_close(&world);
}

/* One change of several sources; each entry is a whole document. */
static void put_together(const char *const *documents, size_t n)
{
    struct change change = {.author = STR("test")};
    struct change_result result;
    struct problems problems;
    bool replayed, syntax;
    problem_init(&problems, world.arena);
    ck_assert(
        store_change_begin(world.writer, &change, world.arena, &replayed, &result, &world.err));
    for (size_t i = 0; i < n; i++) {
        struct document *d = document_decode(str_from(documents[i]), world.arena, &problems,
                                             &syntax);
        ck_assert_msg(d != NULL, "%.*s", STR_ARG(problems.n ? problems.items[0].detail : STR("?")));
        ck_assert_msg(store_change_put(world.writer, d, STR(""), &problems, &world.err), "%s",
                      world.err.detail);
    }
    ck_assert_msg(store_change_commit(world.writer, world.arena, &result, &world.err), "%s",
                  world.err.detail);
}

static void put(const char *document)
{
    put_together(&document, 1);
}

/* How many events a text or a source finds at a version. */
static int64_t count(int64_t version, const char *text, const char *source)
{
    struct event_page page;
    struct problems problems;
    str value = str_from(source);
    struct filter filter = {
        .kind = FILTER_SOURCE, .values = {&value, 1}, .parameter = STR("source")};
    const struct query q = {.filters = &filter,
                            .filter_count = source != NULL,
                            .text = str_from(text),
                            .limit = 10,
                            .version = version};
    problem_init(&problems, world.arena);
    ck_assert_msg(store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err),
                  "%s", world.err.detail);
    return (int64_t)page.n;
}

#define SOURCE(id, precedence)                                                                     \
    "{\"annals\":1,\"source\":{\"id\":\"" id "\",\"title\":\"S\",\"precedence\":" precedence       \
    ",\"text\":\"red green blue\"},\"events\":["
#define EVENT(title, quote) "{\"id\":\"e\",\"title\":\"" title "\",\"evidence\":[" quote "]}]}"

START_TEST(words_of_accounts_that_do_not_win_are_found)
{
    put(SOURCE("high", "9") EVENT("Alpha", ""));
    put(SOURCE("low", "1") EVENT("Beta", "{\"start\":0,\"end\":3}"));
    put(SOURCE("low", "1") EVENT("Gamma", "{\"start\":0,\"end\":3}"));
    put(SOURCE("low", "1") EVENT("Gamma", "{\"start\":4,\"end\":9}"));
    static const struct {
        const char *text;
        int64_t found[4]; /* at the versions 1 to 4 */
    } rows[] = {
        {"alpha", {1, 1, 1, 1}}, {"beta", {0, 1, 0, 0}},  {"gamma", {0, 0, 1, 1}},
        {"red", {0, 1, 1, 0}},   {"green", {0, 0, 0, 1}},
    };
    ck_assert_int_eq(store_version(world.store), 4);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int64_t v = 1; v <= 4; v++)
            ck_assert_msg(count(v, rows[i].text, NULL) == rows[i].found[v - 1],
                          "%s at version %lld", rows[i].text, (long long)v);
    world_expect_sound(&world);
}
END_TEST

START_TEST(sources_that_change_places_are_found)
{
    static const char *const together[] = {
        SOURCE("two", "1") "]}",
        SOURCE("three", "1") EVENT("Beta", ""),
    };
    put(SOURCE("one", "9") EVENT("Alpha", ""));
    put(SOURCE("two", "1") EVENT("Beta", ""));
    put_together(together, 2);
    ck_assert_int_eq(count(2, NULL, "two"), 1);
    ck_assert_int_eq(count(3, NULL, "two"), 0);
    ck_assert_int_eq(count(3, NULL, "three"), 1);
    ck_assert_int_eq(count(3, "beta", "three"), 1);
    world_expect_sound(&world);
}
END_TEST

/* The sources of a row stand in the order of their precedence. */
START_TEST(sources_follow_their_precedence)
{
    struct event_row row;
    struct gone gone;
    put(SOURCE("one", "9") EVENT("Alpha", ""));
    put(SOURCE("two", "1") EVENT("Alpha", ""));
    put(SOURCE("two", "10") EVENT("Alpha", ""));
    for (int64_t v = 2; v <= 3; v++) {
        ck_assert_int_eq(
            store_get_event(world.reader, v, STR("e"), world.arena, &row, &gone, &world.err),
            STORE_FOUND);
        ck_assert_msg(str_eq(row.sources, v == 2 ? STR("one; two") : STR("two; one")), "%.*s",
                      STR_ARG(row.sources));
    }
}
END_TEST

CHECK_MAIN_WITH("account", set_up, tear_down, words_of_accounts_that_do_not_win_are_found,
                sources_that_change_places_are_found, sources_follow_their_precedence)
