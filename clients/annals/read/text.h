/*
 * text: a source's text whose positions are asked for in several units. Annals counts Unicode code
 * points; brat does so too; JavaScript counts UTF-16 code units; XML marks up bytes in place.
 */
#ifndef ANNALS_CLIENT_READ_TEXT_H
#define ANNALS_CLIENT_READ_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/jout.h"
#include "base/str.h"

#define TEXT_CONTEXT 32 /* code points of prefix and suffix */

/* X(value, word for --offsets) */
#define TEXT_UNIT_TABLE(X)                                                                         \
    X(TEXT_POINTS, "codepoints")                                                                   \
    X(TEXT_UTF16, "utf-16")                                                                        \
    X(TEXT_BYTES, "bytes")

enum text_unit {
#define X(value, word) value,
    TEXT_UNIT_TABLE(X)
#undef X
        TEXT_UNITS
};

/* By a word of the table; TEXT_UNITS for any other. */
enum text_unit text_unit_from(str word);
const char *text_unit_name(enum text_unit unit);

/* Every TEXT_STRIDE bytes: what was counted up to there. */
#define TEXT_STRIDE 256
struct text_mark {
    size_t points, utf16;
};

struct text {
    str bytes; /* valid UTF-8, borrowed */
    struct text_mark *marks;
    int64_t length[TEXT_UNITS]; /* of the whole */
};

/* bytes: valid UTF-8 that outlives *out. */
void text_init(struct text *out, str bytes, struct arena *a);

/*
 * The byte at which a position in some unit lies. False: it is negative, beyond the end, or within
 * a character (between the halves of a surrogate pair, between the bytes of a sequence).
 */
bool text_byte(const struct text *t, enum text_unit unit, int64_t position, size_t *byte);

/* The position in code points of a byte that begins a character or is the end. */
int64_t text_point(const struct text *t, size_t byte);

/* The members of a piece of evidence for the bytes [from, to), in an object that is open: start,
 * end, exact, prefix, suffix. */
void text_span(struct jout *j, const struct text *t, size_t from, size_t to);

/*
 * A piece of evidence for the bytes [from, to) of the text as one JSON object: its span, and
 * supports unless it is NULL: property names, ending in NULL.
 */
void text_evidence(struct jout *j, const struct text *t, size_t from, size_t to,
                   const char *const *supports);

/* Line and column (code points), from 1, of a byte of the text. */
void text_line(const struct text *t, size_t byte, int64_t *line, int64_t *column);

#endif
