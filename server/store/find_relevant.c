/*
 * Pages by relevance. What a text finds is ranked in steps that a person can follow: all its words
 * in the title, as a phrase first; then in title and summary, again as a phrase first; then with
 * the names of who took part and where; then with the quotes. Within a step by title, the more of
 * it the words make up the earlier; else by date. Each step is a search of its own, so that a page
 * costs no more than the steps that it shows; a step too large to be sorted comes in the order of
 * the keys of its rows.
 */
#include <stdlib.h>

#include "base/fold.h"
#include "store/find.h"
#include "store/plan.h"
#include "store/row_key.h"
#include "store/stream.h"
#include "store/window.h"

/* What of a step can be sorted. */
#define STEP_MOST 2000

/* Columns that are looked at, those of the steps before are left out; phrase: as one phrase. */
static const struct step {
    const char *columns;
    bool phrase;
} steps[] = {
    {"title", true},
    {"title", false},
    {"summary", true},
    {"title summary", false},
    {"title summary names", false},
    {"title summary names quotes", false},
};
#define STEPS (sizeof steps / sizeof steps[0])

struct entry {
    struct walk_hit hit;
    int class; /* of a title: 0 it is the words, 1 it begins with them, 2 any other */
    size_t length;
};

struct ranking {
    struct finding *f;
    struct admission admission;
    str words, phrase; /* expressions; phrase may be empty */
    str folded;        /* the text, for comparison with titles */
    int64_t skip;      /* rows that earlier pages gave */
    struct err *e;
};

/* ---- one step ---- */

/* What stands as a phrase is found by its words too, so that no step finds what they do not. */
static void append_step(struct buf *out, const struct ranking *k, const struct step *s)
{
    if (s->phrase)
        buf_printf(out, "({%s} : ((%.*s) AND (%.*s)))", s->columns, STR_ARG(k->phrase),
                   STR_ARG(k->words));
    else
        buf_printf(out, "({%s} : (%.*s))", s->columns, STR_ARG(k->words));
}

/* The step's expression: it, and none of the steps before. */
static str expression(const struct ranking *k, size_t step)
{
    struct buf out;
    buf_init(&out, SIZE_MAX / 2);
    buf_add_char(&out, '(');
    append_step(&out, k, &steps[step]);
    buf_printf(&out, "%.*s)", STR_ARG(plan_link_words(k->f->found, k->f->a)));
    /* The last step by words alone holds all before it but a phrase in the summary. */
    for (size_t i = step; i-- > 0;) {
        if (steps[i].phrase && k->phrase.n == 0)
            continue;
        buf_add(&out, STR(" NOT "));
        append_step(&out, k, &steps[i]);
    }
    str text = arena_copy(k->f->a, buf_str(&out));
    buf_free(&out);
    return text;
}

static bool open_step(struct ranking *k, size_t step, struct db_rows **rows)
{
    struct sql_builder b;
    const struct query *q = k->f->q;
    bool dated = filter_wants_dated(q), undated = filter_wants_undated(q);
    size_t text = 0;
    while (k->f->found->items[text].kind != FOUND_TEXT)
        text++;
    /* Rows of other readings stand behind those of the plain one; their undated are the first. */
    bool plain = k->f->found->hearing.plain;
    int last = plain ? PERIOD_CLASSES - 1 : ROW_CLASSES - 1, bare = plain ? -1 : ROW_OTHER - 1;
    sql_builder_init(&b);
    SQL_ADD(&b, SQL(walk_search), DB_STR(expression(k, step)),
            DB_INT(undated ? row_key_least(-1, 0) : row_key_least(0, PERIOD_NO_START)),
            DB_INT(dated ? row_key_greatest(last, PERIOD_NO_END) : row_key_greatest(bare, 0)));
    if (!plain && dated != undated)
        dated ? SQL_ADD(&b, SQL(walk_any_dated)) : SQL_ADD(&b, SQL(walk_any_undated));
    if (dated && !undated)
        window_add(&b, q);
    filter_add(&b, k->f->found, text);
    SQL_ADD(&b, SQL(walk_key_up));
    bool ok = sql_builder_query(&b, k->f->r->db, rows, k->e);
    sql_builder_free(&b);
    return ok;
}

static bool next_hit(struct ranking *k, struct db_rows *rows, struct walk_hit *hit)
{
    while (db_next(rows, k->e)) {
        admit_read(rows, hit);
        enum admitted admitted = admit_hit(&k->admission, hit, k->e);
        if (admitted != ADMIT_NO)
            return admitted == ADMIT_YES;
    }
    return false;
}

/* ---- order within a step ---- */

static bool read_title(struct ranking *k, struct entry *x)
{
    struct db_rows *rows;
    if (!SQL_QUERY(k->f->r->db, k->e, &rows, SQL(event_title_fold), DB_INT(x->hit.row)))
        return false;
    if (db_next(rows, k->e)) {
        str title = db_str(rows, 0);
        x->class = str_eq(title, k->folded) ? 0 : str_starts(title, k->folded) ? 1 : 2;
        x->length = title.n;
    }
    db_done(rows);
    return k->e->code == ERR_NONE;
}

static int compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return stream_compare(&x->hit, &y->hit, false);
}

static bool sort_step(struct ranking *k, size_t step, struct entry *items, size_t n)
{
    bool titles = str_eq(str_from(steps[step].columns), STR("title"));
    for (size_t i = 0; i < n && titles; i++)
        if (!read_title(k, &items[i]))
            return false;
    if (n > 0)
        qsort(items, n, sizeof items[0], compare);
    return true;
}

static bool show(struct ranking *k, const struct walk_hit *hit)
{
    if (k->skip > 0) {
        k->skip--;
        return true;
    }
    return find_show(k->f, hit, k->e);
}

static bool show_step(struct ranking *k, size_t step)
{
    struct db_rows *rows;
    struct walk_hit hit;
    struct entry *items = ARENA_ARRAY(k->f->a, struct entry, STEP_MOST);
    size_t n = 0;
    bool ok = open_step(k, step, &rows), another = false;
    if (!ok)
        return false;
    while (n < STEP_MOST && (another = next_hit(k, rows, &hit))) {
        items[n].hit = hit;
        items[n++].hit.id = arena_copy(k->f->a, hit.id);
    }
    if (another)
        another = next_hit(k, rows, &hit);
    ok = another || (k->e->code == ERR_NONE && sort_step(k, step, items, n));
    for (size_t i = 0; i < n && ok && !k->f->page->more; i++)
        ok = show(k, &items[i].hit);
    while (ok && another && !k->f->page->more) {
        ok = show(k, &hit);
        another = ok && !k->f->page->more && next_hit(k, rows, &hit);
        ok = ok && (another || k->e->code == ERR_NONE);
    }
    db_done(rows);
    return ok;
}

bool find_relevant(struct finding *f, struct err *e)
{
    if (f->found->nothing)
        return true;
    struct ranking *k = ARENA_NEW(f->a, struct ranking);
    k->f = f;
    k->admission.r = f->r;
    k->admission.found = f->found;
    for (size_t i = 0; i < f->found->n; i++)
        if (f->found->items[i].kind == FOUND_TEXT)
            k->words = f->found->items[i].list;
    k->phrase = words_phrase(f->q->text, f->a);
    k->folded = str_trim(fold_copy(f->q->text, f->a));
    k->skip = f->q->after.given ? f->q->after.number : 0;
    k->e = e;
    e->code = ERR_NONE;
    for (size_t i = 0; i < STEPS && !f->page->more; i++)
        if (!(steps[i].phrase && k->phrase.n == 0) && !show_step(k, i))
            return false;
    return true;
}
