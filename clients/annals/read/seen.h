/* seen: what has been met before, by 64-bit fingerprints, in memory that has a bound. */
#ifndef ANNALS_CLIENT_READ_SEEN_H
#define ANNALS_CLIENT_READ_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* At most so many places, of 8 or 16 bytes; up to three quarters of them hold for certain. */
#define SEEN_MOST ((size_t)1 << 22)

struct seen {
    uint64_t *keys;   /* 0 in a free place */
    uint64_t *values; /* NULL where none are kept */
    size_t room, n;
    bool valued;
    bool forgets; /* it is full: what comes now takes the place of others */
};

/* Starts from {0}, or {.valued = true} where each key has a value. */
void seen_free(struct seen *s);

/* Remembers a key, made by seen_key, and its value. False: the key was there already with that
 * value (with any, where none are kept). */
bool seen_add(struct seen *s, uint64_t key, uint64_t value);

bool seen_has(const struct seen *s, uint64_t key);

/* A fingerprint of words and what kind of words they are; never 0. */
uint64_t seen_key(uint64_t kind, str words);

#endif
