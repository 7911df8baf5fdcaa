/*
 * input: a file that holds an annotated source, in one of the formats that the client reads, and
 * the document that it means. Whatever is wrong, found here or by a server, can be shown at its
 * line and column. A reader of a foreign format (read/reader.h) is one row of the table.
 */
#ifndef ANNALS_CLIENT_INPUT_H
#define ANNALS_CLIENT_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "annals/read/builder.h"
#include "annals/read/markdown.h"
#include "annals/read/reader.h"
#include "annals/read/table_read.h"
#include "annals/read/timelinejs.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"
#include "base/str.h"
#include "model/document.h"

/*
 * X(value, name for --format, ends of the file names, reader, what tells it by its content).
 * Without a reader the format is Annals' own, and input.c knows it. Where files of several formats
 * end alike, a row with a test of the content takes those that pass it, the row without one the
 * rest.
 */
#define INPUT_FORMAT_TABLE(X)                                                                      \
    X(INPUT_JSON, "json", ".json", NULL, NULL)                                                     \
    X(INPUT_RECORDS, "records", ".annals.ndjson", NULL, NULL)                                      \
    X(INPUT_MARKDOWN, "markdown", ".annals.md", NULL, NULL)                                        \
    X(INPUT_BRAT, "brat", ".ann", brat_read, NULL)                                                 \
    X(INPUT_BRAT_HALVES, "brat-a1", ".a1", brat_read_halves, NULL)                                 \
    X(INPUT_WEB, "webannotation", ".jsonld .json", webannotation_read, webannotation_is)           \
    X(INPUT_TIMEML, "timeml", ".tml .timeml .xml", timeml_read, timeml_is)                         \
    X(INPUT_TEI, "tei", ".tei .xml", tei_read, NULL)                                               \
    X(INPUT_TIMELINEJS, "timelinejs", ".json", timelinejs_read, timelinejs_is)                     \
    X(INPUT_TABLE, "table", ".csv .tsv .tab .jsonl", table_read_bytes, NULL)

enum input_format {
#define X(value, name, endings, read, is) value,
    INPUT_FORMAT_TABLE(X)
#undef X
        INPUT_UNKNOWN
};

struct input {
    enum input_format format;
    str bytes;                 /* of the file */
    struct markdown markdown;  /* for INPUT_MARKDOWN */
    struct builder built;      /* for a format with a reader: what it made, to locate in */
    str json;                  /* the document, to be sent; empty where there is none */
    struct document *document; /* NULL when there are problems */
    struct problems problems;  /* all at a line and column, in their order */
    struct problems notes;     /* what the person should know, likewise */
};

/* By the end of a file's name alone; INPUT_UNKNOWN for any other. */
enum input_format input_format_of(str path);

/* By the end of the name and, where several formats share it, by the bytes. */
enum input_format input_format_in(str path, str bytes);

/* By a name of the table; INPUT_UNKNOWN for any other. */
enum input_format input_format_from(str name);
const char *input_format_name(enum input_format format);

/* A whole file, at most `most` bytes, in the arena, without a byte order mark at its beginning.
 * False: *e says why not (ERR_TOO_LARGE, ERR_NOT_FOUND). */
bool input_read_file(const char *path, size_t most, struct arena *a, str *bytes, struct err *e);

/* The same file as it is, byte order mark included: what positions count from. */
bool input_read_raw(const char *path, size_t most, struct arena *a, str *bytes, struct err *e);

/* What --format may be, in words: "json, markdown or brat". */
str input_format_names(struct arena *a);

/* The largest file that is read as a whole. Annals' own formats are held to DOCUMENT_LARGEST. */
#define INPUT_LARGEST (4 * DOCUMENT_LARGEST)

/* Decodes bytes, which must outlive *out. Everything made lives in the arena. */
void input_decode(enum input_format format, str bytes, struct arena *a, struct input *out);

/* The same with all that a reader may ask for; its problems and notes are set here. */
void input_read(enum input_format format, const struct reading_ask *ask, struct input *out);

/*
 * The problem with its line and column in the file. One that points into the document keeps
 * its pointer in `at`.
 */
struct problem input_place(const struct input *in, const struct problem *p);

#endif
