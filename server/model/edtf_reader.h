/*
 * edtf_reader: the place where the reading of an EDTF string stands. Whatever has been read is
 * ASCII, because reading stops at the first byte that does not belong; so byte positions are code
 * point positions.
 */
#ifndef ANNALS_MODEL_EDTF_READER_H
#define ANNALS_MODEL_EDTF_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/edtf.h"

struct edtf_reader {
    str text;
    size_t at;
    struct edtf_error *error;
};

/* The next byte, 0-255, or -1 at the end. */
int edtf_reader_peek(const struct edtf_reader *r);

/* Whether the text goes on with `token`; if so, it is behind us now. */
bool edtf_reader_take(struct edtf_reader *r, str token);

/* Sets the error at a position; always false, to be returned at once. */
bool edtf_reader_fail(struct edtf_reader *r, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fails where the reader stands: `rule` says what would be right, the rest what stands there. */
bool edtf_reader_unexpected(struct edtf_reader *r, const char *rule);

#endif
