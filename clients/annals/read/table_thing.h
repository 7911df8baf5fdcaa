/* table_thing: the events of one row, and the actors, places and relations that they refer to. */
#ifndef ANNALS_CLIENT_READ_TABLE_THING_H
#define ANNALS_CLIENT_READ_TABLE_THING_H

#include "annals/read/builder.h"
#include "annals/read/table_cell.h"

/* X(value): what a thing is to the table */
#define TABLE_THING_TABLE(X)                                                                       \
    X(TABLE_THING_SHARED) /* an actor or place: the first row that has it holds */                 \
    X(TABLE_THING_ROW)    /* the row's own event */                                                \
    X(TABLE_THING_BESIDE) /* an event beside it: each row that says more replaces it */            \
    X(TABLE_THING_RELATION)

enum table_thing_kind {
#define X(value) value,
    TABLE_THING_TABLE(X)
#undef X
};

/* A finished thing that waits until its row is known to be sound. */
struct table_thing {
    enum table_thing_kind kind;
    str id; /* of a relation: its JSON */
    struct built built;
};

struct table_things {
    struct table_context *context;
    str authority; /* begins the ids of actors and places */
    struct table_thing *items;
    size_t n, room;
    size_t widened; /* dates that claim less than the table */
};

/* Builds all things of the row, in an order in which nothing refers to what comes later. They live
 * in the row's arena. Where the row is refused (context->refused) they are good for nothing. */
void table_things_build(struct table_things *all);

#endif
