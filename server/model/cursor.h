/*
 * cursor: where a page ended, as an opaque word (base64url) that the asker gives back. It carries
 * the version of the store that the first page was read at, so that paging never sees a change; a
 * digest of the question, so that it goes on with no other one; and a checksum.
 */
#ifndef ANNALS_MODEL_CURSOR_H
#define ANNALS_MODEL_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/query.h"

struct cursor {
    int64_t version;
    uint64_t question;        /* sum of cursor_filter over what was asked */
    struct query_after after; /* without text: a title has no bounds, its event's id leads to it */
    unsigned given; /* of the thing behind `after`: so many of its items were given; below 8 */
};

/* store: its id; a cursor of another store is not read. */
str cursor_write(const struct cursor *c, str store, struct arena *a);

/* False when text is not a cursor of this store. The strs of *out live in the arena. */
bool cursor_read(str text, str store, struct arena *a, struct cursor *out);

/*
 * The digest of one filter. The order of the values does not matter, and as digests are added up,
 * neither does that of the filters.
 */
uint64_t cursor_filter(str name, bool negate, const struct strs *values);

/* The digest of a question about events: its filters, window, words and order. */
uint64_t cursor_question(const struct query *q);

#endif
