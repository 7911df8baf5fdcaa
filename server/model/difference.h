/*
 * difference: in which members two documents of one thing differ, as texts of JSON. What says only
 * when and where the document is to be had (version, updated, links) is no difference.
 */
#ifndef ANNALS_MODEL_DIFFERENCE_H
#define ANNALS_MODEL_DIFFERENCE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/jout.h"
#include "base/str.h"

struct difference {
    str property;
    str before, after; /* JSON; "null" where the document has no such member */
};

struct differences {
    struct difference *items; /* as in the document after, then what it has no more */
    size_t n;
};

/*
 * Both are JSON objects that we wrote; either may be empty, for a thing that is not there: then all
 * members of the other that say something are differences, but for its id. Borrows from both.
 */
void difference_find(str before, str after, struct arena *a, struct differences *out);

/* [{"property", "before", "after"}, …] */
void difference_write(struct jout *j, const struct differences *d);

#endif
