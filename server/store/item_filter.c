#include "store/item_filter.h"

#include "base/jout.h"
#include "base/likeness.h"
#include "base/utf8.h"
#include "store/item_name.h"

#define LAST_CHARACTER "\U0010FFFF" /* behind all letters */
#define SAME_LETTERS 3              /* at the beginning of names that are looked at */

static str json_list(const struct strs *values, struct arena *a)
{
    struct buf out;
    struct jout j;
    buf_init(&out, (size_t)8 * 1024 * 1024);
    jout_init(&j, &out);
    jout_array(&j);
    for (size_t i = 0; i < values->n; i++)
        jout_str(&j, values->items[i]);
    jout_array_end(&j);
    ENSURE(!buf_failed(&out));
    str list = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return list;
}

/* ---- names ---- */

static void fold_all(const struct strs *values, struct arena *a, struct strs *out)
{
    out->items = ARENA_ARRAY(a, str, values->n);
    out->n = values->n;
    for (size_t i = 0; i < values->n; i++)
        out->items[i] = item_name_kept(likeness_fold(values->items[i], a));
}

struct near {
    struct store_reader *r;
    const struct item_query *q;
    struct arena *arena;
    struct strs *out; /* folded names */
    size_t room;
    struct err *e;
};

/*
 * The name of a row, folded; empty where it cannot be near. A row that begins within a name can be
 * of the same words in another order, and then begins with the whole first one.
 */
static str folded_name(const struct near *x, const struct db_rows *rows, str fold)
{
    str first, rest;
    if (db_i64(rows, 1) == 0)
        return arena_copy(x->arena, db_str(rows, 0));
    str_cut(fold, ' ', &first, &rest);
    str own = db_str(rows, 0), own_first, own_rest;
    str_cut(own, ' ', &own_first, &own_rest);
    return str_eq(first, own_first) ? likeness_fold(db_str(rows, 2), x->arena) : STR("");
}

static bool add_rows(struct near *x, enum sql_name statement, str from, str to, str fold)
{
    struct db_rows *rows;
    const struct db_value values[] = {
        DB_INT(statement),  DB_STR(from),          DB_STR(to),
        DB_INT(x->q->kind), DB_INT(x->q->version), DB_INT(ITEM_FILTER_NEAR / 2)};
    if (!sql_query(x->r->db, x->e, &rows, values, 6))
        return false;
    while (db_next(rows, x->e)) {
        str other = folded_name(x, rows, fold);
        if (other.n > 0 && likeness_near(fold, other))
            *ARENA_PUSH(x->arena, x->out->items, x->out->n, x->room) = item_name_kept(other);
    }
    db_done(rows);
    return x->e->code == ERR_NONE;
}

/* Adds the folded names near one value: those that sort next to it are looked at. */
static bool add_near(struct near *x, str fold)
{
    str begin = utf8_slice(fold, 0, SAME_LETTERS);
    if (begin.n == 0)
        return true;
    str behind = arena_printf(x->arena, "%.*s" LAST_CHARACTER, STR_ARG(begin));
    return add_rows(x, SQL_names_from, fold, behind, fold) &&
           add_rows(x, SQL_names_before, begin, fold, fold);
}

static bool near_all(struct store_reader *r, const struct item_query *q, const struct strs *values,
                     struct arena *a, struct strs *out, struct err *e)
{
    *out = (struct strs){0};
    struct near x = {.r = r, .q = q, .arena = a, .out = out, .e = e};
    for (size_t i = 0; i < values->n; i++)
        if (!db_in_time(r->db, e) ||
            !add_near(&x, item_name_kept(likeness_fold(values->items[i], a))))
            return false;
    return true;
}

/* ---- conditions ---- */

static void add_in(const struct item_filter *f, struct sql_builder *b)
{
    f->negate ? SQL_ADD(b, SQL(items_not_in)) : SQL_ADD(b, SQL(items_in));
}

static void add_called(const struct item_query *q, const struct item_filter *f,
                       const struct strs *folds, struct arena *a, struct sql_builder *b)
{
    add_in(f, b);
    if (q->kind == ITEM_ACTOR)
        SQL_ADD(b, SQL(called_actors), DB_STR(json_list(folds, a)), DB_INT(q->version));
    else
        SQL_ADD(b, SQL(called_places), DB_STR(json_list(folds, a)), DB_INT(q->version));
}

static void add_identified(const struct item_query *q, const struct item_filter *f, str list,
                           struct sql_builder *b)
{
    add_in(f, b);
    if (q->kind == ITEM_ACTOR)
        SQL_ADD(b, SQL(identified_actors), DB_STR(list), DB_INT(q->version));
    else
        SQL_ADD(b, SQL(identified_places), DB_STR(list), DB_INT(q->version));
}

bool item_filter_gives_ids(const struct item_query *q)
{
    static const char *const terms[] = {"id", "identifier", "name", "name_near"};
    for (size_t i = 0; i < q->filter_count; i++)
        for (size_t k = 0; k < sizeof terms / sizeof *terms; k++)
            if (!q->filters[i].negate && str_eq(q->filters[i].term, str_from(terms[k])))
                return true;
    return false;
}

bool item_filter_add(struct store_reader *r, const struct item_query *q,
                     const struct item_filter *f, struct arena *a, struct sql_builder *b,
                     struct err *e)
{
    struct strs folds;
    if (str_eq(f->term, STR("name"))) {
        fold_all(&f->values, a, &folds);
        add_called(q, f, &folds, a, b);
        return true;
    }
    if (str_eq(f->term, STR("name_near"))) {
        if (!near_all(r, q, &f->values, a, &folds, e))
            return false;
        add_called(q, f, &folds, a, b);
        return true;
    }
    str list = json_list(&f->values, a);
    if (str_eq(f->term, STR("identifier")))
        add_identified(q, f, list, b);
    else if (str_eq(f->term, STR("id")))
        f->negate ? SQL_ADD(b, SQL(items_without_id), DB_STR(list))
                  : SQL_ADD(b, SQL(items_with_id), DB_STR(list));
    else if (f->negate)
        SQL_ADD(b, SQL(items_not_linked), DB_STR(f->term), DB_STR(list));
    else
        SQL_ADD(b, SQL(items_linked), DB_STR(f->term), DB_STR(list));
    return true;
}
