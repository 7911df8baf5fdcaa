#include "model/event.h"

#include <stdlib.h>

#include "base/check.h"

/* ---- the order of a policy ---- */

static int by_record(const struct account *a, const struct account *b)
{
    if (a->source_key != b->source_key)
        return a->source_key < b->source_key ? -1 : 1;
    return (a->event_key > b->event_key) - (a->event_key < b->event_key);
}

static int by_precedence(const void *x, const void *y)
{
    const struct account *a = *(const struct account *const *)x;
    const struct account *b = *(const struct account *const *)y;
    if (a->precedence != b->precedence)
        return a->precedence > b->precedence ? -1 : 1;
    return by_record(a, b);
}

static int by_publication(const void *x, const void *y)
{
    const struct account *a = *(const struct account *const *)x;
    const struct account *b = *(const struct account *const *)y;
    if (a->known_from != b->known_from)
        return a->known_from < b->known_from ? -1 : 1;
    return by_record(a, b);
}

static int by_publication_down(const void *x, const void *y)
{
    const struct account *a = *(const struct account *const *)x;
    const struct account *b = *(const struct account *const *)y;
    if (a->known_from != b->known_from)
        return a->known_from > b->known_from ? -1 : 1;
    return by_record(a, b);
}

/* Brings the accounts of a source to the front; otherwise the order stays. */
static void put_first(const struct account **order, size_t n, int64_t source)
{
    size_t front = 0;
    for (size_t i = 0; i < n; i++) {
        const struct account *here = order[i];
        if (here->source_key != source)
            continue;
        for (size_t k = i; k > front; k--)
            order[k] = order[k - 1];
        order[front++] = here;
    }
}

void event_order(const struct account **order, size_t n, enum policy policy, int64_t source)
{
    if (n < 2)
        return;
    switch (policy) {
    case POLICY_PREFERRED:
    case POLICY_SOURCE:
        qsort(order, n, sizeof *order, by_precedence);
        if (policy == POLICY_SOURCE)
            put_first(order, n, source);
        return;
    case POLICY_FIRST:
        qsort(order, n, sizeof *order, by_publication);
        return;
    case POLICY_LAST:
        qsort(order, n, sizeof *order, by_publication_down);
        return;
    case POLICIES:
        break;
    }
    UNREACHABLE();
}

/* ---- reprints ---- */

/* The keys are in order. */
static bool derives_from(const struct account *a, int64_t source)
{
    size_t low = 0, high = a->derives.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->derives.keys[middle] < source)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->derives.n && a->derives.keys[low] == source;
}

bool event_reprints(const struct account *a, const struct account *b)
{
    if (a->source_key == b->source_key || !derives_from(a, b->source_key))
        return false;
    return a->source_key > b->source_key || !derives_from(b, a->source_key);
}

/* Where the accounts of a source begin. */
struct place {
    int64_t source;
    size_t first;
};

static int by_source(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return (x->source > y->source) - (x->source < y->source);
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = by_source(a, b);
    return order != 0 ? order : (x->first > y->first) - (x->first < y->first);
}

/* The first account of each source, in the order of the keys of these; *n is how many. */
static struct place *find_places(const struct account *const *accounts, size_t *n, struct arena *a)
{
    struct place *places = ARENA_ARRAY(a, struct place, *n);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        places[i] = (struct place){accounts[i]->source_key, i};
    if (*n > 0)
        qsort(places, *n, sizeof *places, by_place);
    for (size_t i = 0; i < *n; i++)
        if (kept == 0 || places[kept - 1].source != places[i].source)
            places[kept++] = places[i];
    *n = kept;
    return places;
}

size_t *event_originals(const struct account *const *accounts, size_t n, struct arena *a)
{
    size_t *originals = ARENA_ARRAY(a, size_t, n), place_count = n;
    const struct place *places = find_places(accounts, &place_count, a);
    for (size_t i = 0; i < n; i++) {
        const struct account *here = accounts[i];
        originals[i] = n;
        for (size_t k = 0; k < here->derives.n; k++) {
            const struct place wanted = {.source = here->derives.keys[k]};
            const struct place *found = bsearch(&wanted, places, place_count, sizeof *places,
                                                by_source);
            if (found != NULL && found->first < originals[i] &&
                event_reprints(here, accounts[found->first]))
                originals[i] = found->first;
        }
    }
    return originals;
}

/* ---- merging ---- */

static bool names_actor(const struct event_participant *list, size_t n, int64_t actor)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].actor_key == actor)
            return true;
    return false;
}

/* All that an account says of the actors that no account before it names. */
static void join_participants(const struct account *from, struct account *into, size_t room)
{
    size_t before = into->participant_count;
    for (size_t i = 0; i < from->participant_count; i++) {
        if (names_actor(into->participants, before, from->participants[i].actor_key))
            continue;
        ENSURE(into->participant_count < room);
        into->participants[into->participant_count++] = from->participants[i];
    }
}

static void join_tags(const struct account *from, struct account *into)
{
    for (size_t i = 0; i < from->tag_count; i++) {
        bool known = false;
        for (size_t k = 0; k < into->tag_count && !known; k++)
            known = into->tags[k].key == from->tags[i].key;
        if (!known)
            into->tags[into->tag_count++] = from->tags[i];
    }
}

static void join_identifiers(const struct account *from, struct account *into)
{
    for (size_t i = 0; i < from->identifiers.n; i++) {
        bool known = false;
        for (size_t k = 0; k < into->identifiers.n && !known; k++)
            known = str_eq(into->identifiers.items[k].scheme, from->identifiers.items[i].scheme);
        if (!known)
            into->identifiers.items[into->identifiers.n++] = from->identifiers.items[i];
    }
}

void event_merge(str id, const struct account *const *order, size_t n, unsigned disputed,
                 size_t reports, struct arena *a, struct event *out)
{
    ENSURE(n > 0 && reports > 0);
    *out = (struct event){.id = id, .account_count = reports, .disputed = disputed};
    struct account *m = &out->merged;
    size_t participants = 0, tags = 0, identifiers = 0;
    for (size_t i = 0; i < n; i++) {
        participants += order[i]->participant_count;
        tags += order[i]->tag_count;
        identifiers += order[i]->identifiers.n;
    }
    m->participants = ARENA_ARRAY(a, struct event_participant, participants);
    m->tags = ARENA_ARRAY(a, struct event_tag, tags);
    m->identifiers.items = ARENA_ARRAY(a, struct identifier, identifiers);

    for (size_t i = 0; i < n; i++) {
        const struct account *from = order[i];
        if (m->title.p == NULL)
            m->title = from->title;
        if (m->summary.p == NULL)
            m->summary = from->summary;
        if (m->date.text.p == NULL)
            m->date = from->date;
        if (m->type_key == 0) {
            m->type_key = from->type_key;
            m->type = from->type;
        }
        if (m->place_count == 0) {
            m->places = from->places;
            m->place_count = from->place_count;
        }
        join_participants(from, m, participants);
        join_tags(from, m);
        join_identifiers(from, m);
    }
}

const char *event_dispute_name(enum event_dispute_bit bit)
{
    static const char *const names[] = {
#define X(flag, name) name,
        EVENT_DISPUTE_TABLE(X)
#undef X
    };
    ENSURE(bit < EVENT_DISPUTE_COUNT);
    return names[bit];
}
