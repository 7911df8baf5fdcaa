#include "store/plan.h"

#include <inttypes.h>

#include "base/jout.h"
#include "store/link.h"

/* Sizes at which candidates are tried: who has fewer than that is taken at once. */
static const int64_t tries[] = {128, 1024, PLAN_MOST_CANDIDATES + 1};
#define TRIES (sizeof tries / sizeof tries[0])

/* From so many on, the text's own order is better than looking at all that it finds. */
#define TEXT_ALONE 256

/* A condition with more things than this is left to SQL. */
#define MOST_LINK_WORDS 256

struct planner {
    struct store_reader *r;
    const struct found_filters *found;
    struct arena *a;
    struct err *e;
    str text; /* the expression of full text with the words of links; p is NULL without a text */
};

/* Whether the words of links say the condition where there is a text. */
static bool has_link_words(const struct found_filter *f)
{
    return f->kind == FOUND_LINK && !f->negate && f->n > 0 && f->n <= MOST_LINK_WORDS &&
           f->keys[0] > 0;
}

static bool can_drive(const struct found_filter *f)
{
    if (f->negate)
        return false;
    switch (f->kind) {
    case FOUND_LINK:
    case FOUND_ID:
    case FOUND_TEXT:
        return true;
    case FOUND_RELATION:
    case FOUND_CLAIM:
        return f->list.p != NULL || f->with.p != NULL;
    case FOUND_ROLE:
        return false;
    }
    UNREACHABLE();
}

/* Whether its events can be walked in order. */
static bool is_ordered(const struct found_filter *f)
{
    return f->kind == FOUND_TEXT || (f->kind == FOUND_LINK && f->n <= PLAN_MOST_TARGETS);
}

/* The ids that a statement over relations or claims gives, as a JSON array; their number. */
static bool list_ids(struct planner *p, struct db_rows *rows, str *list, int64_t *n)
{
    struct buf out;
    struct jout j;
    buf_init(&out, SIZE_MAX / 2);
    jout_init(&j, &out);
    jout_array(&j);
    for (*n = 0; db_next(rows, p->e); ++*n)
        jout_str(&j, db_str(rows, 0));
    jout_array_end(&j);
    db_done(rows);
    *list = arena_copy(p->a, buf_str(&out));
    buf_free(&out);
    return p->e->code == ERR_NONE;
}

static bool related(struct planner *p, const struct found_filter *f, int64_t most, str *list,
                    int64_t *n)
{
    bool relation = f->kind == FOUND_RELATION;
    int64_t version = p->found->query->version, known_at = p->found->hearing.known_at;
    struct db_rows *rows;
    const struct db_value by_key[] = {DB_INT(relation ? SQL_related_ids : SQL_claimed_ids),
                                      DB_STR(f->list),
                                      DB_STR_OR_NULL(f->with),
                                      DB_STR_OR_NULL(f->without),
                                      DB_INT(version),
                                      DB_INT(most),
                                      DB_INT(known_at)};
    const struct db_value by_word[] = {
        DB_INT(relation ? SQL_related_ids_by_type : SQL_claimed_ids_by_stance), DB_STR(f->with),
        DB_INT(version), DB_INT(most), DB_INT(known_at)};
    bool ok = f->list.p != NULL ? sql_query(p->r->db, p->e, &rows, by_key, 7)
                                : sql_query(p->r->db, p->e, &rows, by_word, 5);
    return ok && list_ids(p, rows, list, n);
}

str plan_link_words(const struct found_filters *found, struct arena *a)
{
    struct buf out;
    buf_init(&out, SIZE_MAX / 2);
    for (size_t i = 0; i < found->n; i++) {
        const struct found_filter *f = &found->items[i];
        if (!has_link_words(f))
            continue;
        for (size_t k = 0; k < f->n; k++)
            buf_printf(&out, "%s\"" LINK_WORD "%" PRId64 "\"", k == 0 ? " AND (" : " OR ",
                       f->keys[k]);
        buf_add_char(&out, ')');
    }
    str words = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return words;
}

