/*
 * Events of which sources say that they are the same: which id stands for all, what is found under
 * it, and that all is as before when nobody says so any more.
 */
#include "store/alias.h"
#include "told.h"

#define EVENT(id, title) "{'id':'" id "','title':'" title "'}"
#define SAME(from, to) "{'from':'" from "','type':'same_as','to':'" to "'}"

static void set_up(void)
{
    world_open(&world, 7);
}

static void tear_down(void)
{
    world_expect_sound(&world);
    world_close(&world);
}

static void expect(const char *id, const char *shown)
{
    told_expect(store_version(world.store), "preferred", NULL, id, shown);
}

static void two_events(void)
{
    tell("s", "'precedence':1,'published':'2020'", "'events':[" EVENT("old", "Old") "]");
    tell("t", "'published':'2019'", "'events':[" EVENT("new", "New") "]");
}

START_TEST(a_merge_holds_while_it_is_said)
{
    two_events();
    tell("judge", "", "'relations':[" SAME("old", "new") "]");
    expect("new", "Old 2");
    expect("old", "> new");
    told_expect(3, "source:t", NULL, "new", "New 2");
    told_expect(3, "preferred", "2019", "new", "New 1");
    /* A merge is a matter of the record: it holds under every knowledge. */
    told_expect(3, "preferred", "2019", "old", "> new");
    told_expect(2, "preferred", NULL, "old", "Old 1");
    told_expect(2, "preferred", NULL, "new", "New 1");
    str json = told_part(3, "preferred", NULL, "new", PART_ACCOUNTS);
    ck_assert(told_has(json, "{'source':'s','event':'old','title':'Old'"));
    ck_assert(told_has(json, "{'source':'t','title':'New'"));
    untell("judge");
    expect("old", "Old 1");
    expect("new", "New 1");
    told_expect(3, "preferred", NULL, "old", "> new");
    tell("judge", "", "'relations':[" SAME("new", "old") "]");
    expect("old", "Old 2");
    expect("new", "> old");
}
END_TEST

START_TEST(changesets_say_what_the_projection_does)
{
    struct change_result result;
    two_events();
    ck_assert(told_try("judge", "", "'relations':[" SAME("old", "new") "]", &result));
    ck_assert(told_has(result.json, "'changed':{'events':[{'id':'new','properties':["));
    ck_assert(told_has(result.json, "'removed':{'events':['old']}"));
    ck_assert(told_try("judge", "", NULL, &result));
    ck_assert(told_has(result.json, "'events':['old']"));
    ck_assert(told_has(result.json, "'changed':{'events':[{'id':'new','properties':["));
}
END_TEST

/* What is told under an old id goes on to reach the event. */
START_TEST(accounts_of_an_old_id_reach_the_event)
{
    two_events();
    tell("judge", "", "'relations':[" SAME("old", "new") "]");
    tell("u", "'precedence':5", "'events':[" EVENT("old", "Third") "]");
    expect("new", "Third 3");
    expect("old", "> new");
    tell("u", "'precedence':5", "'events':[" EVENT("old", "Third") "," EVENT("new", "Fourth") "]");
    expect("new", "Third 4"); /* of one source what was recorded first */
    untell("u");
    untell("t");
    expect("new", "Old 1");
    expect("old", "> new");
    untell("s");
    expect("new", "-");
    expect("old", "> new");
    untell("judge");
    expect("old", "-");
    told_expect(4, "preferred", NULL, "new", "Third 3");
}
END_TEST

#define ALL                                                                                        \
    "'events':[" EVENT("a", "A") "," EVENT("b", "B") "," EVENT("c", "C") "," EVENT("d", "D") "]"

/* Which of a, b, c, d stands for all; they were recorded in this order. */
static const struct {
    const char *relations;
    const char *leads_to[4];
} groups[] = {
    {SAME("a", "b") "," SAME("b", "c"), {"c", "c", "c", "d"}},
    {SAME("c", "b") "," SAME("b", "a"), {"a", "a", "a", "d"}},
    {SAME("b", "c") "," SAME("c", "b"), {"a", "b", "b", "d"}},
    {SAME("b", "c") "," SAME("c", "d") "," SAME("d", "b"), {"a", "b", "b", "b"}},
    {SAME("d", "c") "," SAME("d", "b"), {"a", "b", "b", "b"}},
    {SAME("b", "c") "," SAME("c", "b") "," SAME("b", "d"), {"a", "d", "d", "d"}},
    {SAME("a", "b") "," SAME("c", "d"), {"b", "b", "d", "d"}},
    {SAME("a", "b") "," SAME("c", "b") "," SAME("c", "d"), {"b", "b", "b", "b"}},
    {SAME("a", "d"), {"d", "b", "c", "d"}},
    {"{'from':'a','type':'follows','to':'d'}", {"a", "b", "c", "d"}},
};

