/* The events around one event, found breadth first over the relations between them. */
#include "store/graph.h"

#include <stdlib.h>

#include "base/jout.h"
#include "base/jvalue.h"
#include "store/filter.h"

/* Statements of relations that are read of one event, and in all. */
#define MOST_OF_ONE ((size_t)10000)
#define MOST_READ ((size_t)50000)
/* What the nodes may take together, bytes. */
#define LARGEST ((size_t)4 * 1024 * 1024)

/* An event that a relation leads to and that is no node yet. */
struct candidate {
    int64_t event;
    str id;
};

struct walker {
    struct store_reader *r;
    const struct query *q;
    struct at at;
    struct arena *scratch;
    str with, without; /* types of relations, JSON arrays; p is NULL for any */
    int depth;
    struct graph *out;
    size_t room, bytes;
    bool full;     /* no more nodes: too many, or too large */
    int64_t *keys; /* of the nodes */
    size_t key_count, key_room;
    struct graph_place *places;
    struct candidate *candidates;
    size_t candidate_count, candidate_room;
    struct graph_steps steps;
    size_t cut; /* nodes with more relations than were read */
};

/* ---- nodes ---- */

static int by_event(const void *a, const void *b)
{
    const struct graph_place *x = a, *y = b;
    return (x->event > y->event) - (x->event < y->event);
}

bool graph_find(const struct graph_place *places, size_t n, int64_t event, size_t *node)
{
    const struct graph_place wanted = {.event = event};
    const struct graph_place *found = NULL;
    if (n > 0)
        found = bsearch(&wanted, places, n, sizeof *places, by_event);
    if (found != NULL)
        *node = found->node;
    return found != NULL;
}

static void index_nodes(struct walker *w)
{
    size_t n = w->out->node_count;
    w->places = ARENA_ARRAY(w->at.arena, struct graph_place, n);
    for (size_t i = 0; i < n; i++)
        w->places[i] = (struct graph_place){w->keys[i], i};
    qsort(w->places, n, sizeof *w->places, by_event);
}

/* The members of an event that a node has; of one that is not there, its id alone. */
static void write_node(struct buf *out, str id, str document)
{
    static const struct {
        const char *name, *absent;
    } members[] = {{"title", "null"}, {"date", "null"},  {"type", "null"},  {"participants", "[]"},
                   {"places", "[]"},  {"accounts", "0"}, {"disputed", "[]"}};
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_str(&j, "id", id);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        str value = document.n > 0 ? jvalue_member(document, members[i].name) : STR("");
        jout_key(&j, members[i].name);
        jout_raw(&j, value.n > 0 ? value : str_from(members[i].absent));
    }
    jout_object_end(&j);
}

/* Makes a node of an event, or finds that there is no room for it. */
static bool add_node(struct walker *w, int64_t event, str id, int distance)
{
    struct event_row row;
    struct gone gone;
    struct buf text;
    arena_reset(w->scratch);
    enum store_found found = store_read_event(w->r, w->at.version, &w->q->reading, id, w->scratch,
                                              &row, &gone, NULL, w->at.e);
    if (found == STORE_FAILED)
        return false;
    bool there = found == STORE_FOUND;
    buf_init(&text, SIZE_MAX / 2); /* the document bounds it */
    write_node(&text, id, there ? row.document : STR(""));
    size_t bytes = w->bytes + text.n;
    w->full = distance > 0 && (w->out->node_count == GRAPH_MOST_NODES || bytes > LARGEST);
    if (!w->full) {
        *ARENA_PUSH(w->at.arena, w->out->nodes, w->out->node_count, w->room) = (struct graph_node){
            .id = arena_copy(w->at.arena, id),
            .distance = distance,
            .there = there,
            .document = arena_copy(w->at.arena, buf_str(&text))};
        *ARENA_PUSH(w->at.arena, w->keys, w->key_count, w->key_room) = event;
        w->bytes = bytes;
    }
    buf_free(&text);
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return str_cmp(x->id, y->id);
}

/* Sorts the candidates and keeps each once. */
static void settle_candidates(struct walker *w)
{
    struct candidate *all = w->candidates;
    size_t n = 0;
    if (w->candidate_count == 0)
        return;
    qsort(all, w->candidate_count, sizeof *all, by_id);
    for (size_t i = 0; i < w->candidate_count; i++)
        if (n == 0 || all[n - 1].event != all[i].event)
            all[n++] = all[i];
    w->candidate_count = n;
}

