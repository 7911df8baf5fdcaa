#include "annals/export.h"
#include "annals/record_refs.h"
#include "base/hash.h"
#include "base/jout.h"
#include "base/jscan.h"
#include "base/keyset.h"

/* Things of the five kinds that are described, and sources. */
struct thing {
    bool described;
    bool needed;
};

struct edge {
    int64_t from, to; /* numbers of things */
};

struct export_need {
    struct arena *arena;
    struct strmap *events; /* to keep; NULL for all */
    struct keyset told;    /* hashes of the ids that some source has an account of */
    uint64_t seed;
    struct strmap keys; /* "kind/id" to numbers of things */
    struct thing *things;
    size_t n, room;
    struct edge *edges;
    size_t edge_count, edge_room;
    int64_t source; /* at hand */
    size_t left_out;
};

struct export_need *export_need_new(struct strmap *events, struct arena *a)
{
    struct export_need *n = ARENA_NEW(a, struct export_need);
    *n = (struct export_need){.arena = a, .events = events};
    hash_random(&n->seed, sizeof n->seed);
    strmap_init(&n->keys, a);
    return n;
}

static int64_t hash_of(const struct export_need *n, str id)
{
    return (int64_t)hash_table64(n->seed, id);
}

static bool has(const struct strmap *m, str id)
{
    int64_t there;
    return strmap_get(m, id, &there);
}

/* The number of a thing, which is new where it was not seen before. */
static int64_t thing_of(struct export_need *n, enum record_kind kind, str id)
{
    char text[DOCUMENT_LONGEST_ID + 8];
    int length = snprintf(text, sizeof text, "%d/%.*s", (int)kind, STR_ARG(id));
    str name = {text, length > 0 && (size_t)length < sizeof text ? (size_t)length : 0};
    int64_t number;
    if (strmap_get(&n->keys, name, &number))
        return number;
    number = (int64_t)n->n;
    *ARENA_PUSH(n->arena, n->things, n->n, n->room) = (struct thing){0};
    strmap_set(&n->keys, arena_copy(n->arena, name), number);
    return number;
}

static struct thing *the_thing(struct export_need *n, enum record_kind kind, str id)
{
    int64_t number = thing_of(n, kind, id); /* which may move them all */
    return &n->things[number];
}

/* ---- the first reading ---- */

/* Whether a relation or claim may name an event: it is to be kept, and some source tells of it. */
static bool is_kept(struct export_need *n, str id)
{
    return n->events != NULL ? has(n->events, id) : keyset_has(&n->told, hash_of(n, id));
}

struct seeing {
    struct export_need *need;
    int64_t from; /* the thing that refers; -1: what refers is needed by itself */
};

static void see(void *to, enum record_kind kind, str id)
{
    struct seeing *s = to;
    struct export_need *n = s->need;
    if (kind == RECORD_EVENT || id.n == 0)
        return;
    int64_t number = thing_of(n, kind, id);
    if (s->from >= 0)
        *ARENA_PUSH(n->arena, n->edges, n->edge_count, n->edge_room) = (struct edge){s->from,
                                                                                     number};
    else
        n->things[number].needed = true;
}

struct events_of {
    struct export_need *need;
    size_t kept, n;
};

static void count_events(void *to, enum record_kind kind, str id)
{
    struct events_of *x = to;
    if (kind != RECORD_EVENT)
        return;
    x->n++;
    x->kept += is_kept(x->need, id);
}

/*
 * A relation stands between two events that are kept. A claim is about one of them; of a whole
 * store it stays even where nothing is left that it is about.
 */
static bool is_about(struct export_need *n, const struct export_line *x)
{
    struct events_of of = {.need = n};
    record_refs(x->kind, x->json, count_events, &of);
    if (x->kind == RECORD_RELATION)
        return of.kept == of.n;
    return of.kept > 0 || n->events == NULL;
}

/* Of a whole store, what there is that can be missing: sources and events. */
static void see_whole(struct export_need *n, const struct export_line *x)
{
    if (x->kind == RECORD_EVENT)
        keyset_add(&n->told, n->arena, hash_of(n, x->id));
    if (x->kind == RECORD_SOURCE)
        the_thing(n, x->kind, x->id)->described = true;
}

