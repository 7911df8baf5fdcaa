/*
 * Graphs against a walk over all that sources say: a world by chance, at every version, in several
 * readings; and what is left out of large ones.
 */
#include <stdlib.h>
#include <string.h>

#include "told.h"

#define EVENTS 14
#define SOURCES 6 /* the first one tells of every event, and nobody knows when it was published */
#define VERSIONS 24
#define STATEMENTS 7
#define ASKED 40 /* graphs at each version */

static const char *const types[] = {"follows", "causes", "part_of", "same_as"};
#define SAME 3

struct statement {
    unsigned from, type, to;
};

struct source {
    unsigned published; /* in this month of 2020; 0 for nobody knows */
    unsigned derives;   /* set of sources before it */
    unsigned tells;     /* set of events */
    struct statement said[STATEMENTS];
    size_t n;
};

static struct source versions[VERSIONS + 1][SOURCES];

static void set_up(void)
{
    world_open(&world, 11);
}

static void tear_down(void)
{
    world_close(&world);
}

static const char *event_id(unsigned n)
{
    return arena_printf(world.arena, "e%02u", n).p;
}

static unsigned event_number(str id)
{
    return (unsigned)(id.p[1] - '0') * 10 + (unsigned)(id.p[2] - '0');
}

/* ---- the world ---- */

static bool is_said(const struct source *s, const struct statement *what)
{
    for (size_t i = 0; i < s->n; i++)
        if (memcmp(&s->said[i], what, sizeof *what) == 0)
            return true;
    return false;
}

static void change(struct source *s, unsigned number)
{
    *s = (struct source){.published = world_any(&world, 5)};
    for (unsigned i = 1; i < number; i++)
        s->derives |= world_any(&world, 4) == 0 ? 1u << i : 0;
    for (unsigned i = 0; i < EVENTS; i++)
        s->tells |= world_any(&world, 3) == 0 ? 1u << i : 0;
    for (size_t i = 0; i < STATEMENTS; i++) {
        struct statement one = {world_any(&world, EVENTS), world_any(&world, SAME),
                                world_any(&world, EVENTS)};
        if (world_any(&world, 9) == 0)
            one.type = SAME;
        /* Several sources say the same now and then. */
        if (world_any(&world, 2) == 0)
            one = (struct statement){one.from % 5, one.type % 2, one.to % 5};
        if (one.from != one.to && !is_said(s, &one))
            s->said[s->n++] = one;
    }
}

static void put(const struct source *s, unsigned number)
{
    struct buf members, rest;
    bool any = false;
    buf_init(&members, 4096);
    buf_init(&rest, 65536);
    if (s->published > 0)
        buf_printf(&members, "'published':'2020-0%u-10',", s->published);
    buf_add(&members, STR("'derives_from':["));
    for (unsigned i = 0; i < SOURCES; i++)
        if (s->derives & 1u << i) {
            buf_printf(&members, "%s's%u'", any ? "," : "", i);
            any = true;
        }
    buf_printf(&members, "]%c", 0);
    buf_add(&rest, STR("'events':["));
    any = false;
    for (unsigned i = 0; i < EVENTS; i++)
        if (s->tells & 1u << i) {
            buf_printf(&rest, "%s{'id':'%s','title':'%u of %u'}", any ? "," : "", event_id(i), i,
                       number);
            any = true;
        }
    buf_add(&rest, STR("],'relations':["));
    for (size_t i = 0; i < s->n; i++)
        buf_printf(&rest, "%s{'from':'%s','type':'%s','to':'%s'}", i ? "," : "",
                   event_id(s->said[i].from), types[s->said[i].type], event_id(s->said[i].to));
    buf_printf(&rest, "]%c", 0);
    ck_assert(!buf_failed(&rest) && !buf_failed(&members));
    tell(arena_printf(world.arena, "s%u", number).p, members.p, rest.p);
    buf_free(&members);
    buf_free(&rest);
}

/* ---- the walk ---- */

