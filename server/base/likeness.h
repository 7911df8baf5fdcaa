/*
 * likeness: whether two names look like those of one thing. Names are compared by their words,
 * folded (base/fold.h), with one blank between two: marks, case, signs and commas say nothing.
 */
#ifndef ANNALS_BASE_LIKENESS_H
#define ANNALS_BASE_LIKENESS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* The words of a name, of valid UTF-8, as they are compared; in the arena. */
str likeness_fold(str name, struct arena *a);

/*
 * Whether two different folded names are near: the same words in another order ("Aliyev, Ilham"),
 * or one letter more, less or other in names of 6 letters and more, two from 12 on. Names over
 * 64 letters have none to spare, and of more than 16 words the order counts.
 */
bool likeness_near(str a, str b);

#endif
