/*
 * arena: the memory of one request. Whatever a request makes lives here and dies with it; there
 * is no single free. Allocation never answers NULL: what input could make large is capped before
 * it gets here, so running out is the machine's failure and ends the process.
 */
#ifndef ANNALS_BASE_ARENA_H
#define ANNALS_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a); /* NULL is fine */

/*
 * Forgets everything and keeps one block for the next request, so large that a request like the
 * last one needs no other, up to a megabyte.
 */
void arena_reset(struct arena *a);

/* Takes over memory from malloc: it is freed with the rest. */
void arena_adopt(struct arena *a, void *memory);

/* Zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);

/* `count` zeroed elements of `size` bytes; the product is checked. */
void *arena_array(struct arena *a, size_t count, size_t size);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))

/* Copies; the bytes after the copy are a NUL, so .p is a C string too. */
str arena_copy(struct arena *a, str s);
str arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *a);

/*
 * Makes room for one more element in an array that grows by doubling inside the arena.
 * `items`, `n` and `room` are the caller's variables.
 */
#define ARENA_PUSH(a, items, n, room)                                                              \
    ((n) < (room)                                                                                  \
         ? &(items)[(n)++]                                                                         \
         : ((items) = arena_grow((a), (items), (n), &(room), sizeof *(items)), &(items)[(n)++]))
void *arena_grow(struct arena *a, const void *items, size_t n, size_t *room, size_t size);

#endif
