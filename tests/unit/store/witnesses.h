/*
 * witnesses: a small world by chance, for test_readings: six sources, published at different times,
 * for certain or not, tell of the same events; some events have two ids. What each of them says is
 * kept, and `see` merges it for a reading in a few lines, without the store.
 */
#ifndef ANNALS_TESTS_STORE_WITNESSES_H
#define ANNALS_TESTS_STORE_WITNESSES_H

#include <string.h>
#include <time.h>

#include "world.h"

#define SOURCES 6
#define EVENTS 140
#define ACTORS 5
#define PLACES 4
#define TAGS 4
#define TYPES 3
#define WORDS 4
#define RELATIONS 100
#define SAME_AS 2 /* of relation_types */
#define CLAIMS 60

static const char *const types[TYPES] = {"agree", "assault", "protest"};
static const char *const words[WORDS] = {"amber", "basalt", "cedar", "delta"};
static const char *const relation_types[] = {"follows", "causes", "same_as"};
static const char *const stances[] = {"asserts", "denies"};

static const struct {
    const char *published; /* NULL for none */
    int64_t precedence;
} told_by[SOURCES] = {{"2020-05-03", 0}, {NULL, 1},          {"2021~", 0},
                      {"2019-07/..", 0}, {"2019-07-01", -1}, {"2020-05-03", 1}};

struct told {
    bool told;
    struct dated date; /* text.p is NULL without one */
    int type, actor, role, place, tag;
    unsigned words;
    char title[60];
};

struct relation {
    int from, type, to, source;
};
struct claim {
    int speaker, stance, about, source;
};

static struct world world;
static struct told accounts[SOURCES][EVENTS];
static struct relation relations[RELATIONS];
static struct claim claims[CLAIMS];
static int canonical[EVENTS];
static int64_t known_from[SOURCES];

static unsigned any(unsigned n)
{
    return world_any(&world, n);
}

static void id_of(char out[16], char letter, int n)
{
    snprintf(out, 16, "%c%03d", letter, n);
}

static int number(str id)
{
    return atoi(id.p + 1);
}

/* ---- what they say ---- */

static void make_account(struct told *x)
{
    struct edtf_error where;
    unsigned y = 2010 + any(8), m = 1 + any(12), d = 1 + any(28);
    x->told = true;
    x->type = any(3) ? (int)any(TYPES) : -1;
    x->actor = any(3) ? (int)any(ACTORS) : -1;
    x->role = any(2) ? (int)any(2) : -1;
    x->place = any(3) ? (int)any(PLACES) : -1;
    x->tag = any(2) ? (int)any(TAGS) : -1;
    x->words = 1 + any((1u << WORDS) - 1);
    for (unsigned k = 0; k < WORDS; k++)
        if (x->words & 1u << k)
            snprintf(x->title + strlen(x->title), sizeof x->title - strlen(x->title), "%s%s",
                     x->title[0] ? " " : "", words[k]);
    if (any(5) == 0)
        return;
    x->date.text = any(3) == 0   ? arena_printf(world.arena, "%u", y)
                   : any(2) == 0 ? arena_printf(world.arena, "%u-%02u", y, m)
                   : any(2) == 0 ? arena_printf(world.arena, "%u/%u", y, y + any(4))
                                 : arena_printf(world.arena, "%u-%02u-%02u", y, m, d);
    ck_assert(edtf_parse(x->date.text, &x->date.value, &where));
}

