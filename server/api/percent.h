/* percent: percent-encoding of addresses (RFC 3986) and of queries, where "+" is a blank. */
#ifndef ANNALS_API_PERCENT_H
#define ANNALS_API_PERCENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

enum percent_place { PERCENT_PATH, PERCENT_QUERY };

/*
 * Undoes the encoding, strictly: every "%" has two hexadecimal digits, and what comes out is UTF-8
 * without control characters. out has room for text.n bytes. NULL and *n set; else a sentence's
 * end, "has a % without two hexadecimal digits", for the reader.
 */
const char *percent_decode(str text, enum percent_place place, char *out, size_t *n);

/*
 * Appends an address as it was sent, with whatever may not stand in one (RFC 3986) or would end
 * where it is quoted percent-encoded: afterwards it is printable ASCII.
 */
void percent_clean(struct buf *out, str address);

/* Appends text so that it can stand as one value in a query. */
void percent_encode(struct buf *out, str text);

#endif
