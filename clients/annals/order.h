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
    size_t n;
};

void order_init(struct order *o, size_t files, struct arena *a);

/* What file number i says. Files that cannot be read say nothing. */
void order_see(struct order *o, size_t i, const struct document *d);

/* After the last. */
void order_settle(struct order *o);

/* One past the last file that goes together with file i. */
size_t order_end(const struct order *o, size_t i);

#endif