START_TEST(one_of_a_group_stands_for_all)
{
    static const char *const ids[] = {"a", "b", "c", "d"};
    tell("s", "", ALL);
    /* From each group to the next: what was merged parts, and merges otherwise. */
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        tell("judge", "", arena_printf(world.arena, "'relations':[%s]", groups[i].relations).p);
        for (size_t k = 0; k < 4; k++) {
            struct event_row row;
            struct gone gone = {0};
            const struct reading plain = {0};
            enum store_found found = told_find(store_version(world.store), &plain, ids[k], &row,
                                               &gone);
            str leads_to = found == STORE_MOVED ? gone.canonical : row.id;
            ck_assert_msg(str_eq(leads_to, str_from(groups[i].leads_to[k])),
                          "group %zu: %s is %.*s", i, ids[k], STR_ARG(leads_to));
        }
        world_expect_sound(&world);
    }
}
END_TEST

/* Two say the same; one of them is enough. */
START_TEST(it_holds_while_one_says_so)
{
    two_events();
    tell("judge", "", "'relations':[" SAME("old", "new") "]");
    tell("second", "", "'relations':[" SAME("old", "new") "]");
    untell("judge");
    expect("old", "> new");
    untell("second");
    expect("old", "Old 1");
}
END_TEST

/* An id of which nobody tells can be another name of an event; two such cannot. */
START_TEST(an_id_that_nobody_describes_leads_on)
{
    struct change_result result;
    tell("s", "", "'events':[" EVENT("e", "E") "]");
    ck_assert(told_try(
        "names", "", "'relations':[" SAME("oldest", "older") "," SAME("older", "e") "]", &result));
    ck_assert(told_has(result.json, "no source tells of the event older"));
    expect("older", "> e");
    expect("oldest", "> e");
    /* What such an id means can be referred to. */
    tell("claims", "",
         "'actors':[{'id':'x','name':'X'}],'claims':[{'id':'c','speaker':'x','stance':'denies',"
         "'about':['older','e']}]");
    ck_assert(told_has(told_part(3, "preferred", NULL, "e", PART_CLAIMS), "'about':['e']"));
    untell("claims");
    tell("names", "", "'relations':[" SAME("e", "better") "]");
    expect("better", "E 1");
    expect("e", "> better");
    expect("older", "-");
    ck_assert(!told_try("wrong", "", "'relations':[" SAME("nowhere", "neither") "]", &result));
    untell("names");
    expect("e", "E 1");
    expect("better", "-");
}
END_TEST

START_TEST(relations_and_claims_show_at_the_event)
{
    two_events();
    tell("u", "'published':'2021'",
         "'events':[" EVENT(
             "third",
             "Third") "],'actors':[{'id':'x','name':'X'}],"
                      "'relations':[{'from':'third','type':'follows','to':'old'}],"
                      "'claims':[{'id':'c','speaker':'x','stance':'denies','about':['old']}]");
    ck_assert(told_has(told_part(3, "preferred", NULL, "third", PART_RELATIONS), "'event':'old'"));
    tell("judge", "'published':'2022'", "'relations':[" SAME("old", "new") "]");
    str json = told_part(4, "preferred", NULL, "third", PART_RELATIONS);
    ck_assert(told_has(json, "'direction':'out','event':'new','title':'Old'"));
    json = told_part(4, "preferred", NULL, "new", PART_RELATIONS);
    ck_assert(told_has(json, "'type':'follows','direction':'in','event':'third'"));
    ck_assert(told_has(json, "'type':'same_as','direction':'in','event':'old'"));
    ck_assert(!told_has(json, "'type':'same_as','direction':'out'"));
    ck_assert(told_has(told_part(4, "preferred", NULL, "new", PART_CLAIMS), "'about':['new']"));
    /* As known before they were published, and with the title as known then. */
    json = told_part(4, "preferred", "2021", "new", PART_RELATIONS);
    ck_assert(told_has(json, "'event':'third'") && !told_has(json, "same_as"));
    ck_assert(!told_has(told_part(4, "preferred", "2020", "new", PART_RELATIONS), "third"));
    ck_assert(!told_has(told_part(4, "preferred", "2020", "new", PART_CLAIMS), "denies"));
    ck_assert(told_has(told_part(4, "source:t", NULL, "third", PART_RELATIONS), "'title':'New'"));
    /* Before the merge, and before it was known of what it tells. */
    ck_assert(!told_has(told_part(3, "preferred", NULL, "new", PART_CLAIMS), "denies"));
    ck_assert(!told_has(told_part(3, "preferred", NULL, "new", PART_RELATIONS), "third"));
    untell("judge");
    ck_assert(told_has(told_part(5, "preferred", NULL, "third", PART_RELATIONS), "'event':'old'"));
    ck_assert(told_has(told_part(5, "preferred", NULL, "old", PART_CLAIMS), "'about':['old']"));
}
END_TEST

