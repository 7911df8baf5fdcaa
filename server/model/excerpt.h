/*
 * excerpt: where the words of a search stand in a text, with a little of what is around them. The
 * index of full text knows only that they are there; this finds them again in the text as it was
 * written, by the same rules: folded words, "phrases", prefixes*.
 */
#ifndef ANNALS_MODEL_EXCERPT_H
#define ANNALS_MODEL_EXCERPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define EXCERPT_POINTS 160 /* code points of an excerpt, its "…" apart */
/* Bytes of a text: what stands further on is not found. */
#define EXCERPT_LOOKED_AT ((size_t)32768)
#define EXCERPT_MOST_PHRASES 64 /* of a search; the rest is not marked */
#define EXCERPT_MOST_WORDS 16   /* of a phrase; the rest is not compared */
#define EXCERPT_MOST_MARKS 32

struct excerpt_phrase {
    str words[EXCERPT_MOST_WORDS]; /* folded */
    size_t n;
    bool prefix; /* the last word may go on */
};

/* What is searched for. */
struct excerpt_words {
    struct excerpt_phrase *phrases;
    size_t n;
};

/* Code points [start, end) of the excerpt's text. */
struct excerpt_mark {
    size_t start, end;
};

struct excerpt {
    int found; /* different phrases that stand in it, at least 1 */
    str text;  /* "…" where it is cut; line breaks are blanks */
    struct excerpt_mark marks[EXCERPT_MOST_MARKS]; /* in order, apart from each other */
    size_t mark_count;
};

/* The words of what was typed, valid UTF-8. Nothing in it is syntax but quotes and stars. */
void excerpt_words_read(str typed, struct arena *a, struct excerpt_words *out);

/*
 * The part of text in which the most phrases stand, the first of several. False where none does.
 * text is valid UTF-8; the time grows with its length, up to EXCERPT_LOOKED_AT, times phrases.
 */
bool excerpt_find(const struct excerpt_words *words, str text, struct arena *a,
                  struct excerpt *out);

#endif
