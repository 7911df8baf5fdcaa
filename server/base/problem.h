/*
 * problem: what is wrong with an input, gathered so that the reader sees all of it at once. Each
 * names the place, what stood there, what is wrong with it and, where we know, what would be right.
 */
#ifndef ANNALS_BASE_PROBLEM_H
#define ANNALS_BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* At most this many are kept; the rest are counted. */
#define PROBLEM_KEPT 100

enum problem_place {
    PROBLEM_PARAMETER, /* at: the name of a query parameter */
    PROBLEM_HEADER,    /* at: the name of a header field */
    PROBLEM_POINTER,   /* at: a JSON pointer (RFC 6901) into the body */
    PROBLEM_LINE       /* line and column, from 1, the column in code points */
};

struct problem {
    enum problem_place place;
    str at;
    int64_t line;
    int64_t column;
    str value; /* what stood there, shortened; empty when nothing did */
    str detail;
    str hint; /* what would be right; may be empty */
};

struct problems {
    struct arena *arena;
    struct problem *items;
    size_t n;
    size_t room;
    size_t more; /* found and not kept */
};

void problem_init(struct problems *all, struct arena *arena);

/*
 * Adds one and answers it, for a hint or a value to be set; the strs are copied. Past
 * PROBLEM_KEPT the answer is a scratch problem that is not kept.
 */
struct problem *problem_add(struct problems *all, enum problem_place place, str at, str value,
                            const char *format, ...) __attribute__((format(printf, 5, 6)));

struct problem *problem_add_line(struct problems *all, int64_t line, int64_t column,
                                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Sets the hint of a problem just added. */
void problem_hint(struct problems *all, struct problem *p, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static inline bool problem_any(const struct problems *all)
{
    return all->n > 0;
}

/* The word that JSON uses for the place: "parameter", "header", "pointer", "line". */
const char *problem_place_name(enum problem_place place);

#endif
