#include "store/link.h"

#include <stdlib.h>

static void push(const struct at *at, struct links *out, int64_t target, int64_t role)
{
    *ARENA_PUSH(at->arena, out->items, out->n, out->room) = (struct link){target, role};
}

/* The thing itself and all that is above it. */
static bool push_with_above(const struct at *at, enum thing t, int64_t key, struct memory *memory,
                            struct links *out)
{
    struct ancestors found;
    if (!memory_above(at, memory, t, key, &found))
        return false;
    push(at, out, key, LINK_PLAIN);
    for (size_t i = 0; i < found.n; i++)
        push(at, out, found.keys[i], LINK_INHERITED);
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    if (x->target != y->target)
        return x->target < y->target ? -1 : 1;
    return (x->role > y->role) - (x->role < y->role);
}

static void settle(struct links *links)
{
    if (links->n == 0)
        return;
    qsort(links->items, links->n, sizeof links->items[0], compare);
    size_t n = 1;
    for (size_t i = 1; i < links->n; i++)
        if (compare(&links->items[i], &links->items[n - 1]) != 0)
            links->items[n++] = links->items[i];
    links->n = n;
}

bool link_gather(const struct at *at, const struct event *ev, const struct account *const *heard,
                 size_t n, struct memory *memory, struct links *out)
{
    const struct account *m = &ev->merged;
    *out = (struct links){0};
    for (size_t i = 0; i < m->participant_count; i++)
        push(at, out, m->participants[i].actor_key, m->participants[i].role_key);
    for (size_t i = 0; i < m->place_count; i++)
        if (!push_with_above(at, THING_PLACE, m->places[i].place_key, memory, out))
            return false;
    if (m->type_key != 0 && !push_with_above(at, THING_TYPE, m->type_key, memory, out))
        return false;
    for (size_t i = 0; i < m->tag_count; i++)
        push(at, out, m->tags[i].key, LINK_PLAIN);
    for (size_t i = 0; i < n; i++)
        push(at, out, heard[i]->source_key, LINK_PLAIN);
    if (ev->disputed != 0)
        push(at, out, LINK_DISPUTED, LINK_MARK);
    if (m->date.text.p != NULL)
        push(at, out, LINK_PRECISION(m->date.value.precision), LINK_MARK);
    settle(out);
    return true;
}
