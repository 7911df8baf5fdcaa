#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

void buf_init(struct buf *b, size_t cap)
{
    *b = (struct buf){.cap = cap};
}

void buf_free(struct buf *b)
{
    free(b->p);
    *b = (struct buf){.cap = b->cap};
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->failed = false;
}

/* Room for `more` bytes, or false with the mark set. */
static bool grow(struct buf *b, size_t more)
{
    if (b->failed || more > b->cap - b->n) {
        b->failed = true;
        return false;
    }
    if (b->n + more <= b->room)
        return true;
    size_t room = b->room ? b->room : 256;
    while (room < b->n + more)
        room *= 2;
    char *p = realloc(b->p, room);
    ENSURE(p != NULL);
    b->p = p;
    b->room = room;
    return true;
}

void buf_reserve(struct buf *b, size_t more)
{
    if (more <= b->cap - b->n)
        grow(b, more);
}

void buf_add(struct buf *b, str bytes)
{
    if (bytes.n == 0 || !grow(b, bytes.n))
        return;
    memcpy(b->p + b->n, bytes.p, bytes.n);
    b->n += bytes.n;
}

void buf_add_char(struct buf *b, char c)
{
    if (!grow(b, 1))
        return;
    b->p[b->n++] = c;
}

void buf_add_i64(struct buf *b, int64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[--at] = '-';
    buf_add(b, (str){digits + at, sizeof digits - at});
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    char few[160]; /* most are short: they are made once */
    int n = vsnprintf(few, sizeof few, format, args);
    va_end(args);
    ENSURE(n >= 0);
    if ((size_t)n < sizeof few) {
        buf_add(b, (str){few, (size_t)n});
    } else if (grow(b, (size_t)n + 1)) {
        vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void buf_truncate(struct buf *b, size_t n)
{
    ENSURE(n <= b->n);
    b->n = n;
}

char *buf_take(struct buf *b, size_t *n)
{
    char *p = b->p;
    *n = b->n;
    *b = (struct buf){.cap = b->cap};
    return p;
}