/* How many rows a condition has, up to `most`. */
static bool probe(struct planner *p, size_t i, int64_t most, struct plan *out, int64_t *n)
{
    const struct found_filter *f = &p->found->items[i];
    *out = (struct plan){.condition = i};
    switch (f->kind) {
    case FOUND_LINK:
        out->drive = PLAN_TARGETS;
        return SQL_ONE(p->r->db, p->e, n, SQL(probe_targets), DB_STR(f->list), DB_INT(most),
                       DB_INT(p->found->hearing.plain ? PERIOD_CLASSES : ROW_CLASSES));
    case FOUND_TEXT:
        out->drive = PLAN_FOUND;
        out->list = p->text;
        return SQL_ONE(p->r->db, p->e, n, SQL(probe_search), DB_STR(p->text), DB_INT(most),
                       DB_INT(hearing_last_key(&p->found->hearing)));
    case FOUND_ID:
        out->drive = PLAN_IDS;
        out->list = f->list;
        *n = 0; /* at most QUERY_MOST_VALUES */
        return true;
    case FOUND_RELATION:
    case FOUND_CLAIM:
        out->drive = PLAN_IDS;
        return related(p, f, most, &out->list, n);
    case FOUND_ROLE:
        break;
    }
    UNREACHABLE();
}

/* The first condition with few rows, tried at growing sizes so that the smallest ends it. */
static bool find_few(struct planner *p, struct plan *out, bool *few)
{
    *few = false;
    for (size_t t = 0; t < TRIES; t++) {
        for (size_t i = 0; i < p->found->n; i++) {
            int64_t n = 0;
            const struct found_filter *f = &p->found->items[i];
            if (!can_drive(f) || (p->text.p != NULL && has_link_words(f)))
                continue;
            if (!probe(p, i, tries[t], out, &n))
                return false;
            if (n < tries[t]) {
                *few = true;
                return true;
            }
        }
    }
    return true;
}

/* Full text before links: to look for a link of a row is cheap, to look for words is not. */
static struct plan in_order(const struct planner *p)
{
    const struct found_filters *found = p->found;
    struct plan best = {.drive = PLAN_TIME, .condition = SIZE_MAX};
    for (size_t i = 0; i < found->n; i++) {
        const struct found_filter *f = &found->items[i];
        if (!can_drive(f) || !is_ordered(f) || f->implied)
            continue;
        enum plan_drive drive = f->kind == FOUND_TEXT ? PLAN_SEARCH : PLAN_LINKS;
        if (best.drive == PLAN_SEARCH || (best.drive == PLAN_LINKS && drive == PLAN_LINKS &&
                                          found->items[best.condition].n <= f->n))
            continue;
        best = (struct plan){.drive = drive, .condition = i};
    }
    best.list = p->text;
    return best;
}

bool plan_make(struct store_reader *r, const struct found_filters *found, struct arena *a,
               struct plan *out, struct err *e)
{
    struct planner p = {.r = r, .found = found, .a = a, .e = e};
    size_t drivers = 0, last = 0;
    for (size_t i = 0; i < found->n; i++) {
        if (found->items[i].kind == FOUND_TEXT)
            p.text = arena_printf(a, "(%.*s)%.*s", STR_ARG(found->items[i].list),
                                  STR_ARG(plan_link_words(found, a)));
        if (can_drive(&found->items[i])) {
            drivers++;
            last = i;
        }
    }
    *out = in_order(&p);
    if (drivers == 0)
        return true;
    const struct found_filter *f = &found->items[last];
    struct plan few;
    bool are_few = false;
    if (drivers == 1 && f->kind == FOUND_LINK && is_ordered(f) && !f->implied)
        return true;
    if (drivers == 1 && f->kind == FOUND_TEXT) {
        int64_t n = 0;
        if (!probe(&p, last, TEXT_ALONE, &few, &n))
            return false;
        are_few = n < TEXT_ALONE;
    } else if (!find_few(&p, &few, &are_few)) {
        return false;
    }
    if (are_few)
        *out = few;
    return true;
}
