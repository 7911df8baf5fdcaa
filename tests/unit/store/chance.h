/*
 * chance: a small world by chance, for histories: sources that come, change, gain and lose
 * precedence, dates and what they derive from, and go; accounts, names, containment and types that
 * change under them; events that become the same and part again.
 */
#ifndef ANNALS_TESTS_STORE_CHANCE_H
#define ANNALS_TESTS_STORE_CHANCE_H

#include <stdio.h>

#include "base/jout.h"
#include "world.h"

#define SOURCES 5
#define EVENTS 7
#define THINGS 5

static uint32_t state; /* of the numbers */
static unsigned era;   /* in another one sources tell of other events */

static inline unsigned any(unsigned n)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % n;
}

static inline void member_id(struct jout *j, const char *key, char letter, unsigned n)
{
    char id[16];
    snprintf(id, sizeof id, "%c%u", letter, letter == 'e' ? era * EVENTS + n : n);
    if (key != NULL)
        jout_key(j, key);
    jout_text(j, id);
}

static inline void name_of(struct jout *j, char letter, unsigned n)
{
    char name[16];
    snprintf(name, sizeof name, "%c%u as %u", letter, n, any(2));
    jout_member_text(j, "name", name);
}

/* Another name, used by an actor. */
static inline void other_names(struct jout *j, unsigned by)
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

static inline void identifiers(struct jout *j)
{
    jout_key(j, "identifiers");
    jout_object(j);
    if (any(3) == 0)
        jout_member_text(j, "code", any(2) ? "Q1" : "Q2");
    jout_object_end(j);
}

static inline void actors_and_places(struct jout *j)
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

static inline void types(struct jout *j)
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

static inline void evidence(struct jout *j, const char *property)
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

static inline void event(struct jout *j, unsigned i)
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

static inline void claims(struct jout *j, unsigned source)
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

/* The source itself: of no day, a certain or uncertain one, or one that is never certain. */
static inline void source_itself(struct jout *j, unsigned source)
{
    static const char *const days[] = {"2019", "2020-05", "2020-05-03", "2020-06/..", "2021~"};
    jout_key(j, "source");
    jout_object(j);
    member_id(j, "id", 's', source);
    jout_member_text(j, "title", "S");
    jout_member_text(j, "text", any(2) ? "red green" : "blue green");
    if (any(4) == 0)
        jout_member_text(j, "text_access", "withheld");
    jout_member_i64(j, "precedence", any(3));
    if (any(3))
        jout_member_text(j, "published", days[any(sizeof days / sizeof days[0])]);
    jout_key(j, "derives_from");
    jout_array(j);
    unsigned from = any(SOURCES);
    if (any(3) == 0 && from != source)
        member_id(j, NULL, 's', from);
    jout_array_end(j);
    jout_object_end(j);
}

static inline void relation(struct jout *j, unsigned from, const char *type, unsigned to)
{
    jout_object(j);
    member_id(j, "from", 'e', from);
    jout_member_text(j, "type", type);
    member_id(j, "to", 'e', to);
    jout_object_end(j);
}

static inline void relations(struct jout *j)
{
    jout_key(j, "relations");
    jout_array(j);
    unsigned from = any(EVENTS);
    if (any(2))
        relation(j, from, any(2) ? "follows" : "causes", (from + 1) % EVENTS);
    for (unsigned i = 0; i < 2; i++)
        if (any(4) == 0)
            relation(j, i, "same_as", (i + 1 + any(EVENTS - 1)) % EVENTS);
    jout_array_end(j);
}

/* Each part of what a source says comes from numbers of its own. */
#define PARTS (EVENTS + 5)
static uint32_t seeds[SOURCES][PARTS];

static inline void write_document(struct buf *out, unsigned source)
{
    const uint32_t before = state, *seed = seeds[source];
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_i64(&j, "annals", 1);
    state = *seed++;
    source_itself(&j, source);
    state = *seed++;
    actors_and_places(&j);
    state = *seed++;
    types(&j);
    jout_key(&j, "events");
    jout_array(&j);
    for (unsigned i = 0; i < EVENTS; i++) {
        state = *seed++;
        if (any(2))
            event(&j, i);
    }
    jout_array_end(&j);
    state = *seed++;
    relations(&j);
    state = *seed++;
    claims(&j, source);
    jout_object_end(&j);
    state = before;
}

/* Other numbers for one part, or for all. */
static inline void change_part(unsigned source, unsigned part)
{
    any(2);
    seeds[source][part] = (state * 2654435761u ^ part) | 1;
}

static inline void change_parts(unsigned source)
{
    for (unsigned i = 0; i < PARTS; i++)
        change_part(source, i);
}

/* ---- changes ---- */

/* A change that refers to nothing is refused; the answer is whether it was accepted. */
static inline bool put_or_delete(struct world *w, unsigned source, bool put, struct arena *a)
{
    struct change change = {.author = STR("chance")};
    struct change_result result;
    struct problems problems;
    bool replayed, syntax, ok;
    problem_init(&problems, a);
    ck_hold(store_change_begin(w->writer, &change, a, &replayed, &result, &w->err));
    if (!put) {
        ok = store_change_delete(w->writer, arena_printf(a, "s%u", source), &w->err);
    } else {
        struct buf json;
        buf_init(&json, 1 << 20);
        write_document(&json, source);
        struct document *d = document_decode(buf_str(&json), a, &problems, &syntax);
        ck_hold_msg(d != NULL, "%.*s", STR_ARG(problems.n ? problems.items[0].detail : STR("?")));
        ok = store_change_put(w->writer, d, STR(""), &problems, &w->err);
        buf_free(&json);
    }
    if (ok)
        ck_hold_msg(store_change_commit(w->writer, a, &result, &w->err), "%s", w->err.detail);
    else
        store_change_abort(w->writer);
    return ok;
}

static inline void put_json(struct world *w, const struct buf *json)
{
    struct problems problems;
    bool syntax;
    problem_init(&problems, w->arena);
    struct document *d = document_decode(buf_str(json), w->arena, &problems, &syntax);
    ck_assert_ptr_nonnull(d);
    ck_assert_msg(store_change_put(w->writer, d, STR(""), &problems, &w->err), "%s", w->err.detail);
}

/* Every id that is asked for is known from the first version on. */
static inline void begin_with_all(struct world *w)
{
    struct change change = {.author = STR("chance")};
    struct change_result result;
    struct buf json;
    bool replayed;
    buf_init(&json, 1 << 16);
    ck_assert(store_change_begin(w->writer, &change, w->arena, &replayed, &result, &w->err));
    for (int i = 0; i < SOURCES; i++) {
        buf_clear(&json);
        buf_printf(&json,
                   "{\"annals\":1,\"source\":{\"id\":\"s%d\",\"title\":\"S\",\"text\":\"red\"}}",
                   i);
        put_json(w, &json);
    }
    buf_clear(&json);
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
    put_json(w, &json);
    ck_assert_msg(store_change_commit(w->writer, w->arena, &result, &w->err), "%s", w->err.detail);
    buf_free(&json);
}

#endif
