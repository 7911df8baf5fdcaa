/* The keys of event rows: in the order of class and day, at the ends of both, and when all are out.
 */
#include "store/row_key.h"
#include "store/writer.h"
#include "world.h"

#define DAY PERIOD_DAY_SECONDS
#define LAST_NUMBER ((INT64_C(1) << ROW_KEY_COUNTER_BITS) - 1)
#define FIRST_SECOND (PERIOD_NO_START + 1)
#define LAST_SECOND (PERIOD_NO_END - 1)

static struct world world;

static void set_up(void)
{
    world_open(&world, 7);
}

static void tear_down(void)
{
    world_close(&world);
}

/* Each comes before the next: those of the plain reading, then by class, by day, and by number. */
static const struct {
    bool dated;
    struct period p;
    int64_t number;
    bool other;
} rising[] = {
    {false, {0}, 1, false},
    {false, {0}, LAST_NUMBER, false},
    {true, {FIRST_SECOND, FIRST_SECOND, FIRST_SECOND, FIRST_SECOND}, 0, false},
    {true, {-1, -1, -1, -1}, 0, false},
    {true, {-1, -1, -1, -1}, LAST_NUMBER, false},
    {true, {0, DAY - 1, 0, DAY - 1}, 0, false},
    {true, {DAY - 1, DAY - 1, DAY - 1, DAY - 1}, 1, false},
    {true, {DAY, DAY, DAY, DAY}, 0, false},
    {true, {LAST_SECOND, LAST_SECOND, LAST_SECOND, LAST_SECOND}, 0, false},
    {true, {FIRST_SECOND, 0, 0, FIRST_SECOND + 5 * DAY}, 0, false},
    {true, {0, 0, 0, LAST_SECOND}, 0, false},
    {true, {FIRST_SECOND, 0, 0, PERIOD_NO_END}, 0, false},
    {true, {LAST_SECOND, LAST_SECOND, LAST_SECOND, PERIOD_NO_END}, 0, false},
    {true, {PERIOD_NO_START, PERIOD_NO_END, PERIOD_NO_START, PERIOD_NO_END}, 0, false},
    {true, {PERIOD_NO_START, 0, PERIOD_NO_START, 0}, LAST_NUMBER, false},
    {false, {0}, 0, true},
    {false, {0}, LAST_NUMBER, true},
    {true, {FIRST_SECOND, FIRST_SECOND, FIRST_SECOND, FIRST_SECOND}, 0, true},
    {true, {DAY, DAY, DAY, DAY}, 0, true},
    {true, {PERIOD_NO_START, 0, PERIOD_NO_START, 0}, LAST_NUMBER, true},
};

START_TEST(keys_are_in_order)
{
    int64_t before = 0;
    for (size_t i = 0; i < sizeof rising / sizeof rising[0]; i++) {
        const struct period *p = rising[i].dated ? &rising[i].p : NULL;
        int64_t key = row_key_make(p, rising[i].other, rising[i].number);
        int cls = row_class(p, rising[i].other);
        ck_assert_msg(key > before, "row %zu", i);
        ck_assert_int_eq(row_key_class(key), cls);
        before = key;
        if (p == NULL)
            continue;
        struct window starts = row_key_starts(key);
        ck_assert(starts.from <= p->earliest && p->earliest <= starts.to);
        ck_assert(row_key_least(cls, p->earliest) <= key);
        ck_assert(row_key_greatest(cls, p->earliest) >= key);
        ck_assert(row_key_least(cls, PERIOD_NO_START) <= key);
        ck_assert(row_key_greatest(cls, PERIOD_NO_END) >= key);
    }
}
END_TEST

/* A store whose counter is at its end refuses a change, and goes on answering. */
START_TEST(a_store_without_keys_takes_no_changes)
{
    struct change change = {.author = STR("test")};
    struct change_result result;
    bool replayed;
    struct db *db = world.writer->db;
    ck_assert(SQL_EXEC(db, &world.err, SQL(store_advance), DB_INT(0), DB_INT(LAST_NUMBER - 5)));
    for (int i = 0; i < 2; i++) {
        ck_assert(!store_change_begin(world.writer, &change, world.arena, &replayed, &result,
                                      &world.err));
        ck_assert_int_eq(world.err.code, ERR_TOO_LARGE);
    }
    ck_assert(SQL_EXEC(db, &world.err, SQL(store_advance), DB_INT(0), DB_INT(1000)));
    ck_assert(
        store_change_begin(world.writer, &change, world.arena, &replayed, &result, &world.err));
    store_change_abort(world.writer);
}
END_TEST

CHECK_MAIN_WITH("row_key", set_up, tear_down, keys_are_in_order,
                a_store_without_keys_takes_no_changes)
