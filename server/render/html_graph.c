#include "render/html_graph.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/num.h"
#include "model/graph.h"
#include "render/html.h"
#include "render/html_date.h"
#include "render/html_json.h"
#include "render/html_links.h"
#include "render/html_reference.h"

struct node {
    str id; /* between its quotes */
    str document;
    size_t place;
};

struct edge {
    str document;
    size_t shown; /* with which node: the later one of its ends */
    size_t other;
    bool outwards; /* it leads from that node */
};

struct web {
    struct node *nodes, *by_id;
    size_t node_count, node_room;
    struct edge *edges; /* by the node they are shown with */
    size_t edge_count, edge_room;
};

/* ---- what the document says ---- */

static int by_id(const void *a, const void *b)
{
    return str_cmp(((const struct node *)a)->id, ((const struct node *)b)->id);
}

static int by_shown(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->shown != y->shown)
        return x->shown < y->shown ? -1 : 1;
    return (x->document.p > y->document.p) - (x->document.p < y->document.p);
}

static void read_nodes(struct web *g, str list, struct arena *a)
{
    str one;
    if (jvalue_count(list) == 0)
        return;
    for (size_t at = 0; jscan_element(list, &at, &one);) {
        struct node n = {html_json_inside(jvalue_member(one, "id")), one, g->node_count};
        *ARENA_PUSH(a, g->nodes, g->node_count, g->node_room) = n;
    }
    g->by_id = ARENA_ARRAY(a, struct node, g->node_count);
    for (size_t i = 0; i < g->node_count; i++)
        g->by_id[i] = g->nodes[i];
    qsort(g->by_id, g->node_count, sizeof *g->by_id, by_id);
}

static const struct node *find(const struct web *g, str id)
{
    const struct node wanted = {.id = id};
    return bsearch(&wanted, g->by_id, g->node_count, sizeof *g->by_id, by_id);
}

static void read_edges(struct web *g, str list, struct arena *a)
{
    str one;
    if (jvalue_count(list) == 0 || g->node_count == 0)
        return;
    for (size_t at = 0; jscan_element(list, &at, &one);) {
        const struct node *from = find(g, html_json_inside(jvalue_member(one, "from")));
        const struct node *to = find(g, html_json_inside(jvalue_member(one, "to")));
        if (from == NULL || to == NULL)
            continue;
        bool outwards = from->place > to->place;
        *ARENA_PUSH(a, g->edges, g->edge_count, g->edge_room) = (struct edge){
            one, outwards ? from->place : to->place, outwards ? to->place : from->place, outwards};
    }
    if (g->edge_count > 0)
        qsort(g->edges, g->edge_count, sizeof *g->edges, by_shown);
}

/* ---- one event ---- */

/* The event as a link with its title, or its id where nobody tells of it. */
static void title(struct buf *out, const struct page_site *site, const struct node *n)
{
    str said = jvalue_member(n->document, "title");
    struct buf text;
    buf_init(&text, said.n + n->id.n + 1);
    if (jvalue_says(said))
        jvalue_decode(&text, said);
    else
        buf_add(&text, n->id);
    html_reference_named(out, site, STR("events"), n->id, buf_str(&text));
    buf_free(&text);
}

static void sources(struct buf *out, const struct page_site *site, str document)
{
    str list = jvalue_member(document, "sources"), reports = jvalue_member(document, "reports"),
        one;
    size_t n = 0, all = jvalue_count(list);
    int64_t originals;
    buf_add(out, STR(" <small>("));
    for (size_t at = 0; n < HTML_JSON_MOST && jscan_element(list, &at, &one); n++) {
        buf_add(out, n > 0 ? STR("; ") : STR(""));
        html_reference_link(out, site, STR("sources"), html_json_inside(one));
    }
    /* Whoever reprints another one of them adds nothing. */
    if (num_parse_range(reports, 0, INT64_MAX, &originals) && (size_t)originals < all) {
        buf_add(out, STR("; reprints: "));
        html_number(out, (long long)(all - (size_t)originals));
    }
    buf_add(out, STR(")</small>"));
}

/* "responds to that one", "that one responds to this" */
static void relation(struct buf *out, const struct page_site *site, const struct web *g,
                     const struct edge *e)
{
    str type = html_json_inside(jvalue_member(e->document, "type"));
    buf_add(out, STR("<li>"));
    if (e->outwards)
        buf_add(out, STR("<span class=\"soft\">This "));
    if (e->outwards)
        html_words(out, type);
    buf_add(out, e->outwards ? STR("</span> ") : STR(""));
    title(out, site, &g->nodes[e->other]);
    if (!e->outwards) {
        buf_add(out, STR(" <span class=\"soft\">"));
        html_words(out, type);
        buf_add(out, STR(" this</span>"));
    }
    sources(out, site, e->document);
    buf_add(out, STR("</li>\n"));
}

/* The relations that are shown with a node. *edge: the first one; afterwards that of the next. */
static void relations(struct buf *out, const struct page_site *site, const struct web *g,
                      size_t place, size_t *edge)
{
    buf_add(out, STR("<ul>\n"));
    for (; *edge < g->edge_count && g->edges[*edge].shown == place; (*edge)++)
        relation(out, site, g, &g->edges[*edge]);
    buf_add(out, STR("</ul>\n"));
}

