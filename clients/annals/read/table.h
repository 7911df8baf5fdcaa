/*
 * table: the rows of a table, one after the other in constant memory: comma- or tab-separated
 * values as RFC 4180 describes them, in the dialects and encodings that people have, and JSON
 * lines. A row that is not well-formed is told and skipped; the next one is found again.
 */
#ifndef ANNALS_CLIENT_READ_TABLE_H
#define ANNALS_CLIENT_READ_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define TABLE_ROW_LARGEST ((size_t)256 * 1024) /* bytes of a row in UTF-8 */
#define TABLE_MOST_CELLS 2048

/* X(value, name, name for iconv) */
#define TABLE_ENCODING_TABLE(X)                                                                    \
    X(TABLE_UTF8, "utf-8", NULL)                                                                   \
    X(TABLE_WINDOWS, "windows-1252", "CP1252")                                                     \
    X(TABLE_WINDOWS_CYRILLIC, "windows-1251", "CP1251")                                            \
    X(TABLE_LATIN, "iso-8859-1", "ISO-8859-1")                                                     \
    X(TABLE_MACINTOSH, "macintosh", "MACINTOSH")

enum table_encoding {
#define X(value, name, charset) value,
    TABLE_ENCODING_TABLE(X)
#undef X
        TABLE_ENCODINGS
};

/* How the bytes are to be taken. */
struct table_dialect {
    bool lines;         /* each line is a JSON object, which is the row's only cell */
    char separator;     /* of cells */
    bool quotes;        /* a cell that begins with a double quote ends with one */
    bool drop_controls; /* control characters are left out instead of refused */
    enum table_encoding encoding;
};

struct table_cell {
    str text;  /* without its quotes, blanks kept */
    size_t at; /* byte of the row where it begins */
};

struct table_row {
    int64_t line; /* in the file, from 1, where the row begins */
    str raw;      /* all of it in UTF-8, without what ends it */
    struct table_cell *cells;
    size_t n;
    bool json; /* raw is a JSON object, and the cells are values in it */
};

/* What is wrong with a row. */
struct table_fault {
    int64_t line, column;
    char detail[200];
    const char *hint; /* NULL for none */
};

/* What the beginning of the file tells of where it comes from. */
struct table_origin {
    bool wide;      /* it is UTF-16, by its byte order mark: a spreadsheet's "Unicode text" */
    char separator; /* which a line  sep=;  before the first row names; 0: there is none */
};

/* Gives at most `size` bytes more into room; 0 at the end. False: they cannot be read. */
typedef bool table_fill(void *from, char *room, size_t size, size_t *n);

struct table;

/*
 * A table over bytes that fill gives. What begins with the byte order mark of UTF-16 is UTF-16,
 * whatever the dialect says. A mark and a line  sep=;  at the beginning are passed over. NULL: *e
 * says that the machine does not know the encoding. table_free gives it back.
 */
struct table *table_new(table_fill *fill, void *from, const struct table_dialect *dialect,
                        struct err *e);
void table_free(struct table *t);

/* The first `size` bytes at most, in UTF-8 as far as they are, before any row was taken: for
 * finding out the dialect. */
str table_peek(struct table *t, size_t size);

/* Known when anything was peeked at or taken. */
struct table_origin table_origin(const struct table *t);

/* Rows from here on are of this dialect; the encoding cannot change. */
void table_set_dialect(struct table *t, const struct table_dialect *dialect);

enum table_next {
    TABLE_ROW,   /* *row holds it until the next call */
    TABLE_FAULT, /* *fault says what is wrong; the row was skipped */
    TABLE_END,
    TABLE_UNREADABLE /* the bytes cannot be read any further */
};

/* Takes the next row; lines without a byte are passed over. Cells live in the arena. */
enum table_next table_next(struct table *t, struct arena *a, struct table_row *row,
                           struct table_fault *fault);

/* Line and column, in code points, of a byte of the row. */
void table_place(const struct table_row *row, size_t at, int64_t *line, int64_t *column);

/* Adds a fault of the row at a byte of it. */
void table_fault_at(const struct table_row *row, size_t at, struct table_fault *fault,
                    const char *detail, const char *hint);

/* The control character at a byte of text, or 0; line ends and tabs are none. */
bool table_control(str text, size_t at, unsigned *character);

/* The encoding of a name; TABLE_ENCODINGS for none. */
enum table_encoding table_encoding_from(str name);

/* Bytes of the file that were taken so far, for showing how far it got. */
int64_t table_taken(const struct table *t);

#endif
