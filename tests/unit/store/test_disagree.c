/*
 * The list of disagreements and its pairs of sources: what is counted, in which order it comes, and
 * where it is cut.
 */
#include "model/disagreement.h"
#include "store/internal.h"
#include "told.h"

#define DATE EVENT_DISPUTED_DATE
#define TYPE EVENT_DISPUTED_TYPE

static void set_up(void)
{
    world_open(&world, 7);
}

static void tear_down(void)
{
    world_expect_sound(&world);
    world_close(&world);
}

/* What is asked besides the newest version. */
struct ask {
    unsigned properties, given;
    int64_t limit; /* 0 for a thousand */
    struct query_after after;
    bool count, pairs;
};

static struct disagreement_page find(struct ask ask)
{
    struct query events = {.version = store_version(world.store), .after = ask.after};
    const struct disagreement_query q = {.events = &events,
                                         .properties = ask.properties,
                                         .given = ask.given,
                                         .limit = ask.limit > 0 ? ask.limit : 1000,
                                         .count = ask.count,
                                         .pairs = ask.pairs};
    struct disagreement_page page;
    struct problems problems;
    problem_init(&problems, world.arena);
    ck_assert_msg(
        store_find_disagreements(world.reader, &q, world.arena, &page, &problems, &world.err), "%s",
        world.err.detail);
    return page;
}

/* Each pair as "a b total widest". */
static void expect_pairs(const struct disagreement_page *page, const char *expected)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < page->source_count; i++) {
        const struct disagreement_sources *p = &page->sources[i];
        buf_printf(&out, "%s%.*s %.*s %lld %lld", i > 0 ? ", " : "", STR_ARG(p->a), STR_ARG(p->b),
                   (long long)p->total, (long long)p->widest);
    }
    ck_assert_msg(str_eq(buf_str(&out), str_from(expected)), "%.*s", STR_ARG(buf_str(&out)));
    buf_free(&out);
}

/* The items as "event property". */
static void expect_items(const struct disagreement_page *page, const char *expected)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < page->page.n; i++) {
        const struct item *item = &page->page.items[i];
        for (unsigned bit = 0; bit < EVENT_DISPUTE_COUNT; bit++) {
            const char *name = event_dispute_name((enum event_dispute_bit)bit);
            if (told_has(item->document, arena_printf(world.arena, "'property':'%s'", name).p))
                buf_printf(&out, "%s%.*s %s", i > 0 ? ", " : "", STR_ARG(item->id), name);
        }
    }
    ck_assert_msg(str_eq(buf_str(&out), str_from(expected)), "%.*s", STR_ARG(buf_str(&out)));
    buf_free(&out);
}

/* An event of one source, dated. */
static const char *told_on(const char *id, const char *date)
{
    return arena_printf(world.arena, "'events':[{'id':'%s','title':'T','date':'%s'}]", id, date).p;
}

/* ---- pairs of sources ---- */

/* Which two sources tell of an event, and what each says. */
static const struct {
    const char *id, *first, *says, *second, *contradicts;
} meetings[] = {
    {"m1", "e", "'type':'agree'", "d", "'type':'protest'"},
    {"m2", "c", "'date':'2001-01-01'", "b", "'date':'2001-01-11'"},
    {"m3", "a", "'date':'2002-01-01'", "c", "'date':'2002-01-11'"},
    {"m4", "b", "'date':'2003-01-11'", "a", "'date':'2003-01-01'"},
    {"m5", "c", "'date':'2004-01-01'", "d", "'date':'2004-01-04'"},
    {"m6", "d", "'date':'2005-01-07'", "c", "'date':'2005-01-01'"},
    {"m9", "d", "'date':'2005-02-02'", "c", "'date':'2005-02-01'"},
    {"m7", "b", "'date':'2006-01-01'", "d", "'date':'2006-01-31'"},
    {"m8", "f", "'date':'2007-01-01','type':'agree'", "g", "'date':'2007-01-03','type':'protest'"},
};