static void event(struct buf *out, const struct page_site *site, const struct web *g, size_t place,
                  size_t *edge)
{
    const struct node *n = &g->nodes[place];
    str disputed = jvalue_member(n->document, "disputed"),
        type = jvalue_member(n->document, "type"), one;
    bool there = jvalue_says(jvalue_member(n->document, "title")), any = false;
    const char *before = " <span class=\"tag warn\">disputed: ";
    buf_add(out, STR("<li><p class=\"date\">"));
    if (there)
        html_date_write(out, jvalue_member(n->document, "date"));
    buf_add(out, STR("</p><div>\n<h2>"));
    title(out, site, n);
    buf_add(out, STR("</h2>\n<p class=\"meta\">"));
    if (there && jvalue_says(type))
        html_json_text(out, type);
    else if (there)
        buf_add(out, STR("no type"));
    else
        buf_add(out, STR("Nobody who is heard tells of it."));
    for (size_t at = 0; jvalue_count(disputed) > 0 && jscan_element(disputed, &at, &one);) {
        html_json_put(out, before, one, "");
        before = ", ";
        any = true;
    }
    buf_add(out, any ? STR("</span></p>\n") : STR("</p>\n"));
    relations(out, site, g, place, edge);
    buf_add(out, STR("</div></li>\n"));
}

/* ---- the page ---- */

static void counted(struct buf *out, size_t n, const char *one, const char *many)
{
    html_number(out, (long long)n);
    buf_printf(out, " %s", n == 1 ? one : many);
}

static void left_out(struct buf *out, str more)
{
    static const struct {
        const char *member, *words;
    } kinds[] = {{"nodes", "events"}, {"edges", "relations between these"}};
    bool any = false;
    int64_t n;
    if (!jvalue_says(more))
        return;
    buf_add(out, STR("<p class=\"soft\">Left out: "));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool counted = num_parse_range(jvalue_member(more, kinds[i].member), 0, INT64_MAX, &n);
        if (counted && n == 0)
            continue;
        buf_add(out, any ? STR(", ") : STR(""));
        if (counted)
            html_number(out, (long long)n);
        else
            buf_add(out, STR("more"));
        buf_printf(out, counted ? " %s" : " %s than were counted", kinds[i].words);
        any = true;
    }
    buf_add(out, STR("</p>\n"));
}

static void events(struct buf *out, const struct page_site *site, const struct web *g)
{
    str distance = STR("0"); /* of the event in the middle, which is in the heading */
    size_t edge = 0;
    bool open = false;
    /* To itself, under the ids of others that are the same. */
    if (g->edge_count > 0 && g->edges[0].shown == 0)
        relations(out, site, g, 0, &edge);
    for (size_t i = 1; i < g->node_count; i++) {
        str here = jvalue_member(g->nodes[i].document, "distance");
        if (!str_eq(here, distance)) {
            buf_add(out, open ? STR("</ol>\n") : STR(""));
            html_put(out, "<h2>", here, str_eq(here, STR("1")) ? " step away" : " steps away");
            buf_add(out, STR("</h2>\n<ol class=\"events\">\n"));
            open = true;
        }
        distance = here;
        event(out, site, g, i, &edge);
    }
    buf_add(out, open ? STR("</ol>\n") : STR("<p>No relation leads to another event.</p>\n"));
}

/* The same with more steps or fewer: whatever else was asked stays. */
static void depths(struct buf *out, const struct page_site *site, str depth)
{
    buf_add(out, STR("<p class=\"soft\" id=\"steps\">Steps</p><ul aria-labelledby=\"steps\">\n"));
    for (int n = 1; n <= GRAPH_DEEPEST; n++) {
        char digit = (char)('0' + n);
        if (str_eq(depth, (str){&digit, 1})) {
            buf_printf(out, "<li aria-current=\"true\">%d</li>\n", n);
            continue;
        }
        buf_add(out, STR("<li><a href=\""));
        html_address(out, site->path);
        buf_printf(out, "?depth=%d", n);
        for (size_t i = 0; i < site->asked_count; i++) {
            if (str_eq(site->asked[i].name, STR("depth")))
                continue;
            buf_add(out, STR("&amp;"));
            html_segment(out, site->asked[i].name);
            buf_add_char(out, '=');
            html_segment(out, site->asked[i].text);
        }
        buf_printf(out, "\">%d</a></li>\n", n);
    }
    buf_add(out, STR("</ul>\n"));
}

void html_graph(struct buf *out, const struct page *page, str id)
{
    const struct page_item *item = &page->items[0];
    str depth = jvalue_member(item->document, "depth");
    struct arena *a = arena_new();
    struct web g = {.node_count = 0};
    read_nodes(&g, html_json_of(page, item, "nodes"), a);
    read_edges(&g, html_json_of(page, item, "edges"), a);
    buf_add(out, STR("<h1>"));
    html_reference_link(out, page->site, STR("events"), id);
    buf_add(out, STR(": related events</h1>\n"));
    html_reference_reading(out, page->site);
    buf_add(out, STR("<div class=\"bar\"><p>"));
    counted(out, g.node_count > 0 ? g.node_count - 1 : 0, "other event", "other events");
    html_put(out, " within ", depth, str_eq(depth, STR("1")) ? " step, " : " steps, ");
    counted(out, g.edge_count, "relation", "relations");
    buf_add(out, STR("</p>\n"));
    depths(out, page->site, depth);
    html_links_formats(out, page);
    buf_add(out, STR("</div>\n"));
    left_out(out, html_json_of(page, item, "more"));
    events(out, page->site, &g);
    arena_free(a);
}
