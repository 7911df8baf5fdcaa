/*
 * cite_sweep: every event that answers a question at a version, one after the other in the order of
 * dates, read piece by piece, so that neither their number nor their size matters.
 */
#ifndef ANNALS_API_CITE_SWEEP_H
#define ANNALS_API_CITE_SWEEP_H

#include "base/problem.h"
#include "store/store.h"

struct cite_sweep {
    struct query q;      /* with the place to go on */
    struct arena *arena; /* of the piece */
    struct buf last;     /* id of the last event of the piece before */
    struct event_page page;
    size_t at;
    bool begun;
};

/* q: its filters must outlive the sweep; its order, limit and after are not looked at. */
void cite_sweep_open(struct cite_sweep *s, const struct query *q, int64_t version);
void cite_sweep_close(struct cite_sweep *s);

/* Whether cite_sweep_next has nothing to ask the store for: it is at no piece's end. */
bool cite_sweep_ready(const struct cite_sweep *s);

/*
 * The next event; it lives until the call after. NULL at the end, with e->code ERR_NONE, or with
 * what went wrong.
 */
const struct event_row *cite_sweep_next(struct cite_sweep *s, struct store_reader *r,
                                        struct problems *problems, struct err *e);

#endif
