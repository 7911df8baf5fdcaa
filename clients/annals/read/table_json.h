/* table_json: rows that are JSON objects, one in each line, and the members that are cells. */
#ifndef ANNALS_CLIENT_READ_TABLE_JSON_H
#define ANNALS_CLIENT_READ_TABLE_JSON_H

#include "annals/read/table.h"

/*
 * Puts the values of the columns into the cells of a row whose raw text is an object. A column is
 * the name of a member, or a JSON pointer where it begins with a slash. Numbers stay as they are
 * written, null and what is not there are empty, arrays are their items with "; " between. False:
 * *fault says what is wrong.
 */
bool table_json_cells(struct table_row *row, const str *columns, size_t n, bool drop_controls,
                      struct arena *a, struct table_fault *fault);

/* The byte where a column's value stands. */
size_t table_json_at(const struct table_row *row, str column);

/* The names of the members of the object. */
void table_json_names(const struct table_row *row, struct arena *a, str **names, size_t *n);

#endif
