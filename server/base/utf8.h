/*
 * utf8: well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF),
 * counted in code points.
 */
#ifndef ANNALS_BASE_UTF8_H
#define ANNALS_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Length in bytes of the well-formed sequence at the start of s, or 0. */
size_t utf8_sequence(str s);

/* Byte position of the first ill-formed sequence, or s.n when there is none. */
size_t utf8_invalid_at(str s);

static inline bool utf8_valid(str s)
{
    return utf8_invalid_at(s) == s.n;
}

/* Code points in s, which is valid. */
size_t utf8_count(str s);

/* Byte position of code point number `index` in s, which is valid; s.n when there are not as many.
 */
size_t utf8_offset(str s, size_t index);

/* The code points [start, end) of s, which is valid; clamped. */
str utf8_slice(str s, size_t start, size_t end);

#endif
