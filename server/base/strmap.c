#include "base/strmap.h"

#include "base/hash.h"

void strmap_init(struct strmap *m, struct arena *a)
{
    *m = (struct strmap){.arena = a};
    /* Chosen by chance, so that no input can aim at one slot. */
    hash_random(&m->seed, sizeof m->seed);
}

/* The slot that holds key, or the free one where it would go. */
static struct strmap_slot *find(const struct strmap *m, str key)
{
    size_t at = (size_t)hash_table64(m->seed, key) & (m->room - 1);
    while (m->slots[at].key.p != NULL && !str_eq(m->slots[at].key, key))
        at = (at + 1) & (m->room - 1);
    return &m->slots[at];
}

static void grow(struct strmap *m)
{
    struct strmap old = *m;
    m->room = old.room ? old.room * 2 : 32;
    m->slots = ARENA_ARRAY(m->arena, struct strmap_slot, m->room);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].key.p != NULL)
            *find(m, old.slots[i].key) = old.slots[i];
}

void strmap_set(struct strmap *m, str key, int64_t value)
{
    if (m->n * 2 >= m->room)
        grow(m);
    struct strmap_slot *slot = find(m, key);
    if (slot->key.p == NULL) {
        slot->key = (str){key.p ? key.p : "", key.n};
        m->n++;
    }
    slot->value = value;
}

bool strmap_get(const struct strmap *m, str key, int64_t *value)
{
    if (m->room == 0)
        return false;
    const struct strmap_slot *slot = find(m, key);
    if (slot->key.p == NULL)
        return false;
    *value = slot->value;
    return true;
}