static void make_world(void)
{
    for (int i = 0; i < EVENTS; i++) {
        canonical[i] = i;
        /* The last id of all is never told of. */
        for (int s = 0; s < SOURCES && i < EVENTS - 1; s++)
            if (any(5) < 2 || s == i % SOURCES)
                make_account(&accounts[s][i]);
    }
    /* Some with an even number are the same as the next: no source tells of both. */
    for (int i = 0; i < EVENTS - 2; i += 10) {
        canonical[i] = i + 1;
        for (int k = 0; k < 2; k++) {
            accounts[k][i + 1 - k] = (struct told){.told = false};
            accounts[1 - k][i + 1 - k] = (struct told){.told = false};
            make_account(&accounts[k][i + 1 - k]);
        }
        for (int s = 0; s < SOURCES; s++)
            if (accounts[s][i + 1].told)
                accounts[s][i] = (struct told){.told = false};
    }
    int n = 0;
    for (int i = 0; i < EVENTS; i++)
        if (canonical[i] != i)
            relations[n++] = (struct relation){i, SAME_AS, canonical[i], SOURCES - 1};
    for (; n < RELATIONS; n++) {
        struct relation *x = &relations[n];
        *x = (struct relation){(int)any(EVENTS - 1), (int)any(2), 0, n % SOURCES};
        x->to = (x->from + 1 + (int)any(EVENTS - 3)) % (EVENTS - 1);
    }
    for (int i = 0; i < CLAIMS; i++)
        claims[i] = (struct claim){(int)any(ACTORS), (int)any(2), (int)any(EVENTS - 1),
                                   i % SOURCES};
}

static void member_id(struct jout *j, const char *key, char letter, int n)
{
    char id[16];
    id_of(id, letter, n);
    if (key != NULL)
        jout_key(j, key);
    jout_text(j, id);
}

static void one_id(struct jout *j, const char *key, char letter, int n)
{
    jout_key(j, key);
    jout_array(j);
    if (n >= 0)
        member_id(j, NULL, letter, n);
    jout_array_end(j);
}

static void write_account(struct jout *j, const struct told *x, int event)
{
    static const char *const roles[] = {"host", "target"};
    jout_object(j);
    member_id(j, "id", 'e', event);
    jout_member_text(j, "title", x->title);
    if (x->date.text.p != NULL)
        jout_member_str(j, "date", x->date.text);
    if (x->type >= 0)
        jout_member_text(j, "type", types[x->type]);
    jout_key(j, "participants");
    jout_array(j);
    if (x->actor >= 0) {
        jout_object(j);
        member_id(j, "actor", 'a', x->actor);
        if (x->role >= 0)
            jout_member_text(j, "role", roles[x->role]);
        jout_object_end(j);
    }
    jout_array_end(j);
    one_id(j, "places", 'p', x->place);
    one_id(j, "tags", 'g', x->tag);
    jout_object_end(j);
}

