/*
 * input: a file that holds an annotated source, in one of the formats that the client reads, and
 * the document that it means. Whatever is wrong, found here or by a server, can be shown at its
 * line and column.
 */
#ifndef ANNALS_CLIENT_INPUT_H
#define ANNALS_CLIENT_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "annals/read/markdown.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"
#include "base/str.h"
#include "model/document.h"

/* X(value, name for --format, end of the file names) */
#define INPUT_FORMAT_TABLE(X)                                                                      \
    X(INPUT_JSON, "json", ".json")                                                                 \
    X(INPUT_MARKDOWN, "markdown", ".annals.md")

enum input_format {
#define X(value, name, ending) value,
    INPUT_FORMAT_TABLE(X)
#undef X
        INPUT_UNKNOWN
};

struct input {
    enum input_format format;
    str bytes;                 /* of the file */
    struct markdown markdown;  /* for INPUT_MARKDOWN */
    str json;                  /* the document, to be sent; empty where there is none */
    struct document *document; /* NULL when there are problems */
    struct problems problems;  /* all at a line and column, in their order */
};

/* By the end of a file's name; INPUT_UNKNOWN for any other. */
enum input_format input_format_of(str path);

/* By a name of the table; INPUT_UNKNOWN for any other. */
enum input_format input_format_from(str name);
const char *input_format_name(enum input_format format);

/* A whole file, at most `most` bytes, in the arena, without a byte order mark at its beginning.
 * False: *e says why not (ERR_TOO_LARGE, ERR_NOT_FOUND). */
bool input_read_file(const char *path, size_t most, struct arena *a, str *bytes, struct err *e);

/* Decodes bytes, which must outlive *out. Everything made lives in the arena. */
void input_decode(enum input_format format, str bytes, struct arena *a, struct input *out);

/*
 * The problem with its line and column in the file. One that points into the document keeps
 * its pointer in `at`.
 */
struct problem input_place(const struct input *in, const struct problem *p);

#endif
