#include "model/differ.h"

#include <stdlib.h>

/* ---- preparing ---- */

static int by_key(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t sort_keys(int64_t *keys, size_t n)
{
    size_t kept = 0;
    if (n > 0)
        qsort(keys, n, sizeof *keys, by_key);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || keys[kept - 1] != keys[i])
            keys[kept++] = keys[i];
    return kept;
}

static void prepare_types(const struct account *from, struct arena *a, struct differ_account *out)
{
    size_t n = 0;
    if (from->type_key == 0)
        return;
    out->types = ARENA_ARRAY(a, int64_t, from->type_within.n + 1);
    out->types[n++] = from->type_key;
    for (size_t i = 0; i < from->type_within.n; i++)
        out->types[n++] = from->type_within.keys[i];
    out->type_count = sort_keys(out->types, n);
}

/* A place, and whether the account names it. */
struct area {
    int64_t key;
    bool named;
};

/* Of one key the one that is named comes first. */
static int by_area(const void *a, const void *b)
{
    const struct area *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (y->named > x->named) - (y->named < x->named);
}

static void prepare_places(const struct account *from, struct arena *a, struct arena *scratch,
                           struct differ_account *out)
{
    struct area *all = NULL;
    size_t n = 0, room = 0;
    if (from->place_count == 0)
        return;
    for (size_t i = 0; i < from->place_count; i++) {
        const struct event_place *p = &from->places[i];
        *ARENA_PUSH(scratch, all, n, room) = (struct area){p->place_key, true};
        for (size_t k = 0; k < p->within.n; k++)
            *ARENA_PUSH(scratch, all, n, room) = (struct area){p->within.keys[k], false};
    }
    qsort(all, n, sizeof *all, by_area);
    out->places = ARENA_ARRAY(a, int64_t, n);
    out->named = ARENA_ARRAY(a, bool, n);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && all[i].key == all[i - 1].key)
            continue;
        out->places[out->place_count] = all[i].key;
        out->named[out->place_count++] = all[i].named;
    }
}

static int by_role(const void *a, const void *b)
{
    const struct differ_role *x = a, *y = b;
    if (x->actor != y->actor)
        return x->actor < y->actor ? -1 : 1;
    return (x->role > y->role) - (x->role < y->role);
}

static void prepare_roles(const struct account *from, struct arena *a, struct differ_account *out)
{
    size_t n = 0;
    out->roles = ARENA_ARRAY(a, struct differ_role, from->participant_count);
    for (size_t i = 0; i < from->participant_count; i++)
        if (from->participants[i].role_key != 0)
            out->roles[n++] = (struct differ_role){from->participants[i].actor_key,
                                                   from->participants[i].role_key};
    if (n > 0)
        qsort(out->roles, n, sizeof *out->roles, by_role);
    for (size_t i = 0; i < n; i++)
        if (out->role_count == 0 || by_role(&out->roles[out->role_count - 1], &out->roles[i]) != 0)
            out->roles[out->role_count++] = out->roles[i];
}

struct differ_account *differ_prepare(const struct account *accounts, size_t n, struct arena *a)
{
    struct differ_account *out = ARENA_ARRAY(a, struct differ_account, n);
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < n; i++) {
        out[i].account = &accounts[i];
        prepare_types(&accounts[i], a, &out[i]);
        prepare_places(&accounts[i], a, scratch, &out[i]);
        prepare_roles(&accounts[i], a, &out[i]);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return out;
}

/* ---- comparing ---- */

static bool has_key(const int64_t *keys, size_t n, int64_t key)
{
    return n > 0 && bsearch(&key, keys, n, sizeof *keys, by_key) != NULL;
}

/* Both are dated, and no second is in both. */
static bool dates_differ(const struct account *a, const struct account *b)
{
    return a->date.text.p && b->date.text.p &&
           period_disjoint(&a->date.value.bounds, &b->date.value.bounds);
}

/* Neither is the other, nor above the other. */
static bool types_differ(const struct differ_account *a, const struct differ_account *b)
{
    return a->type_count > 0 && b->type_count > 0 &&
           !has_key(a->types, a->type_count, b->account->type_key) &&
           !has_key(b->types, b->type_count, a->account->type_key);
}

/*
 * Both name places, and no place of the one is, holds or lies in a place of the other: nothing that
 * the one names is among what the other names or what holds that. The step is free of branches.
 */
static bool places_differ(const struct differ_account *a, const struct differ_account *b)
{
    if (a->place_count == 0 || b->place_count == 0)
        return false;
    for (size_t i = 0, k = 0; i < a->place_count && k < b->place_count;) {
        int64_t x = a->places[i], y = b->places[k];
        if (x == y && (a->named[i] || b->named[k]))
            return false;
        i += x <= y;
        k += y <= x;
    }
    return true;
}

static size_t roles_end(const struct differ_account *a, size_t from)
{
    size_t end = from;
    while (end < a->role_count && a->roles[end].actor == a->roles[from].actor)
        end++;
    return end;
}

static bool same_roles(const struct differ_role *a, const struct differ_role *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i].role != b[i].role)
            return false;
    return true;
}

/* Both give an actor roles, and one gives a role that the other does not. */
static bool roles_differ(const struct differ_account *a, const struct differ_account *b)
{
    for (size_t i = 0, k = 0; i < a->role_count && k < b->role_count;) {
        int64_t x = a->roles[i].actor, y = b->roles[k].actor;
        if (x != y) {
            i += x < y;
            k += y < x;
            continue;
        }
        size_t i_end = roles_end(a, i), k_end = roles_end(b, k);
        if (i_end - i != k_end - k || !same_roles(a->roles + i, b->roles + k, i_end - i))
            return true;
        i = i_end;
        k = k_end;
    }
    return false;
}

unsigned differ_on(const struct differ_account *a, const struct differ_account *b,
                   unsigned properties)
{
    unsigned found = 0;
    if (properties & EVENT_DISPUTED_DATE && dates_differ(a->account, b->account))
        found |= EVENT_DISPUTED_DATE;
    if (properties & EVENT_DISPUTED_TYPE && types_differ(a, b))
        found |= EVENT_DISPUTED_TYPE;
    if (properties & EVENT_DISPUTED_PLACES && places_differ(a, b))
        found |= EVENT_DISPUTED_PLACES;
    if (properties & EVENT_DISPUTED_PARTICIPANTS && roles_differ(a, b))
        found |= EVENT_DISPUTED_PARTICIPANTS;
    return found;
}
