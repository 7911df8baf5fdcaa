/*
 * chronicle: a small world by chance, for test_questions: actors that belong to others for a time,
 * places within places, types, events, relations, claims; and a second source that contradicts.
 */
#ifndef ANNALS_TESTS_STORE_CHRONICLE_H
#define ANNALS_TESTS_STORE_CHRONICLE_H

#include <string.h>

#include "world.h"

#define EVENTS 400
#define ACTORS 12
#define PLACES 12
#define TYPES 6
#define TAGS 5
#define WORDS 6
#define MOST 3 /* of a kind in one event */

static const char *const roles[] = {"host", "target", "observer"};
static const char *const relation_types[] = {"follows", "causes", "violates"};
static const char *const stances[] = {"asserts", "denies", "promises"};
static const char *const words[WORDS] = {"common", "amber", "basalt", "cedar", "delta", "ember"};
/* Each the child of the one before the slash; agree and assault are shipped. */
static const char *const types[TYPES] = {"agree", "assault", "t2", "t3", "t4", "t5"};
static const int parents[TYPES] = {-1, -1, 0, 2, 1, 1};

struct membership {
    int whole; /* -1 for none */
    bool dated;
    struct period bounds;
    char date[24];
};

struct told {
    char id[16];
    char date[16];
    struct period bounds;
    bool dated, disputed;
    enum edtf_precision precision;
    int actors[MOST], actor_roles[MOST], places[MOST]; /* -1 for none */
    int type, tag;
    unsigned words;
};

struct relation {
    int from, type, to;
};
struct claim {
    int speaker, stance, about;
};

static struct world world;
static struct told events[EVENTS];
static struct membership memberships[ACTORS];
static struct {
    int whole;
    bool point;
    double lat, lon;
} places[PLACES];
static struct relation relations[EVENTS];
static struct claim claims[EVENTS];

static unsigned any(unsigned n)
{
    return world_any(&world, n);
}

/* ---- the world ---- */

static void id_of(char out[16], char letter, int n)
{
    snprintf(out, 16, "%c%03d", letter, n);
}

static void member_id(struct jout *j, const char *key, char letter, int n)
{
    char id[16];
    id_of(id, letter, n);
    if (key != NULL)
        jout_key(j, key);
    jout_text(j, id);
}

static void begin(struct jout *j, const char *source)
{
    jout_object(j);
    jout_member_i64(j, "annals", 1);
    jout_key(j, "source");
    jout_object(j);
    jout_member_text(j, "id", source);
    jout_member_text(j, "title", "S");
    jout_object_end(j);
}

