/* keyset: a set of integers, gathered in any order and read in ascending order, in an arena. */
#ifndef ANNALS_BASE_KEYSET_H
#define ANNALS_BASE_KEYSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct keyset {
    int64_t *keys;
    size_t n;
    size_t room;
    bool sorted;
};

/* Starts from {0}. The same key may be added many times. */
void keyset_add(struct keyset *s, struct arena *a, int64_t key);

/* Sorts and removes what is there twice; call before reading keys and n. */
void keyset_settle(struct keyset *s);

/* Whether key is in the set, which is settled. */
bool keyset_has(const struct keyset *s, int64_t key);

#endif
