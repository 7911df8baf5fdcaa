/*
 * buf: bytes that grow, up to a cap. An append that would pass the cap changes nothing and sets a
 * sticky mark; whoever writes checks once, at the end, with buf_failed.
 */
#ifndef ANNALS_BASE_BUF_H
#define ANNALS_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buf {
    char *p;
    size_t n;
    size_t room;
    size_t cap;
    bool failed;
};

/* An empty buf that may grow to `cap` bytes. Nothing is allocated yet. */
void buf_init(struct buf *b, size_t cap);

/* Gives the bytes back; b may be used again after buf_init. */
void buf_free(struct buf *b);

/* Forgets the bytes and the mark, keeps the room. */
void buf_clear(struct buf *b);

/* Makes room for so many bytes more at once, where the cap allows it; a hint, never a failure. */
void buf_reserve(struct buf *b, size_t more);

void buf_add(struct buf *b, str bytes);
void buf_add_char(struct buf *b, char c);
void buf_add_i64(struct buf *b, int64_t number);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Shortens to n bytes; n is at most the present length. */
void buf_truncate(struct buf *b, size_t n);

/* Hands the bytes over: the caller frees them with free(); b is empty afterwards. */
char *buf_take(struct buf *b, size_t *n);

/* The bytes so far, valid until the next append. */
static inline str buf_str(const struct buf *b)
{
    return (str){b->p, b->n};
}

static inline bool buf_failed(const struct buf *b)
{
    return b->failed;
}

#endif
