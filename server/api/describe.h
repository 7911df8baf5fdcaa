/* describe: a question about events, said back: as a sentence and as JSON. */
#ifndef ANNALS_API_DESCRIBE_H
#define ANNALS_API_DESCRIBE_H

#include "api/question.h"
#include "base/buf.h"
#include "base/str.h"

/* Finds the names of things. */
struct describe_names {
    void *context;
    /* The name of an actor or a place, or its id where there is none. kind: FILTER_ACTOR, _PLACE.
     */
    str (*name)(void *context, enum filter_kind kind, str id);
};

/*
 * "events overlapping June 2021 with Azerbaijan and with Turkey, of the type agree".
 * version: what as_of means, when it was given.
 */
void describe_sentence(struct buf *out, const struct question *q, int64_t version,
                       const struct describe_names *names);

/* {"description", "date", "filters": [{"actor": ["aze"]}], "q", "sort", "limit"} */
void describe_write_json(struct buf *out, const struct question *q, int64_t version,
                         const struct describe_names *names);

#endif