static void see_described(struct export_need *n, const struct export_line *x)
{
    struct seeing s = {.need = n, .from = thing_of(n, x->kind, x->id)};
    n->things[s.from].described = true;
    if (x->kind == RECORD_SOURCE)
        n->source = s.from;
    else /* who describes what is needed is needed */
        *ARENA_PUSH(n->arena, n->edges, n->edge_count, n->edge_room) = (struct edge){s.from,
                                                                                     n->source};
    record_refs(x->kind, x->json, see, &s);
}

void export_need_see(struct export_need *n, const struct export_line *x)
{
    struct seeing s = {.need = n, .from = -1};
    if (n->events == NULL) {
        see_whole(n, x);
    } else if (x->kind == RECORD_SOURCE || x->kind < RECORD_EVENT) {
        see_described(n, x);
    } else if (x->kind == RECORD_EVENT ? has(n->events, x->id) : is_about(n, x)) {
        record_refs(x->kind, x->json, see, &s);
        n->things[n->source].needed = true;
    }
}

void export_need_settle(struct export_need *n)
{
    bool more = true;
    keyset_settle(&n->told);
    while (more) {
        more = false;
        for (size_t i = 0; i < n->edge_count; i++) {
            struct thing *to = &n->things[n->edges[i].to];
            if (!n->things[n->edges[i].from].needed || to->needed)
                continue;
            to->needed = true;
            more = true;
        }
    }
}

/* ---- the second ---- */

/* Whether a reference can be loaded again. */
static bool leads(struct export_need *n, enum record_kind kind, str id)
{
    if (kind == RECORD_EVENT)
        return is_kept(n, id);
    return the_thing(n, kind, id)->described;
}

/* The part with one list of ids without those that lead nowhere. */
static void thin_out(struct export_need *n, struct export_line *x, const char *member,
                     enum record_kind kind, struct arena *a)
{
    struct buf out;
    struct jout j;
    str key, value, element;
    buf_init(&out, x->json.n + 1);
    jout_init(&j, &out);
    jout_object(&j);
    for (size_t at = 0; jscan_member(x->json, &at, &key, &value);) {
        bool thinned = str_eq(key, str_from(member));
        size_t kept = 0;
        for (size_t within = 0; thinned && jscan_element(value, &within, &element);) {
            if (!leads(n, kind, record_refs_text(element))) {
                n->left_out += n->events == NULL || kind == RECORD_SOURCE;
                continue;
            }
            if (kept++ == 0) {
                jout_key_str(&j, key);
                jout_array(&j);
            }
            jout_raw(&j, element);
        }
        if (kept > 0)
            jout_array_end(&j);
        if (thinned)
            continue;
        jout_key_str(&j, key);
        jout_raw(&j, value);
    }
    jout_object_end(&j);
    if (out.n < x->json.n)
        x->json = arena_copy(a, buf_str(&out));
    buf_free(&out);
}

/* Of a whole store everything is kept; of a part of it, what is needed. */
static bool keeps_source(struct export_need *n, struct export_line *x)
{
    n->source = thing_of(n, RECORD_SOURCE, x->id);
    return n->events == NULL || n->things[n->source].needed;
}

bool export_need_keeps(struct export_need *n, struct export_line *x, struct arena *a)
{
    if (x->kind == RECORD_SOURCE) {
        if (!keeps_source(n, x))
            return false;
        thin_out(n, x, "derives_from", RECORD_SOURCE, a);
        return true;
    }
    if (x->kind < RECORD_EVENT)
        return n->events == NULL || the_thing(n, x->kind, x->id)->needed;
    if (x->kind == RECORD_EVENT)
        return n->events == NULL || has(n->events, x->id);
    if (!is_about(n, x)) {
        n->left_out += n->events == NULL;
        return false;
    }
    if (x->kind == RECORD_CLAIM)
        thin_out(n, x, "about", RECORD_EVENT, a);
    return true;
}

size_t export_need_left_out(const struct export_need *n)
{
    return n->left_out;
}