static void tell_meetings(void)
{
    for (char source = 'a'; source <= 'g'; source++) {
        struct buf rest;
        const char name[] = {source, '\0'}, *between = "";
        buf_init(&rest, 1 << 16);
        buf_add(&rest, STR("'events':["));
        for (size_t i = 0; i < sizeof meetings / sizeof meetings[0]; i++) {
            bool first = meetings[i].first[0] == source;
            if (!first && meetings[i].second[0] != source)
                continue;
            buf_printf(&rest, "%s{'id':'%s','title':'T',%s}", between, meetings[i].id,
                       first ? meetings[i].says : meetings[i].contradicts);
            between = ",";
        }
        buf_add(&rest, STR("]"));
        tell(name, "", arena_copy(world.arena, buf_str(&rest)).p);
        buf_free(&rest);
    }
}

START_TEST(pairs_come_by_number_then_by_days_then_by_name)
{
    tell_meetings();
    struct disagreement_page page = find((struct ask){.pairs = true});
    expect_pairs(&page, "c d 3 6, f g 2 2, b d 1 30, a b 1 10, a c 1 10, b c 1 10, d e 1 -1");
    ck_assert(page.source_whole);
    ck_assert_int_eq(page.source_events, 9);
    ck_assert_int_eq(page.sources[1].n[EVENT_DISPUTED_DATE_BIT], 1);
    ck_assert_int_eq(page.sources[1].n[EVENT_DISPUTED_TYPE_BIT], 1);
    page = find((struct ask){.properties = TYPE, .pairs = true});
    expect_pairs(&page, "d e 1 -1, f g 1 -1");
    expect_items(&page, "m8 type, m1 type");
    page = find((struct ask){.properties = DATE, .pairs = true});
    expect_pairs(&page, "c d 3 6, b d 1 30, a b 1 10, a c 1 10, b c 1 10, f g 1 2");
    expect_pairs(&(struct disagreement_page){0}, "");
}
END_TEST

/* Behind a cursor the items go on; pairs and the number of items are those of all pages. */
START_TEST(a_cursor_leaves_the_counts_alone)
{
    tell_meetings();
    struct disagreement_page first = find((struct ask){.limit = 6, .count = true});
    expect_items(&first, "m2 date, m3 date, m4 date, m5 date, m6 date, m9 date");
    ck_assert(first.page.more);
    ck_assert_int_eq(first.page.matched, 10);
    struct disagreement_page page = find((struct ask){
        .limit = 6, .after = first.after, .given = first.given, .count = true, .pairs = true});
    expect_items(&page, "m7 date, m8 date, m8 type, m1 type");
    ck_assert(!page.page.more);
    ck_assert_int_eq(page.page.matched, 10);
    ck_assert_int_eq(page.source_events, 9);
    expect_pairs(&page, "c d 3 6, f g 2 2, b d 1 30, a b 1 10, a c 1 10, b c 1 10, d e 1 -1");
    page = find((struct ask){.properties = TYPE, .after = first.after, .count = true});
    ck_assert_int_eq(page.page.matched, 2);
}
END_TEST

START_TEST(no_source_is_paired_with_itself)
{
    tell("a", "",
         "'events':[{'id':'e','title':'T','date':'2001'},{'id':'f','title':'T','date':'2003'}],"
         "'relations':[{'from':'f','type':'same_as','to':'e'}]");
    struct disagreement_page page = find((struct ask){.pairs = true});
    expect_items(&page, "e date");
    expect_pairs(&page, "");
    ck_assert_int_eq(page.source_events, 1);
    ck_assert(page.source_whole);
}
END_TEST

/* Whether a reprint is heard before the others or behind them. */
START_TEST(a_reprint_makes_no_pair)
{
    static const char *const precedences[] = {"9", "-9"};
    tell("a", "", told_on("e", "2001"));
    tell("b", "", told_on("e", "2003"));
    for (size_t i = 0; i < 2; i++) {
        tell("copy",
             arena_printf(world.arena, "'precedence':%s,'derives_from':['a']", precedences[i]).p,
             told_on("e", "2005"));
        struct disagreement_page page = find((struct ask){.pairs = true});
        expect_pairs(&page, "a b 1 366");
    }
    /* What is derived from no account of the event is a report of its own. */
    tell("copy", "", told_on("e", "2005"));
    struct disagreement_page page = find((struct ask){.pairs = true});
    expect_pairs(&page, "a copy 1 1097, b copy 1 367, a b 1 366");
}
END_TEST

