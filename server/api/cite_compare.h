/*
 * cite_compare: the fingerprint of the answer to a question at a version; and, when asked, what
 * differs in the answer at another one. In slices, so that a long answer can be waited for.
 *
 * The fingerprint is the SHA-256 of the canonical forms (model/canonical.h) of all events in the
 * order of dates, ties by id, the undated last by id; each with a line feed behind it.
 */
#ifndef ANNALS_API_CITE_COMPARE_H
#define ANNALS_API_CITE_COMPARE_H

#include "api/cite_sweep.h"
#include "base/hash.h"

/* Ids that are named of those that were added, changed or removed; the others are counted. */
#define CITE_MOST_NAMED 100

struct cite_named {
    str id;
    str properties; /* of a changed one: names, joined by commas */
};

struct cite_list {
    struct cite_named items[CITE_MOST_NAMED];
    size_t n;
    int64_t count;
};

/* The answer at one of the versions. */
struct cite_side {
    int64_t version;
    int64_t matched;
    unsigned char fingerprint[HASH_SIZE]; /* when done */
    struct cite_sweep sweep;
    struct hash_running *hash;
    const struct event_row *row; /* that is next; NULL at the end */
    struct buf form;             /* its canonical form */
};

struct cite_compare {
    struct arena *arena; /* of the names */
    const struct query *q;
    bool both;
    struct cite_side before, after; /* after: where both */
    struct cite_list added, changed, removed;
    bool begun, done;
};

/* until: the version to compare with, or -1 for none. q and a must outlive it. */
void cite_compare_open(struct cite_compare *c, const struct query *q, int64_t version,
                       int64_t until, struct arena *a);
void cite_compare_close(struct cite_compare *c); /* also when it is not done */

/* Works for about so many milliseconds, or until c->done. */
bool cite_compare_step(struct cite_compare *c, struct store_reader *r, int milliseconds,
                       struct problems *problems, struct err *e);

#endif
