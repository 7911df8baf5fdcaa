/* lines: the lines of a spooled body, one after the other, in bounded memory. */
#ifndef ANNALS_API_LINES_H
#define ANNALS_API_LINES_H

#include "base/spool.h"

struct lines {
    const struct spool *from;
    int64_t at;     /* of the spool that is read next */
    int64_t number; /* of the line given last, from 1; empty ones count */
    struct buf held;
    size_t begin; /* of what is held and not given yet */
};

void lines_init(struct lines *l, const struct spool *from);
void lines_free(struct lines *l);

/*
 * The next line that is not empty, without its end; it lives until the next call. False at the end
 * with e->code ERR_NONE; or with ERR_STORE, or ERR_TOO_LARGE for one of more than DOCUMENT_LARGEST
 * bytes.
 */
bool lines_next(struct lines *l, str *line, struct err *e);

#endif
