/* cell: the cells of CSV (RFC 4180). */
#ifndef ANNALS_RENDER_CELL_H
#define ANNALS_RENDER_CELL_H

#include "base/buf.h"
#include "base/str.h"

/* What we made ourselves, in quotes where it needs them. */
void cell_write(struct buf *out, str text);

/*
 * Text that came from outside: with an apostrophe before it where a spreadsheet would take it for
 * a formula (OWASP, "CSV Injection").
 */
void cell_write_free(struct buf *out, str text);

#endif
