#include "store/total.h"

#include <stdlib.h>

/* ---- while writing ---- */

void total_add(struct store_writer *w, int64_t name, int64_t change)
{
    *ARENA_PUSH(w->arena, w->totals, w->total_count, w->total_room) = (struct total_change){name,
                                                                                            change};
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Links are ordered by target and role; each target and each role counts once. */
static void add_links(struct store_writer *w, const struct link *links, size_t n, int64_t change)
{
    int64_t *roles = ARENA_ARRAY(w->scratch, int64_t, n);
    size_t role_count = 0;
    total_add(w, TOTAL_EVENTS, change);
    for (size_t i = 0; i < n; i++) {
        if (links[i].role < LINK_PLAIN)
            continue;
        bool again = i > 0 && links[i - 1].target == links[i].target &&
                     links[i - 1].role >= LINK_PLAIN;
        if (!again)
            total_add(w, links[i].target, change);
        if (links[i].role > LINK_PLAIN)
            roles[role_count++] = links[i].role;
    }
    if (role_count > 0)
        qsort(roles, role_count, sizeof roles[0], by_number);
    for (size_t i = 0; i < role_count; i++)
        if (i == 0 || roles[i] != roles[i - 1])
            total_add(w, roles[i], change);
}

void total_add_event(struct store_writer *w, const struct links *links)
{
    add_links(w, links->items, links->n, 1);
}

bool total_remove_event(struct store_writer *w, int64_t row, struct err *e)
{
    struct db_rows *rows;
    struct link *links = NULL;
    size_t n = 0, room = 0;
    if (!SQL_QUERY(w->db, e, &rows, SQL(check_links), DB_INT(row)))
        return false;
    while (db_next(rows, e))
        *ARENA_PUSH(w->scratch, links, n, room) = (struct link){db_i64(rows, 0), db_i64(rows, 1)};
    db_done(rows);
    if (e->code != ERR_NONE)
        return false;
    add_links(w, links, n, -1);
    return true;
}

static int by_name(const void *a, const void *b)
{
    return by_number(&((const struct total_change *)a)->name,
                     &((const struct total_change *)b)->name);
}

bool total_write(struct store_writer *w, struct err *e)
{
    if (w->total_count > 0)
        qsort(w->totals, w->total_count, sizeof w->totals[0], by_name);
    for (size_t i = 0; i < w->total_count;) {
        int64_t name = w->totals[i].name, change = 0;
        for (; i < w->total_count && w->totals[i].name == name; i++)
            change += w->totals[i].change;
        if (change != 0 &&
            !SQL_EXEC(w->db, e, SQL(total_add), DB_INT(name), DB_INT(w->version), DB_INT(change)))
            return false;
    }
    w->total_count = 0;
    return true;
}

/* ---- while reading ---- */

bool total_at(struct db *db, int64_t name, int64_t version, int64_t *n, struct err *e)
{
    *n = 0;
    return SQL_ONE(db, e, n, SQL(total_at), DB_INT(name), DB_INT(version));
}

bool total_answers(const struct found_filters *found)
{
    const struct query *q = found->query;
    return found->n == 0 && !found->nothing && found->hearing.plain && q->date.text.p == NULL &&
           filter_wants_dated(q) && filter_wants_undated(q);
}

bool total_tally(const struct at *at, struct tally *t)
{
    struct db_rows *rows;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(totals_at), DB_INT(at->version)))
        return false;
    while (db_next(rows, at->e))
        tally_set(t, db_i64(rows, 0), db_i64(rows, 1), at->arena);
    db_done(rows);
    return at->e->code == ERR_NONE;
}
