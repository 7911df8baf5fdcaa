/* Whether what a source describes is something that the store has: one row for each rule. */
#include <stdio.h>
#include <string.h>

#include "annals/match.h"
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

/*
 * A thing in a few words: "id kind scheme:value,scheme:value lat,lon source"; "-" leaves one out.
 */
static struct match_thing *thing_of(const char *words)
{
    char id[40], kind[40], identifiers[80], point[40], source[40];
    struct match_thing *t = ARENA_NEW(arena, struct match_thing);
    str rest, one, scheme, value;
    size_t room = 0;
    ck_assert_int_eq(
        sscanf(words, "%39s %39s %79s %39s %39s", id, kind, identifiers, point, source), 5);
    *t = (struct match_thing){.id = arena_copy(arena, str_from(id)), .name = STR("A name")};
    if (strcmp(kind, "-") != 0)
        t->kind = arena_copy(arena, str_from(kind));
    rest = arena_copy(arena, str_from(strcmp(identifiers, "-") != 0 ? identifiers : ""));
    for (bool more = rest.n > 0; more;) {
        more = str_cut(rest, ',', &one, &rest);
        ck_assert(str_cut(one, ':', &scheme, &value));
        *ARENA_PUSH(arena, t->identifiers.items, t->identifiers.n,
                    room) = (struct identifier){scheme, value};
    }
    t->has_point = sscanf(point, "%lf,%lf", &t->lat, &t->lon) == 2;
    if (strcmp(source, "-") != 0) {
        t->sources.items = ARENA_NEW(arena, str);
        t->sources.items[0] = arena_copy(arena, str_from(source));
        t->sources.n = 1;
    }
    return t;
}

#define MOST 8

static size_t things_of(const char *const *words, const struct match_thing **out)
{
    size_t n = 0;
    for (; n < MOST && words[n] != NULL; n++)
        out[n] = thing_of(words[n]);
    return n;
}

