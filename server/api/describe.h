/* describe: a question about events, said back: as a sentence and as JSON. */
#ifndef ANNALS_API_DESCRIBE_H
#define ANNALS_API_DESCRIBE_H

#include "api/question.h"
#include "base/buf.h"
#include "base/str.h"

/* Finds the names of things. */
struct describe_names {
    void *context;
    /* The name of an actor or place, the title of a source or event, the label of a type that a
     * document declares; the value itself where there is none. kind: below FILTER_KINDS. */
    str (*name)(void *context, enum filter_kind kind, str id);
};

/*
 * "events overlapping June 2021 with Azerbaijan and with Turkey, of the type agree".
 * At most eight values of a filter are named, the others counted.
 * version: what as_of means, when it was given.
 */
void describe_sentence(struct buf *out, const struct question *q, int64_t version,
                       const struct describe_names *names);

/* "within 50 km of 39.76° N 46.75° E", "in the box from 38° N 44° E to 42° N 51° E". */
void describe_area(struct buf *out, const struct query_area *area);

/* What becomes of undated events: never UNDATED_DEFAULT. */
enum query_undated describe_undated(const struct query *q);

/*
 * {"description", "date", "when", "certainty", "undated", "q",
 *  "policy", "known_at", "filters": [{"actor": ["aze"]}, {"bbox": [44, 38, 51, 42]}], "sort",
 *  "limit"}; what was not asked for stands not there, sort and limit only where events are listed
 */
void describe_write_json(struct buf *out, const struct question *q, int64_t version,
                         const struct describe_names *names);

#endif
