/*
 * table_head: what the beginning of a table tells: its dialect, its header, which cell is which
 * column of the mapping, and which preset reads it where nobody said.
 */
#ifndef ANNALS_CLIENT_READ_TABLE_HEAD_H
#define ANNALS_CLIENT_READ_TABLE_HEAD_H

#include "annals/read/mapping.h"
#include "annals/read/table_cell.h"

struct table_head {
    const struct mapping *map;
    struct table_binding binding;
    bool has_header;    /* the first row is no data */
    size_t width, lack; /* cells of a row, and how many of the last ones it may lack */
    str *unused;        /* columns of the file that the mapping does not take */
    size_t unused_count;
};

/* The preset that the columns at the beginning of a table fit, compiled, in the arena; NULL and
 * problems where none does. */
const struct mapping *table_head_recognise(str beginning, struct arena *a,
                                           struct problems *problems, struct problems *notes);

/*
 * Sets the dialect of the table and *head by its first row, which is not taken. False: problems
 * say what does not fit.
 */
bool table_head_read(struct table *t, const struct mapping *map, struct arena *a,
                     struct problems *problems, struct table_head *head);

/* The beginning of a file's bytes as the text of its rows: UTF-16 is UTF-8, and what stands before
 * the first row is gone. */
str table_head_text(str bytes, struct arena *a);

/* The cells of the first row, by a separator; none where it is not well-formed. */
struct table_words table_head_cells(str beginning, char separator, struct arena *a);

/* Whether a cell that begins with a double quote ends with one: always but for tabs, and for these
 * where the first row or the widths of the rows show it. */
bool table_head_quotes(str beginning, char separator, struct arena *a);

/* Whether the table begins as JSON lines do. */
bool table_head_is_json(str beginning);

#endif
