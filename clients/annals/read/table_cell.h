/*
 * table_cell: what the values of a mapping come to in one row. A value is missing where every
 * column that it needs is; what is there and cannot be used is a problem of the row.
 */
#ifndef ANNALS_CLIENT_READ_TABLE_CELL_H
#define ANNALS_CLIENT_READ_TABLE_CELL_H

#include "annals/read/table_map.h"
#include "base/problem.h"

/* Where the columns of a mapping are in a row: the number of a cell, or -1 where the file has no
 * such column. */
struct table_binding {
    const struct table_map *map;
    int64_t *cells; /* of map->columns */
};

/* What a named value came to. */
struct table_cached {
    bool done, fault;
    str text;
};

/* One row under way. */
struct table_context {
    const struct table_binding *binding;
    const struct table_row *row;
    struct arena *arena;        /* of the row */
    struct problems *problems;  /* of the row */
    str split;                  /* the row's cells are lists, of which… */
    size_t part;                /* …this item is meant; no list where split is empty */
    str split_first;            /* the cell of the first column, whose length holds */
    str source;                 /* the source's id */
    struct table_cached *named; /* of map->values, for the item at hand */
    bool refused;               /* there was a problem */
};

/* The value in one piece. False: missing, or refused, which is a problem then. */
bool table_cell_value(struct table_context *x, const struct table_value *v, str *out);

/* All values of all choices, each once. Missing ones are none. */
struct table_words table_cell_list(struct table_context *x, const struct table_value *v);

/* Whether all conditions hold. */
bool table_cell_tests(struct table_context *x, const struct table_test *tests, size_t n);

/* Goes on to an item of the list. */
void table_cell_part(struct table_context *x, size_t part);

/* How many items the list has that the first column of the value holds, separated by `split`; 1
 * where it is missing. From then on columns are lists, up to a call with an empty split. */
size_t table_cell_parts(struct table_context *x, const struct table_value *v, str split);

/* Adds a problem at the cell that the value takes first; the row is refused. `what` says what is
 * wrong with `text`. */
struct problem *table_cell_refuse(struct table_context *x, const struct table_value *v, str text,
                                  const char *what);

#endif
