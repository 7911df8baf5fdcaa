/*
 * leftover: what a reader leaves out, or makes something else of, counted by words of its own, so
 * that the person reads it once: "12 left out: the label Person, which no mapping explains". The
 * kinds may be as many as the labels of a file.
 */
#ifndef ANNALS_CLIENT_READ_LEFTOVER_H
#define ANNALS_CLIENT_READ_LEFTOVER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"
#include "base/strmap.h"

struct leftover_kind {
    str words;
    int64_t count;
    int64_t line, column; /* of the first */
};

struct leftover {
    struct arena *arena;
    struct strmap index; /* words to their number in kinds */
    struct leftover_kind *kinds;
    size_t n, room;
};

void leftover_init(struct leftover *all, struct arena *a);

/* Counts one more of what the words say, which are copied. */
void leftover_add(struct leftover *all, int64_t line, int64_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* One note for each kind, at the place of its first: "12 WORDS". notes may be NULL. */
void leftover_tell(const struct leftover *all, struct problems *notes);

#endif
