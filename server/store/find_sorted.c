/*
 * Pages by title and by the time of the last change. A short answer is gathered and sorted; a long
 * one is met soon enough by walking the index of that order.
 */
#include <stdlib.h>

#include "base/fold.h"
#include "store/admit.h"
#include "store/find.h"
#include "store/window.h"

/* An answer up to here is gathered. */
#define SHORT 4096

struct entry {
    struct walk_hit hit;
    str title; /* folded */
    int64_t updated;
};

struct gathering {
    struct entry *items;
    size_t n, room;
    bool all; /* the whole answer is here */
};

/* ---- gathered ---- */

static bool read_keys(struct finding *f, struct entry *x, struct err *e)
{
    struct db_rows *rows;
    if (!SQL_QUERY(f->r->db, e, &rows, SQL(event_title_fold), DB_INT(x->hit.row)))
        return false;
    if (db_next(rows, e)) {
        x->title = internal_text(rows, 0, f->a);
        x->updated = db_i64(rows, 1);
    }
    db_done(rows);
    return e->code == ERR_NONE;
}

static bool gather(struct finding *f, struct gathering *g, struct err *e)
{
    struct walk *w;
    struct walk_hit hit;
    if (!walk_open(f->r, f->found, WALK_ANY, f->a, &w, e))
        return false;
    while (g->n < SHORT && walk_next(w, &hit, e)) {
        struct entry *x = ARENA_PUSH(f->a, g->items, g->n, g->room);
        *x = (struct entry){.hit = hit};
        x->hit.id = arena_copy(f->a, hit.id);
    }
    g->all = g->n < SHORT;
    bool ok = !g->all || e->code == ERR_NONE;
    walk_close(w);
    return ok;
}

static int by_title(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = str_cmp(x->title, y->title);
    return order != 0 ? order : str_cmp(x->hit.id, y->hit.id);
}

static int by_update(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->updated != y->updated)
        return x->updated > y->updated ? -1 : 1;
    return str_cmp(x->hit.id, y->hit.id);
}

static bool show_gathered(struct finding *f, struct gathering *g, struct err *e)
{
    const struct query_after *after = &f->q->after;
    int (*compare)(const void *, const void *) = f->q->sort == SORT_TITLE ? by_title : by_update;
    struct entry mark = {.title = fold_copy(after->text, f->a), .updated = after->number};
    mark.hit.id = after->id;
    for (size_t i = 0; i < g->n; i++)
        if (!read_keys(f, &g->items[i], e))
            return false;
    if (g->n > 0)
        qsort(g->items, g->n, sizeof g->items[0], compare);
    for (size_t i = 0; i < g->n && !f->page->more; i++)
        if ((!after->given || compare(&g->items[i], &mark) > 0) &&
            !find_show(f, &g->items[i].hit, e))
            return false;
    return true;
}

/* ---- along an index ---- */

static void add_datedness(struct finding *f, struct sql_builder *b)
{
    bool dated = filter_wants_dated(f->q), undated = filter_wants_undated(f->q);
    if (dated == undated)
        return;
    if (f->found->hearing.plain)
        dated ? SQL_ADD(b, SQL(walk_dated)) : SQL_ADD(b, SQL(walk_undated));
    else
        dated ? SQL_ADD(b, SQL(walk_any_dated)) : SQL_ADD(b, SQL(walk_any_undated));
    if (dated)
        window_add(b, f->q);
}

/* others: the rows that the plain reading has not. */
static void build(struct finding *f, bool others, struct sql_builder *b)
{
    const struct query *q = f->q;
    bool title = q->sort == SORT_TITLE;
    others ? SQL_ADD(b, SQL(events_sorted_others)) : SQL_ADD(b, SQL(events_sorted));
    if (q->after.given && title)
        SQL_ADD(b, SQL(events_after_title), DB_STR(fold_copy(q->after.text, f->a)),
                DB_STR(q->after.id));
    else if (q->after.given)
        SQL_ADD(b, SQL(events_before_update), DB_INT(q->after.number), DB_STR(q->after.id));
    add_datedness(f, b);
    filter_add(b, f->found, SIZE_MAX);
    title ? SQL_ADD(b, SQL(events_by_title)) : SQL_ADD(b, SQL(events_by_update));
}

/* The rows of the plain reading, or the others, in order. */
struct side {
    struct admission admission;
    struct sql_builder b;
    struct db_rows *rows;
    struct entry next; /* its title and time of change are read where there are two sides */
    bool filled;
};

static bool advance(struct finding *f, struct side *s, struct err *e)
{
    s->filled = false;
    while (!s->filled && db_next(s->rows, e)) {
        admit_read(s->rows, &s->next.hit);
        enum admitted admitted = admit_hit(&s->admission, &s->next.hit, e);
        if (admitted == ADMIT_FAILED)
            return false;
        s->filled = admitted == ADMIT_YES;
    }
    if (!s->filled)
        return e->code == ERR_NONE;
    return f->found->hearing.plain || read_keys(f, &s->next, e);
}

static bool open_side(struct finding *f, bool others, struct side *s, struct err *e)
{
    s->admission.r = f->r;
    s->admission.found = f->found;
    build(f, others, &s->b);
    return sql_builder_query(&s->b, f->r->db, &s->rows, e) && advance(f, s, e);
}

static bool follow_index(struct finding *f, struct err *e)
{
    struct side *sides = ARENA_ARRAY(f->a, struct side, 2);
    int (*compare)(const void *, const void *) = f->q->sort == SORT_TITLE ? by_title : by_update;
    for (int i = 0; i < 2; i++)
        sql_builder_init(&sides[i].b);
    bool ok = open_side(f, false, &sides[0], e) &&
              (f->found->hearing.plain || open_side(f, true, &sides[1], e));
    while (ok && !f->page->more && (sides[0].filled || sides[1].filled)) {
        bool other = !sides[0].filled ||
                     (sides[1].filled && compare(&sides[1].next, &sides[0].next) < 0);
        ok = find_show(f, &sides[other].next.hit, e) &&
             (f->page->more || advance(f, &sides[other], e));
    }
    for (int i = 0; i < 2; i++) {
        db_done(sides[i].rows);
        sql_builder_free(&sides[i].b);
    }
    return ok;
}

bool find_sorted(struct finding *f, struct err *e)
{
    struct gathering g = {0};
    bool narrowed = f->found->n > 0 || f->q->date.text.p != NULL || f->q->undated == UNDATED_ONLY;
    if (f->found->nothing)
        return true;
    if (narrowed && !gather(f, &g, e))
        return false;
    return g.all ? show_gathered(f, &g, e) : follow_index(f, e);
}
