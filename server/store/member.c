#include "store/member.h"

#include <stdlib.h>

#include "base/strmap.h"

/* Entries as they are found, those of one actor chained. */
struct entry {
    struct member member;
    int64_t next; /* of the same actor, or -1 */
};

struct finder {
    const struct at *at;
    struct strmap first; /* actor, as bytes, to the last entry of it */
    struct entry *entries;
    size_t n, room;
};

static bool contains(const struct window *outer, const struct window *inner)
{
    return outer->from <= inner->from && outer->to >= inner->to;
}

/* Adds what the entries of the actor do not say yet. */
static bool add(struct finder *f, int64_t actor, struct window window)
{
    int64_t last = -1;
    str key = {(const char *)&actor, sizeof actor};
    if (window.from > window.to)
        return true;
    strmap_get(&f->first, key, &last);
    for (int64_t i = last; i >= 0; i = f->entries[i].next)
        if (contains(&f->entries[i].member.window, &window))
            return true;
    if (f->n == MEMBER_MOST)
        return err_set(f->at->e, ERR_TOO_LARGE, "the actors asked for have more than %d members",
                       MEMBER_MOST);
    strmap_set(&f->first, arena_copy(f->at->arena, key), (int64_t)f->n);
    *ARENA_PUSH(f->at->arena, f->entries, f->n, f->room) = (struct entry){{actor, window}, last};
    return true;
}

static bool add_members_of(struct finder *f, struct member whole)
{
    struct db_rows *rows;
    if (!SQL_QUERY(f->at->db, f->at->e, &rows, SQL(members_of), DB_INT(whole.actor),
                   DB_INT(f->at->version)))
        return false;
    bool ok = true;
    while (ok && db_next(rows, f->at->e)) {
        struct window w = whole.window;
        if (!db_is_null(rows, 1) && db_i64(rows, 1) > w.from)
            w.from = db_i64(rows, 1);
        if (!db_is_null(rows, 2) && db_i64(rows, 2) < w.to)
            w.to = db_i64(rows, 2);
        ok = add(f, db_i64(rows, 0), w);
    }
    ok = ok && f->at->e->code == ERR_NONE;
    db_done(rows);
    return ok;
}

static int by_actor(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    return (x->actor > y->actor) - (x->actor < y->actor);
}

bool member_find(const struct at *at, const int64_t *keys, size_t n, struct members *out)
{
    static const struct window always = {PERIOD_NO_START, PERIOD_NO_END};
    struct finder f = {.at = at};
    strmap_init(&f.first, at->arena);
    for (size_t i = 0; i < n; i++)
        if (!add(&f, keys[i], always))
            return false;
    for (size_t i = 0; i < f.n; i++)
        if (!add_members_of(&f, f.entries[i].member))
            return false;
    *out = (struct members){ARENA_ARRAY(at->arena, struct member, f.n), f.n};
    for (size_t i = 0; i < f.n; i++)
        out->items[i] = f.entries[i].member;
    if (out->n > 0)
        qsort(out->items, out->n, sizeof out->items[0], by_actor);
    return true;
}

bool member_counts(const struct members *m, int64_t actor, const struct period *p)
{
    size_t low = 0, high = m->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->items[middle].actor < actor)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < m->n && m->items[low].actor == actor; low++) {
        const struct window *w = &m->items[low].window;
        if (p == NULL || (p->earliest <= w->to && p->latest >= w->from))
            return true;
    }
    return false;
}
