/*
 * markdown: annotated Markdown (.annals.md) becomes an annotated source document. The front matter
 * gives the document, the body gives the source's text, and the links of the body give the
 * evidence. A pure function; every value of the document remembers its place in the file.
 */
#ifndef ANNALS_CLIENT_MARKDOWN_H
#define ANNALS_CLIENT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/read/front.h"
#include "annals/read/plain.h"
#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"

struct markdown {
    str json; /* the document */
    str text; /* the plain text of the body */
    struct front_node *root;
    int64_t body_line; /* the first line of the body */
};

/*
 * Reads bytes, which are untrusted and must outlive *out. False where there is no document to
 * speak of: no front matter, or none that can be read. With true there may be problems too (a
 * link to nothing, HTML …): then *out is all that could be made of the rest, good for looking
 * for more problems and no more. Everything lives in the arena.
 */
bool markdown_read(str bytes, struct arena *a, struct problems *problems, struct markdown *out);

/*
 * Where in the file the value stands that a JSON pointer (RFC 6901) into the document names: its
 * place in the front matter, or the link that it was made from. Where the pointer leads nowhere,
 * the nearest place on the way.
 */
void markdown_locate(const struct markdown *m, str pointer, int64_t *line, int64_t *column);

#endif
