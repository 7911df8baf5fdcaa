/* nearest: the known word that somebody probably meant. */
#ifndef ANNALS_BASE_NEAREST_H
#define ANNALS_BASE_NEAREST_H

#include <stddef.h>

#include "base/str.h"

/*
 * Compares one candidate with the word; keep the struct across candidates, starting from
 * {.word = w}. Distance: insertions, deletions, substitutions and swaps of neighbours, letters
 * folded to lower case. Words over 64 bytes are never near anything.
 */
struct nearest {
    str word;
    str best; /* empty until one is close enough: at most a third of the word's length, at least 1
               */
    size_t distance;
};

void nearest_try(struct nearest *n, str candidate);

#endif