/* What there is to find: by distance, -1 for what is not reached; each statement by canonical ends.
 */
struct expected {
    int distance[EVENTS];
    bool there[EVENTS];
    unsigned canonical[EVENTS];
};

static void find_places(int64_t version, const struct reading *r, struct expected *x)
{
    struct event_row row;
    struct gone gone;
    const struct reading plain = told_reading("preferred", NULL);
    for (unsigned i = 0; i < EVENTS; i++) {
        enum store_found found = told_find(version, &plain, event_id(i), &row, &gone);
        x->canonical[i] = found == STORE_MOVED ? event_number(gone.canonical) : i;
        x->there[i] = told_find(version, r, event_id(i), &row, &gone) == STORE_FOUND;
        x->distance[i] = -1;
    }
}

static bool is_heard(const struct source *s, unsigned month)
{
    return month == 0 || (s->published > 0 && s->published <= month);
}

/* Whether a source's statement counts: heard, of a type that is asked for. */
static bool counts(const struct source *s, const struct statement *what, unsigned month,
                   unsigned followed)
{
    return is_heard(s, month) && what->type != SAME && followed & 1u << what->type;
}

static void walk(const struct source *all, unsigned month, unsigned followed, int depth,
                 unsigned from, struct expected *x)
{
    x->distance[from] = 0;
    for (int d = 0; d < depth; d++)
        for (unsigned s = 0; s < SOURCES; s++)
            for (size_t i = 0; i < all[s].n; i++) {
                const struct statement *what = &all[s].said[i];
                unsigned a = x->canonical[what->from], b = x->canonical[what->to];
                if (!counts(&all[s], what, month, followed))
                    continue;
                if (x->distance[a] == d && x->there[a] && x->distance[b] < 0)
                    x->distance[b] = d + 1;
                if (x->distance[b] == d && x->there[b] && x->distance[a] < 0)
                    x->distance[a] = d + 1;
            }
}

static unsigned derives(const struct source *all, unsigned s)
{
    unsigned set = all[s].derives;
    for (unsigned i = SOURCES; i-- > 0;)
        if (set & 1u << i)
            set |= derives(all, i);
    return set;
}

