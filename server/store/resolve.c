/*
 * Every id that a document refers to is looked for in the document first, then in the store. What
 * is nowhere is a problem, with the nearest id that there is.
 */
#include "store/alias.h"
#include "store/put.h"

#define SAME_ROUNDS 8

/* What the maps of the writer hold for an id: its key, or that the document declares it. */
#define DECLARED 0
#define REFUSED -1 /* its declaration was refused, or it was taken back: look in the store */

/* Where in the document a reference stands; made into a pointer only when there is a problem. */
struct spot {
    const char *list; /* "/events" */
    size_t item;
    const char *key;   /* below the item: "/participants"; NULL where there is none */
    int64_t part;      /* of that list; -1 where it is none */
    const char *below; /* the part: "/actor"; or "" */
};
#define SPOT(list, item, key) (&(const struct spot){list, item, key, -1, ""})
#define SPOT_PART(list, item, key, part, below)                                                    \
    (&(const struct spot){list, item, key, (int64_t)(part), below})

static str pointer(struct put *p, const struct spot *s)
{
    struct arena *a = p->w->arena;
    if (s->part < 0)
        return arena_printf(a, "%.*s%s/%zu%s", STR_ARG(p->prefix), s->list, s->item, s->key);
    return arena_printf(a, "%.*s%s/%zu%s/%lld%s", STR_ARG(p->prefix), s->list, s->item, s->key,
                        (long long)s->part, s->below);
}

static bool report(struct put *p, enum thing t, str id, const struct spot *at, bool was_here)
{
    str near;
    if (!thing_nearest(p->w->db, t, id, p->w->arena, &near, p->e))
        return false;
    struct problem *problem = problem_add(
        p->problems, PROBLEM_POINTER, pointer(p, at), id,
        p->record ? was_here
                        ? "the %s \"%.*s\" was removed from the store, and no line before this "
                          "one brings it back"
                        : "there is no %s \"%.*s\" in the lines before this one or in the store"
        : was_here
            ? "the %s \"%.*s\" was removed from the store and the document does not declare it"
            : "there is no %s \"%.*s\" in the document or in the store",
        thing_singular(t), STR_ARG(str_sub(id, 0, DOCUMENT_LONGEST_ID)));
    if (near.n > 0 && !str_eq(near, id))
        problem_hint(p->problems, problem, "did you mean \"%.*s\"?", STR_ARG(near));
    else if (p->record)
        problem_hint(p->problems, problem, "what a line refers to comes before it");
    else
        problem_hint(p->problems, problem, "declare it under \"%s\" in the document",
                     thing_plural(t));
    return true;
}

/* Copies the id: a change can outlive the document that it comes from. */
static void remember(struct put *p, enum thing t, str id, int64_t key)
{
    strmap_set(&p->w->keys[t], arena_copy(p->w->arena, id), key);
}

/* Whether an id means something at present; *key 0 where it never did. */
static bool look_up(struct put *p, enum thing t, str id, int64_t *key, bool *live)
{
    *live = strmap_get(&p->w->keys[t], id, key) && *key != REFUSED;
    if (*live)
        return true;
    int64_t except = p->record ? 0 : p->source; /* all that a document leaves out is going */
    if (!thing_find(p->w->db, t, id, key, p->e) ||
        (*key != 0 && !thing_is_live(p->w->db, t, *key, except, live, p->e)))
        return false;
    if (*live)
        remember(p, t, id, *key);
    return true;
}

/* One reference; an absent id is none. */
static bool refer(struct put *p, enum thing t, str id, const struct spot *at)
{
    int64_t key;
    bool live;
    if (id.n == 0)
        return true;
    return look_up(p, t, id, &key, &live) && (live || report(p, t, id, at, key != 0));
}

static void declare(struct put *p, enum thing t, str id)
{
    int64_t key;
    if (!strmap_get(&p->w->keys[t], id, &key) || key == REFUSED)
        remember(p, t, id, DECLARED);
}