static const struct {
    const char *about, *mine;
    const char *identified[MOST], *named[MOST], *near[MOST];
    const char *wanted; /* "linked TO BY", "doubtful N WHY", or "new" */
} cases[] = {
    {"nothing speaks for it", "x - - - -", {0}, {0}, {0}, "new"},
    {"an identifier agrees", "x - wd:Q1 - -", {"a - wd:Q1 - -"}, {0}, {0}, "linked a wd:Q1"},
    {"another scheme says nothing",
     "x - wd:Q1,iso:X - -",
     {"a - wd:Q1,geo:5 - -"},
     {0},
     {0},
     "linked a wd:Q1"},
    {"another identifier contradicts",
     "x - wd:Q1,iso:X - -",
     {"a - wd:Q1,iso:Y - -"},
     {0},
     {0},
     "doubtful 1 an identifier agrees, and something speaks against it"},
    {"another kind contradicts an identifier",
     "x state wd:Q1 - -",
     {"a person wd:Q1 - -"},
     {0},
     {0},
     "doubtful 1 an identifier agrees, and something speaks against it"},
    {"no kind contradicts none",
     "x state wd:Q1 - -",
     {"a - wd:Q1 - -"},
     {0},
     {0},
     "linked a wd:Q1"},
    {"two of the store have it",
     "x - wd:Q1 - -",
     {"a - wd:Q1 - -", "b - wd:Q1 - -"},
     {0},
     {0},
     "doubtful 2 identifiers agree with several things"},
    {"an identifier goes before a name",
     "x - wd:Q1 - -",
     {"a - wd:Q1 - -"},
     {"b - - - -"},
     {0},
     "linked a wd:Q1"},
    {"a name agrees", "x - - - -", {0}, {"a - - - -"}, {0}, "linked a the name"},
    {"two have the name",
     "x - - - -",
     {0},
     {"a - - - -", "b - - - -"},
     {0},
     "doubtful 2 the name is that of several things"},
    {"a name and another kind",
     "x state - - -",
     {0},
     {"a person - - -"},
     {0},
     "doubtful 1 the name agrees, and something speaks against it"},
    {"a name and another identifier",
     "x - wd:Q1 - -",
     {0},
     {"a - wd:Q2 - -"},
     {0},
     "doubtful 1 the name agrees, and something speaks against it"},
    {"49 km apart", "x - - 0,0 -", {0}, {"a - - 0.44,0 -"}, {0}, "linked a the name"},
    {"51 km apart",
     "x - - 0,0 -",
     {0},
     {"a - - 0.46,0 -"},
     {0},
     "doubtful 1 the name agrees, and something speaks against it"},
    {"over the antimeridian",
     "x - - 0,179.9 -",
     {0},
     {"a - - 0,-179.9 -"},
     {0},
     "linked a the name"},
    {"at the pole all meridians meet",
     "x - - 89.9,0 -",
     {0},
     {"a - - 89.9,180 -"},
     {0},
     "linked a the name"},
    {"a point and none", "x - - 0,0 -", {0}, {"a - - - -"}, {0}, "linked a the name"},
    {"a name is near", "x - - - -", {0}, {0}, {"a - - - -"}, "doubtful 1 a name is near"},
    {"seven are near",
     "x - - - -",
     {0},
     {0},
     {"a - - - -", "b - - - -", "c - - - -", "d - - - -", "e - - - -", "f - - - -", "g - - - -"},
     "doubtful 7 a name is near"},
    {"linked before, by a name",
     "x - - - -",
     {0},
     {"a - - - me", "b - - - -"},
     {0},
     "linked a linked before"},
    {"linked before, although a kind differs by now",
     "x state - - -",
     {0},
     {"a person - - me"},
     {0},
     "linked a linked before"},
    {"linked before, by a near name",
     "x - - - -",
     {0},
     {0},
     {"a - - - -", "b - - - me"},
     "linked b linked before"},
    {"two were linked before",
     "x - - - -",
     {0},
     {"a - - - me", "b - - - me"},
     {0},
     "doubtful 2 the name is that of several things"},
    {"another source described it",
     "x - - - -",
     {0},
     {"a - - - other", "b - - - -"},
     {0},
     "doubtful 2 the name is that of several things"},
    {"what the source describes under that id is no link",
     "x - - - -",
     {0},
     {"own - - - me", "b - - - -"},
     {0},
     "doubtful 2 the name is that of several things"},
};

static str told(bool any, const struct match_finding *f)
{
    if (!any)
        return STR("new");
    if (f->verdict == MATCH_LINKED)
        return arena_printf(arena, "linked %.*s %.*s", STR_ARG(f->to), STR_ARG(f->by));
    return arena_printf(arena, "doubtful %zu %s", f->n + f->more, f->why);
}

static void check_case(size_t number)
{
    struct match m;
    match_init(&m, NULL, STR("me"), NULL, arena);
    strmap_set(&m.own[MATCH_ACTORS], STR("own"), 1);
    const struct match_thing *identified[MOST], *named[MOST], *near[MOST];
    struct match_case c = {.m = &m,
                           .list = MATCH_ACTORS,
                           .thing = thing_of(cases[number].mine),
                           .by_identifier = identified,
                           .by_name = named,
                           .near = near,
                           .identified = things_of(cases[number].identified, identified),
                           .named = things_of(cases[number].named, named),
                           .nearby = things_of(cases[number].near, near)};
    struct match_finding f;
    str got = told(match_decide(&c, &f), &f);
    ck_assert_msg(str_eq(got, str_from(cases[number].wanted)), "%s: %.*s, not %s",
                  cases[number].about, STR_ARG(got), cases[number].wanted);
    ck_assert_uint_le(f.n, MATCH_MOST_CANDIDATES);
}

START_TEST(rules)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_case(i);
}
END_TEST

CHECK_MAIN_WITH("match_decide", set_up, tear_down, rules)
