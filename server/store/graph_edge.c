/* Edges: what several sources say of the same two events is one. */
#include <stdlib.h>

#include "base/strmap.h"
#include "store/graph.h"

/* The steps that say the same. */
struct bundle {
    size_t from, to; /* nodes */
    str type;
    const struct graph_step *steps; /* by source, then relation */
    size_t n;
    bool joins; /* it leads from a node to the first one that is nearer */
};

/* A source, or a type of relation. */
struct named {
    struct account account; /* source and source_key, and what that derives from */
    bool derived;           /* that was looked up */
};

/* What was named so far. */
struct naming {
    const struct at *at;
    struct strmap known; /* the bytes of a key to a place in items */
    struct named **items;
    size_t n, room;
};

/* ---- names ---- */

/* The id that a key stands for. */
static bool look_up(const struct at *at, struct db_value statement, int64_t key, str *id)
{
    struct db_rows *rows;
    const struct db_value values[] = {statement, DB_INT(key)};
    if (!sql_query(at->db, at->e, &rows, values, 2))
        return false;
    bool there = db_next(rows, at->e);
    ENSURE(there || at->e->code != ERR_NONE);
    if (there)
        *id = internal_text(rows, 0, at->arena);
    db_done(rows);
    return there;
}

/* The same, looked up once. *key lives as long as the names. */
static bool name(struct naming *names, struct db_value statement, const int64_t *key,
                 struct named **out)
{
    str id, bytes = {(const char *)key, sizeof *key};
    int64_t place;
    if (strmap_get(&names->known, bytes, &place)) {
        *out = names->items[place];
        return true;
    }
    if (!look_up(names->at, statement, *key, &id))
        return false;
    *out = ARENA_NEW(names->at->arena, struct named);
    (*out)->account.source_key = *key;
    (*out)->account.source = id;
    strmap_set(&names->known, bytes, (int64_t)names->n);
    *ARENA_PUSH(names->at->arena, names->items, names->n, names->room) = *out;
    return true;
}

/* ---- bundles ---- */

