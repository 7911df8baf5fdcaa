/*
 * fold: the form under which words are searched: case folded, marks taken off, compatibility
 * forms undone (Unicode, by utf8proc), and letters of our field that Unicode keeps apart brought
 * to the letter that people type for them (ə to e, ı to i, ł to l, ғ to г …).
 */
#ifndef ANNALS_BASE_FOLD_H
#define ANNALS_BASE_FOLD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Appends the folded form of valid UTF-8 to out. */
void fold_append(struct buf *out, str text);

/* The folded form alone, in the arena. */
str fold_copy(str text, struct arena *a);

#endif
