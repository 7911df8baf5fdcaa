/*
 * Every id that a document refers to is looked for in the document first, then in the store. What
 * is nowhere is a problem, with the nearest id that there is.
 */
#include <stdarg.h>
#include <stdio.h>

#include "store/put.h"

/* What the maps of the writer hold for an id: its key, or that the document declares it. */
#define DECLARED 0

static str pointer(struct put *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static str pointer(struct put *p, const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return arena_printf(p->w->arena, "%.*s%s", STR_ARG(p->prefix), text);
}

static bool report(struct put *p, enum thing t, str id, str at, bool was_here)
{
    str near;
    if (!thing_nearest(p->w->db, t, id, p->w->arena, &near, p->e))
        return false;
    struct problem *problem = problem_add(
        p->problems, PROBLEM_POINTER, at, id,
        was_here ? "the %s \"%.*s\" was removed from the store and the document does not declare it"
                 : "there is no %s \"%.*s\" in the document or in the store",
        thing_singular(t), STR_ARG(str_sub(id, 0, DOCUMENT_LONGEST_ID)));
    if (near.n > 0 && !str_eq(near, id))
        problem_hint(p->problems, problem, "did you mean \"%.*s\"?", STR_ARG(near));
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

/* One reference; an absent id is none. */
static bool refer(struct put *p, enum thing t, str id, str at)
{
    int64_t key;
    if (id.n == 0 || strmap_get(&p->w->keys[t], id, &key))
        return true;
    bool live = false;
    if (!thing_find(p->w->db, t, id, &key, p->e) ||
        (key != 0 && !thing_is_live(p->w->db, t, key, p->source, &live, p->e)))
        return false;
    if (!live)
        return report(p, t, id, at, key != 0);
    remember(p, t, id, key);
    return true;
}

static void declare(struct put *p, enum thing t, str id)
{
    int64_t key;
    if (!strmap_get(&p->w->keys[t], id, &key))
        remember(p, t, id, DECLARED);
}

static void declare_all(struct put *p)
{
    const struct document *d = p->d;
    declare(p, THING_SOURCE, d->source.id);
    for (size_t i = 0; i < d->actor_count; i++)
        declare(p, THING_ACTOR, d->actors[i].id);
    for (size_t i = 0; i < d->place_count; i++)
        declare(p, THING_PLACE, d->places[i].id);
    for (size_t i = 0; i < d->type_count; i++)
        declare(p, THING_TYPE, d->types[i].id);
    for (size_t i = 0; i < d->role_count; i++)
        declare(p, THING_ROLE, d->roles[i].id);
    for (size_t i = 0; i < d->relation_type_count; i++)
        declare(p, THING_RELATION_TYPE, d->relation_types[i].id);
    for (size_t i = 0; i < d->event_count; i++)
        declare(p, THING_EVENT, d->events[i].id);
}

static bool refer_names(struct put *p, const char *list, size_t i, const struct names *names)
{
    for (size_t k = 0; k < names->n; k++)
        if (!refer(p, THING_ACTOR, names->items[k].used_by,
                   pointer(p, "/%s/%zu/names/%zu/used_by", list, i, k)))
            return false;
    return true;
}

static bool refer_descriptions(struct put *p)
{
    const struct document *d = p->d;
    for (size_t i = 0; i < d->source.derives_from.n; i++)
        if (!refer(p, THING_SOURCE, d->source.derives_from.items[i],
                   pointer(p, "/source/derives_from/%zu", i)))
            return false;
    for (size_t i = 0; i < d->actor_count; i++) {
        if (!refer_names(p, "actors", i, &d->actors[i].names))
            return false;
        for (size_t k = 0; k < d->actors[i].member_of.n; k++)
            if (!refer(p, THING_ACTOR, d->actors[i].member_of.items[k].in,
                       pointer(p, "/actors/%zu/member_of/%zu/actor", i, k)))
                return false;
    }
    for (size_t i = 0; i < d->place_count; i++) {
        if (!refer_names(p, "places", i, &d->places[i].names))
            return false;
        for (size_t k = 0; k < d->places[i].part_of.n; k++)
            if (!refer(p, THING_PLACE, d->places[i].part_of.items[k].in,
                       pointer(p, "/places/%zu/part_of", i)))
                return false;
    }
    for (size_t i = 0; i < d->type_count; i++)
        if (!refer(p, THING_TYPE, d->types[i].parent, pointer(p, "/types/%zu/parent", i)))
            return false;
    for (size_t i = 0; i < d->role_count; i++)
        if (!refer(p, THING_ROLE, d->roles[i].parent, pointer(p, "/roles/%zu/parent", i)))
            return false;
    for (size_t i = 0; i < d->relation_type_count; i++)
        if (!refer(p, THING_RELATION_TYPE, d->relation_types[i].parent,
                   pointer(p, "/relation_types/%zu/parent", i)))
            return false;
    return true;
}

static bool refer_event(struct put *p, size_t i, const struct document_event *event)
{
    if (!refer(p, THING_TYPE, event->type, pointer(p, "/events/%zu/type", i)))
        return false;
    for (size_t k = 0; k < event->participant_count; k++)
        if (!refer(p, THING_ACTOR, event->participants[k].actor,
                   pointer(p, "/events/%zu/participants/%zu/actor", i, k)) ||
            !refer(p, THING_ROLE, event->participants[k].role,
                   pointer(p, "/events/%zu/participants/%zu/role", i, k)))
            return false;
    for (size_t k = 0; k < event->places.n; k++)
        if (!refer(p, THING_PLACE, event->places.items[k],
                   pointer(p, "/events/%zu/places/%zu", i, k)))
            return false;
    return true;
}

static bool refer_statements(struct put *p)
{
    const struct document *d = p->d;
    for (size_t i = 0; i < d->relation_count; i++) {
        const struct document_relation *r = &d->relations[i];
        if (!refer(p, THING_EVENT, r->from, pointer(p, "/relations/%zu/from", i)) ||
            !refer(p, THING_RELATION_TYPE, r->type, pointer(p, "/relations/%zu/type", i)) ||
            !refer(p, THING_EVENT, r->to, pointer(p, "/relations/%zu/to", i)))
            return false;
    }
    for (size_t i = 0; i < d->claim_count; i++) {
        const struct document_claim *c = &d->claims[i];
        if (!refer(p, THING_ACTOR, c->speaker, pointer(p, "/claims/%zu/speaker", i)))
            return false;
        for (size_t k = 0; k < c->about.n; k++)
            if (!refer(p, THING_EVENT, c->about.items[k],
                       pointer(p, "/claims/%zu/about/%zu", i, k)))
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
                                                  pointer(p, "/claims/%zu/id", i), id,
                                                  "another source has a claim with this id");
            problem_hint(p->problems, problem, "put the source's id before it: \"%.*s-%.*s\"",
                         STR_ARG(p->source_id), STR_ARG(id));
        }
    }
    return true;
}

bool resolve_document(struct put *p)
{
    declare_all(p);
    if (!refer_descriptions(p))
        return false;
    for (size_t i = 0; i < p->d->event_count; i++)
        if (!refer_event(p, i, &p->d->events[i]))
            return false;
    return refer_statements(p) && check_claim_owners(p);
}

bool resolve_key(struct put *p, enum thing t, str id, int64_t *key)
{
    if (id.n == 0) {
        *key = 0;
        return true;
    }
    return writer_identity(p->w, t, id, key, p->e);
}
