/*
 * str: a borrowed run of bytes. It owns nothing, need not end in NUL and may hold any byte; who
 * hands one out says how long the bytes live. An empty str may have a NULL pointer.
 */
#ifndef ANNALS_BASE_STR_H
#define ANNALS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

typedef struct str {
    const char *p;
    size_t n;
} str;

/* A str over a string literal, usable in initialisers (STR_INIT) and expressions (STR). */
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
#define STR(literal) ((str)STR_INIT(literal))

/* For printf: printf("%.*s", STR_ARG(s)). Lengths over INT_MAX are a broken promise. */
#define STR_ARG(s) str_printf_length(s), ((s).n ? (s).p : "")
int str_printf_length(str s);

/* A str over a C string; NULL gives the empty str. */
str str_from(const char *text);

bool str_eq(str a, str b);
bool str_eq_nocase(str a, str b); /* ASCII letters alone are folded */
int str_cmp(str a, str b);        /* by bytes, as memcmp; a prefix sorts first */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);

/* The part of s from byte `from`, at most `count` bytes; both are clamped to s. */
str str_sub(str s, size_t from, size_t count);

/* Position of the first `byte`, or s.n. */
size_t str_find(str s, char byte);

/* Position of the first occurrence of `needle` at or after `from`, or s.n. */
size_t str_search(str s, str needle, size_t from);

/*
 * Cuts s at the first `byte`: *head is what stands before it, *tail what stands after it.
 * Without one, *head is all of s, *tail is empty, and the answer is false.
 */
bool str_cut(str s, char byte, str *head, str *tail);

/* Without ASCII white space at either end. */
str str_trim(str s);

#endif