/* ---- many ---- */

static void tell_of_e(int from, int to, int days)
{
    for (int i = from; i <= to; i++)
        tell(arena_printf(world.arena, "s%03d", i).p, "",
             told_on("e", arena_printf(world.arena, "2001-01-%02d", 1 + i % days).p));
}

/* Of one event two hundred pairs of values are kept: twenty values have 190, twenty-one 210. */
START_TEST(pairs_of_values_beyond_two_hundred_are_counted)
{
    tell_of_e(0, 19, 30);
    struct disagreement_page page = find((struct ask){.pairs = true});
    ck_assert(page.source_whole);
    ck_assert_uint_eq(page.source_count, DISAGREEMENT_SHOWN_SOURCES);
    ck_assert(!told_has(page.page.items[0].document, "contradiction_count"));
    ck_assert(told_has(page.page.items[0].document, "[18,19]],'spread_days'"));
    tell_of_e(20, 20, 30);
    page = find((struct ask){.pairs = true});
    ck_assert(!page.source_whole);
    ck_assert(told_has(page.page.items[0].document, "],'contradiction_count':210,'spread_days'"));
}
END_TEST

/* 64 sources against 64 fill the table of pairs; there is no room for two more. */
START_TEST(a_full_table_of_pairs_is_said)
{
    tell_of_e(0, 127, 2);
    struct disagreement_page page = find((struct ask){.pairs = true});
    ck_assert(page.source_whole);
    tell("x", "", told_on("f", "2003"));
    tell("y", "", told_on("f", "2005"));
    page = find((struct ask){.pairs = true});
    ck_assert(!page.source_whole);
    ck_assert_int_eq(page.source_events, 2);
    ck_assert_uint_eq(page.source_count, DISAGREEMENT_SHOWN_SOURCES);
}
END_TEST

static const char *many_events(int n, const char *date)
{
    struct buf rest;
    buf_init(&rest, 1 << 20);
    buf_add(&rest, STR("'events':["));
    for (int i = 0; i < n; i++)
        buf_printf(&rest, "%s{'id':'e%04d','title':'T','date':'%s'}", i > 0 ? "," : "", i, date);
    buf_add(&rest, STR("]"));
    str copy = arena_copy(world.arena, buf_str(&rest));
    buf_free(&rest);
    return copy.p;
}

START_TEST(pairs_are_counted_over_a_thousand_events)
{
    tell("a", "", many_events(DISAGREEMENT_MOST_EVENTS + 1, "2001"));
    tell("b", "", many_events(DISAGREEMENT_MOST_EVENTS, "2002"));
    struct disagreement_page page = find((struct ask){.limit = 1, .count = true, .pairs = true});
    expect_pairs(&page, "a b 1000 1");
    ck_assert(page.source_whole);
    ck_assert_int_eq(page.source_events, DISAGREEMENT_MOST_EVENTS);
    tell("b", "", many_events(DISAGREEMENT_MOST_EVENTS + 1, "2002"));
    page = find((struct ask){.limit = 1, .count = true, .pairs = true});
    expect_pairs(&page, "a b 1000 1");
    ck_assert(!page.source_whole);
    ck_assert_int_eq(page.source_events, DISAGREEMENT_MOST_EVENTS);
    ck_assert_int_eq(page.page.matched, DISAGREEMENT_MOST_EVENTS + 1);
}
END_TEST

/* ---- evidence ---- */

static size_t count_of(str json, const char *text)
{
    size_t n = 0;
    str wanted = str_from(text);
    for (size_t at = str_search(json, wanted, 0); at < json.n;
         at = str_search(json, wanted, at + wanted.n))
        n++;
    return n;
}

