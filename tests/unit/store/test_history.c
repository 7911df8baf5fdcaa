/*
 * A random history over a small world: sources come, change, lose and regain precedence, and go;
 * names, containment, types and accounts change under them. After it, every earlier version answers
 * exactly as it did when it was the newest, and the projection is what the tables give.
 */
#include <stdio.h>

#include "answers.h"
#include "base/hash.h"
#include "base/jout.h"
#include "world.h"

#define CHANGES 90
#define CHECKED 30     /* the whole store is checked every so many changes, and at the end */
#define SEED 20201110u /* or ANNALS_SEED from the environment */
#define SOURCES 5
#define EVENTS 7
#define THINGS 5

static struct world world;
static struct store *store;
static struct store_writer *writer;
static struct store_reader *reader;
static struct arena *arena;
static struct err err;
static uint32_t state = SEED;

static void set_up(void)
{
    world_open(&world, SEED);
    store = world.store;
    writer = world.writer;
    reader = world.reader;
    arena = world.arena;
    state = world.state;
}

static void tear_down(void)
{
    world_close(&world);
}

static unsigned any(unsigned n)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % n;
}

/* ---- a document by chance ---- */

static void member_id(struct jout *j, const char *key, char letter, unsigned n)
{
    char id[8];
    snprintf(id, sizeof id, "%c%u", letter, n);
    if (key != NULL)
        jout_key(j, key);
    jout_text(j, id);
}

static void name_of(struct jout *j, char letter, unsigned n)
{
    char name[16];
    snprintf(name, sizeof name, "%c%u as %u", letter, n, any(2));
    jout_member_text(j, "name", name);
}

