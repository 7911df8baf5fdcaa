/*
 * table_group: rows that follow each other and speak of one event, such as one row for each of its
 * participants, are put together.
 */
#ifndef ANNALS_CLIENT_READ_TABLE_GROUP_H
#define ANNALS_CLIENT_READ_TABLE_GROUP_H

#include "annals/read/table_thing.h"

#define TABLE_GROUP_MOST 1000 /* rows */

struct table_group {
    struct arena *arena;        /* of the event at hand; owned */
    struct table_thing event;   /* id.p is NULL where there is none */
    struct table_thing *others; /* its relations */
    size_t other_count, other_room;
    size_t rows;
};

void table_group_init(struct table_group *g);
void table_group_free(struct table_group *g);

/* Whether the event at hand has this id. */
bool table_group_has(const struct table_group *g, str id);

/*
 * Adds a row's event to that at hand, or begins with it: participants, places, tags and identifiers
 * come together, of all else the first row that says it holds. A relation is kept for behind it.
 * False: more than TABLE_GROUP_MOST rows.
 */
bool table_group_add(struct table_group *g, const struct table_thing *thing);

/* Forgets what is at hand; to be called when it was passed on. */
void table_group_clear(struct table_group *g);

#endif
