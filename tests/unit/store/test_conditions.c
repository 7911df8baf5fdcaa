/*
 * What single statements are asked to leave out: rows of other versions, of sources that are not
 * known yet, of other kinds and of pages before.
 */
#include "base/jvalue.h"
#include "store/filter.h"
#include "store/internal.h"
#include "told.h"

static void set_up(void)
{
    world_open(&world, 7);
}

static void tear_down(void)
{
    world_expect_sound(&world);
    world_close(&world);
}

#define EVENT(id, title) "{'id':'" id "','title':'" title "'}"
#define ONE(id, title) "'events':[" EVENT(id, title) "]"

/* One question: its version and reading, words or a stance, and the ids that are found. */
struct row {
    int64_t version;
    const char *policy, *known_at, *asked;
    const char *found; /* of words "id source: excerpt", of others the ids */
};

static str member(str json, const char *name)
{
    struct buf out;
    buf_init(&out, 10000);
    jvalue_decode(&out, jvalue_member(json, name));
    str text = arena_copy(world.arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static void expect_rows(const struct row *rows, size_t n, bool words)
{
    for (size_t i = 0; i < n; i++) {
        str stance = str_from(words ? "" : rows[i].asked);
        struct query q = {.version = rows[i].version,
                          .reading = told_reading(rows[i].policy, rows[i].known_at),
                          .text = str_from(words ? rows[i].asked : ""),
                          .stances = {&stance, stance.n > 0},
                          .limit = 100};
        struct event_page page;
        struct problems problems;
        struct buf out;
        problem_init(&problems, world.arena);
        ck_assert_msg(
            store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err), "%s",
            world.err.detail);
        buf_init(&out, 10000);
        for (size_t k = 0; k < page.n; k++) {
            buf_printf(&out, "%s%.*s", k > 0 ? ", " : "", STR_ARG(page.rows[k].id));
            if (words)
                buf_printf(&out, " %.*s: %.*s", STR_ARG(member(page.rows[k].excerpt, "source")),
                           STR_ARG(member(page.rows[k].excerpt, "text")));
        }
        ck_assert_msg(str_eq(buf_str(&out), str_from(rows[i].found)), "row %zu: %.*s", i,
                      STR_ARG(buf_str(&out)));
        buf_free(&out);
    }
}

#define EXPECT_ROWS(rows, words) expect_rows(rows, sizeof rows / sizeof rows[0], words)

/* ---- whose wording an excerpt shows ---- */

/* The source that wins now may have said nothing then, something else, or have ranked lower. */
static const struct row wording[] = {
    {1, "preferred", NULL, "storm", "e a: storm one"},
    {2, "preferred", NULL, "storm", "e a: storm one"},
    {3, "preferred", NULL, "storm", "e b: storm two"},
    {4, "preferred", NULL, "storm", "e a: storm one"},
    {5, "preferred", NULL, "storm", "e a: storm one"},
    {6, "preferred", NULL, "storm", "e b: storm three"},
    {7, "preferred", NULL, "storm", "e a: storm one"},
    {4, "preferred", NULL, "calm", "e b: calm"},
};

START_TEST(an_excerpt_is_of_its_version)
{
    tell("a", "'precedence':1", ONE("e", "storm one"));
    tell("b", "'precedence':5", "'events':[]");
    tell("b", "'precedence':5", ONE("e", "storm two"));
    tell("b", "'precedence':5", ONE("e", "calm"));
    tell("b", "'precedence':0", ONE("e", "storm three"));
    tell("b", "'precedence':5", ONE("e", "storm three"));
    untell("b");
    EXPECT_ROWS(wording, true);
}
END_TEST

static const struct row merged[] = {
    {2, "preferred", NULL, "storm", "new t: storm new, old s: storm old"},
    {3, "preferred", NULL, "storm", "new s: storm old"},
    {4, "preferred", NULL, "storm", "new t: storm new, old s: storm old"},
};

START_TEST(an_excerpt_is_of_all_that_is_the_same_event)
{
    tell("s", "'precedence':9", ONE("old", "storm old"));
    tell("t", "", ONE("new", "storm new"));
    tell("judge", "", "'relations':[{'from':'old','type':'same_as','to':'new'}]");
    untell("judge");
    EXPECT_ROWS(merged, true);
}
END_TEST

static const struct row heard[] = {
    {4, "preferred", NULL, "storm", "e b: storm b"}, /* before d, which ranks as high */
    {4, "first", NULL, "storm", "e c: storm c"},
    {4, "last", NULL, "storm", "e a: storm a"}, /* before d, which is as new */
    {4, "source:c", NULL, "storm", "e c: storm c"},
    {4, "source:d", NULL, "storm", "e d: storm d"},
    {4, "preferred", "2019", "storm", "e c: storm c"},
    {4, "preferred", "2020", "storm", "e b: storm b"},
    {4, "first", "2020", "storm", "e c: storm c"},
    {4, "last", "2020", "storm", "e b: storm b"},
    {4, "source:a", "2020", "storm", "e b: storm b"}, /* not known yet */
    {4, "preferred", "2018", "storm", ""},
};

START_TEST(an_excerpt_is_of_its_reading)
{
    tell("a", "'precedence':0,'published':'2021'", ONE("e", "storm a"));
    tell("b", "'precedence':1,'published':'2020'", ONE("e", "storm b"));
    tell("c", "'precedence':-1,'published':'2019'", ONE("e", "storm c"));
    tell("d", "'precedence':1,'published':'2021'", ONE("e", "storm d"));
    EXPECT_ROWS(heard, true);
}
END_TEST

/* ---- events of claims ---- */

#define CLAIM(id, stance, event)                                                                   \
    "{'id':'" id "','speaker':'x','stance':'" stance "','about':['" event "'],'text':'T'}"
#define CLAIMS                                                                                     \
    "'claims':[" CLAIM("c1", "asserts", "e") "," CLAIM("c2", "denies",                             \
                                                       "f") "," CLAIM("c3", "asserts", "old") "]"

static const struct row claimed[] = {
    {1, "preferred", NULL, "asserts", ""},         {2, "preferred", NULL, "asserts", "e, old"},
    {2, "preferred", NULL, "denies", "f"},         {2, "preferred", NULL, "promises", ""},
    {2, "preferred", "2019", "asserts", ""},       {2, "preferred", "2020", "asserts", "e, old"},
    {2, "preferred", "2020", "denies", "f"},       {3, "preferred", NULL, "asserts", ""},
    {4, "preferred", NULL, "asserts", "e, old"},   {5, "preferred", NULL, "asserts", "e, new"},
    {5, "preferred", "2020", "asserts", "e, new"}, {6, "preferred", NULL, "asserts", "e, old"},
    {7, "preferred", "2021", "asserts", ""}, /* published later, it was said then */
    {6, "preferred", "2021", "asserts", "e, old"}, {7, "preferred", "2022", "asserts", "e, old"},
    {7, "preferred", "2018", "asserts", ""}, /* and now much earlier */
    {8, "preferred", "2018", "asserts", "e, old"}, {8, "preferred", "2018", "denies", "f"},
};

START_TEST(claims_of_a_stance_lead_to_their_events)
{
    tell("p", "'published':'2017'",
         "'actors':[{'id':'x','name':'X','kind':'person'}],'events':[" EVENT("e", "E") "," EVENT(
             "f", "F") "," EVENT("new", "N") "," EVENT("old", "O") "]");
    tell("q", "'published':'2020'", CLAIMS);
    tell("q", "'published':'2020'", "'claims':[]");
    tell("q", "'published':'2020'", CLAIMS);
    tell("judge", "'published':'2016'", "'relations':[{'from':'old','type':'same_as','to':'new'}]");
    untell("judge");
    tell("q", "'published':'2022'", CLAIMS);
    tell("q", "'published':'2018'", CLAIMS);
    EXPECT_ROWS(claimed, false);
}
END_TEST

/* ---- events of the few sources that are known ---- */

static const struct row known[] = {
    {1, "preferred", "2001", "", "e1"},
    {6, "preferred", "2000", "", ""},
    {6, "preferred", "2001", "", "e1"},
    {6, "preferred", "2002", "", "e1, e2"},
    {6, "preferred", "2003", "", "e1, e2, e3"},
    {6, "preferred", "2005", "", "e1, e2, e3, e4, e5"},
    {6, "first", "2001", "", "e1"},
    {6, "source:s2", "2001", "", "e1"},
    {7, "preferred", "2001", "", ""},
    {7, "preferred", "2002", "", "e2"},
    {7, "preferred", "1999", "", ""},
    {8, "preferred", "1999", "", "e2"},
    {9, "preferred", "2001", "", "e7, e2"},
    {8, "preferred", "2001", "", "e2"},
    {8, "preferred", "2002", "", "e2"},
    {10, "preferred", "2001", "", "e7"},
    {9, "preferred", "1998", "", "e7"},
    {8, "preferred", "1998", "", ""},
};

/* Sources that lead to the events: none where they are more than half of all. */
static const struct {
    int64_t version;
    const char *known_at;
    size_t sources;
    bool nothing;
} leading[] = {
    {6, "2000", 0, true},  {6, "2001", 1, false},  {6, "2002", 2, false}, {6, "2003", 3, false},
    {6, "2004", 0, false}, {7, "2001", 0, true},   {7, "2002", 1, false}, {8, "2000", 1, false},
    {8, "2002", 1, false}, {8, "2004", 3, false},  {8, "1998", 0, true},  {9, "2003", 3, false},
    {9, "2004", 0, false}, {10, "2002", 1, false},
};

static void expect_leading(void)
{
    for (size_t i = 0; i < sizeof leading / sizeof leading[0]; i++) {
        const struct query q = {.version = leading[i].version,
                                .reading = told_reading("preferred", leading[i].known_at)};
        struct found_filters *found = ARENA_NEW(world.arena, struct found_filters);
        struct problems problems;
        size_t sources = 0;
        problem_init(&problems, world.arena);
        ck_assert(filter_find(world.reader->db, &q, world.arena, found, &problems, &world.err));
        for (size_t k = 0; k < found->n; k++)
            if (found->items[k].implied)
                sources = found->items[k].n;
        ck_assert_msg(sources == leading[i].sources && found->nothing == leading[i].nothing,
                      "row %zu: %zu sources", i, sources);
    }
}

START_TEST(few_known_sources_lead_to_their_events)
{
    for (int i = 1; i <= 6; i++)
        tell(arena_printf(world.arena, "s%d", i).p,
             arena_printf(world.arena, "'published':'%d'", 2000 + i).p,
             arena_printf(world.arena, "'events':[{'id':'e%d','title':'T','date':'190%d'}]", i, i)
                 .p);
    tell("s1", "'published':'2008'", "'events':[{'id':'e1','title':'T','date':'1901'}]");
    tell("s2", "'published':'1999'", "'events':[{'id':'e2','title':'T','date':'1902'}]");
    tell("s7", "'published':'1998'", "'events':[{'id':'e7','title':'T','date':'1900'}]");
    untell("s2");
    EXPECT_ROWS(known, false);
    expect_leading();
}
END_TEST

/* ---- items of which the ids are asked ---- */

#define ACTOR(id, name) "{'id':'" id "','name':'" name "','kind':'person'}"

static const struct {
    enum item_kind kind;
    int64_t version;
    const char *after;
    int64_t limit;
    const char *found; /* each with its version */
    bool more;
} asked_items[] = {
    {ITEM_ACTOR, 2, "", 9, "x 1, y 1, z 1", false},
    {ITEM_PLACE, 2, "", 9, "x 1", false},
    {ITEM_SOURCE, 2, "", 9, "y 2", false},
    {ITEM_ACTOR, 2, "x", 9, "y 1, z 1", false},
    {ITEM_ACTOR, 2, "y", 9, "z 1", false},
    {ITEM_ACTOR, 2, "z", 9, "", false},
    {ITEM_ACTOR, 2, "", 2, "x 1, y 1", true},
    {ITEM_ACTOR, 2, "x", 2, "y 1, z 1", false},
    {ITEM_ACTOR, 3, "", 9, "x 1, y 3", false}, /* y is another, z went */
    {ITEM_ACTOR, 4, "", 9, "x 1, y 4", false},
    {ITEM_ACTOR, 1, "", 9, "x 1, y 1, z 1", false},
    {ITEM_SOURCE, 1, "", 9, "", false},
};

START_TEST(items_by_their_ids_are_of_a_version_a_kind_and_a_page)
{
    str ids[] = {STR("z"), STR("y"), STR("x"), STR("never")};
    struct item_filter filter = {.term = STR("id"), .values = {ids, 4}};
    tell("s", "",
         "'actors':[" ACTOR("x", "X") "," ACTOR("y", "Y") "," ACTOR("z", "Z") "," ACTOR(
             "w", "W") "],'places':[{'id':'x','name':'X'}]");
    tell("y", "", "'events':[]");
    tell("s", "",
         "'actors':[" ACTOR("x", "X") "," ACTOR("y", "Other") "],'places':[{'id':'x','name':'X'}]");
    tell("s", "",
         "'actors':[" ACTOR("x", "X") "," ACTOR("y", "Y") "],'places':[{'id':'x','name':'X'}]");
    for (size_t i = 0; i < sizeof asked_items / sizeof asked_items[0]; i++) {
        const struct item_query q = {.kind = asked_items[i].kind,
                                     .version = asked_items[i].version,
                                     .filters = &filter,
                                     .filter_count = 1,
                                     .limit = asked_items[i].limit,
                                     .after = str_from(asked_items[i].after)};
        struct item_page page;
        struct buf out;
        buf_init(&out, 1000);
        ck_assert(store_find_items(world.reader, &q, world.arena, &page, &world.err));
        for (size_t k = 0; k < page.n; k++)
            buf_printf(&out, "%s%.*s %lld", k > 0 ? ", " : "", STR_ARG(page.items[k].id),
                       (long long)page.items[k].version);
        ck_assert_msg(str_eq(buf_str(&out), str_from(asked_items[i].found)), "row %zu: %.*s", i,
                      STR_ARG(buf_str(&out)));
        ck_assert_int_eq(page.more, asked_items[i].more);
        buf_free(&out);
    }
}
END_TEST

CHECK_MAIN_WITH("conditions", set_up, tear_down, an_excerpt_is_of_its_version,
                an_excerpt_is_of_all_that_is_the_same_event, an_excerpt_is_of_its_reading,
                claims_of_a_stance_lead_to_their_events, few_known_sources_lead_to_their_events,
                items_by_their_ids_are_of_a_version_a_kind_and_a_page)
