#include "api/lines.h"

#include <inttypes.h>
#include <string.h>

#include "model/document.h"

#define BLOCK ((size_t)64 * 1024)

void lines_init(struct lines *l, const struct spool *from)
{
    *l = (struct lines){.from = from};
    buf_init(&l->held, DOCUMENT_LARGEST + 2 * BLOCK);
}

void lines_free(struct lines *l)
{
    buf_free(&l->held);
}

/* Reads a block behind what is held; *more is false at the end. */
static bool read_block(struct lines *l, bool *more, struct err *e)
{
    char block[BLOCK];
    size_t n;
    if (l->begin > 0) {
        size_t left = l->held.n - l->begin;
        memmove(l->held.p, l->held.p + l->begin, left);
        buf_truncate(&l->held, left);
        l->begin = 0;
    }
    if (!spool_read(l->from, l->at, block, sizeof block, &n, e))
        return false;
    buf_add(&l->held, (str){block, n});
    l->at += (int64_t)n;
    *more = n > 0;
    return true;
}

/* The line that is held next, ended by a newline or by the end of all; or a failure in *e. */
static bool cut(struct lines *l, str *line, struct err *e)
{
    size_t searched = 0;
    bool more = true;
    for (;;) {
        str held = str_sub(buf_str(&l->held), l->begin, l->held.n);
        size_t end = searched + str_find(str_sub(held, searched, held.n), '\n');
        if (end < held.n || (!more && held.n > 0)) {
            *line = str_sub(held, 0, end);
            l->begin += end < held.n ? end + 1 : end;
            l->number++;
            return true;
        }
        if (!more)
            return false;
        if (held.n > DOCUMENT_LARGEST)
            return err_set(e, ERR_TOO_LARGE, "Line %" PRId64 " is larger than 8 MiB.",
                           l->number + 1);
        searched = held.n;
        if (!read_block(l, &more, e))
            return false;
    }
}

bool lines_next(struct lines *l, str *line, struct err *e)
{
    e->code = ERR_NONE;
    while (cut(l, line, e))
        if (str_trim(*line).n > 0)
            return true;
    return false;
}