/* Another name, used by an actor. */
static void other_names(struct jout *j, unsigned by)
{
    jout_key(j, "names");
    jout_array(j);
    if (any(3) == 0) {
        jout_object(j);
        jout_member_text(j, "name", any(2) ? "Ghost" : "Spectre");
        member_id(j, "used_by", 'a', by);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void identifiers(struct jout *j)
{
    jout_key(j, "identifiers");
    jout_object(j);
    if (any(3) == 0)
        jout_member_text(j, "code", any(2) ? "Q1" : "Q2");
    jout_object_end(j);
}

static void actors_and_places(struct jout *j)
{
    static const char *const days[] = {"2019", "2020/..", "2020-05/2021"};
    bool described[THINGS];
    jout_key(j, "actors");
    jout_array(j);
    for (unsigned i = 0; i < THINGS; i++) {
        described[i] = any(3) != 0;
        if (!described[i])
            continue;
        jout_object(j);
        member_id(j, "id", 'a', i);
        name_of(j, 'a', i);
        if (any(3) == 0)
            jout_member_text(j, "kind", any(2) ? "state" : "person");
        identifiers(j);
        other_names(j, i);
        jout_key(j, "member_of");
        jout_array(j);
        if (i > 0 && described[i - 1] && any(3) == 0) {
            jout_object(j);
            member_id(j, "actor", 'a', i - 1);
            jout_member_text(j, "date", days[any(3)]);
            jout_object_end(j);
        }
        jout_array_end(j);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_key(j, "places");
    jout_array(j);
    for (unsigned i = 0; i < THINGS; i++) {
        if (any(3) == 0)
            continue;
        jout_object(j);
        member_id(j, "id", 'p', i);
        name_of(j, 'p', i);
        /* Only upwards: a circle would be refused. */
        if (i > 0 && any(2))
            member_id(j, "part_of", 'p', any(i));
        if (any(3) == 0) {
            jout_member_i64(j, "lat", any(3));
            jout_member_i64(j, "lon", any(3));
        }
        identifiers(j);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void types(struct jout *j)
{
    jout_key(j, "types");
    jout_array(j);
    for (unsigned i = 0; i < 3; i++) {
        if (any(2))
            continue;
        jout_object(j);
        member_id(j, "id", 't', i);
        if (any(2))
            jout_member_text(j, "parent", any(2) ? "assault" : "agree");
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void evidence(struct jout *j, const char *property)
{
    jout_key(j, "evidence");
    jout_array(j);
    if (any(3) == 0) {
        jout_object(j);
        jout_member_i64(j, "start", any(2));
        jout_member_i64(j, "end", 2 + any(3));
        jout_key(j, "supports");
        jout_array(j);
        if (any(2))
            jout_text(j, property);
        jout_array_end(j);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void event(struct jout *j, unsigned i)
{
    static const char *const dates[] = {"2020",       "2020-05",    "2020-05-03",
                                        "2020-06/..", "2021-01~",   "-0043",
                                        "../2020-03", "2020-XX-05", "[2020-05,2020-07-01]",
                                        "2019/",      "/2021",      "{2019-12-31,2020-07}"};
    static const char *const roles[] = {"host", "target", "observer"};
    jout_object(j);
    member_id(j, "id", 'e', i);
    if (any(4))
        jout_member_text(j, "title", any(2) ? "One title" : "Another title");
    if (any(3))
        jout_member_text(j, "date", dates[any(sizeof dates / sizeof dates[0])]);
    if (any(2))
        member_id(j, "type", 't', any(3));
    else
        jout_member_text(j, "type", any(2) ? "assault" : "agree");
    jout_key(j, "participants");
    jout_array(j);
    for (unsigned k = 0; k < THINGS; k++) {
        if (any(3))
            continue;
        jout_object(j);
        member_id(j, "actor", 'a', k);
        if (any(2))
            jout_member_text(j, "role", roles[any(3)]);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_key(j, "places");
    jout_array(j);
    if (any(2))
        member_id(j, NULL, 'p', any(THINGS));
    jout_array_end(j);
    jout_key(j, "tags");
    jout_array(j);
    if (any(2))
        jout_text(j, any(2) ? "one" : "two");
    jout_array_end(j);
    evidence(j, "title");
    jout_object_end(j);
}

static void claims(struct jout *j, unsigned source)
{
    jout_key(j, "claims");
    jout_array(j);
    if (any(2)) {
        jout_object(j);
        member_id(j, "id", 'c', any(2) ? source : SOURCES);
        member_id(j, "speaker", 'a', any(THINGS));
        jout_member_text(j, "stance", any(2) ? "denies" : "asserts");
        jout_key(j, "about");
        jout_array(j);
        member_id(j, NULL, 'e', any(EVENTS));
        jout_array_end(j);
        evidence(j, "stance");
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_document(struct buf *out, unsigned source)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_i64(&j, "annals", 1);
    jout_key(&j, "source");
    jout_object(&j);
    member_id(&j, "id", 's', source);
    jout_member_text(&j, "title", "S");
    jout_member_text(&j, "text", any(2) ? "red green" : "blue green");
    if (any(4) == 0)
        jout_member_text(&j, "text_access", "withheld");
    jout_member_i64(&j, "precedence", any(3));
    jout_object_end(&j);
    actors_and_places(&j);
    types(&j);
    jout_key(&j, "events");
    jout_array(&j);
    for (unsigned i = 0; i < EVENTS; i++)
        if (any(2))
            event(&j, i);
    jout_array_end(&j);
    jout_key(&j, "relations");
    jout_array(&j);
    if (any(2)) {
        unsigned from = any(EVENTS);
        jout_object(&j);
        member_id(&j, "from", 'e', from);
        jout_member_text(&j, "type", any(2) ? "follows" : "causes");
        member_id(&j, "to", 'e', (from + 1) % EVENTS);
        jout_object_end(&j);
    }
    jout_array_end(&j);
    claims(&j, source);
    jout_object_end(&j);
}

/* ---- changes ---- */

/* A change that refers to nothing is refused; the answer is whether it was accepted. */
static bool change_by_chance(struct arena *a)
{
    struct change change = {.author = STR("chance")};
    struct change_result result;
    struct problems problems;
    bool replayed, syntax, ok;
    unsigned source = any(SOURCES);
    problem_init(&problems, a);
    ck_assert(store_change_begin(writer, &change, a, &replayed, &result, &err));
    if (any(5) == 0) {
        ok = store_change_delete(writer, arena_printf(a, "s%u", source), &err);
    } else {
        struct buf json;
        buf_init(&json, 1 << 20);
        write_document(&json, source);
        struct document *d = document_decode(buf_str(&json), a, &problems, &syntax);
        ck_assert_msg(d != NULL, "%.*s", STR_ARG(problems.n ? problems.items[0].detail : STR("?")));
        ok = store_change_put(writer, d, STR(""), &problems, &err);
        buf_free(&json);
    }
    if (ok)
        ck_assert_msg(store_change_commit(writer, a, &result, &err), "%s", err.detail);
    else
        store_change_abort(writer);
    return ok;
}

/* Every id that is asked for is known from the first version on. */
static void begin_with_all(void)
{
    struct change change = {.author = STR("chance")};
    struct change_result result;
    struct problems problems;
    struct buf json;
    bool replayed, syntax;
    buf_init(&json, 1 << 16);
    buf_add(&json, STR("{\"annals\":1,\"source\":{\"id\":\"s1\",\"title\":\"S\",\"text\":\"red\"},"
                       "\"actors\":["));
    for (int i = 0; i < THINGS; i++)
        buf_printf(&json, "%s{\"id\":\"a%d\",\"name\":\"a%d\",\"identifiers\":{\"code\":\"Q1\"}}",
                   i ? "," : "", i, i);
    buf_add(&json, STR("],\"places\":["));
    for (int i = 0; i < THINGS; i++)
        buf_printf(&json, "%s{\"id\":\"p%d\",\"name\":\"p%d\",\"identifiers\":{\"code\":\"Q2\"}}",
                   i ? "," : "", i, i);
    buf_add(&json,
            STR("],\"types\":[{\"id\":\"t0\"},{\"id\":\"t1\"},{\"id\":\"t2\"}],\"events\":["));
    for (int i = 0; i < EVENTS; i++)
        buf_printf(&json, "%s{\"id\":\"e%d\",\"tags\":[\"one\",\"two\"]}", i ? "," : "", i);
    buf_add(&json, STR("]}"));
    problem_init(&problems, arena);
    struct document *d = document_decode(buf_str(&json), arena, &problems, &syntax);
    ck_assert_ptr_nonnull(d);
    ck_assert(store_change_begin(writer, &change, arena, &replayed, &result, &err));
    ck_assert_msg(store_change_put(writer, d, STR(""), &problems, &err), "%s", err.detail);
    ck_assert_msg(store_change_commit(writer, arena, &result, &err), "%s", err.detail);
    buf_free(&json);
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
        ck_assert(store_event_part(reader, version, row->id, parts[k], a, &json, &err));
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
    begin_with_all();
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