/* Makes nodes of the candidates, as many as there is room for, in the order of their ids. */
static bool admit(struct walker *w, int distance)
{
    size_t i = 0;
    settle_candidates(w);
    while (i < w->candidate_count && !w->full) {
        const struct candidate *c = &w->candidates[i];
        if (!db_in_time(w->at.db, w->at.e) || !add_node(w, c->event, c->id, distance))
            return false;
        i += !w->full;
    }
    /* What lies behind those that are left out is not looked at. */
    if (i < w->candidate_count && w->out->more_nodes == 0)
        w->out->more_nodes = distance == w->depth ? (int64_t)(w->candidate_count - i) : -1;
    w->candidate_count = 0;
    index_nodes(w);
    return true;
}

/* ---- relations ---- */

/* One statement; onwards: the event at its other end may become a node. */
static void take_step(struct walker *w, const struct db_rows *rows, int64_t event, bool onwards)
{
    int64_t other = db_i64(rows, 1);
    bool outwards = db_i64(rows, 0) != 0;
    size_t ignored;
    *ARENA_PUSH(w->at.arena, w->steps.items, w->steps.n,
                w->steps.room) = (struct graph_step){.from = outwards ? event : other,
                                                     .to = outwards ? other : event,
                                                     .type = db_i64(rows, 3),
                                                     .source = db_i64(rows, 4),
                                                     .relation = db_i64(rows, 5)};
    if (onwards && !graph_find(w->places, w->out->node_count, other, &ignored))
        *ARENA_PUSH(w->at.arena, w->candidates, w->candidate_count, w->candidate_room) =
            (struct candidate){other, internal_text(rows, 2, w->at.arena)};
}

/*
 * Some relations of the event were not read. Those to other nodes are read from there, unless that
 * one is cut too; those to itself, under the ids of events that are the same, from nowhere.
 */
static bool cut(struct walker *w, int64_t event)
{
    int64_t same = 0;
    w->cut++;
    if (!SQL_ONE(w->at.db, w->at.e, &same, SQL(event_aliases), DB_INT(event),
                 DB_INT(w->at.version)))
        return false;
    w->steps.cut = w->steps.cut || w->cut > 1 || same != 0;
    return true;
}

/* Reads the relations of a node. From one that is not there the walk does not go on. */
static bool scan(struct walker *w, size_t node)
{
    struct db_rows *rows;
    bool onwards = w->out->nodes[node].there && w->out->nodes[node].distance < w->depth;
    size_t n = 0, left = MOST_READ - w->steps.n, most = left < MOST_OF_ONE ? left : MOST_OF_ONE;
    int64_t known_at = w->q->reading.known ? w->q->reading.known_at : READING_NEVER;
    bool more = false;
    if (!db_in_time(w->at.db, w->at.e) ||
        !SQL_QUERY(w->at.db, w->at.e, &rows, SQL(graph_relations), DB_INT(w->keys[node]),
                   DB_INT(w->at.version), DB_INT(known_at), DB_STR_OR_NULL(w->with),
                   DB_STR_OR_NULL(w->without), DB_INT((int64_t)most + 1)))
        return false;
    while (!more && db_next(rows, w->at.e)) {
        more = n == most;
        if (!more)
            take_step(w, rows, w->keys[node], onwards);
        n++;
    }
    db_done(rows);
    if (more && onwards)
        w->out->more_nodes = -1;
    return more ? cut(w, w->keys[node]) : w->at.e->code == ERR_NONE;
}

/* From one distance to the next. */
static bool walk(struct walker *w)
{
    size_t at = 0;
    for (int distance = 0; at < w->out->node_count; distance++) {
        for (size_t end = w->out->node_count; at < end; at++)
            if (!scan(w, at))
                return false;
        if (distance < w->depth && !admit(w, distance + 1))
            return false;
    }
    return true;
}

bool store_find_graph(struct store_reader *r, const struct query *q, str event, int depth,
                      struct arena *a, struct graph *out, struct problems *problems, struct err *e)
{
    int64_t key;
    struct walker w = {.r = r, .q = q, .at = {r->db, q->version, a, e}, .depth = depth, .out = out};
    *out = (struct graph){0};
    ENSURE(depth >= 1 && depth <= GRAPH_DEEPEST);
    if (!filter_relations(r->db, q, a, &w.with, &w.without, problems, e) ||
        !thing_find(r->db, THING_EVENT, event, &key, e))
        return false;
    w.scratch = arena_new();
    bool ok = add_node(&w, key, event, 0);
    if (ok) {
        index_nodes(&w);
        ok = walk(&w);
    }
    arena_free(w.scratch);
    return ok && graph_join(&w.at, w.places, &w.steps, out);
}
