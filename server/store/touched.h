/*
 * touched: the things that a change has touched, to be projected at its end. They are gathered in
 * memory; of a change without bounds they are put into a temporary table from time to time.
 */
#ifndef ANNALS_STORE_TOUCHED_H
#define ANNALS_STORE_TOUCHED_H

#include "store/writer.h"

/* Moves what is in memory into the table. */
bool touched_spill(struct store_writer *w, struct err *e);

typedef bool touched_use(struct store_writer *w, enum thing t, int64_t key, struct err *e);

/* Gives every touched thing of a kind to `use`, each once, by key. `use` may touch others. */
bool touched_each(struct store_writer *w, enum thing t, touched_use *use, struct err *e);

#endif
