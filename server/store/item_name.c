#include "store/item_name.h"

#include <stdlib.h>

#include "base/likeness.h"

#define MOST_WORDS 16    /* of a name that can be typed first */
#define LONGEST_FOLD 120 /* bytes of what is compared */

struct entry {
    str fold, text;
    int64_t position;
};

struct entries {
    struct entry *items;
    size_t n, room;
};

str item_name_fold(str text, struct arena *a)
{
    return likeness_fold(text, a);
}

str item_name_kept(str fold)
{
    size_t end = fold.n;
    if (end > LONGEST_FOLD)
        for (end = LONGEST_FOLD; ((unsigned char)fold.p[end] & 0xC0) == 0x80; end--)
            continue;
    return str_sub(fold, 0, end);
}

static void add_name(struct entries *all, str text, struct arena *a)
{
    str rest = item_name_fold(text, a), kept = arena_copy(a, text), word;
    for (int64_t position = 0; position < MOST_WORDS && rest.n > 0; position++) {
        *ARENA_PUSH(a, all->items, all->n, all->room) = (struct entry){item_name_kept(rest), kept,
                                                                       position};
        str_cut(rest, ' ', &word, &rest);
    }
}

static int by_fold(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = str_cmp(x->fold, y->fold);
    if (order == 0 && x->position != y->position)
        order = x->position < y->position ? -1 : 1;
    return order != 0 ? order : str_cmp(x->text, y->text);
}

static bool is_same_row(const struct entry *x, const struct entry *y)
{
    return x->position == y->position && str_eq(x->fold, y->fold);
}

/* The rows that the sources' names give: of two names with one fold the first. */
static bool names_given(const struct at *at, enum thing t, int64_t key, struct entries *out)
{
    struct db_rows *rows;
    *out = (struct entries){0};
    const struct db_value values[] = {
        DB_INT(t == THING_ACTOR ? SQL_actor_called : SQL_place_called), DB_INT(key),
        DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    while (db_next(rows, at->e))
        add_name(out, db_str(rows, 0), at->arena);
    db_done(rows);
    if (at->e->code != ERR_NONE || out->n == 0)
        return at->e->code == ERR_NONE;
    qsort(out->items, out->n, sizeof *out->items, by_fold);
    size_t kept = 1;
    for (size_t i = 1; i < out->n; i++)
        if (!is_same_row(&out->items[i], &out->items[kept - 1]))
            out->items[kept++] = out->items[i];
    out->n = kept;
    return true;
}

/* Those that are there, in the same order. */
static bool names_kept(const struct at *at, int64_t key, int64_t version, struct entries *out)
{
    struct db_rows *rows;
    *out = (struct entries){0};
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(item_names), DB_INT(key), DB_INT(version)))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, out->items, out->n, out->room) = (struct entry){
            internal_text(rows, 0, at->arena), internal_text(rows, 2, at->arena), db_i64(rows, 1)};
    db_done(rows);
    return at->e->code == ERR_NONE;
}

static bool is_kept(enum thing t)
{
    return t == THING_ACTOR || t == THING_PLACE;
}

static bool end_name(struct store_writer *w, int64_t key, const struct entry *n, struct err *e)
{
    return SQL_EXEC(w->db, e, SQL(item_name_close), DB_INT(key), DB_STR(n->fold),
                    DB_INT(n->position), DB_INT(w->version));
}

static bool start_name(struct store_writer *w, enum thing t, int64_t key, const struct entry *n,
                       struct err *e)
{
    return SQL_EXEC(w->db, e, SQL(item_name_add), DB_INT(key), DB_STR(n->fold), DB_INT(n->position),
                    DB_INT(w->version), DB_INT(project_item_kind(t)), DB_STR(n->text));
}

bool item_name_project(struct store_writer *w, enum thing t, int64_t key, struct err *e)
{
    const struct at at = {w->db, w->version, w->scratch, e};
    struct entries before, after;
    if (!is_kept(t))
        return true;
    if (!names_kept(&at, key, FOREVER - 1, &before) || !names_given(&at, t, key, &after))
        return false;
    size_t i = 0, k = 0;
    while (i < before.n || k < after.n) {
        int order = i == before.n  ? 1
                    : k == after.n ? -1
                                   : by_fold(&before.items[i], &after.items[k]);
        if ((order < 0 && !end_name(w, key, &before.items[i], e)) ||
            (order > 0 && !start_name(w, t, key, &after.items[k], e)))
            return false;
        i += order <= 0;
        k += order >= 0;
    }
    return true;
}

bool item_name_prove(const struct at *at, enum thing t, int64_t key, bool *holds)
{
    struct entries kept, given;
    *holds = true;
    if (!is_kept(t))
        return true;
    if (!names_kept(at, key, at->version, &kept) || !names_given(at, t, key, &given))
        return false;
    *holds = kept.n == given.n;
    for (size_t i = 0; i < kept.n && *holds; i++)
        *holds = by_fold(&kept.items[i], &given.items[i]) == 0;
    return true;
}
