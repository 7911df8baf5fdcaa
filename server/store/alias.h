/*
 * alias: events of which sources say that they are the same (relations of the type same_as). A
 * group is what such relations connect. One of its events is the canonical one, which has the rows
 * of all: from it no such relation leads on; of several such, and in a circle, the one recorded
 * first. The table event_alias leads there from the others while that holds.
 */
#ifndef ANNALS_STORE_ALIAS_H
#define ANNALS_STORE_ALIAS_H

#include "store/writer.h"

#define ALIAS_TYPE "same_as"
#define ALIAS_MOST 1000 /* events in a group; a source that makes one larger is refused */

struct alias_group {
    int64_t events[ALIAS_MOST];
    size_t n;
    bool more; /* than are in events */
    int64_t canonical;
};

/* The group of an event as relations make it at at->version: the event alone where none does. */
bool alias_group(const struct at *at, int64_t event, struct alias_group *out);

/* The event that has the rows of an event, as event_alias says at at->version. */
bool alias_canonical(const struct at *at, int64_t event, int64_t *canonical);

/*
 * Brings event_alias up to date with the relations that were touched, and touches what shows other
 * events than before: the events themselves, their relations and claims.
 */
bool alias_settle(struct store_writer *w, struct err *e);

/* Whether the store has any alias at present. */
bool alias_any(struct store_writer *w, bool *any, struct err *e);

#endif