/* Every id that a document describes, its source's apart. */
typedef void id_taker(void *to, enum thing t, str id);
static void each_described(const struct document *d, id_taker *take, void *to)
{
    for (size_t i = 0; i < d->actor_count; i++)
        take(to, THING_ACTOR, d->actors[i].id);
    for (size_t i = 0; i < d->place_count; i++)
        take(to, THING_PLACE, d->places[i].id);
    for (size_t i = 0; i < d->type_count; i++)
        take(to, THING_TYPE, d->types[i].id);
    for (size_t i = 0; i < d->role_count; i++)
        take(to, THING_ROLE, d->roles[i].id);
    for (size_t i = 0; i < d->relation_type_count; i++)
        take(to, THING_RELATION_TYPE, d->relation_types[i].id);
    for (size_t i = 0; i < d->event_count; i++)
        take(to, THING_EVENT, d->events[i].id);
}

static void take_declared(void *to, enum thing t, str id)
{
    declare(to, t, id);
}

static void declare_all(struct put *p)
{
    declare(p, THING_SOURCE, p->d->source.id);
    each_described(p->d, take_declared, p);
}

static bool refer_names(struct put *p, const char *list, size_t i, const struct names *names)
{
    for (size_t k = 0; k < names->n; k++)
        if (!refer(p, THING_ACTOR, names->items[k].used_by,
                   SPOT_PART(list, i, "/names", k, "/used_by")))
            return false;
    return true;
}

static bool refer_descriptions(struct put *p)
{
    const struct document *d = p->d;
    for (size_t i = 0; i < d->source.derives_from.n; i++)
        if (!refer(p, THING_SOURCE, d->source.derives_from.items[i],
                   &(const struct spot){"/source/derives_from", i, "", -1, ""}))
            return false;
    for (size_t i = 0; i < d->actor_count; i++) {
        if (!refer_names(p, "/actors", i, &d->actors[i].names))
            return false;
        for (size_t k = 0; k < d->actors[i].member_of.n; k++)
            if (!refer(p, THING_ACTOR, d->actors[i].member_of.items[k].in,
                       SPOT_PART("/actors", i, "/member_of", k, "/actor")))
                return false;
    }
    for (size_t i = 0; i < d->place_count; i++) {
        if (!refer_names(p, "/places", i, &d->places[i].names))
            return false;
        for (size_t k = 0; k < d->places[i].part_of.n; k++)
            if (!refer(p, THING_PLACE, d->places[i].part_of.items[k].in,
                       SPOT("/places", i, "/part_of")))
                return false;
    }
    for (size_t i = 0; i < d->type_count; i++)
        if (!refer(p, THING_TYPE, d->types[i].parent, SPOT("/types", i, "/parent")))
            return false;
    for (size_t i = 0; i < d->role_count; i++)
        if (!refer(p, THING_ROLE, d->roles[i].parent, SPOT("/roles", i, "/parent")))
            return false;
    for (size_t i = 0; i < d->relation_type_count; i++)
        if (!refer(p, THING_RELATION_TYPE, d->relation_types[i].parent,
                   SPOT("/relation_types", i, "/parent")))
            return false;
    return true;
}

static bool refer_event(struct put *p, size_t i, const struct document_event *event)
{
    if (!refer(p, THING_TYPE, event->type, SPOT("/events", i, "/type")))
        return false;
    for (size_t k = 0; k < event->participant_count; k++)
        if (!refer(p, THING_ACTOR, event->participants[k].actor,
                   SPOT_PART("/events", i, "/participants", k, "/actor")) ||
            !refer(p, THING_ROLE, event->participants[k].role,
                   SPOT_PART("/events", i, "/participants", k, "/role")))
            return false;
    for (size_t k = 0; k < event->places.n; k++)
        if (!refer(p, THING_PLACE, event->places.items[k],
                   SPOT_PART("/events", i, "/places", k, "")))
            return false;
    return true;
}

/*
 * An event of which nobody tells, and of which the document says that it is the same as one of
 * which somebody does, is known by that: one of the two ids is another name of the event.
 */
