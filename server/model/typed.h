/*
 * typed: what a person types into a search, taken apart: words, "phrases" and prefixes*. Nothing
 * else in it means anything, and no text is wrong. The full text index is asked by these parts and
 * excerpts are marked by them.
 */
#ifndef ANNALS_MODEL_TYPED_H
#define ANNALS_MODEL_TYPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct typed_part {
    str text;    /* its words in order, with whatever stands between them; it may have none */
    bool prefix; /* a star follows: the last of its words may go on */
};

/*
 * The next part of a folded text (base/fold.h): what stands in quotes, the last of which may be
 * missing, or between blanks. *rest starts as the text. False at the end.
 */
bool typed_next(str *rest, struct typed_part *out);

#endif
