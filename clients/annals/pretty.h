/* pretty: JSON laid out for eyes. */
#ifndef ANNALS_CLIENT_PRETTY_H
#define ANNALS_CLIENT_PRETTY_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Appends well-formed JSON with two blanks of indentation a level; empty lists and objects stay
 * on one line. Numbers and strings are copied as they stand.
 */
void pretty_append(struct buf *out, str json);

#endif
