/*
 * sentence: the sentence around some words of a text, and short lines made of such: what a thing
 * is called whose format has no name for it.
 */
#ifndef ANNALS_CLIENT_READ_SENTENCE_H
#define ANNALS_CLIENT_READ_SENTENCE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

#define SENTENCE_LONGEST_TITLE 120 /* code points */
#define SENTENCE_LOOK 2000         /* bytes before and after the words that are looked through */

/*
 * The sentence in which the bytes [*from, *to) of a text (valid UTF-8) lie, without white space at
 * its ends. It begins and ends at an empty line or after . ! ? … ; and blanks behind which no
 * small letter stands.
 */
void sentence_around(str text, size_t *from, size_t *to);

/*
 * The sentence around [from, to) on one line of at most SENTENCE_LONGEST_TITLE code points, the
 * words themselves among them; what was cut off is an ellipsis.
 */
str sentence_title(str text, size_t from, size_t to, struct arena *a);

/* Words on one line: white space and control characters are one blank each, none at the ends. At
 * most `most` code points, the last of them an ellipsis where there was more. */
str sentence_line(str words, size_t most, struct arena *a);

#endif
