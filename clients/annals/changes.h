/*
 * changes: what a load did to the store, by what happened and to things of which kind: gathered
 * over the answers to its pieces, and told to people and machines.
 */
#ifndef ANNALS_CLIENT_CHANGES_H
#define ANNALS_CLIENT_CHANGES_H

#include "annals/answer.h"
#include "base/jout.h"

#define CHANGES_NAMED 6              /* things that are named, of each kind and action */
#define CHANGES_MOST ((int64_t)1000) /* where there are more, names say nothing: a count does */

struct changes {
    struct arena *arena;
    struct answer_change *items;
    size_t n, room;
};

void changes_init(struct changes *c, struct arena *a);

/* Adds what one answer says; names beyond CHANGES_NAMED are dropped. Everything is copied. */
void changes_add(struct changes *c, const struct answer_change *all, size_t n);

/* "  added 2 events: fire, flood" on the standard output, a line for each. */
void changes_show(const struct answer_change *all, size_t n);

/* Members "added", "changed", "removed" of an object, as in a server's answer:
 * {"events":["fire","flood"],"sources":["ledger"]}, with "events_count" where not all are named. */
void changes_write(const struct changes *c, struct jout *j);

#endif
