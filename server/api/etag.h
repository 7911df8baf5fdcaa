/*
 * etag: entity tags. A tag begins with a letter and a version, "v7-…" or, for a source by itself,
 * "s7-…" with the version that last changed it; what follows tells representations apart.
 */
#ifndef ANNALS_API_ETAG_H
#define ANNALS_API_ETAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/api.h"
#include "base/arena.h"
#include "base/str.h"

/* stamp: of the program and its settings; store: its id. With quotes. */
str etag_make(char letter, int64_t version, uint64_t stamp, str store, const struct api_request *rq,
              struct arena *a);

/* The next tag of a list: *weak, and *tag with its quotes. False at its end or where it is broken.
 */
bool etag_next(str *list, bool *weak, str *tag);

/* See api_etag_matches. */
bool etag_matches(str sent, str etag);

/* The preconditions of a write to a source: If-Match and If-None-Match. */
struct etag_condition {
    bool given;
    bool must_exist;     /* If-Match: * */
    bool must_not_exist; /* If-None-Match: * */
    bool some;           /* If-Match lists tags: the source must be at one of `versions` */
    int64_t versions[16];
    size_t version_count;
};

/* False when a field is malformed: *wrong names it. */
bool etag_condition_read(const struct api_request *rq, struct etag_condition *out,
                         const char **wrong);

/* version: that last changed the source, 0 when there is none. */
bool etag_condition_holds(const struct etag_condition *c, int64_t version);

#endif