static bool listed(enum item_kind kind, const char *text)
{
    struct item_query q = {.kind = kind, .version = store_version(world.store), .limit = 1000};
    struct item_page page;
    bool found = false;
    ck_assert(store_find_items(world.reader, &q, world.arena, &page, &world.err));
    for (size_t i = 0; i < page.n; i++)
        found = found || told_has(page.items[i].document, text);
    return found;
}

/* The event is neither end of the relation by which one more becomes the same. */
START_TEST(what_joins_from_afar_reaches_the_event)
{
    tell("s", "", ALL);
    tell("u", "",
         "'events':[" EVENT(
             "third",
             "Third") "],'actors':[{'id':'x','name':'X'}],"
                      "'relations':[{'from':'third','type':'follows','to':'d'}],"
                      "'claims':[{'id':'c','speaker':'x','stance':'denies','about':['d']}]");
    tell("one", "", "'relations':[" SAME("a", "b") "," SAME("b", "c") "]");
    expect("c", "A 3");
    ck_assert(listed(ITEM_RELATION, "'to':'d'") && listed(ITEM_CLAIM, "'about':['d']"));
    tell("two", "", "'relations':[" SAME("d", "a") "]");
    expect("c", "A 4");
    expect("d", "> c");
    ck_assert(listed(ITEM_RELATION, "'from':'third','type':'follows','to':'c'"));
    ck_assert(listed(ITEM_CLAIM, "'about':['c']"));
    ck_assert(told_has(told_part(4, "preferred", NULL, "c", PART_CLAIMS), "denies"));
    ck_assert(!told_has(told_part(3, "preferred", NULL, "c", PART_CLAIMS), "denies"));
    untell("two");
    expect("c", "A 3");
    expect("d", "D 1");
    ck_assert(listed(ITEM_RELATION, "'to':'d'") && listed(ITEM_CLAIM, "'about':['d']"));
    untell("one");
    expect("c", "C 1");
    expect("a", "A 1");
}
END_TEST

/* A thousand ids can be one event, one more cannot; nothing of the refused source stays. */
START_TEST(a_group_has_a_largest_size)
{
    struct change_result result;
    struct buf rest;
    buf_init(&rest, 1 << 20);
    tell("s", "", "'events':[" EVENT("e", "E") "]");
    buf_add(&rest, STR("'relations':["));
    for (int i = 1; i < ALIAS_MOST; i++)
        buf_printf(&rest, "%s{'from':'x%d','type':'same_as','to':'e'}", i > 1 ? "," : "", i);
    str most = arena_printf(world.arena, "%.*s]", STR_ARG(buf_str(&rest)));
    str more = arena_printf(world.arena, "%.*s,{'from':'y','type':'same_as','to':'e'}]",
                            STR_ARG(buf_str(&rest)));
    buf_free(&rest);
    ck_assert(!told_try("names", "", more.p, &result));
    ck_assert_int_eq(world.err.code, ERR_INVALID_DOCUMENT);
    expect("x1", "-");
    tell("names", "", most.p);
    expect("x1", "> e");
    ck_assert(!told_try("more", "", "'relations':[" SAME("y", "x7") "]", &result));
    expect("x999", "> e");
}
END_TEST

CHECK_MAIN_WITH("alias", set_up, tear_down, a_merge_holds_while_it_is_said,
                changesets_say_what_the_projection_does, accounts_of_an_old_id_reach_the_event,
                one_of_a_group_stands_for_all, it_holds_while_one_says_so,
                an_id_that_nobody_describes_leads_on, relations_and_claims_show_at_the_event,
                what_joins_from_afar_reaches_the_event, a_group_has_a_largest_size)
