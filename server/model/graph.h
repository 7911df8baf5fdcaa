/* graph: the events around one event and the relations between them, as the store finds them. */
#ifndef ANNALS_MODEL_GRAPH_H
#define ANNALS_MODEL_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/document.h"

#define GRAPH_DEEPEST 4 /* steps */
#define GRAPH_MOST_NODES 500
#define GRAPH_MOST_EDGES 2000

/* An event. It is not there where nobody tells of it, or nobody who is heard. */
struct graph_node {
    str id;
    int distance; /* steps from the event in the middle */
    bool there;
    str document; /* a JSON object: id, title, date, type, participants, places, accounts, disputed,
                     as in the event's own; of one that is not there null, [] and 0 */
};

/* A relation: whoever states it, it is one edge. */
struct graph_edge {
    size_t from, to; /* places in nodes */
    str type;
    struct strs sources;   /* that state it, by id */
    int64_t reports;       /* of them: those that reprint none of the others */
    struct strs relations; /* ids of what they state, in order */
};

struct graph {
    struct graph_node *nodes; /* by distance, then id; the event in the middle first */
    size_t node_count;
    struct graph_edge *edges; /* by node from, then type, then node to */
    size_t edge_count;
    /* Left out: of the nodes within the depth, and of the edges between the nodes that are here.
     * -1 where nobody knows how many. */
    int64_t more_nodes, more_edges;
};

#endif
