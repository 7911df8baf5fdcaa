#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

#define FIRST_BLOCK ((size_t)16 * 1024)
#define LARGEST_BLOCK ((size_t)1024 * 1024)

struct block {
    struct block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

/* Memory from elsewhere that is freed with the rest; the record itself lies in a block. */
struct adopted {
    struct adopted *next;
    void *memory;
};

struct arena {
    struct block *head; /* the block that is being filled; the others follow */
    struct adopted *adopted;
    size_t used;
};

static struct block *block_new(size_t size)
{
    struct block *b = malloc(sizeof *b + size);
    ENSURE(b != NULL);
    b->next = NULL;
    b->size = size;
    b->used = 0;
    return b;
}

struct arena *arena_new(void)
{
    struct arena *a = malloc(sizeof *a);
    ENSURE(a != NULL);
    *a = (struct arena){.head = block_new(FIRST_BLOCK)};
    return a;
}

static void free_adopted(struct arena *a)
{
    for (struct adopted *x = a->adopted; x != NULL; x = x->next)
        free(x->memory);
    a->adopted = NULL;
}

static void free_blocks(struct block *b)
{
    while (b != NULL) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    free_adopted(a);
    free_blocks(a->head);
    free(a);
}

void arena_reset(struct arena *a)
{
    free_adopted(a);
    if (a->head->next != NULL) {
        size_t size = FIRST_BLOCK;
        while (size < a->used && size < LARGEST_BLOCK)
            size *= 2;
        free_blocks(a->head);
        a->head = block_new(size);
    }
    a->head->used = 0;
    a->used = 0;
}

void arena_adopt(struct arena *a, void *memory)
{
    struct adopted *x = ARENA_NEW(a, struct adopted);
    *x = (struct adopted){a->adopted, memory};
    a->adopted = x;
}

/* Aligned bytes, not zeroed. */
static void *take(struct arena *a, size_t size)
{
    ENSURE(size <= SIZE_MAX / 2);
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct block *b = a->head;
    if (size > b->size - b->used) {
        size_t next = b->size < LARGEST_BLOCK ? b->size * 2 : LARGEST_BLOCK;
        b = block_new(size > next ? size : next);
        b->next = a->head;
        a->head = b;
    }
    void *p = b->bytes + b->used;
    b->used += size;
    a->used += size;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return memset(take(a, size), 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t bytes;
    ENSURE(!__builtin_mul_overflow(count, size, &bytes));
    return arena_alloc(a, bytes);
}

str arena_copy(struct arena *a, str s)
{
    char *p = take(a, s.n + 1);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (str){p, s.n};
}

str arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    char few[160]; /* most are short: they are made once */
    int n = vsnprintf(few, sizeof few, format, args);
    va_end(args);
    ENSURE(n >= 0);
    char *p = take(a, (size_t)n + 1);
    if ((size_t)n < sizeof few)
        memcpy(p, few, (size_t)n + 1);
    else
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (str){p, (size_t)n};
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

void *arena_grow(struct arena *a, const void *items, size_t n, size_t *room, size_t size)
{
    size_t more = *room ? *room * 2 : 8;
    void *grown = arena_array(a, more, size);
    if (n > 0)
        memcpy(grown, items, n * size);
    *room = more;
    return grown;
}
