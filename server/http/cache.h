/*
 * cache: finished answers, ready to be sent again. An entry answers a target and a variant (see
 * api_variant) while the store is at one version, or for ever; what is not used for long makes room
 * for what is. All calls are safe from any thread.
 */
#ifndef ANNALS_HTTP_CACHE_H
#define ANNALS_HTTP_CACHE_H

#include <microhttpd.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct cache;

/* Holds about `bytes` bytes; 0 holds nothing. */
struct cache *cache_new(size_t bytes);
void cache_free(struct cache *c); /* entries that are still held live on */

/* What an entry is for. */
struct cache_key {
    str target;
    unsigned variant;
};

struct cached {
    struct MHD_Response *response; /* shared: queue it, never change it */
    int status;
    int64_t version; /* of the store, or -1 for ever */
    str etag;
    size_t size; /* of the body, bytes */
};

/* The entry that answers `key` at `version`, held for the caller, or NULL. */
const struct cached *cache_find(struct cache *c, const struct cache_key *key, int64_t version);

/*
 * Keeps an answer, in place of an older one of the same key, and holds it for the caller. The
 * response becomes the entry's; key and etag are copied. What is larger than half of a shard's
 * share is held for the caller alone.
 */
const struct cached *cache_put(struct cache *c, const struct cache_key *key,
                               const struct cached *answer);

/* Ends the caller's hold. */
void cache_release(const struct cached *entry);

/* Bytes held at present; for tests and figures. */
size_t cache_used(struct cache *c);

#endif
