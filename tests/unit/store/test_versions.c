/*
 * A long random history: things are added, changed and removed, events merged and split, sources
 * gain and lose precedence, dates and what they derive from, and from time to time they go over to
 * other events. After it, every earlier version answers exactly as it did when it was the newest:
 * all events in the plain reading and every id, and in turns the other readings, what hangs on each
 * event, the lists, the histories and what sources contradict each other on.
 */
#include "base/hash.h"
#include <string.h>

#include "chance.h"
#include "store/internal.h"
#include "store/thing.h"

#define SEED 20220324u /* or ANNALS_SEED from the environment */
#if defined(__SANITIZE_ADDRESS__)
#define CHANGES 150
#else
#define CHANGES 2000
#endif
#define TRIES (CHANGES * 4)
#define ERA 400    /* changes after which sources tell of other events, each at its next change */
#define CHECKED 60 /* changes after which the whole store is proved; its cost grows with them */

static struct world world;

static void set_up(void)
{
    world_open(&world, SEED);
    state = world.state;
    for (unsigned i = 0; i < SOURCES; i++)
        change_parts(i);
}

static void tear_down(void)
{
    world_close(&world);
}

static const struct {
    enum policy policy;
    const char *source;
    const char *known_at; /* NULL for none */
} readings[] = {
    {POLICY_PREFERRED, NULL, NULL},      {POLICY_FIRST, NULL, NULL},
    {POLICY_LAST, NULL, NULL},           {POLICY_SOURCE, "s1", NULL},
    {POLICY_SOURCE, "s3", NULL},         {POLICY_PREFERRED, NULL, "2019"},
    {POLICY_PREFERRED, NULL, "2020-05"}, {POLICY_LAST, NULL, "2021"},
    {POLICY_SOURCE, "s2", "2020-05-03"}, {POLICY_FIRST, NULL, "2100"},
};
#define READINGS (sizeof readings / sizeof readings[0])

static struct reading reading_of(size_t i)
{
    struct reading r = {.policy = readings[i].policy, .source = str_from(readings[i].source)};
    struct edtf_error where;
    if (readings[i].known_at == NULL)
        return r;
    r.known = true;
    r.known_as_asked.text = str_from(readings[i].known_at);
    ck_hold(edtf_parse(r.known_as_asked.text, &r.known_as_asked.value, &where));
    r.known_at = r.known_as_asked.value.bounds.latest;
    return r;
}

static void add(struct buf *all, str text)
{
    buf_add(all, text);
    buf_add_char(all, '\n');
}

/* All events in a reading, and what hangs on them. */
static void tell_reading(struct buf *all, size_t which, int64_t version, bool parts)
{
    static const enum event_part part[] = {PART_ACCOUNTS, PART_RELATIONS, PART_CLAIMS,
                                           PART_EVIDENCE};
    struct query q = {.limit = 1000, .version = version, .reading = reading_of(which)};
    struct event_page page;
    struct problems problems;
    problem_init(&problems, world.arena);
    ck_hold_msg(store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err),
                "%s", world.err.detail);
    for (size_t i = 0; i < page.n; i++) {
        add(all, page.rows[i].document);
        add(all, page.rows[i].sources);
        for (size_t k = 0; k < 4 && parts; k++) {
            str json;
            ck_hold(store_event_part(world.reader, version, &q.reading, page.rows[i].id, part[k],
                                     world.arena, &json, &world.err));
            add(all, json);
        }
    }
}

/* Which id of this era and the one before leads where. */
static void tell_ids(struct buf *all, int64_t version)
{
    unsigned now = (unsigned)(version / ERA);
    for (unsigned i = now == 0 ? 0 : (now - 1) * EVENTS; i < (now + 1) * EVENTS; i++) {
        struct event_row row;
        struct gone gone = {0};
        char id[16];
        snprintf(id, sizeof id, "e%u", i);
        enum store_found found = store_get_event(world.reader, version, str_from(id), world.arena,
                                                 &row, &gone, &world.err);
        ck_hold(found != STORE_FAILED);
        if (found == STORE_GONE && gone.version == 0)
            found = STORE_NEVER; /* that it came later could not be known then */
        buf_printf(all, "%s %d %lld %.*s\n", id, found,
                   found == STORE_GONE ? (long long)gone.version : 0,
                   STR_ARG(found == STORE_MOVED ? gone.canonical : STR("")));
    }
}

static void tell_items(struct buf *all, enum item_kind kind, int64_t version)
{
    struct item_query items = {.kind = kind, .version = version, .limit = 1000};
    struct item_page found;
    ck_hold(store_find_items(world.reader, &items, world.arena, &found, &world.err));
    for (size_t i = 0; i < found.n; i++)
        add(all, found.items[i].document);
}

