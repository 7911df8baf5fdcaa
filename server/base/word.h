/*
 * word: where words stand in a text, by the rule of the full text index: runs of letters, numbers
 * and private letters (categories L, N and Co of Unicode) of the folded text (base/fold.h).
 */
#ifndef ANNALS_BASE_WORD_H
#define ANNALS_BASE_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* The next word of a folded text, which is valid UTF-8. *at starts at 0. False at the end. */
bool word_next(str folded, size_t *at, str *word);

/*
 * A stretch of a text as it was written that holds a word, with its marks. Once folded it is one
 * word but for signs that fold to several ("½" to "1/2"), which belong to it too.
 */
struct word_run {
    size_t start, end;  /* bytes [start, end) */
    size_t first, last; /* the same in code points */
};

/* The next one of valid UTF-8. *run starts as {0} and is the place to go on from. */
bool word_run_next(str text, struct word_run *run);

/* Whether the character that begins at a byte of valid UTF-8 is a small letter (category Ll). */
bool word_small_at(str text, size_t at);

#endif
