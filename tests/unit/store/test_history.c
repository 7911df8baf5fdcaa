/*
 * A random history over a small world, asked every kind of question: after it, every earlier
 * version answers exactly as it did when it was the newest, and the projection is what the tables
 * give. test_versions has a longer one with fewer questions.
 */
#include "answers.h"
#include "base/hash.h"
#include "chance.h"

#define CHANGES 90
#define CHECKED 30     /* the whole store is checked every so many changes, and at the end */
#define SEED 20201110u /* or ANNALS_SEED from the environment */

static struct world world;
static struct store *store;
static struct store_reader *reader;
static struct arena *arena;
static struct err err;

static void set_up(void)
{
    world_open(&world, SEED);
    store = world.store;
    reader = world.reader;
    arena = world.arena;
    state = world.state;
}

static void tear_down(void)
{
    world_close(&world);
}

/* ---- changes ---- */

static bool change_by_chance(struct arena *a)
{
    unsigned source = any(SOURCES);
    bool put = any(5) != 0;
    if (put)
        change_parts(source);
    return put_or_delete(&world, source, put, a);
}

/* ---- what a version answers ---- */

static void tell_event(struct buf *all, const struct event_row *row, int64_t version,
                       struct arena *a)
{
    static const enum event_part parts[] = {PART_ACCOUNTS, PART_RELATIONS, PART_CLAIMS,
                                            PART_EVIDENCE};
    add(all, row->document);
    add(all, row->sources);
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
        str json;
        ck_assert(store_event_part(reader, version, &(struct reading){0}, row->id, parts[k], a,
                                   &json, &err));
        add(all, json);
    }
}

static void tell_source(struct buf *all, str id, int64_t version, struct arena *a)
{
    str text;
    bool given = store_source_text(reader, version, id, a, &text, &err);
    ck_assert(given || err.code == ERR_TEXT_WITHHELD);
    add(all, given ? text : STR("withheld"));
    ck_assert(store_source_annotations(reader, version, id, a, &text, &err));
    add(all, text);
}

static void answers(int64_t version, struct arena *a, unsigned char digest[HASH_SIZE])
{
    struct buf all;
    struct event_page page;
    buf_init(&all, 1 << 24);
    for (size_t i = 0; i < QUESTIONS; i++)
        tell_question(&all, reader, i, version, a, &page);
    tell_suggestions(&all, reader, version, a);
    /* The last one asked for everything. */
    for (size_t i = 0; i < page.n; i++)
        tell_event(&all, &page.rows[i], version, a);
    for (int kind = 0; kind < ITEM_KINDS; kind++) {
        struct item_query items = {.kind = (enum item_kind)kind, .version = version, .limit = 1000};
        struct item_page found;
        ck_assert(store_find_items(reader, &items, a, &found, &err));
        for (size_t i = 0; i < found.n; i++) {
            add(&all, found.items[i].document);
            if (kind == ITEM_SOURCE)
                tell_source(&all, found.items[i].id, version, a);
        }
    }
    ck_assert(!buf_failed(&all));
    hash_sha256(buf_str(&all), digest);
    buf_free(&all);
}

static void expect_sound(void)
{
    struct problems problems;
    problem_init(&problems, arena);
    ck_assert_msg(store_check(reader, &problems, &err), "%s", err.detail);
    ck_assert_msg(problems.n == 0, "%zu findings, first: %.*s", problems.n,
                  STR_ARG(problems.n ? problems.items[0].detail : STR("")));
}

START_TEST(every_version_answers_as_it_did)
{
    static unsigned char then[CHANGES + 2][HASH_SIZE];
    unsigned char now[HASH_SIZE];
    begin_with_all(&world);
    answers(1, arena, then[1]);
    for (int i = 0; i < CHANGES; i++) {
        arena_reset(arena);
        if (!change_by_chance(arena))
            continue;
        answers(store_version(store), arena, then[store_version(store)]);
        if (i % CHECKED == 0)
            expect_sound();
    }
    int64_t newest = store_version(store);
    ck_assert_int_gt(newest, CHANGES / 10);
    for (int64_t v = 1; v <= newest; v++) {
        arena_reset(arena);
        answers(v, arena, now);
        ck_assert_msg(memcmp(now, then[v], sizeof now) == 0, "version %lld of %lld answers anew",
                      (long long)v, (long long)newest);
    }
    expect_sound();
}
END_TEST

CHECK_MAIN_WITH("history", set_up, tear_down, every_version_answers_as_it_did)
