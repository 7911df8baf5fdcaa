/* strmap: a table from strs to integers, in an arena. */
#ifndef ANNALS_BASE_STRMAP_H
#define ANNALS_BASE_STRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct strmap_slot {
    str key; /* borrowed; p is NULL in a free slot */
    int64_t value;
};

struct strmap {
    struct arena *arena;
    struct strmap_slot *slots;
    size_t room; /* a power of two, or 0 */
    size_t n;
    uint64_t seed;
};

void strmap_init(struct strmap *m, struct arena *a);

/* Sets key to value. The key's bytes must live as long as the map. */
void strmap_set(struct strmap *m, str key, int64_t value);

/* False leaves *value alone. */
bool strmap_get(const struct strmap *m, str key, int64_t *value);

#endif
