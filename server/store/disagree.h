/* disagree: what the list of disagreements and its count of sources share. */
#ifndef ANNALS_STORE_DISAGREE_H
#define ANNALS_STORE_DISAGREE_H

#include "model/disagreement.h"
#include "store/project.h"

/* The disagreements of one event. */
struct disagreeing {
    struct account *accounts;
    bool *reprints;
    size_t account_count;
    struct disagreement items[EVENT_DISPUTE_COUNT];
    size_t n;
};

/* at: its arena is that of *out. */
bool disagree_load(const struct at *at, const struct query *q, str event, struct disagreeing *out);

/* The properties that an event's document says are disputed, a set of EVENT_DISPUTED_…. */
unsigned disagree_disputed(str document);

/* What a walk over disputed events gathers: q with what pages of it need. */
struct query disagree_query(const struct query *q, int64_t limit);

/* Where the page behind this event begins. */
struct query_after disagree_after(const struct event_row *row);

/* Counts pairs of sources over the first events of the question. */
bool disagree_sources(struct store_reader *r, const struct disagreement_query *q, struct arena *a,
                      struct disagreement_page *out, struct problems *problems, struct err *e);

#endif
