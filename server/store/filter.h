/* filter: from the values of a query to keys of the store, and from those to pieces of SQL. */
#ifndef ANNALS_STORE_FILTER_H
#define ANNALS_STORE_FILTER_H

#include "store/internal.h"

/* A filter with its values found in the store. */
struct found_filter {
    const struct filter *asked;
    const int64_t *keys; /* of actors, places and what is part of them, types and their children … */
    size_t n;
    str list; /* the same, or the words, as a JSON array */
};

struct found_filters {
    struct found_filter items[QUERY_MOST_FILTERS];
    size_t n;
    str roles;     /* keys as a JSON array; p is NULL for any */
    str roles_not; /* likewise, for none */
};

/* Unknown values become problems and the answer is false with ERR_BAD_PARAMETER. */
bool filter_find(struct db *db, const struct query *q, struct arena *a, struct found_filters *out,
                 struct problems *problems, struct err *e);

/* Appends " AND …" for every filter but number `except` (or SIZE_MAX); the row is called r. */
void filter_add(struct sql_builder *b, const struct found_filters *filters, size_t except);

/*
 * The filter whose links are best walked instead of all events: one key, wanted. SIZE_MAX for none.
 */
size_t filter_driver(const struct found_filters *filters);

/*
 * A user's words as an FTS5 expression: each quoted, a phrase kept together, a trailing star kept
 * as a prefix; folded. Never syntax. False with ERR_BAD_PARAMETER past QUERY_MOST_WORDS words;
 * an empty expression where there is no word at all.
 */
bool filter_match_expression(str text, struct arena *a, str *expression, struct err *e);

#endif
