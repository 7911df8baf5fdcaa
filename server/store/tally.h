/*
 * tally: how many events each thing is linked to, counted in memory over the events of a walk, and
 * the things with the most. Links that are inherited (of a place that contains the event's own, of
 * a parent of its type) do not count.
 */
#ifndef ANNALS_STORE_TALLY_H
#define ANNALS_STORE_TALLY_H

#include "store/project.h"

struct tally_entry {
    int64_t key; /* of an actor, place, term, tag or source */
    int64_t count;
    int64_t last; /* the row counted last, so that each counts once */
};

/* A table from keys to counts. */
struct tally_table {
    struct tally_entry *entries;
    size_t room; /* a power of two, or 0 */
    size_t n;
};

/* Rows whose links are read together. */
#define TALLY_BATCH 512

struct tally {
    struct tally_table things, roles;
};

/* ---- links ---- */

/* The direct links of some events: keys of event_row, each once, in the order in which they go in.
 */
struct tally_links {
    struct db_rows *rows;
    struct buf list;
    const int64_t *events;
    size_t n;
    size_t at;            /* which of the events the link is of */
    int64_t target, role; /* role 0 for none */
};

/* events must live until tally_links_close, which comes whatever the others say. */
bool tally_links_open(struct db *db, const int64_t *events, size_t n, struct tally_links *l,
                      struct err *e);
/* The next link; all of one event come together, those to one target too. */
bool tally_links_next(struct tally_links *l, struct err *e);
void tally_links_close(struct tally_links *l);

/* ---- counting ---- */

/* Counts what some events are linked to. No event may come twice. */
bool tally_add(struct tally *t, struct db *db, const int64_t *events, size_t n, struct arena *a,
               struct err *e);

/* Says how many events a thing or a role is linked to, not counted before. */
void tally_set(struct tally *t, int64_t key, int64_t n, struct arena *a);

/* One value with what it is called. */
struct tally_value {
    int64_t key;
    struct facet_value value;
};

struct tally_values {
    struct tally_value *items; /* the commonest first, ties by id */
    size_t n;
    bool more;
};

/*
 * The commonest values of each of the facets (a set of 1 << FACET_…), at most `limit`; out is
 * indexed by enum facet.
 */
bool tally_top(const struct tally *t, const struct at *at, unsigned facets, size_t limit,
               struct tally_values out[FACETS]);

#endif
