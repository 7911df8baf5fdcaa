/*
 * total: how many events each thing is linked to and how much the store holds of each kind, kept
 * as running totals: a row of the table `total` for each version that changed one. So the counts
 * over a whole version cost a look-up each, at any version and any size of the store.
 *
 * A total is named by the key of an actor, a place, a type, a tag or a source (events linked to it,
 * inherited links aside), by that of a role (events with somebody in it), or by one of these:
 */
#ifndef ANNALS_STORE_TOTAL_H
#define ANNALS_STORE_TOTAL_H

#include "store/filter.h"
#include "store/tally.h"
#include "store/writer.h"

#define TOTAL_EVENTS 0
#define TOTAL_ACCOUNTS -1
#define TOTAL_ITEMS(kind) (-2 - (int64_t)(kind)) /* rows of item_row of an enum item_kind */

/* Changes a total of the version that is being made; total_write writes what was changed. */
void total_add(struct store_writer *w, int64_t name, int64_t change);
void total_add_event(struct store_writer *w, const struct links *links);
/* The links of an event's row that ends. */
bool total_remove_event(struct store_writer *w, int64_t row, struct err *e);
bool total_write(struct store_writer *w, struct err *e);

/* A total as it stood at a version. */
bool total_at(struct db *db, int64_t name, int64_t version, int64_t *n, struct err *e);

/* Whether a query finds all events of its version, so that the totals are its counts. */
bool total_answers(const struct found_filters *found);

/* The totals of all things and roles at a version. */
bool total_tally(const struct at *at, struct tally *t);

#endif
