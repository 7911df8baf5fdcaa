/* table_template: a mapping to begin with, for a table that no preset reads. */
#ifndef ANNALS_CLIENT_READ_TABLE_TEMPLATE_H
#define ANNALS_CLIENT_READ_TABLE_TEMPLATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/problem.h"
#include "base/str.h"

/*
 * Appends a mapping in YAML for the table whose first bytes these are: its dialect, its columns
 * with what the first rows hold, and an event to be filled in. It compiles as it stands. name: of
 * the file, without folder and ending. beginning: as the bytes stand in the file. False: these are
 * no table, and problems says why.
 */
bool table_template_write(struct buf *out, str name, str beginning, struct arena *a,
                          struct problems *problems);

#endif