/* The newest entries of the history of one event after the other. */
static void tell_history(struct buf *all, int64_t version)
{
    unsigned event = (unsigned)(version / ERA) * EVENTS + (unsigned)(version / 8) % EVENTS;
    struct item_page page;
    char id[16];
    snprintf(id, sizeof id, "e%u", event);
    int64_t known = 0;
    ck_hold(thing_find(world.reader->db, THING_EVENT, str_from(id), &known, &world.err));
    if (known == 0)
        return; /* the era has begun, and nobody has told of it yet */
    ck_hold_msg(store_event_history(world.reader, version, str_from(id), 0, 4, world.arena, &page,
                                    &world.err),
                "%s", world.err.detail);
    for (size_t i = 0; i < page.n; i++)
        add(all, page.items[i].document);
}

static void tell_disagreements(struct buf *all, size_t which, int64_t version)
{
    struct query events = {.version = version, .reading = reading_of(which)};
    struct disagreement_query q = {.events = &events, .limit = 1000, .count = true, .pairs = true};
    struct disagreement_page page;
    struct problems problems;
    problem_init(&problems, world.arena);
    ck_hold_msg(
        store_find_disagreements(world.reader, &q, world.arena, &page, &problems, &world.err), "%s",
        world.err.detail);
    ck_hold(page.page.matched == (int64_t)page.page.n);
    for (size_t i = 0; i < page.page.n; i++)
        add(all, page.page.items[i].document);
    for (size_t i = 0; i < page.source_count; i++)
        buf_printf(all, "%.*s %.*s %lld %lld\n", STR_ARG(page.sources[i].a),
                   STR_ARG(page.sources[i].b), (long long)page.sources[i].total,
                   (long long)page.sources[i].widest);
}

static void answers(int64_t version, unsigned char digest[HASH_SIZE])
{
    struct buf all;
    buf_init(&all, 1 << 24);
    tell_reading(&all, 0, version, version % 8 == 0);
    tell_ids(&all, version);
    /* The other readings and lists have their turns. */
    if (version % 2 == 0)
        tell_reading(&all, 1 + (size_t)version / 2 % (READINGS - 1), version, version % 8 == 4);
    else
        tell_items(&all, (enum item_kind)(version / 2 % ITEM_KINDS), version);
    if (version % 8 == 3)
        tell_history(&all, version);
    else if (version % 8 == 7)
        tell_disagreements(&all, (size_t)version / 8 % READINGS, version);
    ck_hold(!buf_failed(&all));
    hash_sha256(buf_str(&all), digest);
    buf_free(&all);
}

/* One source says a little that is other, or all of it, or goes. */
static bool change_by_chance(void)
{
    unsigned source = any(SOURCES), how = any(20);
    if (how == 0)
        return put_or_delete(&world, source, false, world.arena);
    if (how == 1)
        change_parts(source);
    /* The source itself and its descriptions, the first parts, more seldom: they reach far. */
    for (unsigned i = any(2) + 1; i > 0; i--) {
        unsigned part = any(PARTS);
        if (part > 1 || any(5) == 0)
            change_part(source, part);
    }
    return put_or_delete(&world, source, true, world.arena);
}

START_TEST(every_version_answers_in_every_reading)
{
    static unsigned char then[CHANGES + 2][HASH_SIZE];
    unsigned char now[HASH_SIZE];
    int64_t newest = 1;
    begin_with_all(&world);
    answers(1, then[1]);
    for (int i = 0; i < TRIES && newest <= CHANGES; i++) {
        arena_reset(world.arena);
        era = (unsigned)((newest + 1) / ERA);
        if (!change_by_chance() || store_version(world.store) == newest)
            continue;
        newest = store_version(world.store);
        answers(newest, then[newest]);
        if (newest == CHECKED)
            world_expect_sound(&world);
    }
    ck_assert_int_eq(newest, CHANGES + 1);
    for (int64_t v = 1; v <= newest; v++) {
        arena_reset(world.arena);
        answers(v, now);
        ck_hold_msg(memcmp(now, then[v], sizeof now) == 0, "version %lld of %lld answers anew",
                    (long long)v, (long long)newest);
    }
}
END_TEST

int main(void)
{
    TCase *history = tcase_create("versions");
    tcase_set_timeout(history, 600);
    tcase_add_checked_fixture(history, set_up, tear_down);
    tcase_add_test(history, every_version_answers_in_every_reading);
    Suite *suite = suite_create("versions");
    suite_add_tcase(suite, history);
    return check_main(suite);
}
