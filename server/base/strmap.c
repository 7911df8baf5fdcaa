#include "base/strmap.h"

#include <pthread.h>

#include "base/hash.h"

static uint64_t chance;

static void choose(void)
{
    hash_random(&chance, sizeof chance);
}

void strmap_init(struct strmap *m, struct arena *a)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    /* Chosen by chance, so that no input can aim at one slot; once, for chance costs time. */
    pthread_once(&once, choose);
    *m = (struct strmap){.arena = a, .seed = chance};
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