/* "e00>follows>e01 s1 s2 /1" for an edge that there is; empty without. */
static str describe(const struct source *all, unsigned month, unsigned followed,
                    const struct expected *x, unsigned a, unsigned type, unsigned b)
{
    struct buf out;
    unsigned told = 0, reports = 0, relations = 0;
    for (unsigned s = 0; s < SOURCES; s++)
        for (size_t i = 0; i < all[s].n; i++) {
            const struct statement *what = &all[s].said[i];
            if (counts(&all[s], what, month, followed) && what->type == type &&
                x->canonical[what->from] == a && x->canonical[what->to] == b) {
                told |= 1u << s;
                relations++;
            }
        }
    if (told == 0 || x->distance[a] < 0 || x->distance[b] < 0)
        return STR("");
    buf_init(&out, 1000);
    buf_printf(&out, "%s>%s>%s", event_id(a), types[type], event_id(b));
    for (unsigned s = 0; s < SOURCES; s++)
        if (told & 1u << s) {
            buf_printf(&out, " s%u", s);
            reports += (derives(all, s) & told) == 0;
        }
    buf_printf(&out, " %u of %u", reports, relations);
    str text = arena_copy(world.arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static str describe_found(const struct graph *g, const struct graph_edge *e)
{
    struct buf out;
    buf_init(&out, 1000);
    buf_printf(&out, "%.*s>%.*s>%.*s", STR_ARG(g->nodes[e->from].id), STR_ARG(e->type),
               STR_ARG(g->nodes[e->to].id));
    for (size_t i = 0; i < e->sources.n; i++)
        buf_printf(&out, " %.*s", STR_ARG(e->sources.items[i]));
    buf_printf(&out, " %d of %zu", (int)e->reports, e->relations.n);
    str text = arena_copy(world.arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* ---- held against each other ---- */

static void expect_nodes(const struct graph *g, const struct expected *x)
{
    size_t n = 0;
    for (int d = 0; d <= GRAPH_DEEPEST; d++)
        for (unsigned i = 0; i < EVENTS; i++) {
            if (x->distance[i] != d)
                continue;
            ck_assert_uint_lt(n, g->node_count);
            const struct graph_node *node = &g->nodes[n++];
            ck_assert_msg(str_eq(node->id, str_from(event_id(i))), "%.*s is not %s",
                          STR_ARG(node->id), event_id(i));
            ck_assert_int_eq(node->distance, d);
            ck_assert_int_eq(node->there, x->there[i]);
            ck_assert_int_eq(told_has(node->document, "'title':null"), !x->there[i]);
        }
    ck_assert_uint_eq(n, g->node_count);
}

static void expect_edges(const struct graph *g, const struct source *all, unsigned month,
                         unsigned followed, const struct expected *x)
{
    size_t n = 0;
    static const unsigned in_order[] = {1, 0, 2}; /* causes, follows, part_of */
    for (size_t from = 0; from < g->node_count; from++)
        for (size_t t = 0; t < SAME; t++)
            for (size_t to = 0; to < g->node_count; to++) {
                str wanted = describe(all, month, followed, x, event_number(g->nodes[from].id),
                                      in_order[t], event_number(g->nodes[to].id));
                if (wanted.n == 0)
                    continue;
                ck_assert_msg(n < g->edge_count, "no %.*s", STR_ARG(wanted));
                str got = describe_found(g, &g->edges[n++]);
                ck_assert_msg(str_eq(got, wanted), "%.*s is not %.*s", STR_ARG(got),
                              STR_ARG(wanted));
            }
    ck_assert_uint_eq(n, g->edge_count);
}

static void find(int64_t version, const struct reading *r, const char *event, int depth,
                 unsigned followed, struct graph *g)
{
    struct problems problems;
    str names[SAME];
    struct query q = {.version = version, .reading = *r, .relations = {names, 0}};
    for (size_t i = 0; i < SAME && followed != (1u << SAME) - 1; i++)
        if (followed & 1u << i)
            names[q.relations.n++] = str_from(types[i]);
    /* What is not to be followed says the same the other way round. */
    if (world_any(&world, 2) == 0 && q.relations.n > 0) {
        q.relations.n = 0;
        q.relations_not.items = names;
        for (size_t i = 0; i < SAME; i++)
            if (!(followed & 1u << i))
                names[q.relations_not.n++] = str_from(types[i]);
    }
    problem_init(&problems, world.arena);
    ck_assert_msg(store_find_graph(world.reader, &q, str_from(event), depth, world.arena, g,
                                   &problems, &world.err),
                  "%s", world.err.detail);
}

static bool ask(int64_t version)
{
    const struct source *all = versions[version];
    unsigned month = world_any(&world, 6), from = world_any(&world, EVENTS);
    unsigned followed = 1 + world_any(&world, (1u << SAME) - 1);
    int depth = 1 + (int)world_any(&world, GRAPH_DEEPEST);
    const char *day = arena_printf(world.arena, "2020-0%u-20", month).p;
    struct reading r = told_reading("preferred", month > 0 ? day : NULL);
    struct expected x;
    struct graph g;
    find_places(version, &r, &x);
    if (!x.there[from])
        return false;
    find(version, &r, event_id(from), depth, followed, &g);
    walk(all, month, followed, depth, from, &x);
    expect_nodes(&g, &x);
    expect_edges(&g, all, month, followed, &x);
    ck_assert_int_eq(g.more_nodes, 0);
    ck_assert_int_eq(g.more_edges, 0);
    return g.edge_count > 0;
}

START_TEST(finds_what_a_walk_over_everything_finds)
{
    unsigned telling = 0;
    versions[1][0] = (struct source){.tells = (1u << EVENTS) - 1};
    put(&versions[1][0], 0);
    for (unsigned v = 2; v <= VERSIONS; v++) {
        unsigned s = 1 + (v < 2 + SOURCES - 1 ? v - 2 : world_any(&world, SOURCES - 1));
        memcpy(versions[v], versions[v - 1], sizeof versions[v]);
        change(&versions[v][s], s);
        put(&versions[v][s], s);
        ck_assert_int_eq(store_version(world.store), v);
    }
    for (int64_t v = 1; v <= VERSIONS; v++)
        for (int i = 0; i < ASKED; i++)
            telling += ask(v);
    ck_assert_uint_gt(telling, VERSIONS * ASKED / 4);
}
END_TEST

/* ---- large graphs ---- */

/* Events e0, e1 …, and what follows: printed with a number each. */
static void tell_many(const char *source, unsigned n, const char *relations)
{
    struct buf out;
    buf_init(&out, 1 << 24);
    buf_add(&out, STR("'events':["));
    for (unsigned i = 0; i < n; i++)
        buf_printf(&out, "%s{'id':'e%05u','title':'E'}", i ? "," : "", i);
    buf_printf(&out, "],'relations':[%s]%c", relations, 0);
    ck_assert(!buf_failed(&out));
    tell(source, "", out.p);
    buf_free(&out);
}

/* All others follow e0; and e1 too, where there are two hubs. */
static void tell_hub(unsigned n, bool two)
{
    struct buf out;
    buf_init(&out, 1 << 24);
    for (unsigned i = 1; i <= n; i++)
        buf_printf(&out, "%s{'from':'e%05u','type':'follows','to':'e00000'}", i > 1 ? "," : "", i);
    for (unsigned i = 2; two && i <= n; i++)
        buf_printf(&out, ",{'from':'e%05u','type':'follows','to':'e00001'}", i);
    buf_printf(&out, ",{'from':'e%05u','type':'causes','to':'e%05u'}%c", n, n - 1, 0);
    tell_many("hub", n + 1, out.p);
    buf_free(&out);
}

START_TEST(counts_what_is_left_out_of_a_hub)
{
    static const struct {
        unsigned n;
        bool two;
        int depth;
        const char *from;
        size_t nodes, edges;
        int64_t more_nodes, more_edges;
    } rows[] = {
        {5000, false, 1, "e00000", 500, 499, 4501, 0},
        /* What lies behind those that are left out is not known. */
        {5000, false, 2, "e00000", 500, 499, -1, 0},
        {5000, false, 1, "e00007", 2, 1, 0, 0},
        {5000, false, 1, "e05000", 3, 3, 0, 0},
        {5000, false, 2, "e05000", 500, 500, 4501, 0},
        /* More relations than are read of one event: the others tell of theirs with it. */
        {10500, false, 1, "e00000", 500, 499, -1, 0},
        {10500, false, 1, "e00007", 2, 1, 0, 0},
        {10500, true, 1, "e00000", 500, 997, -1, -1},
        {10500, true, 1, "e00007", 3, 3, 0, -1},
    };
    const struct reading plain = told_reading("preferred", NULL);
    struct graph g;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (i == 0 || rows[i].n != rows[i - 1].n || rows[i].two != rows[i - 1].two)
            tell_hub(rows[i].n, rows[i].two);
        find(store_version(world.store), &plain, rows[i].from, rows[i].depth, (1u << SAME) - 1, &g);
        ck_assert_msg(g.node_count == rows[i].nodes && g.edge_count == rows[i].edges &&
                          g.more_nodes == rows[i].more_nodes && g.more_edges == rows[i].more_edges,
                      "row %zu: %zu nodes, %zu edges, %lld and %lld more", i, g.node_count,
                      g.edge_count, (long long)g.more_nodes, (long long)g.more_edges);
    }
}
END_TEST

/* Every event but the one in the middle is related to all others: more than there is room for. */
START_TEST(keeps_what_holds_the_graph_together)
{
    enum { ALL = 60 };
    struct buf out;
    struct graph g;
    bool held[ALL] = {true};
    const struct reading plain = told_reading("preferred", NULL);
    buf_init(&out, 1 << 24);
    for (unsigned i = 0; i < ALL - 1; i++)
        for (unsigned k = 0; k < ALL; k++)
            if (i != k)
                buf_printf(&out, "%s{'from':'e%05u','type':'follows','to':'e%05u'}",
                           out.n ? "," : "", i, k);
    buf_add_char(&out, '\0');
    tell_many("all", ALL, out.p);
    buf_free(&out);
    find(1, &plain, "e00059", 1, (1u << SAME) - 1, &g);
    ck_assert_uint_eq(g.node_count, ALL);
    ck_assert_uint_eq(g.edge_count, GRAPH_MOST_EDGES);
    ck_assert_int_eq(g.more_edges, (ALL - 1) * (ALL - 1) - GRAPH_MOST_EDGES);
    for (size_t i = 0; i < g.edge_count; i++) {
        if (g.edges[i].to == 0)
            held[g.edges[i].from] = true;
    }
    for (size_t i = 0; i < ALL; i++)
        ck_assert(held[i]);
}
END_TEST

/* What the event in the middle says of itself under another id is not read from elsewhere. */
START_TEST(a_hub_of_two_ids_may_have_more_edges)
{
    const struct reading plain = told_reading("preferred", NULL);
    struct graph g;
    tell_hub(10500, false);
    tell("twin", "",
         "'events':[{'id':'f','title':'F'}],"
         "'relations':[{'from':'f','type':'same_as','to':'e00000'}]");
    find(store_version(world.store), &plain, "e00000", 1, (1u << SAME) - 1, &g);
    ck_assert_uint_eq(g.node_count, GRAPH_MOST_NODES);
    ck_assert_int_eq(g.more_edges, -1);
}
END_TEST

/* So much text that not all events have room: the first ones are shown, the others counted. */
START_TEST(nodes_are_bounded_in_bytes)
{
    enum { ALL = 90, LONG = 60000, ROOM = 4 * 1024 * 1024 };
    const struct reading plain = told_reading("preferred", NULL);
    struct buf out;
    struct graph g;
    size_t bytes = 0;
    buf_init(&out, 1 << 24);
    buf_add(&out, STR("'events':["));
    for (unsigned i = 0; i < ALL; i++) {
        buf_printf(&out, "%s{'id':'e%05u','title':'", i ? "," : "", i);
        for (unsigned k = 0; k < LONG; k++)
            buf_add_char(&out, 'x');
        buf_add(&out, STR("'}"));
    }
    buf_add(&out, STR("],'relations':["));
    for (unsigned i = 1; i < ALL; i++)
        buf_printf(&out, "%s{'from':'e00000','type':'follows','to':'e%05u'}", i > 1 ? "," : "", i);
    buf_printf(&out, "]%c", 0);
    tell("long", "", out.p);
    buf_free(&out);
    find(1, &plain, "e00000", 2, (1u << SAME) - 1, &g);
    for (size_t i = 0; i < g.node_count; i++)
        bytes += g.nodes[i].document.n;
    ck_assert_uint_le(bytes, ROOM);
    ck_assert_uint_gt(bytes + LONG + 1000, ROOM);
    ck_assert_int_eq(g.more_nodes, -1);
    find(1, &plain, "e00000", 1, (1u << SAME) - 1, &g);
    ck_assert_int_eq((int64_t)g.node_count + g.more_nodes, ALL);
    ck_assert_int_eq(g.more_edges, 0);
}
END_TEST

CHECK_MAIN_WITH("graph", set_up, tear_down, finds_what_a_walk_over_everything_finds,
                counts_what_is_left_out_of_a_hub, keeps_what_holds_the_graph_together,
                a_hub_of_two_ids_may_have_more_edges, nodes_are_bounded_in_bytes)
