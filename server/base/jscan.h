/*
 * jscan: walks over JSON text without building anything: limits before a parse, the place of a
 * pointer afterwards, and the members of an object that we wrote ourselves.
 */
#ifndef ANNALS_BASE_JSCAN_H
#define ANNALS_BASE_JSCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/*
 * Whether text nests at most `depth` deep and holds at most `tokens` values and keys. It looks at
 * brackets and quotes alone: the syntax is the parser's to judge. False sets *at to the byte
 * where a limit is passed.
 */
bool jscan_within(str text, size_t depth, size_t tokens, size_t *at);

/*
 * The byte where the value that `pointer` (RFC 6901) names begins in well-formed JSON. Where the
 * pointer leads nowhere: the nearest container on the way. A pointer that ends in "/" + key of an
 * object that has it finds the value; 0 is the whole document.
 */
size_t jscan_locate(str text, str pointer);

/* Line and column, both from 1, of a byte position; the column counts code points. */
void jscan_line(str text, size_t at, int64_t *line, int64_t *column);

/*
 * The next member of an object in well-formed JSON. *at starts at 0. The key comes without its
 * quotes and as written (no escapes undone), the value as its text. False at the end.
 */
bool jscan_member(str object, size_t *at, str *key, str *value);

/* The next element of an array in well-formed JSON, likewise. */
bool jscan_element(str array, size_t *at, str *value);

#endif
