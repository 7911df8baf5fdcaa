/*
 * text_index: a text whose positions are counted in code points, with quick steps between those
 * and bytes, and a search for words near a place. Built once per text.
 */
#ifndef ANNALS_MODEL_TEXT_INDEX_H
#define ANNALS_MODEL_TEXT_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct text_index {
    str text;
    size_t points;       /* code points in text */
    const size_t *marks; /* the byte at which every TEXT_INDEX_STRIDEth code point begins */
};

#define TEXT_INDEX_STRIDE 64

/* text is valid UTF-8 and must outlive x; the marks live in the arena. */
void text_index_init(struct text_index *x, str text, struct arena *arena);

/* The byte where code point number `point` begins; text.n where there are not as many. */
size_t text_index_byte(const struct text_index *x, size_t point);

/* The number of the code point that begins at `byte`. */
size_t text_index_point(const struct text_index *x, size_t byte);

/* The code points [start, end), clamped; empty where end is not past start. */
str text_index_slice(const struct text_index *x, size_t start, size_t end);

/*
 * Work that a caller is ready to spend. Looking at up to TEXT_INDEX_STRIDE bytes once costs one.
 */
struct text_budget {
    size_t left;
    bool spent; /* something was not done for want of it */
};

/* Pays for one look at so many bytes; false, and `spent`, when what is left does not suffice. */
bool text_budget_pay(struct text_budget *budget, size_t bytes);

/*
 * The byte of the occurrence of words (not empty) that begins nearest to byte `near`, among those
 * for which fits answers true (NULL: all); of two that are equally near the earlier. False when
 * there is none, or none before the budget was spent.
 */
bool text_index_find(const struct text_index *x, str words, size_t near,
                     bool (*fits)(const void *context, size_t byte), const void *context,
                     struct text_budget *budget, size_t *found);

#endif
