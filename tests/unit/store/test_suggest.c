/* Type-ahead and excerpts: what is found for what is typed, and where it says that it stands. */
#include <stdio.h>
#include <stdlib.h>

#include "world.h"

static struct world world;
static struct store *store;
static struct store_writer *writer;
static struct store_reader *reader;
static struct arena *arena;
static struct err err;

static void set_up(void)
{
    world_open(&world, 1);
    store = world.store;
    writer = world.writer;
    reader = world.reader;
    arena = world.arena;
}

static void tear_down(void)
{
    world_close(&world);
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

/* ---- type-ahead ---- */

static const char names[] =
    "{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\"},\"actors\":["
    "{\"id\":\"aze\",\"name\":\"Azerbaijan\",\"names\":[{\"name\":\"Azərbaycan\"},"
    "{\"name\":\"Ադրբեջան\"}]},"
    "{\"id\":\"azer\",\"name\":\"Azer Institute of the North Gate\"},"
    "{\"id\":\"osce\",\"name\":\"OSCE Minsk Group\"}],"
    "\"places\":[{\"id\":\"farrukh\",\"name\":\"Farrukh\",\"names\":[{\"name\":\"Parukh\"},"
    "{\"name\":\"Фаррух\"},{\"name\":\"Փառուխ\"}]},"
    "{\"id\":\"karabakh\",\"name\":\"Karabakh\",\"names\":[{\"name\":\"Ղարաբաղ\"}]}],"
    "\"events\":["
    "{\"id\":\"gate\",\"title\":\"Gate\",\"date\":\"2021-03\"},"
    "{\"id\":\"gatekeeper\",\"title\":\"The gatekeeper's treaty\",\"date\":\"2022\"},"
    "{\"id\":\"talks\",\"title\":\"Azerbaijan talks\",\"participants\":[{\"actor\":\"aze\"},"
    "{\"actor\":\"osce\",\"role\":\"host\"},{\"actor\":\"osce\",\"role\":\"mediator\"}],"
    "\"places\":[\"farrukh\"]},"
    "{\"id\":\"more-talks\",\"title\":\"«More» talks\",\"participants\":[{\"actor\":\"aze\"}]}]}";

static const struct {
    const char *typed;
    const char *ids; /* in order, joined by blanks */
} suggested[] = {
    {"aze", "aze talks azer"},
    {"AZERB", "aze talks"},
    {"azərb", "aze talks"},
    {"Ադր", "aze"},
    {"parux", ""},
    {"paruk", "farrukh"},
    {"фарр", "farrukh"},
    {"Փառ", "farrukh"},
    {"Ղարաբաղ", "karabakh"},
    {"gat", "gate gatekeeper azer"},
    {"gatek", "gatekeeper"},
    {"gate", "gate gatekeeper azer"},
    {"more", "more-talks"},
    {"«more", "more-talks"},
    {"talk", "more-talks talks"},
    {"group minsk", "osce"},
    {"north inst", "azer"},
    {"north institut gat", "azer"},
    {"north stitute", ""},
    {"minsk g", "osce"},
    {"azerbaijan tal", "talks"},
    {"talks az", "talks"},
    {"other", ""},
    {"\"", ""},
    {"*", ""},
    {"", ""},
    {"gate\" OR \"talks", ""},
    {"title:gate", ""},
    {"NEAR(gate", ""},
    {"-gate", "gate gatekeeper azer"},
};

START_TEST(what_is_typed_is_found)
{
    put(str_from(names));
    for (size_t i = 0; i < sizeof suggested / sizeof suggested[0]; i++) {
        struct suggestion *items = NULL;
        size_t n;
        str ids = STR("");
        bool ok = store_suggest(reader, 1, str_from(suggested[i].typed), 10, arena, &items, &n,
                                &err);
        ck_assert_msg(ok, "%s: %s", suggested[i].typed, err.detail);
        for (size_t k = 0; k < n; k++)
            ids = arena_printf(arena, "%.*s%s%.*s", STR_ARG(ids), k > 0 ? " " : "",
                               STR_ARG(items[k].id));
        ck_assert_msg(str_eq(ids, str_from(suggested[i].ids)), "%s: %.*s", suggested[i].typed,
                      STR_ARG(ids));
    }
}
END_TEST

START_TEST(suggestions_say_why)
{
    struct suggestion *items;
    size_t n;
    put(str_from(names));
    ck_assert(store_suggest(reader, 1, STR("фар"), 10, arena, &items, &n, &err));
    ck_assert_str_eq(items[0].kind, "place");
    ck_assert(str_eq(items[0].label, STR("Farrukh")));
    ck_assert(str_eq(items[0].matched, STR("Фаррух")));
    ck_assert_int_eq(items[0].events, 1);
    ck_assert(store_suggest(reader, 1, STR("osce"), 10, arena, &items, &n, &err));
    ck_assert_int_eq(items[0].events, 1); /* two roles, one event */
    ck_assert_uint_eq(items[0].matched.n, 0);
    ck_assert(store_suggest(reader, 1, STR("gate"), 1, arena, &items, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert(str_eq(items[0].date, STR("2021-03")));
    /* Another source's title and another name: the old version knows neither. */
    put(STR("{\"annals\":1,\"source\":{\"id\":\"two\",\"title\":\"Two\"},\"actors\":["
            "{\"id\":\"osce\",\"name\":\"Organization\",\"names\":[{\"name\":\"OSCE MINSK "
            "GROUP\"}]}],\"events\":[{\"id\":\"gate\","
            "\"title\":\"Portal\"}]}"));
    ck_assert(store_suggest(reader, 2, STR("port"), 10, arena, &items, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert(str_eq(items[0].label, STR("Gate")));
    ck_assert(str_eq(items[0].matched, STR("Portal")));
    ck_assert(store_suggest(reader, 2, STR("organ"), 10, arena, &items, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert(store_suggest(reader, 1, STR("organ"), 10, arena, &items, &n, &err));
    ck_assert_uint_eq(n, 0);
    ck_assert(store_suggest(reader, 1, STR("port"), 10, arena, &items, &n, &err));
    ck_assert_uint_eq(n, 0);
    struct problems problems;
    problem_init(&problems, arena);
    ck_assert(store_check(reader, &problems, &err));
    ck_assert_msg(problems.n == 0, "%.*s",
                  STR_ARG(problems.n ? problems.items[0].detail : STR("")));
}
END_TEST

/* What was called so once is found at the versions that called it so, and at no other. */
START_TEST(names_and_titles_that_went_are_not_found)
{
    static const char *const typed[] = {"olden", "oldish", "oldword"};
    struct suggestion *items;
    size_t n;
#define NAMED(actor, begins, within)                                                               \
    "{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\"},\"actors\":["                     \
    "{\"id\":\"a\",\"name\":\"" actor "\"}],\"events\":["                                          \
    "{\"id\":\"b\",\"title\":\"" begins "\"},{\"id\":\"c\",\"title\":\"" within "\"}]}"
    put(STR(NAMED("Olden", "Oldish", "The oldword")));
    put(STR(NAMED("Young", "Newer", "The new word")));
#undef NAMED
    for (int64_t version = 1; version <= 2; version++)
        for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
            ck_assert(
                store_suggest(reader, version, str_from(typed[i]), 10, arena, &items, &n, &err));
            ck_assert_msg(n == (version == 1), "%s at version %d", typed[i], (int)version);
        }
}
END_TEST

/* Names longer than what the index compares: typed in full, or nearly, they are still found. */
START_TEST(long_names_are_found)
{
#define BEGINNING "Межправительственная комиссия по расследованию обстоятельств падения "
    static const struct {
        const char *typed;
        size_t found;
    } rows[] = {
        {BEGINNING "северных ворот города", 1},
        {BEGINNING "северных вор", 1},
        {BEGINNING "южных ворот", 0},
    };
    put(STR("{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\"},\"actors\":["
            "{\"id\":\"inquiry\",\"name\":\"" BEGINNING "северных ворот города\"},"
            "{\"id\":\"other\",\"name\":\"" BEGINNING "моста\"}]}"));
#undef BEGINNING
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct suggestion *items;
        size_t n;
        ck_assert(store_suggest(reader, 1, str_from(rows[i].typed), 10, arena, &items, &n, &err));
        ck_assert_uint_eq(n, rows[i].found);
        ck_assert(n == 0 || str_eq(items[0].id, STR("inquiry")));
    }
}
END_TEST

/* ---- excerpts ---- */

static str excerpt_of(const char *text)
{
    struct event_page page;
    struct problems problems;
    problem_init(&problems, arena);
    const struct query q = {.limit = 10, .version = store_version(store), .text = str_from(text)};
    ck_assert_msg(store_find_events(reader, &q, arena, &page, &problems, &err), "%s", err.detail);
    ck_assert_uint_eq(page.n, 1);
    return page.rows[0].excerpt;
}

static const struct {
    const char *text, *excerpt;
} excerpts[] = {
    {"NORTH", "{\"property\":\"title\",\"text\":\"The north gate\",\"marks\":[[4,9]],"
              "\"source\":\"one\"}"},
    {"\"north gate\"", "{\"property\":\"title\",\"text\":\"The north gate\",\"marks\":[[4,14]],"
                       "\"source\":\"one\"}"},
    {"shut", "{\"property\":\"summary\",\"text\":\"Shut by Aro.\",\"marks\":[[0,4]],"
             "\"source\":\"one\"}"},
    {"portal", "{\"property\":\"title\",\"text\":\"Portal\",\"marks\":[[0,6]],\"source\":\"two\"}"},
    {"azerbaycan", "{\"property\":\"name\",\"text\":\"Azərbaycan\",\"marks\":[[0,10]]}"},
    {"spring", "{\"property\":\"quote\",\"text\":\"In spring\",\"marks\":[[3,9]],"
               "\"source\":\"one\"}"},
};

START_TEST(excerpts_show_where)
{
    put(STR(
        "{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\",\"precedence\":5,"
        "\"text\":\"In spring it was shut.\"},"
        "\"actors\":[{\"id\":\"aze\",\"name\":\"Azerbaijan\",\"names\":"
        "[{\"name\":\"Azərbaycan\"}]}],"
        "\"events\":[{\"id\":\"gate\",\"title\":\"The north gate\",\"summary\":\"Shut by Aro.\","
        "\"participants\":[{\"actor\":\"aze\"}],"
        "\"evidence\":[{\"start\":0,\"end\":9,\"exact\":\"In spring\",\"supports\":[]}]},"
        "{\"id\":\"other\",\"title\":\"Nothing\"}]}"));
    put(STR("{\"annals\":1,\"source\":{\"id\":\"two\",\"title\":\"Two\"},"
            "\"events\":[{\"id\":\"gate\",\"title\":\"Portal\"}]}"));
    for (size_t i = 0; i < sizeof excerpts / sizeof excerpts[0]; i++) {
        str found = excerpt_of(excerpts[i].text);
        ck_assert_msg(str_eq(found, str_from(excerpts[i].excerpt)), "%s: %.*s", excerpts[i].text,
                      STR_ARG(found));
    }
}
END_TEST

CHECK_MAIN_WITH("suggest", set_up, tear_down, what_is_typed_is_found, suggestions_say_why,
                names_and_titles_that_went_are_not_found, long_names_are_found, excerpts_show_where)
