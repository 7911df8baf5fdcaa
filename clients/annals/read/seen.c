#include "annals/read/seen.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/hash.h"

#define FIRST_ROOM ((size_t)1024)

void seen_free(struct seen *s)
{
    free(s->keys);
    free(s->values);
    *s = (struct seen){.valued = s->valued};
}

/* FNV alone keeps near words near; this spreads them (the finalizer of MurmurHash3). */
static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    h ^= h >> 33;
    h *= UINT64_C(0xc4ceb9fe1a85ec53);
    return h ^ (h >> 33);
}

uint64_t seen_key(uint64_t kind, str words)
{
    uint64_t key = mix(hash_table64(mix(kind + 1), words));
    return key != 0 ? key : 1;
}

/* The place of a key, or the free place where it belongs. */
static size_t place_of(const struct seen *s, uint64_t key)
{
    size_t i = (size_t)key & (s->room - 1);
    while (s->keys[i] != 0 && s->keys[i] != key)
        i = (i + 1) & (s->room - 1);
    return i;
}

static void grow(struct seen *s)
{
    struct seen old = *s;
    s->room = old.room == 0 ? FIRST_ROOM : 2 * old.room;
    s->keys = calloc(s->room, sizeof *s->keys);
    s->values = s->valued ? calloc(s->room, sizeof *s->values) : NULL;
    ENSURE(s->keys != NULL && (!s->valued || s->values != NULL));
    for (size_t i = 0; i < old.room; i++) {
        if (old.keys[i] == 0)
            continue;
        size_t at = place_of(s, old.keys[i]);
        s->keys[at] = old.keys[i];
        if (s->valued)
            s->values[at] = old.values[i];
    }
    free(old.keys);
    free(old.values);
}

bool seen_has(const struct seen *s, uint64_t key)
{
    return s->room > 0 && s->keys[place_of(s, key)] == key;
}

bool seen_add(struct seen *s, uint64_t key, uint64_t value)
{
    if (4 * (s->n + 1) > 3 * s->room && s->room < SEEN_MOST)
        grow(s);
    size_t at = place_of(s, key);
    if (s->keys[at] == key) {
        if (!s->valued || s->values[at] == value)
            return false;
        s->values[at] = value;
        return true;
    }
    if (4 * (s->n + 1) > 3 * s->room) {
        s->forgets = true;
        at = (size_t)key & (s->room - 1);
        if (s->keys[at] == 0)
            return true;
        s->n--;
    }
    s->keys[at] = key;
    s->n++;
    if (s->valued)
        s->values[at] = value;
    return true;
}
