/* Prefixes and long phrases: they find what their words find, however many words there are. */
#include "world.h"

#define SEED 20010101u
#define MANY 90 /* words of one prefix: more than are put in its place */

static struct world world;

static void tell(struct buf *json, unsigned number, const char *title)
{
    buf_printf(json, "%s{\"id\":\"e%u\",\"title\":\"%s\",\"date\":\"%u\"}", number ? "," : "",
               number, title, 1900 + number);
}

static void set_up(void)
{
    static const char *const titles[] = {"The number",  "Numbers of it",      "A numbered road",
                                         "Nummer zwei", "Նամակի պատմություն", "Namaki story"};
    struct buf json;
    unsigned n = 0;
    world_open(&world, SEED);
    buf_init(&json, 1 << 20);
    buf_add(&json,
            STR("{\"annals\":1,\"source\":{\"id\":\"s\",\"title\":\"Source\"},\"events\":["));
    for (; n < sizeof titles / sizeof titles[0]; n++)
        tell(&json, n, titles[n]);
    for (unsigned i = 0; i < MANY; i++) {
        char title[40];
        snprintf(title, sizeof title, "Plate plate%u", i);
        tell(&json, n++, title);
    }
    buf_add(&json, STR("]}"));
    world_put(&world, &json);
    buf_free(&json);
}

static void tear_down(void)
{
    world_close(&world);
}

static size_t found(str text, enum query_sort sort)
{
    struct query q = {.text = text,
                      .limit = 1000,
                      .sort = sort,
                      .count = true,
                      .version = store_version(world.store)};
    struct event_page page;
    struct problems problems;
    problem_init(&problems, world.arena);
    ck_assert_msg(store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err),
                  "%s", world.err.detail);
    ck_assert_int_eq(page.matched, (int64_t)page.n);
    return page.n;
}

START_TEST(a_prefix_finds_its_words)
{
    static const struct {
        const char *text;
        size_t n;
    } cases[] = {
        {"numb*", 3},       {"number*", 3},     {"numbere*", 1},   {"numberz*", 0},
        {"num*", 4},        {"numm* zwei", 1},  {"numb* road", 1}, {"\"a numb\"*", 1},
        {"plat*", MANY},    {"plate*", MANY},   {"plate8*", 11},   {"plat* plate8*", 11},
        {"նամակ*", 1},      {"namak*", 1},      {"NUMB*", 3},      {"numb* numb*", 3},
        {"numb* plat*", 0}, {"numb* plate", 0}, {"numb*\"", 3},    {"zz OR numb*", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int sort = SORT_DATE; sort <= SORT_TITLE; sort++)
            ck_assert_msg(found(str_from(cases[i].text), (enum query_sort)sort) == cases[i].n,
                          "%s: %zu", cases[i].text,
                          found(str_from(cases[i].text), (enum query_sort)sort));
}
END_TEST

/* One phrase of thousands of words costs no more than its parts. */
START_TEST(a_phrase_without_an_end_is_bounded)
{
    struct buf text;
    buf_init(&text, 1 << 16);
    for (int i = 0; i < 3500; i++)
        buf_add(&text, i == 0 ? STR("plate") : STR(",plate"));
    ck_assert_uint_eq(found(buf_str(&text), SORT_DATE), 0);
    buf_free(&text);
    ck_assert_uint_eq(found(STR("plate,plate7"), SORT_DATE), 1);
    ck_assert_uint_eq(found(STR("plate7,plate"), SORT_DATE), 0);
}
END_TEST

CHECK_MAIN_WITH("prefix", set_up, tear_down, a_prefix_finds_its_words,
                a_phrase_without_an_end_is_bounded)
