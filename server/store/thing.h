/*
 * thing: whatever has an id that means the same for ever, by kind; one table that the statements,
 * the names in changesets and the messages follow.
 */
#ifndef ANNALS_STORE_THING_H
#define ANNALS_STORE_THING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "store/sql.h"

/* X(kind, singular, plural, table of identities, vocabulary) */
#define THING_TABLE(X)                                                                             \
    X(THING_SOURCE, "source", "sources", source, -1)                                               \
    X(THING_EVENT, "event", "events", event, -1)                                                   \
    X(THING_ACTOR, "actor", "actors", actor, -1)                                                   \
    X(THING_PLACE, "place", "places", place, -1)                                                   \
    X(THING_CLAIM, "claim", "claims", claim, -1)                                                   \
    X(THING_RELATION, "relation", "relations", relation, -1)                                       \
    X(THING_TAG, "tag", "tags", tag, -1)                                                           \
    X(THING_TYPE, "event type", "types", term, 0)                                                  \
    X(THING_ROLE, "role", "roles", term, 1)                                                        \
    X(THING_RELATION_TYPE, "relation type", "relation_types", term, 2)

enum thing {
#define X(kind, singular, plural, table, vocabulary) kind,
    THING_TABLE(X)
#undef X
        THING_KINDS
};

const char *thing_singular(enum thing t);
const char *thing_plural(enum thing t);

/* Number of the vocabulary of a kind of term, or -1. */
int thing_vocabulary(enum thing t);

/* The key of an id; 0 where it never meant anything. */
bool thing_find(struct db *db, enum thing t, str id, int64_t *key, struct err *e);

/*
 * Whether somebody other than the source `except` (a key, 0 for nobody) describes the thing at
 * present: an account of an event, a statement on an actor. Shipped terms always are.
 */
bool thing_is_live(struct db *db, enum thing t, int64_t key, int64_t except, bool *live,
                   struct err *e);

/* The id there is that comes nearest; empty when none is near. Bounded in cost. */
bool thing_nearest(struct db *db, enum thing t, str id, struct arena *a, str *nearest,
                   struct err *e);

#endif
