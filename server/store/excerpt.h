/* excerpt: shows in the rows of a page where the words of a search stand (model/excerpt.h). */
#ifndef ANNALS_STORE_EXCERPT_H
#define ANNALS_STORE_EXCERPT_H

#include "store/internal.h"

/*
 * Sets the excerpt of rows, whose keys are set, for a query with a text: in the title or summary
 * that some source gives, else in a name of who takes part or where, else in a quote:
 * {"property", "text", "marks": [[start, end], …], "source"}, the source of titles, summaries and
 * quotes alone. It stays empty where the words stand in none of them, as those of an id.
 */
bool excerpt_fill(struct store_reader *r, const struct query *q, struct event_row *rows, size_t n,
                  struct arena *a, struct err *e);

#endif
