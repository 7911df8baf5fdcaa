/* diff_ids: which things may differ between two versions: ids of each kind, from the server. */
#ifndef ANNALS_CLIENT_DIFF_IDS_H
#define ANNALS_CLIENT_DIFF_IDS_H

#include <stdint.h>

#include "annals/http.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/strmap.h"

/* X(value, segment of the path, one of them) */
#define DIFF_KIND_TABLE(X)                                                                         \
    X(DIFF_EVENTS, "events", "event")                                                              \
    X(DIFF_SOURCES, "sources", "source")                                                           \
    X(DIFF_ACTORS, "actors", "actor")                                                              \
    X(DIFF_PLACES, "places", "place")                                                              \
    X(DIFF_TYPES, "types", "type")                                                                 \
    X(DIFF_CLAIMS, "claims", "claim")                                                              \
    X(DIFF_RELATIONS, "relations", "relation")

enum diff_kind {
#define X(value, segment, one) value,
    DIFF_KIND_TABLE(X)
#undef X
        DIFF_KINDS
};

const char *diff_ids_segment(enum diff_kind kind);
const char *diff_ids_singular(enum diff_kind kind);

/* Ids of one kind, each once; sorted when they are handed out. */
struct diff_list {
    str *ids;
    size_t n, room;
    struct strmap seen;
};

struct diff_ids {
    struct diff_list kinds[DIFF_KINDS];
};

/* How a request ended that did not bring what it should; status 0 where no answer came. */
struct diff_failure {
    struct http_answer answer;
    struct err err;
};

/*
 * From the change feed: what any version after `low` and up to `high` changed. False: *failure says
 * why.
 */
bool diff_ids_changed(struct http *http, int64_t low, int64_t high, struct arena *a,
                      struct diff_ids *out, struct diff_failure *failure);

/*
 * From two lists of events: those that answer to `filters` ("&actor=aze", percent-encoded) at one
 * of the versions and not at the other, or that another version made what they are.
 */
bool diff_ids_matching(struct http *http, str filters, int64_t before, int64_t after,
                       struct arena *a, struct diff_ids *out, struct diff_failure *failure);

#endif
