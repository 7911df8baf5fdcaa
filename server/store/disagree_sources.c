/* Which pairs of sources contradict each other most, over the disputed events of a question. */
#include <stdlib.h>

#include "base/strmap.h"
#include "store/disagree.h"

#define PIECE 100

/* Pairs as they are found. */
struct pairs {
    struct arena *a;
    struct disagreement_sources *items;
    size_t n, room;
    struct strmap seen; /* "a b" */
    bool whole;
};

/* NULL where the table is full. */
static struct disagreement_sources *pair_of(struct pairs *p, str a, str b)
{
    char name[2 * 128 + 2];
    struct buf text;
    int64_t number;
    bool swap = str_cmp(a, b) > 0;
    str lesser = swap ? b : a, greater = swap ? a : b;
    buf_init(&text, sizeof name);
    buf_printf(&text, "%.*s %.*s", STR_ARG(lesser), STR_ARG(greater));
    bool known = strmap_get(&p->seen, buf_str(&text), &number);
    if (!known && p->n < DISAGREEMENT_MOST_SOURCES) {
        str kept = arena_copy(p->a, buf_str(&text));
        number = (int64_t)p->n;
        strmap_set(&p->seen, kept, number);
        *ARENA_PUSH(p->a, p->items, p->n, p->room) = (struct disagreement_sources){
            .a = str_sub(kept, 0, lesser.n),
            .b = str_sub(kept, lesser.n + 1, greater.n),
            .widest = -1};
        known = true;
    }
    buf_free(&text);
    if (!known)
        p->whole = false;
    return known ? &p->items[number] : NULL;
}

static void note(struct pairs *p, const struct disagreeing *of, const struct disagreement *d,
                 const struct account *a, const struct account *b)
{
    if (a->source_key == b->source_key || of->reprints[a - of->accounts] ||
        of->reprints[b - of->accounts])
        return;
    struct disagreement_sources *pair = pair_of(p, a->source, b->source);
    if (pair == NULL)
        return;
    pair->n[d->property]++;
    pair->total++;
    if (d->property != EVENT_DISPUTED_DATE_BIT)
        return;
    struct disagreement_spread s = disagreement_apart(&a->date.value.bounds, &b->date.value.bounds);
    if (s.least > pair->widest)
        pair->widest = s.least;
}

static void note_values(struct pairs *p, const struct disagreeing *of, const struct disagreement *d)
{
    p->whole = p->whole && d->contradictions == d->pair_count;
    for (size_t i = 0; i < d->pair_count; i++) {
        const struct disagreement_value *a = &d->values[d->pairs[i].a],
                                        *b = &d->values[d->pairs[i].b];
        for (size_t k = 0; k < a->n; k++)
            for (size_t m = 0; m < b->n; m++)
                note(p, of, d, a->accounts[k], b->accounts[m]);
    }
}

static int compare(const void *a, const void *b)
{
    const struct disagreement_sources *p = a, *q = b;
    if (p->total != q->total)
        return p->total > q->total ? -1 : 1;
    if (p->widest != q->widest)
        return p->widest > q->widest ? -1 : 1;
    int order = str_cmp(p->a, q->a);
    return order != 0 ? order : str_cmp(p->b, q->b);
}

static bool note_event(struct pairs *p, const struct at *at, const struct disagreement_query *q,
                       const struct event_row *row)
{
    struct disagreeing found;
    unsigned wanted = disagree_disputed(row->document);
    if (q->properties != 0 && (wanted & q->properties) == 0)
        return true;
    if (!disagree_load(at, q->events, row->id, &found))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (q->properties == 0 || q->properties & 1u << found.items[i].property)
            note_values(p, &found, &found.items[i]);
    return true;
}

/* The next events in memory that is used again; *more: there are others behind them. */
static bool note_piece(struct pairs *p, struct store_reader *r, const struct disagreement_query *q,
                       struct query *asked, struct arena *scratch, struct event_page *found,
                       struct problems *problems, struct err *e)
{
    const struct at at = {r->db, q->events->version, scratch, e};
    arena_reset(scratch);
    if (!store_find_events(r, asked, scratch, found, problems, e))
        return false;
    for (size_t i = 0; i < found->n; i++)
        if (!db_in_time(r->db, e) || !note_event(p, &at, q, &found->rows[i]))
            return false;
    if (found->n > 0) {
        asked->after = disagree_after(&found->rows[found->n - 1]);
        asked->after.id = arena_copy(p->a, asked->after.id);
    }
    return true;
}

bool disagree_sources(struct store_reader *r, const struct disagreement_query *q, struct arena *a,
                      struct disagreement_page *out, struct problems *problems, struct err *e)
{
    struct pairs p = {.a = a, .whole = true};
    struct query asked = disagree_query(q->events, PIECE);
    struct event_page found = {.more = true};
    struct arena *scratch = arena_new();
    bool ok = true;
    asked.after = (struct query_after){0};
    strmap_init(&p.seen, a);
    while (ok && found.more && out->source_events < DISAGREEMENT_MOST_EVENTS) {
        ok = note_piece(&p, r, q, &asked, scratch, &found, problems, e);
        out->source_events += (int64_t)found.n;
    }
    arena_free(scratch);
    if (p.n > 0)
        qsort(p.items, p.n, sizeof *p.items, compare);
    out->sources = p.items;
    out->source_count = p.n < DISAGREEMENT_SHOWN_SOURCES ? p.n : DISAGREEMENT_SHOWN_SOURCES;
    out->source_whole = p.whole && !found.more;
    return ok;
}
