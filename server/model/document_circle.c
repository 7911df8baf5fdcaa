#include "base/buf.h"
#include "base/strmap.h"
#include "model/document_check.h"

/* Names of a circle that a problem lists. */
#define MOST_NAMES 6

/* From a thing to what contains it, both by their numbers in a list. */
struct edge {
    size_t from;
    size_t to;
    size_t item; /* which of the thing's wholes it is */
};

struct graph {
    const char *list;   /* key in the document: "places" */
    const char *key;    /* key in a thing that leads on: "part_of" */
    const char *within; /* where that key holds objects: the key in them; else NULL */
    size_t n;           /* things in the list */
    str *ids;
    struct edge *edges; /* in the order of .from */
    size_t edge_count, edge_room;
    size_t *first; /* n + 1: the first edge of each thing */
};

static void report(struct graph *g, struct reading *r, const struct edge *closing,
                   const size_t *path, size_t depth)
{
    size_t begin = depth;
    while (path[begin] != closing->to)
        begin--;
    struct buf circle;
    buf_init(&circle, MOST_NAMES * (DOCUMENT_LONGEST_ID + 8));
    for (size_t i = begin; i <= depth && i < begin + MOST_NAMES; i++)
        buf_printf(&circle, "%.*s → ", STR_ARG(g->ids[path[i]]));
    if (depth - begin >= MOST_NAMES)
        buf_printf(&circle, "… → ");
    struct step list = {NULL, g->list, 0};
    struct step thing = {&list, NULL, closing->from};
    struct step key = {&thing, g->key, 0};
    struct step item = {&key, NULL, closing->item};
    struct step within = {&item, g->within, 0};
    str to = g->ids[closing->to];
    document_problem(r, g->within ? &within : &key, to, "this leads in a circle: %.*s%.*s",
                     STR_ARG(buf_str(&circle)), STR_ARG(to));
    buf_free(&circle);
}

enum colour { UNSEEN, ON_PATH, DONE };

/* Depth first without recursion: path holds the things on the way, next the edge to try at each. */
static void walk(struct graph *g, struct reading *r)
{
    unsigned char *colours = ARENA_ARRAY(r->arena, unsigned char, g->n);
    size_t *path = ARENA_ARRAY(r->arena, size_t, g->n);
    size_t *next = ARENA_ARRAY(r->arena, size_t, g->n);
    for (size_t start = 0; start < g->n; start++) {
        if (colours[start] != UNSEEN)
            continue;
        size_t depth = 0;
        path[0] = start;
        next[0] = g->first[start];
        colours[start] = ON_PATH;
        for (;;) {
            size_t here = path[depth];
            if (next[depth] == g->first[here + 1]) {
                colours[here] = DONE;
                if (depth-- == 0)
                    break;
                continue;
            }
            const struct edge *e = &g->edges[next[depth]++];
            if (colours[e->to] == ON_PATH && !document_problem_enough(r)) {
                report(g, r, e, path, depth);
            } else if (colours[e->to] == UNSEEN) {
                depth++;
                path[depth] = e->to;
                next[depth] = g->first[e->to];
                colours[e->to] = ON_PATH;
            }
        }
    }
}

/*
 * What contains each thing, without what is dated: of two towns each may have belonged to the
 * other, at different times. What the document does not declare leads nowhere here.
 */
static void check(struct graph *g, struct reading *r, const struct containments *wholes)
{
    struct strmap by_id;
    strmap_init(&by_id, r->arena);
    for (size_t i = 0; i < g->n; i++)
        strmap_set(&by_id, g->ids[i], (int64_t)i);
    g->first = ARENA_ARRAY(r->arena, size_t, g->n + 1);
    for (size_t i = 0; i < g->n; i++) {
        g->first[i] = g->edge_count;
        for (size_t k = 0; k < wholes[i].n; k++) {
            const struct containment *c = &wholes[i].items[k];
            int64_t to;
            if (c->date.text.n == 0 && c->in.n > 0 && strmap_get(&by_id, c->in, &to))
                *ARENA_PUSH(r->arena, g->edges, g->edge_count,
                            g->edge_room) = (struct edge){i, (size_t)to, k};
        }
    }
    g->first[g->n] = g->edge_count;
    if (g->edge_count > 0)
        walk(g, r);
}

static void check_terms(struct reading *r, const char *list, const struct document_term *terms,
                        size_t n)
{
    struct graph g = {.list = list, .key = "parent", .n = n};
    struct containments *wholes = ARENA_ARRAY(r->arena, struct containments, n);
    g.ids = ARENA_ARRAY(r->arena, str, n);
    for (size_t i = 0; i < n; i++) {
        g.ids[i] = terms[i].id;
        wholes[i] = (struct containments){ARENA_NEW(r->arena, struct containment), 1};
        wholes[i].items->in = terms[i].parent;
    }
    check(&g, r, wholes);
}

static void check_places(struct reading *r, const struct document *d)
{
    struct graph g = {.list = "places", .key = "part_of", .n = d->place_count};
    struct containments *wholes = ARENA_ARRAY(r->arena, struct containments, g.n);
    g.ids = ARENA_ARRAY(r->arena, str, g.n);
    for (size_t i = 0; i < g.n; i++) {
        g.ids[i] = d->places[i].id;
        wholes[i] = d->places[i].part_of;
    }
    check(&g, r, wholes);
}

static void check_actors(struct reading *r, const struct document *d)
{
    struct graph g = {.list = "actors", .key = "member_of", .within = "actor", .n = d->actor_count};
    struct containments *wholes = ARENA_ARRAY(r->arena, struct containments, g.n);
    g.ids = ARENA_ARRAY(r->arena, str, g.n);
    for (size_t i = 0; i < g.n; i++) {
        g.ids[i] = d->actors[i].id;
        wholes[i] = d->actors[i].member_of;
    }
    check(&g, r, wholes);
}

void document_circle_check(struct reading *r, const struct document *d)
{
    check_terms(r, "types", d->types, d->type_count);
    check_terms(r, "roles", d->roles, d->role_count);
    check_terms(r, "relation_types", d->relation_types, d->relation_type_count);
    check_places(r, d);
    check_actors(r, d);
}