/* By what they say, then by who says it. */
static int by_content(const void *a, const void *b)
{
    const struct graph_step *x = a, *y = b;
    const int64_t left[] = {x->from, x->to, x->type, x->source, x->relation};
    const int64_t right[] = {y->from, y->to, y->type, y->source, y->relation};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

/* Each statement once: most were read from both of their ends. */
static void settle(struct graph_steps *steps)
{
    size_t n = 0;
    if (steps->n == 0)
        return;
    qsort(steps->items, steps->n, sizeof *steps->items, by_content);
    for (size_t i = 0; i < steps->n; i++)
        if (n == 0 || by_content(&steps->items[n - 1], &steps->items[i]) != 0)
            steps->items[n++] = steps->items[i];
    steps->n = n;
}

static bool says_the_same(const struct graph_step *a, const struct graph_step *b)
{
    return a->from == b->from && a->to == b->to && a->type == b->type;
}

/* The edges between nodes. */
static bool gather(struct naming *names, const struct graph_place *places, size_t node_count,
                   const struct graph_steps *steps, struct bundle **bundles, size_t *n)
{
    size_t room = 0, next;
    *bundles = NULL;
    *n = 0;
    for (size_t i = 0; i < steps->n; i = next) {
        const struct graph_step *step = &steps->items[i];
        struct bundle b = {.steps = step};
        struct named *type;
        for (next = i; next < steps->n && says_the_same(step, &steps->items[next]);)
            next++;
        b.n = next - i;
        if (!graph_find(places, node_count, step->from, &b.from) ||
            !graph_find(places, node_count, step->to, &b.to))
            continue;
        if (!name(names, SQL(term_id), &step->type, &type))
            return false;
        b.type = type->account.source;
        *ARENA_PUSH(names->at->arena, *bundles, *n, room) = b;
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct bundle *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    int order = str_cmp(x->type, y->type);
    return order != 0 ? order : (x->to > y->to) - (x->to < y->to);
}

/* Marks, for every node but the first, one edge that leads to a nearer one. */
static void mark_joining(const struct graph *g, struct bundle *bundles, size_t n, struct arena *a)
{
    bool *joined = ARENA_ARRAY(a, bool, g->node_count);
    for (size_t i = 0; i < n; i++) {
        struct bundle *b = &bundles[i];
        size_t near = b->from < b->to ? b->from : b->to, far = b->from + b->to - near;
        b->joins = g->nodes[near].distance < g->nodes[far].distance && !joined[far];
        joined[far] = joined[far] || b->joins;
    }
}

/* ---- who says so ---- */

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static bool derive(struct naming *names, struct named *source)
{
    if (source->derived)
        return true;
    source->derived = true;
    return project_derivation(names->at, source->account.source_key, &source->account.derives);
}

/* The sources of an edge, and how many of them are no reprints. */
static bool fill_sources(struct naming *names, const struct bundle *b, struct graph_edge *edge)
{
    struct arena *a = names->at->arena;
    const struct account **told = ARENA_ARRAY(a, const struct account *, b->n);
    bool several = b->steps[0].source != b->steps[b->n - 1].source;
    struct strs *ids = &edge->sources;
    ids->items = ARENA_ARRAY(a, str, b->n);
    for (size_t i = 0; i < b->n; i++) {
        struct named *source;
        if (i > 0 && b->steps[i].source == b->steps[i - 1].source)
            continue;
        if (!name(names, SQL(source_id), &b->steps[i].source, &source) ||
            (several && !derive(names, source)))
            return false;
        told[ids->n] = &source->account;
        ids->items[ids->n++] = source->account.source;
    }
    qsort(ids->items, ids->n, sizeof(str), by_text);
    const size_t *originals = event_originals(told, ids->n, a);
    for (size_t i = 0; i < ids->n; i++)
        edge->reports += originals[i] == ids->n;
    return db_in_time(names->at->db, names->at->e);
}

static bool fill(struct naming *names, const struct bundle *b, struct graph_edge *edge)
{
    struct strs *ids = &edge->relations;
    *edge = (struct graph_edge){.from = b->from, .to = b->to, .type = b->type};
    ids->items = ARENA_ARRAY(names->at->arena, str, b->n);
    for (size_t i = 0; i < b->n; i++)
        if (!look_up(names->at, SQL(relation_id), b->steps[i].relation, &ids->items[ids->n++]))
            return false;
    qsort(ids->items, ids->n, sizeof(str), by_text);
    return fill_sources(names, b, edge);
}

bool graph_join(const struct at *at, const struct graph_place *places, struct graph_steps *steps,
                struct graph *out)
{
    struct naming names = {.at = at};
    struct bundle *bundles;
    size_t n, joining = 0, room;
    strmap_init(&names.known, at->arena);
    settle(steps);
    if (!gather(&names, places, out->node_count, steps, &bundles, &n))
        return false;
    if (n > 0)
        qsort(bundles, n, sizeof *bundles, by_place);
    mark_joining(out, bundles, n, at->arena);
    for (size_t i = 0; i < n; i++)
        joining += bundles[i].joins;
    /* Where there is no room for all, those that hold the graph together come first. */
    room = (n < GRAPH_MOST_EDGES ? n : GRAPH_MOST_EDGES) - joining;
    out->edges = ARENA_ARRAY(at->arena, struct graph_edge, room + joining);
    for (size_t i = 0; i < n; i++) {
        if (!bundles[i].joins && room == 0)
            continue;
        room -= !bundles[i].joins;
        if (!fill(&names, &bundles[i], &out->edges[out->edge_count++]))
            return false;
    }
    out->more_edges = steps->cut ? -1 : (int64_t)(n - out->edge_count);
    return true;
}
