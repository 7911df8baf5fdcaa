/* pretty: compact JSON, laid out for eyes: two blanks a level, one member or element a line. */
#ifndef ANNALS_RENDER_PRETTY_H
#define ANNALS_RENDER_PRETTY_H

#include "base/buf.h"
#include "base/str.h"

/* Appends json, which is well-formed and has no white space between its tokens, and a newline. */
void pretty_write(struct buf *out, str json);

#endif
