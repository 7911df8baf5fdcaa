/* Facets: the commonest actors, places, types, tags, sources and roles of what a query finds. */
#include "store/total.h"
#include "store/walk.h"

/* Counts what every event of the walk is linked to, batch by batch. */
static bool count_all(struct store_reader *r, struct walk *w, struct tally *t, int64_t *matched,
                      struct arena *a, struct err *e)
{
    int64_t events[TALLY_BATCH];
    size_t n = 0;
    struct walk_hit hit;
    while (walk_next(w, &hit, e)) {
        events[n++] = hit.row;
        (*matched)++;
        if (n == TALLY_BATCH) {
            if (!tally_add(t, r->db, events, n, a, e))
                return false;
            n = 0;
        }
    }
    return e->code == ERR_NONE && tally_add(t, r->db, events, n, a, e);
}

static bool count_walk(struct store_reader *r, const struct found_filters *found, struct tally *t,
                       int64_t *matched, struct arena *a, struct err *e)
{
    struct walk *w = NULL;
    bool ok = walk_open(r, found, WALK_ANY, a, &w, e) && count_all(r, w, t, matched, a, e);
    walk_close(w);
    return ok;
}

static bool count(struct store_reader *r, const struct found_filters *found, struct tally *t,
                  int64_t *matched, struct arena *a, struct err *e)
{
    const struct at at = {r->db, found->query->version, a, e};
    if (found->nothing)
        return true;
    if (total_answers(found))
        return total_at(r->db, TOTAL_EVENTS, at.version, matched, e) && total_tally(&at, t);
    return count_walk(r, found, t, matched, a, e);
}

static struct facet_values shown(enum facet facet, const struct tally_values *top, struct arena *a)
{
    struct facet_values out = {.facet = facet, .n = top->n, .more = top->more};
    out.values = ARENA_ARRAY(a, struct facet_value, top->n);
    for (size_t i = 0; i < top->n; i++)
        out.values[i] = top->items[i].value;
    return out;
}

bool store_facets(struct store_reader *r, const struct query *q, unsigned facets, size_t limit,
                  struct arena *a, struct facet_values **out, size_t *n, int64_t *matched,
                  struct problems *problems, struct err *e)
{
    struct found_filters *found = ARENA_NEW(a, struct found_filters);
    struct tally t = {0};
    struct tally_values top[FACETS];
    const struct at at = {r->db, q->version, a, e};
    *n = 0;
    *matched = 0;
    if (!filter_find(r->db, q, a, found, problems, e))
        return false;
    if (!count(r, found, &t, matched, a, e) || !tally_top(&t, &at, facets, limit, top))
        return false;
    *out = ARENA_ARRAY(a, struct facet_values, FACETS);
    for (unsigned f = 0; f < FACETS; f++)
        if (facets & 1u << f)
            (*out)[(*n)++] = shown((enum facet)f, &top[f], a);
    return true;
}