/* A source with a text of letters and so many pieces of evidence for its event. */
static void tell_with_evidence(const char *source, char letter, int length, int pieces,
                               const char *says, const char *supports)
{
    struct buf text, rest;
    buf_init(&text, 1 << 20);
    buf_init(&rest, 1 << 24);
    for (int i = 0; i < length; i++)
        buf_add_char(&text, letter);
    buf_printf(&rest, "'events':[{'id':'e','title':'T',%s,'evidence':[", says);
    for (int i = 0; i < pieces; i++)
        buf_printf(&rest, "%s{'start':0,'end':%d,'exact':'%.*s'%s}", i > 0 ? "," : "", length - i,
                   length - i, text.p, supports);
    buf_add(&rest, STR("]}]"));
    str members = arena_printf(world.arena, "'text':'%.*s','text_access':'public'",
                               STR_ARG(buf_str(&text)));
    tell(source, members.p, arena_copy(world.arena, buf_str(&rest)).p);
    buf_free(&text);
    buf_free(&rest);
}

static const struct {
    int pieces;           /* of the first source */
    const char *supports; /* what its evidence says of itself */
    size_t shown;         /* for the date */
} evidence[] = {
    {3, ",'supports':['date']", 3},
    {3, ",'supports':['title','date']", 3},
    {3, ",'supports':['title']", 0},
    {3, ",'supports':['type']", 0},
    {3, "", 3}, /* of the account as a whole */
    {20, ",'supports':['date']", 20},
    {21, ",'supports':['date']", 20},
    {25, "", 20},
};

START_TEST(evidence_is_that_of_the_property)
{
    tell("b", "", told_on("e", "2003"));
    for (size_t i = 0; i < sizeof evidence / sizeof evidence[0]; i++) {
        tell_with_evidence("a", 'x', 30, evidence[i].pieces, "'date':'2001'", evidence[i].supports);
        struct disagreement_page page = find((struct ask){0});
        expect_items(&page, "e date");
        size_t shown = count_of(page.page.items[0].document, "\"exact\"");
        ck_assert_msg(shown == evidence[i].shown, "row %zu: %zu", i, shown);
    }
}
END_TEST

/* The pieces of one value are counted over all accounts that say it, of each value anew. */
START_TEST(evidence_is_shared_by_those_who_say_the_same)
{
    tell_with_evidence("a", 'x', 30, 15, "'date':'2001'", "");
    tell_with_evidence("b", 'y', 30, 15, "'date':'2001'", "");
    tell_with_evidence("c", 'z', 30, 15, "'date':'2003'", "");
    struct disagreement_page page = find((struct ask){0});
    str document = page.page.items[0].document;
    ck_assert_uint_eq(count_of(document, "\"xxxxx"), 15);
    ck_assert_uint_eq(count_of(document, "\"yyyyy"), 5);
    ck_assert_uint_eq(count_of(document, "\"zzzzz"), 15);
}
END_TEST

/* A page that grew beyond four mebibytes ends, be it within an event, and the next one goes on. */
START_TEST(a_large_page_is_cut_between_two_items)
{
    static const char *const sources[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++)
        tell_with_evidence(sources[i], 'x', 60000, 20,
                           arena_printf(world.arena, "'date':'200%d','type':'%s'", 2 * i,
                                        i < 2 ? "agree" : "protest")
                               .p,
                           ",'supports':['date']");
    tell("g", "", told_on("f", "2015"));
    tell("h", "", told_on("f", "2017"));
    struct disagreement_page page = find((struct ask){0});
    expect_items(&page, "e date");
    ck_assert_uint_gt(page.page.items[0].document.n, 4 * 1024 * 1024);
    ck_assert(page.page.more);
    ck_assert_uint_eq(page.given, EVENT_DISPUTED_TYPE_BIT);
    page = find((struct ask){.after = page.after, .given = page.given});
    expect_items(&page, "e type, f date");
    ck_assert(!page.page.more);
    /* Alone, what is small stays together. */
    page = find((struct ask){.properties = TYPE});
    expect_items(&page, "e type");
    ck_assert(!page.page.more);
}
END_TEST

CHECK_MAIN_WITH("disagree", set_up, tear_down, pairs_come_by_number_then_by_days_then_by_name,
                a_cursor_leaves_the_counts_alone, no_source_is_paired_with_itself,
                a_reprint_makes_no_pair, pairs_of_values_beyond_two_hundred_are_counted,
                a_full_table_of_pairs_is_said, pairs_are_counted_over_a_thousand_events,
                evidence_is_that_of_the_property, evidence_is_shared_by_those_who_say_the_same,
                a_large_page_is_cut_between_two_items)