static void write_actors(struct jout *j)
{
    jout_key(j, "actors");
    jout_array(j);
    for (int i = 0; i < ACTORS; i++) {
        struct membership *m = &memberships[i];
        m->whole = i > 0 && any(5) ? (int)any((unsigned)i) : -1;
        m->dated = any(4) != 0;
        jout_object(j);
        member_id(j, "id", 'a', i);
        jout_member_text(j, "name", "Person");
        jout_key(j, "member_of");
        jout_array(j);
        if (m->whole >= 0) {
            struct edtf value;
            struct edtf_error where;
            unsigned from = 1990 + any(20);
            jout_object(j);
            member_id(j, "actor", 'a', m->whole);
            snprintf(m->date, sizeof m->date, "%u/%u", from, from + any(12));
            ck_assert(edtf_parse(str_from(m->date), &value, &where));
            m->bounds = value.bounds;
            if (m->dated)
                jout_member_text(j, "date", m->date);
            jout_object_end(j);
        }
        jout_array_end(j);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_places(struct jout *j)
{
    jout_key(j, "places");
    jout_array(j);
    for (int i = 0; i < PLACES; i++) {
        places[i].whole = i > 0 && any(3) ? (int)any((unsigned)i) : -1;
        places[i].point = any(4) != 0;
        places[i].lat = (int)any(160) - 80;
        places[i].lon = (int)any(360) - 180;
        jout_object(j);
        member_id(j, "id", 'p', i);
        jout_member_text(j, "name", "Somewhere");
        if (places[i].whole >= 0)
            member_id(j, "part_of", 'p', places[i].whole);
        if (places[i].point) {
            jout_member_i64(j, "lat", (int64_t)places[i].lat);
            jout_member_i64(j, "lon", (int64_t)places[i].lon);
        }
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_types(struct jout *j)
{
    jout_key(j, "types");
    jout_array(j);
    for (int i = 2; i < TYPES; i++) {
        jout_object(j);
        jout_member_text(j, "id", types[i]);
        jout_member_text(j, "parent", types[parents[i]]);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void make_date(struct told *x)
{
    struct edtf value;
    struct edtf_error where;
    unsigned y = 1985 + any(35), m = 1 + any(12), d = 1 + any(28);
    x->dated = any(8) != 0;
    if (!x->dated)
        return;
    switch (any(4)) {
    case 0:
        snprintf(x->date, sizeof x->date, "%u", y);
        break;
    case 1:
        snprintf(x->date, sizeof x->date, "%u-%02u", y, m);
        break;
    case 2:
        snprintf(x->date, sizeof x->date, "%u/%u", y, y + any(9));
        break;
    default:
        snprintf(x->date, sizeof x->date, "%u-%02u-%02u", y, m, d);
        break;
    }
    ck_assert(edtf_parse(str_from(x->date), &value, &where));
    x->bounds = value.bounds;
    x->precision = value.precision;
}

/* Distinct numbers below n, -1 behind them. */
static void some(int out[MOST], unsigned n)
{
    unsigned count = any(MOST + 1);
    for (unsigned i = 0; i < MOST; i++) {
        out[i] = i < count ? (int)any(n) : -1;
        for (unsigned k = 0; k < i; k++)
            if (out[k] == out[i])
                out[i] = -1;
    }
}

static void write_event(struct jout *j, int i)
{
    struct told *x = &events[i];
    char title[80] = "";
    id_of(x->id, 'e', i);
    make_date(x);
    some(x->actors, ACTORS);
    some(x->places, PLACES);
    x->type = any(4) ? (int)any(TYPES) : -1;
    x->tag = any(2) ? (int)any(TAGS) : -1;
    x->words = any(1u << WORDS) | (any(10) != 0);
    for (unsigned k = 0; k < WORDS; k++)
        if (x->words & 1u << k)
            snprintf(title + strlen(title), sizeof title - strlen(title), "%s ", words[k]);
    jout_object(j);
    jout_member_text(j, "id", x->id);
    jout_member_text(j, "title", title[0] ? title : "nothing");
    if (x->dated)
        jout_member_text(j, "date", x->date);
    if (x->type >= 0)
        jout_member_text(j, "type", types[x->type]);
    jout_key(j, "participants");
    jout_array(j);
    for (int k = 0; k < MOST; k++) {
        x->actor_roles[k] = any(3) ? (int)any(3) : -1;
        if (x->actors[k] < 0)
            continue;
        jout_object(j);
        member_id(j, "actor", 'a', x->actors[k]);
        if (x->actor_roles[k] >= 0)
            jout_member_text(j, "role", roles[x->actor_roles[k]]);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_key(j, "places");
    jout_array(j);
    for (int k = 0; k < MOST; k++)
        if (x->places[k] >= 0)
            member_id(j, NULL, 'p', x->places[k]);
    jout_array_end(j);
    jout_key(j, "tags");
    jout_array(j);
    if (x->tag >= 0)
        member_id(j, NULL, 'g', x->tag);
    jout_array_end(j);
    jout_object_end(j);
}

static void write_relations(struct jout *j)
{
    jout_key(j, "relations");
    jout_array(j);
    for (int i = 0; i < EVENTS; i += 2) {
        /* A few events are related to many. */
        relations[i] = (struct relation){i, (int)any(3), (int)any(20) * 2 + 1};
        jout_object(j);
        member_id(j, "from", 'e', relations[i].from);
        jout_member_text(j, "type", relation_types[relations[i].type]);
        member_id(j, "to", 'e', relations[i].to);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_key(j, "claims");
    jout_array(j);
    for (int i = 0; i < EVENTS; i += 3) {
        claims[i] = (struct claim){(int)any(ACTORS), (int)any(3), (int)any(EVENTS)};
        jout_object(j);
        member_id(j, "id", 'c', i);
        member_id(j, "speaker", 'a', claims[i].speaker);
        jout_member_text(j, "stance", stances[claims[i].stance]);
        jout_key(j, "about");
        jout_array(j);
        member_id(j, NULL, 'e', claims[i].about);
        jout_array_end(j);
        jout_object_end(j);
    }
    jout_array_end(j);
}

/* Another source gives some events a date that cannot be. */
static void contradict(void)
{
    struct buf json;
    struct jout j;
    buf_init(&json, 1 << 24);
    jout_init(&j, &json);
    begin(&j, "second");
    jout_key(&j, "events");
    jout_array(&j);
    for (int i = 0; i < EVENTS; i += 7) {
        jout_object(&j);
        jout_member_text(&j, "id", events[i].id);
        jout_member_text(&j, "date", "1066");
        jout_object_end(&j);
        events[i].disputed = events[i].dated;
        if (!events[i].dated) {
            struct edtf value;
            struct edtf_error where;
            ck_assert(edtf_parse(STR("1066"), &value, &where));
            events[i].dated = true;
            events[i].bounds = value.bounds;
            events[i].precision = value.precision;
        }
    }
    jout_array_end(&j);
    jout_object_end(&j);
    world_put(&world, &json);
    buf_free(&json);
}

/* All that the first source says. */
static void tell_all(void)
{
    struct buf json;
    struct jout j;
    buf_init(&json, 1 << 24);
    jout_init(&j, &json);
    begin(&j, "first");
    write_actors(&j);
    write_places(&j);
    write_types(&j);
    jout_key(&j, "events");
    jout_array(&j);
    for (int i = 0; i < EVENTS; i++)
        write_event(&j, i);
    jout_array_end(&j);
    write_relations(&j);
    jout_object_end(&j);
    world_put(&world, &json);
    buf_free(&json);
}

/* The first source says all of it twice, otherwise each time: what it said before holds no more. */
static void load(void)
{
    tell_all();
    tell_all();
    contradict();
}

#endif