static bool declare_same(struct put *p, const struct document_relation *r, bool *progress)
{
    int64_t key;
    bool from, to;
    if (!str_eq(r->type, STR(ALIAS_TYPE)))
        return true;
    if (!look_up(p, THING_EVENT, r->from, &key, &from) ||
        !look_up(p, THING_EVENT, r->to, &key, &to))
        return false;
    if (from == to)
        return true;
    str other = from ? r->to : r->from;
    declare(p, THING_EVENT, other);
    writer_warn(p->w, "no source tells of the event %.*s: it is there as what %.*s is the same as",
                STR_ARG(other), STR_ARG(from ? r->from : r->to));
    *progress = true;
    return true;
}

/* Names of names too, in whatever order; after so many steps it is enough. */
static bool declare_all_same(struct put *p)
{
    bool progress = true;
    for (int round = 0; round < SAME_ROUNDS && progress; round++) {
        progress = false;
        for (size_t i = 0; i < p->d->relation_count; i++)
            if (!declare_same(p, &p->d->relations[i], &progress))
                return false;
    }
    return true;
}

static bool refer_statements(struct put *p)
{
    const struct document *d = p->d;
    for (size_t i = 0; i < d->relation_count; i++) {
        const struct document_relation *r = &d->relations[i];
        if (!refer(p, THING_EVENT, r->from, SPOT("/relations", i, "/from")) ||
            !refer(p, THING_RELATION_TYPE, r->type, SPOT("/relations", i, "/type")) ||
            !refer(p, THING_EVENT, r->to, SPOT("/relations", i, "/to")))
            return false;
    }
    for (size_t i = 0; i < d->claim_count; i++) {
        const struct document_claim *c = &d->claims[i];
        if (!refer(p, THING_ACTOR, c->speaker, SPOT("/claims", i, "/speaker")))
            return false;
        for (size_t k = 0; k < c->about.n; k++)
            if (!refer(p, THING_EVENT, c->about.items[k], SPOT_PART("/claims", i, "/about", k, "")))
                return false;
    }
    return true;
}

/* A claim's id belongs to the source that made it. */
static bool check_claim_owners(struct put *p)
{
    for (size_t i = 0; i < p->d->claim_count; i++) {
        int64_t key;
        bool taken = false;
        str id = p->d->claims[i].id;
        if (!thing_find(p->w->db, THING_CLAIM, id, &key, p->e) ||
            (key != 0 && !thing_is_live(p->w->db, THING_CLAIM, key, p->source, &taken, p->e)))
            return false;
        if (taken) {
            struct problem *problem = problem_add(p->problems, PROBLEM_POINTER,
                                                  pointer(p, SPOT("/claims", i, "/id")), id,
                                                  "another source has a claim with this id");
            problem_hint(p->problems, problem, "put the source's id before it: \"%.*s-%.*s\"",
                         STR_ARG(p->source_id), STR_ARG(id));
        }
    }
    return true;
}

bool store_change_declare(struct store_writer *w, const struct document *d, struct err *e)
{
    ENSURE(w->open);
    int64_t key;
    struct put p = {.w = w, .d = d, .e = e, .source_id = d->source.id};
    declare_all(&p);
    return d->source.id.n == 0 || writer_identity(w, THING_SOURCE, d->source.id, &key, e);
}

bool resolve_document(struct put *p)
{
    declare_all(p);
    if (!refer_descriptions(p))
        return false;
    for (size_t i = 0; i < p->d->event_count; i++)
        if (!refer_event(p, i, &p->d->events[i]))
            return false;
    return declare_all_same(p) && refer_statements(p) && check_claim_owners(p);
}

static void refuse(void *writer, enum thing t, str id)
{
    struct store_writer *w = writer;
    int64_t key;
    if (strmap_get(&w->keys[t], id, &key) && key == DECLARED)
        strmap_set(&w->keys[t], arena_copy(w->arena, id), REFUSED);
}

void resolve_lose(struct store_writer *w, enum thing t, str id)
{
    int64_t key;
    if (strmap_get(&w->keys[t], id, &key))
        strmap_set(&w->keys[t], arena_copy(w->arena, id), REFUSED);
}

void resolve_forget(struct store_writer *w, const struct document *d)
{
    each_described(d, refuse, w);
}

bool resolve_key(struct put *p, enum thing t, str id, int64_t *key)
{
    if (id.n == 0) {
        *key = 0;
        return true;
    }
    return writer_identity(p->w, t, id, key, p->e);
}
