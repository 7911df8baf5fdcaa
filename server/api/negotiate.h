/*
 * negotiate: which representation a request wants. The path's suffix comes first, then format=,
 * then Accept: HTML if text/html is listed, else JSON if any type of JSON is, else NDJSON, else
 * CSV, else a calendar, a feed or a drawing, else plain text, else JSON. Of the types of JSON,
 * application/geo+json and application/ld+json mean these formats, where they are given. What is
 * listed with q=0 is not listed; other weights do not count, nor do wildcards. Where an address
 * streams events, text/event-stream comes before all of them.
 */
#ifndef ANNALS_API_NEGOTIATE_H
#define ANNALS_API_NEGOTIATE_H

#include <stdbool.h>

#include "api/api.h"
#include "base/str.h"
#include "render/format.h"

/* What the Accept fields of a request list: a set of formats. */
unsigned negotiate_accepted(const struct api_request *rq);

/* Whether Accept-Encoding welcomes gzip. */
bool negotiate_gzip(const struct api_request *rq);

/* The format that Accept picks from those offered, which are at least one. */
enum format negotiate_pick(unsigned offered, unsigned accepted);

/* Without its parameters: "text/csv; charset=utf-8" is "text/csv". */
str negotiate_media_type(str field);

#endif
