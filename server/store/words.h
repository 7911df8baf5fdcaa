/* words: a user's text as an expression of full text. */
#ifndef ANNALS_STORE_WORDS_H
#define ANNALS_STORE_WORDS_H

#include "base/arena.h"
#include "base/str.h"

/*
 * The text as an FTS5 expression: each of its words quoted, what stood in quotes kept together as
 * a phrase, a trailing star kept as a prefix; folded, each once. Never syntax, and no text is
 * wrong: an empty expression where there is no word in it at all.
 */
str words_expression(str text, struct arena *a);

/* All its words as one phrase, in the order of the text; empty for less than two or very many. */
str words_phrase(str text, struct arena *a);

#endif
