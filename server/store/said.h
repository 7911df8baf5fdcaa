/*
 * said: one source's own words out of the tables again, as the parts of a document
 * (model/document.h). The rows are what section.c wrote; the digests of both are the same.
 */
#ifndef ANNALS_STORE_SAID_H
#define ANNALS_STORE_SAID_H

#include "model/document_write.h"
#include "store/project.h"

/* The source itself as it is at the version, or was last. False with ERR_NOT_FOUND without one. */
bool said_source(const struct at *at, int64_t source, struct document_source *out);

/*
 * One part by the key of its row, as a struct document_actor … of the section's kind. quotes: the
 * text goes with it; else evidence has the digest of its words in their place.
 */
bool said_part(const struct at *at, enum record_kind s, int64_t key, bool quotes,
               const void **part);

/*
 * The first `limit` rows of one list after an id. many: walk along the ids of the store instead of
 * sorting what the source has.
 */
struct said_row {
    int64_t key;
    str id;
};
bool said_rows(const struct at *at, enum record_kind s, int64_t source, bool many, str after,
               int64_t limit, struct said_row **rows, size_t *n);

/* The key of what the source says of an actor, place or term; 0 where it says nothing. */
bool said_of(const struct at *at, enum record_kind s, int64_t source, str id, int64_t *key);

#endif
