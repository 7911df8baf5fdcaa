/* body: what kind of body a write sends, by its Content-Type. */
#ifndef ANNALS_API_BODY_H
#define ANNALS_API_BODY_H

#include <stdbool.h>
#include <stddef.h>

#include "api/api.h"
#include "base/err.h"

#define BODY_LARGEST_STREAM ((size_t)64 * 1024 * 1024)
/* Of a request that will be refused whatever it holds: read so that the refusal can be sent. */
#define BODY_LARGEST_STRAY ((size_t)64 * 1024)

enum body_kind {
    BODY_DOCUMENT, /* application/vnd.annals.source+json, application/json */
    BODY_STREAM    /* application/x-ndjson: one document a line */
};

/* False with ERR_MEDIA_TYPE. stream: whether a stream may be sent here. */
bool body_kind(const struct api_request *rq, bool stream, enum body_kind *out, struct err *e);

/* See api_body_cap. */
size_t body_cap(const struct api_request *rq);

#endif
