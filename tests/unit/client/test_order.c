/* In which order files go that refer to one another, and which of them go together. */
#include "annals/order.h"

#include <string.h>

#include "check_main.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

#define MOST 6

/* A file describes the actor of the first letter, and refers to those of the others. */
static void see(struct order *o, size_t i, const char *letters, size_t size)
{
    struct problems problems;
    bool syntax;
    str refers = {0};
    problem_init(&problems, arena);
    for (const char *c = letters + 1; *c != '\0'; c++)
        refers = arena_printf(arena, "%.*s%s{\"actor\":\"%c\"}", STR_ARG(refers),
                              refers.n > 0 ? "," : "", *c);
    str json = arena_printf(arena,
                            "{\"annals\":1,\"source\":{\"id\":\"s%zu\",\"title\":\"S\"},"
                            "\"actors\":[{\"id\":\"%c\",\"name\":\"N\",\"member_of\":[%.*s]}]}",
                            i, letters[0], STR_ARG(refers));
    struct document *d = document_decode(json, arena, &problems, &syntax);
    ck_assert_msg(d != NULL, "%s", letters);
    order_see(o, i, d, size);
}

static const struct {
    const char *about;
    const char *files[MOST]; /* "" for one that cannot be read */
    const char *ends;        /* order_end of each */
    const char *together;    /* the same in a dry run */
} cases[] = {
    {"none refers", {"a", "b", "c"}, "123", "123"},
    {"back", {"a", "ba", "c"}, "123", "223"},
    {"forward", {"ab", "b", "c"}, "223", "223"},
    {"forward over one", {"ac", "b", "c", "d"}, "3234", "3234"},
    {"a circle", {"ab", "ba", "c"}, "223", "223"},
    {"a chain", {"ab", "bc", "c", "d"}, "3334", "3334"},
    {"to nobody", {"az", "b"}, "12", "12"},
    {"told twice: the first one counts", {"a", "ba", "a"}, "123", "223"},
    {"one that cannot be read", {"ac", "", "c"}, "323", "323"},
};

/* Ends as digits. */
static const char *ends_of(const struct order *o)
{
    char *text = arena_alloc(arena, MOST + 1);
    for (size_t i = 0; i < o->n; i++)
        text[i] = (char)('0' + order_end(o, i));
    text[o->n] = '\0';
    return text;
}

static struct order order_of(const char *const *files, bool together)
{
    struct order o;
    size_t n = 0;
    while (n < MOST && files[n] != NULL)
        n++;
    order_init(&o, n, arena);
    for (size_t i = 0; i < n; i++)
        if (files[i][0] != '\0')
            see(&o, i, files[i], 100);
    order_settle(&o, together);
    return o;
}

START_TEST(go_together)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct order o = order_of(cases[i].files, false), dry = order_of(cases[i].files, true);
        ck_assert_msg(strcmp(ends_of(&o), cases[i].ends) == 0, "%s: %s", cases[i].about,
                      ends_of(&o));
        ck_assert_msg(strcmp(ends_of(&dry), cases[i].together) == 0, "%s, dry: %s", cases[i].about,
                      ends_of(&dry));
    }
}
END_TEST

START_TEST(within_bytes)
{
    static const char *const files[MOST] = {"ad", "b", "c", "d"};
    struct order o = order_of(files, false);
    ck_assert_uint_eq(order_end_within(&o, 0, 1000), 4);
    ck_assert_uint_eq(order_end_within(&o, 0, 400), 4);
    ck_assert_uint_eq(order_end_within(&o, 0, 399), 3);
    ck_assert_uint_eq(order_end_within(&o, 0, 1), 1);
    ck_assert_uint_eq(order_end_within(&o, 3, 1), 4);
}
END_TEST

/* What only a file that is not read by itself can tell of. */
START_TEST(lacks)
{
    static const char *const files[MOST] = {"az", "b", "cy", ""};
    struct order o = order_of(files, false);
    ck_assert(order_lacks(&o, 3, RECORD_ACTOR, STR("z")));
    ck_assert(order_lacks(&o, 1, RECORD_ACTOR, STR("z")));
    ck_assert(!order_lacks(&o, 0, RECORD_ACTOR, STR("z"))); /* nobody before refers to it */
    ck_assert(!order_lacks(&o, 2, RECORD_ACTOR, STR("y")));
    ck_assert(order_lacks(&o, 3, RECORD_ACTOR, STR("y")));
    ck_assert(!order_lacks(&o, 3, RECORD_ACTOR, STR("b"))); /* a document tells of it */
    ck_assert(!order_lacks(&o, 3, RECORD_EVENT, STR("z"))); /* another kind */
    ck_assert(str_eq(o.sources[2].id, STR("s2")));
}
END_TEST

CHECK_MAIN_WITH("order", set_up, tear_down, go_together, within_bytes, lacks)
