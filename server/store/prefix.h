/*
 * prefix: the words that a prefix stands for. Full text gathers all rows of a prefix before it
 * gives the first, and cannot be stopped meanwhile; rows of words it reads as they are asked for.
 */
#ifndef ANNALS_STORE_PREFIX_H
#define ANNALS_STORE_PREFIX_H

#include "store/internal.h"

/*
 * An expression of words_expression, over event_search, with the words that are there in the place
 * of each prefix of one word that has few; it finds the same. Short prefixes have an index of
 * their own and stay. The phrases are joined by AND.
 */
bool prefix_expand(struct db *db, str expression, struct arena *a, str *out, struct err *e);

#endif
