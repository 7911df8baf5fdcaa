/*
 * item_filter: the filters on lists of items as conditions of SQL. Most are links that drafts make
 * (store/project.h); actors and places are also found by id, identifier and name.
 */
#ifndef ANNALS_STORE_ITEM_FILTER_H
#define ANNALS_STORE_ITEM_FILTER_H

#include "store/internal.h"

/* Whether a filter gives the ids of all that can be found. */
bool item_filter_gives_ids(const struct item_query *q);

/*
 * Adds one filter of a question to the statement over item_row r. False when the store failed. What
 * it looks up for that is bounded: names near a value are sought among the ITEM_FILTER_NEAR
 * names that begin with the same letters and sort next to it.
 */
#define ITEM_FILTER_NEAR 300
bool item_filter_add(struct store_reader *r, const struct item_query *q,
                     const struct item_filter *f, struct arena *a, struct sql_builder *b,
                     struct err *e);

#endif
