/*
 * order: in which order files are loaded that refer to one another. Files are taken as they come;
 * those of which an earlier one refers to what only a later one describes go together, in one
 * request, with all between them, so that the order of recording stays that of the files.
 */
#ifndef ANNALS_CLIENT_ORDER_H
#define ANNALS_CLIENT_ORDER_H

#include <stdint.h>

#include "base/arena.h"
#include "model/document.h"
#include "model/record.h"

struct order_mark {
    uint64_t name; /* a hash of the kind and id of a thing */
    size_t file;
};

struct order {
    struct arena *arena;
    struct order_mark *told; /* things that files describe */
    size_t told_count, told_room;
    struct order_mark *referred; /* things that they refer to */
    size_t referred_count, referred_room;
    size_t *reaches; /* of each file: the last one that must be with it */
    struct order_source {
        str id, title;
        size_t size; /* of its document, bytes */
    } * sources;     /* of each file that was seen */
    size_t n;
};

void order_init(struct order *o, size_t files, struct arena *a);

/* What file number i says, whose document has so many bytes. Files that cannot be read say nothing.
 */
void order_see(struct order *o, size_t i, const struct document *d, size_t size);

/*
 * After the last. together: nothing will be written (a dry run), so that what refers to an earlier
 * file goes with it too.
 */
void order_settle(struct order *o, bool together);

/* Whether a file before number i refers to that thing, and none that was seen tells of it. */
bool order_lacks(const struct order *o, size_t i, enum record_kind kind, str id);

/* One past the last file that goes together with file i. */
size_t order_end(const struct order *o, size_t i);

/* The same, with at most so many bytes of documents together: one file at least. */
size_t order_end_within(const struct order *o, size_t i, size_t most);

#endif
