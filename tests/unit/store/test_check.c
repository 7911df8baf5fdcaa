/*
 * What the check of a store finds: a small store of every kind of row is sound; then one thing is
 * made wrong in its tables, and a finding says so.
 */
#include "store/writer.h"
#include "told.h"

static void set_up(void)
{
    world_open(&world, 7);
    tell("a", "'published':'2020','precedence':1,'text':'red green'",
         "'actors':[{'id':'x','name':'X'}],'places':[{'id':'p','name':'P'}],"
         "'events':[{'id':'e','title':'E','date':'2020-01/2020-03','participants':[{'actor':'x'}],"
         "'places':['p'],'evidence':[{'start':0,'end':3}]},{'id':'f','title':'F'}]");
    tell("b", "'published':'2021'", "'events':[{'id':'e','title':'B','date':'2022'}]");
    tell("c", "'published':'2019'", "'events':[{'id':'e','title':'C'},{'id':'g','title':'G'}]");
    tell("judge", "'published':'2019'",
         "'events':[{'id':'h','title':'H'}],"
         "'relations':[{'from':'g','type':'same_as','to':'f'},"
         "{'from':'h','type':'follows','to':'e'}]");
    tell("b", "'published':'2021'", "'events':[{'id':'e','title':'Bee','date':'2022'}]");
    tell("gone", "", "'events':[{'id':'gone','title':'Gone'}]");
    untell("gone");
    world_expect_sound(&world);
}

static void tear_down(void)
{
    world_close(&world);
}

#define LIVE "until = 9223372036854775807"
#define KEY_OF(id) "(SELECT key FROM event WHERE id = '" id "')"
#define PLAIN(id) "key IN (SELECT key FROM event_row WHERE id = '" id "' AND cls < 15 AND " LIVE ")"
#define ROWS "events have two rows for one reading of a version"
#define ALIASES "events are the same as others and listed, or lead to each other"
#define UNPROJECTED "events are listed without accounts, or have accounts and are not"
#define LINKS "links differ from the rows of their events"
#define EXTENTS "events reach further than their class is said to"
#define COUNTS "counts differ from what they count"

static const struct {
    const char *change, *says;
} wrongs[] = {
    {"DELETE FROM changeset WHERE version = 2", "versions are missing"},
    {"UPDATE account SET since = 99 WHERE title = 'Bee'", "never finished"},
    {"UPDATE store SET next_key = 5", "beyond the counter"},
    /* readings */
    {"UPDATE event_row SET not_for = 0 WHERE id = 'e' AND cls >= 15 AND only_for IS NULL "
     "AND known_until IS NULL AND " LIVE,
     ROWS},
    {"UPDATE event_row SET known_until = 9000000000 WHERE id = 'e' AND known_until IS NOT NULL "
     "AND " LIVE,
     ROWS},
    {"UPDATE event_row SET since = 3 WHERE id = 'e' AND cls < 15 AND " LIVE, ROWS},
    {"UPDATE event_row SET known_from = 0 WHERE id = 'e' AND only_for IS NOT NULL AND " LIVE,
     "is not listed in some reading"},
    {"UPDATE event_row SET only_for = only_for + 1 WHERE id = 'e' AND only_for IS NOT NULL",
     "has a row that its accounts do not give"},
    {"DELETE FROM event_row WHERE id = 'e' AND only_for IS NOT NULL AND " LIVE,
     "is not listed in some reading"},
    {"UPDATE event_row SET digest = zeroblob(32) WHERE " PLAIN("e"), "by other words"},
    {"UPDATE event_row SET document = replace(document, 'E', 'Q') WHERE " PLAIN("e"),
     "is not what its accounts give"},
    {"UPDATE event_row SET sources = 'a' WHERE " PLAIN("e"), "is not what its accounts give"},
    {"UPDATE event_row SET earliest = earliest - 1 WHERE " PLAIN("e"), "by another date"},
    {"UPDATE event_row SET version = since + 1 WHERE " PLAIN("e"), ALIASES},
    /* events and ids */
    {"UPDATE event_row SET until = 7 WHERE " PLAIN("h"), UNPROJECTED},
    {"UPDATE event_row SET until = 9223372036854775807 WHERE id = 'gone'", UNPROJECTED},
    {"UPDATE event_row SET cls = cls + 16 WHERE " PLAIN("h"), UNPROJECTED},
    {"UPDATE event_row SET until = 6 WHERE id = 'g'", ALIASES},
    {"UPDATE event_alias SET canonical = " KEY_OF("h"), "lead to different ones"},
    {"UPDATE event_alias SET until = 6", "lead to different ones"},
    {"DELETE FROM event_alias", "lead to different ones"},
    {"INSERT INTO event_alias SELECT " KEY_OF("f") ", since, until, " KEY_OF(
         "h") " FROM event_alias",
     ALIASES},
    {"INSERT INTO event_alias SELECT event, since + 1, until, " KEY_OF("h") " FROM event_alias",
     ALIASES},
    {"INSERT INTO event_alias SELECT " KEY_OF("gone") ", since, until, " KEY_OF(
         "g") " FROM event_alias",
     ALIASES},
    /* links, counts, extents */
    {"UPDATE event_link SET not_for = 1 WHERE id = 'h'", LINKS},
    {"UPDATE event_link SET only_for = 1 WHERE id = 'h'", LINKS},
    {"UPDATE event_link SET known_from = known_from + 1 WHERE id = 'h'", LINKS},
    {"UPDATE event_link SET known_until = 7 WHERE id = 'h'", LINKS},
    {"UPDATE event_link SET latest = latest + 1 WHERE id = 'e'", LINKS},
    {"DELETE FROM event_link WHERE id = 'h'", "lack their links"},
    {"DELETE FROM event_link WHERE id = 'e' AND role > 0 OR target IN (SELECT key FROM place)",
     "by other things than it mentions"},
    {"UPDATE class_extent SET longest = 5 WHERE cls < 15", EXTENTS},
    {"UPDATE class_extent SET longest_start = 5 WHERE cls < 15", EXTENTS},
    {"UPDATE class_extent SET longest = 5 WHERE cls > 15", EXTENTS},
    {"UPDATE total SET n = n + 1 WHERE name = 0", COUNTS},
    {"UPDATE item_row SET document = '{}' WHERE id = 'x'", "is not what the sources say"},
    {"UPDATE annotation SET end_at = start_at", "annotations end before"},
};

START_TEST(what_is_wrong_is_found)
{
    struct problems problems;
    struct buf all;
    str sql = str_from(wrongs[_i].change);
    const struct db_sql statement = {sql, db_sql_hash(sql)};
    problem_init(&problems, world.arena);
    buf_init(&all, 1 << 20);
    ck_assert_msg(db_exec(world.writer->db, &statement, NULL, 0, &world.err), "%s",
                  world.err.detail);
    ck_assert_msg(store_check(world.reader, &problems, &world.err), "%s", world.err.detail);
    for (size_t i = 0; i < problems.n; i++)
        buf_printf(&all, "%.*s %.*s\n", STR_ARG(problems.items[i].value),
                   STR_ARG(problems.items[i].detail));
    ck_assert_msg(str_search(buf_str(&all), str_from(wrongs[_i].says), 0) < all.n,
                  "%s: wanted \"%s\" in: %.*s", wrongs[_i].change, wrongs[_i].says,
                  STR_ARG(buf_str(&all)));
    buf_free(&all);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("check");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, what_is_wrong_is_found, 0, sizeof wrongs / sizeof *wrongs);
    Suite *s = suite_create("check");
    suite_add_tcase(s, t);
    return check_main(s);
}
