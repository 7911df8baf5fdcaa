/* graph: what a walk over relations gathers, and the edges that are made of it. */
#ifndef ANNALS_STORE_GRAPH_H
#define ANNALS_STORE_GRAPH_H

#include "model/graph.h"
#include "store/project.h"

/* What one source says: a relation from one event to another, by their keys. */
struct graph_step {
    int64_t from, to, type, source, relation;
};

struct graph_steps {
    struct graph_step *items;
    size_t n, room;
    bool cut; /* some between nodes may be missing: there are more than were read */
};

/* An event that is a node, by its key. */
struct graph_place {
    int64_t event;
    size_t node;
};

/* Which node an event is, among n places in the order of their keys; false where it is none. */
bool graph_find(const struct graph_place *places, size_t n, int64_t event, size_t *node);

/*
 * Fills the edges of *out, whose nodes are known, and how many are left out. The steps are put into
 * another order; the same step may be among them twice.
 */
bool graph_join(const struct at *at, const struct graph_place *places, struct graph_steps *steps,
                struct graph *out);

#endif
