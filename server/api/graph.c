/* The events around one event, and the relations between them. */
#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/links.h"
#include "api/localise.h"
#include "api/moved.h"
#include "base/jout.h"

#define LARGEST ((size_t)32 * 1024 * 1024)

/* Whether the event in the middle is there; else *answered says whether it is elsewhere. */
static bool has_event(struct call *x, bool *answered)
{
    struct event_row row;
    struct gone gone;
    enum store_found found = store_read_event(x->reader, x->version, &x->question.query.reading,
                                              x->match.id, x->arena, &row, &gone, &x->problems,
                                              &x->err);
    if (found == STORE_FOUND)
        return true;
    *answered = found == STORE_MOVED ? moved_answer(x, gone.canonical)
                                     : call_missing(x, "event", x->match.id, found, &gone);
    return false;
}

static bool write_nodes(struct call *x, struct jout *j, const struct graph *g)
{
    static const struct strs all = {0};
    jout_key(j, "nodes");
    jout_array(j);
    for (size_t i = 0; i < g->node_count; i++) {
        const struct graph_node *node = &g->nodes[i];
        const struct splice distance = {.key = STR("distance"),
                                        .value = arena_printf(x->arena, "%d", node->distance)};
        str document = node->document;
        if (!localise_event(x, &document))
            return false;
        jout_raw(j, STR(""));
        splice_write(j->out, document, &distance, 1, &all);
    }
    jout_array_end(j);
    return true;
}

static void write_strs(struct jout *j, const char *key, const struct strs *list)
{
    jout_key(j, key);
    jout_array(j);
    for (size_t i = 0; i < list->n; i++)
        jout_str(j, list->items[i]);
    jout_array_end(j);
}

static void write_edges(struct call *x, struct jout *j, const struct graph *g)
{
    jout_key(j, "edges");
    jout_array(j);
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct graph_edge *edge = &g->edges[i];
        str from = g->nodes[edge->from].id, to = g->nodes[edge->to].id;
        jout_object(j);
        /* No id has a slash in it. */
        jout_member_str(j, "id",
                        arena_printf(x->arena, "%.*s/%.*s/%.*s", STR_ARG(from), STR_ARG(edge->type),
                                     STR_ARG(to)));
        jout_member_str(j, "from", from);
        jout_member_str(j, "type", edge->type);
        jout_member_str(j, "to", to);
        write_strs(j, "sources", &edge->sources);
        jout_member_i64(j, "reports", edge->reports);
        write_strs(j, "relations", &edge->relations);
        jout_object_end(j);
    }
    jout_array_end(j);
}

/* What is left out: null where that is nothing. */
static void write_more(struct jout *j, const struct graph *g)
{
    jout_key(j, "more");
    if (g->more_nodes == 0 && g->more_edges == 0) {
        jout_null(j);
        return;
    }
    jout_object(j);
    jout_key(j, "nodes");
    g->more_nodes < 0 ? jout_null(j) : jout_i64(j, g->more_nodes);
    jout_key(j, "edges");
    g->more_edges < 0 ? jout_null(j) : jout_i64(j, g->more_edges);
    jout_object_end(j);
}

bool graph_get(struct call *x)
{
    struct graph g;
    struct buf out;
    struct jout j;
    bool answered;
    x->question.query.version = x->version;
    if (!has_event(x, &answered))
        return answered;
    if (!store_find_graph(x->reader, &x->question.query, x->match.id, x->question.depth, x->arena,
                          &g, &x->problems, &x->err))
        return false;
    buf_init(&out, LARGEST);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_str(&j, "event", x->match.id);
    jout_member_i64(&j, "depth", x->question.depth);
    bool ok = write_nodes(x, &j, &g);
    if (ok) {
        write_edges(x, &j, &g);
        write_more(&j, &g);
        jout_member_i64(&j, "version", x->version);
        jout_key(&j, "links");
        jout_raw(&j, links_write(x, STR("")));
        jout_object_end(&j);
        ok = !buf_failed(&out) || err_set(&x->err, ERR_OVERLOADED,
                                          "The graph is larger than 32 MiB. Ask for a smaller "
                                          "depth, or for fewer types of relations.");
    }
    str document = ok ? arena_copy(x->arena, buf_str(&out)) : STR("");
    buf_free(&out);
    return ok && answer_document(x, document);
}