static void write_things(struct jout *j, const char *key, char letter, int n)
{
    jout_key(j, key);
    jout_array(j);
    for (int i = 0; i < n; i++) {
        jout_object(j);
        member_id(j, "id", letter, i);
        jout_member_text(j, "name", "Someone");
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_relation(struct jout *j, int from, const char *type, int to)
{
    jout_object(j);
    member_id(j, "from", 'e', from);
    jout_member_text(j, "type", type);
    member_id(j, "to", 'e', to);
    jout_object_end(j);
}

/* whole: with relations and claims, whose events have to be known by then. */
static void write_source(struct jout *j, int s, bool whole)
{
    jout_object(j);
    jout_member_i64(j, "annals", 1);
    jout_key(j, "source");
    jout_object(j);
    member_id(j, "id", 's', s);
    jout_member_text(j, "title", "A source");
    jout_member_i64(j, "precedence", told_by[s].precedence);
    if (told_by[s].published != NULL)
        jout_member_text(j, "published", told_by[s].published);
    jout_object_end(j);
    write_things(j, "actors", 'a', ACTORS);
    write_things(j, "places", 'p', PLACES);
    jout_key(j, "events");
    jout_array(j);
    for (int i = 0; i < EVENTS; i++)
        if (accounts[s][i].told)
            write_account(j, &accounts[s][i], i);
    jout_array_end(j);
    jout_key(j, "relations");
    jout_array(j);
    for (int i = 0; i < RELATIONS && whole; i++)
        if (relations[i].source == s)
            write_relation(j, relations[i].from, relation_types[relations[i].type],
                           relations[i].to);
    jout_array_end(j);
    jout_key(j, "claims");
    jout_array(j);
    for (int i = 0; i < CLAIMS && whole; i++) {
        if (claims[i].source != s)
            continue;
        jout_object(j);
        member_id(j, "id", 'c', i);
        member_id(j, "speaker", 'a', claims[i].speaker);
        jout_member_text(j, "stance", stances[claims[i].stance]);
        one_id(j, "about", 'e', claims[i].about);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_object_end(j);
}

static void witnesses_tell(void)
{
    struct buf json;
    struct jout j;
    make_world();
    buf_init(&json, 1 << 24);
    for (int pass = 0; pass < 2; pass++)
        for (int s = 0; s < SOURCES; s++) {
            buf_clear(&json);
            jout_init(&j, &json);
            write_source(&j, s, pass == 1);
            world_put(&world, &json);
        }
    buf_free(&json);
    for (int s = 0; s < SOURCES; s++) {
        struct edtf value;
        struct edtf_error where;
        known_from[s] = period_day_of((int64_t)time(NULL)) * PERIOD_DAY_SECONDS;
        if (told_by[s].published == NULL)
            continue;
        ck_assert(edtf_parse(str_from(told_by[s].published), &value, &where));
        known_from[s] = period_unbounded(value.bounds.latest) ? READING_NEVER : value.bounds.latest;
    }
}

/* ---- what a reading sees ---- */

/* An event as its accounts make it. */
struct seen {
    const struct dated *date;
    const char *title;
    int type, place;
    unsigned actors, tags, words;
    bool disputed;
};

static bool is_known(int source, const struct reading *r)
{
    return !r->known || known_from[source] <= r->known_at;
}

static bool is_told(int event)
{
    for (int s = 0; s < SOURCES; s++)
        for (int i = 0; i < EVENTS; i++)
            if (canonical[i] == event && accounts[s][i].told)
                return true;
    return false;
}

/* From when on it is known. */
static int64_t told_from(int event)
{
    int64_t from = READING_NEVER;
    for (int s = 0; s < SOURCES; s++)
        for (int i = 0; i < EVENTS; i++)
            if (canonical[i] == event && accounts[s][i].told && known_from[s] < from)
                from = known_from[s];
    return from;
}

/* Whether source a wins over b, which was recorded later. */
static bool wins(const struct reading *r, int a, int b)
{
    if (r->policy == POLICY_FIRST)
        return known_from[a] <= known_from[b];
    if (r->policy == POLICY_LAST)
        return known_from[a] >= known_from[b];
    if (r->policy == POLICY_SOURCE && (number(r->source) == a || number(r->source) == b))
        return number(r->source) == a;
    return told_by[a].precedence >= told_by[b].precedence;
}

static bool contradict(const struct told *a, const struct told *b)
{
    return (a->date.text.p != NULL && b->date.text.p != NULL &&
            period_disjoint(&a->date.value.bounds, &b->date.value.bounds)) ||
           (a->type >= 0 && b->type >= 0 && a->type != b->type) ||
           (a->place >= 0 && b->place >= 0 && a->place != b->place) ||
           (a->actor >= 0 && a->actor == b->actor && a->role >= 0 && b->role >= 0 &&
            a->role != b->role);
}

static void take(struct seen *out, const struct told *x)
{
    out->date = out->date == NULL && x->date.text.p != NULL ? &x->date : out->date;
    out->title = out->title == NULL ? x->title : out->title;
    out->type = out->type < 0 ? x->type : out->type;
    out->place = out->place < 0 ? x->place : out->place;
    out->actors |= x->actor < 0 ? 0 : 1u << x->actor;
    out->tags |= x->tag < 0 ? 0 : 1u << x->tag;
    out->words |= x->words;
}

/* False where nobody has told of it. */
static bool see(int event, const struct reading *r, struct seen *out)
{
    const struct told *heard[SOURCES];
    int sources[SOURCES], n = 0;
    *out = (struct seen){.type = -1, .place = -1};
    for (int s = 0; s < SOURCES; s++)
        for (int i = 0; i < EVENTS; i++) {
            if (canonical[i] != event || !accounts[s][i].told || !is_known(s, r))
                continue;
            int at = n++;
            for (; at > 0 && !wins(r, sources[at - 1], s); at--) {
                sources[at] = sources[at - 1];
                heard[at] = heard[at - 1];
            }
            sources[at] = s;
            heard[at] = &accounts[s][i];
        }
    for (int i = 0; i < n; i++) {
        take(out, heard[i]);
        for (int k = 0; k < i; k++)
            out->disputed = out->disputed || contradict(heard[i], heard[k]);
    }
    return n > 0;
}

#endif
