/* member: who belongs to an organisation, directly or through other members of it, and when. */
#ifndef ANNALS_STORE_MEMBER_H
#define ANNALS_STORE_MEMBER_H

#include "store/project.h"

struct member {
    int64_t actor;
    struct window window; /* from the first to the last second in which it may have been one */
};

struct members {
    struct member *items; /* ordered by actor; an actor may be there several times */
    size_t n;
};

/*
 * The actors `keys` themselves, at all times, and their members at a version, each with the times
 * that all memberships on the way to it may have in common. A membership without a date is for
 * ever. ERR_TOO_LARGE past MEMBER_MOST of them.
 */
#define MEMBER_MOST 20000
bool member_find(const struct at *at, const int64_t *keys, size_t n, struct members *out);

/* Whether an actor may have belonged to it while an event was; p is NULL for an undated one. */
bool member_counts(const struct members *m, int64_t actor, const struct period *p);

#endif
