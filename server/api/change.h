/* change: what every write does around its own work: who, under which conditions, the answer. */
#ifndef ANNALS_API_CHANGE_H
#define ANNALS_API_CHANGE_H

#include "api/call.h"
#include "api/etag.h"

/* A write under way. */
struct write {
    struct call *x;
    struct change change;
    struct change_result result;
    struct etag_condition condition;
    bool replayed; /* an earlier request was the same: result is its answer, and nothing is open */
};

/* Checks who writes and reads under which conditions. Nothing is open yet. */
bool change_begin(struct write *w, struct call *x);

/* Opens the one write transaction, unless the request was answered before (w->replayed). */
bool change_open(struct write *w);

/* Whether the source is at the version that If-Match and If-None-Match want. */
bool change_allowed(struct write *w, str source);

/* Commits what went well and undoes the rest. */
bool change_end(struct write *w, bool good);

/* The headers of the answer to a write that went well. */
void change_headers(struct write *w);

/* change_end, and the answer. */
bool change_finish(struct write *w, bool good);

#endif
