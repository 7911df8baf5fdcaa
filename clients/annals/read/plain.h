/*
 * plain: the plain text of a Markdown body, and where its links lie in it. CommonMark, read by
 * cmark; docs/reference/annotated-markdown.md gives the rules word for word.
 */
#ifndef ANNALS_CLIENT_PLAIN_H
#define ANNALS_CLIENT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"

#define PLAIN_DEEPEST 100 /* blocks within blocks */

/* A link: [words](url), the words being text[from, to) in bytes, [start, end) in code points. */
struct plain_link {
    str url;
    size_t from, to;
    int64_t start, end;
    int64_t line; /* of its opening bracket, from 1, in the whole file */
    int64_t column;
};

struct plain {
    str text;
    struct plain_link *links; /* in the order of the text */
    size_t link_count;
};

/*
 * body is valid UTF-8 without NUL whose first line is line first_line of the file. *out lives in
 * the arena. Problems found are added: HTML, blocks nested too deeply.
 */
void plain_read(str body, int64_t first_line, struct arena *a, struct problems *problems,
                struct plain *out);

#endif
