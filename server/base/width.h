/*
 * width: text for one line of a terminal or of a drawing: made harmless, and measured in the
 * columns that a terminal gives it (Unicode's East Asian Width and combining marks, by utf8proc).
 */
#ifndef ANNALS_BASE_WIDTH_H
#define ANNALS_BASE_WIDTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Marks on one letter beyond these are left out. */
#define WIDTH_MOST_MARKS 6

/*
 * Appends text as one line that can do no harm: white space of any kind becomes one blank, none at
 * the ends; control characters (C0, C1, so every terminal escape), ill-formed bytes and
 * noncharacters become U+FFFD; what orders or hides text (bidi marks, embeddings, overrides and
 * isolates, soft hyphens, variation selectors, tags, private use) is left out.
 */
void width_clean(struct buf *out, str text);
str width_clean_copy(str text, struct arena *a);

/* The code point at the start of text, which is not empty and valid UTF-8; *length its bytes. */
uint32_t width_decode(str text, size_t *length);

/* Columns of a cleaned text. */
size_t width_columns(str text);

/* The longest beginning of a cleaned text that takes at most so many columns, marks included. */
str width_fit(str text, size_t columns);

/* Appends a cleaned text, cut with "…" where it takes more columns. Answers the columns taken. */
size_t width_add(struct buf *out, str text, size_t columns);

/* The same, then blanks up to so many columns. */
void width_add_padded(struct buf *out, str text, size_t columns);

/*
 * The next line of at most `columns` columns of a cleaned text, cut at a blank where there is one;
 * *rest is what comes after. Every call takes at least one character.
 */
str width_line(str text, size_t columns, str *rest);

#endif
