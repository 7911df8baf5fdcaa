#include "store/tally.h"

#include <stdlib.h>

#include "model/vocabulary.h"

/* ---- the table ---- */

static size_t slot_of(const struct tally_table *t, int64_t key)
{
    /* Keys follow each other: spread them. The constant is 2^64 divided by the golden ratio. */
    size_t i = (size_t)(((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (t->room - 1);
    while (t->entries[i].key != 0 && t->entries[i].key != key)
        i = (i + 1) & (t->room - 1);
    return i;
}

static void grow(struct tally_table *t, struct arena *a)
{
    struct tally_table larger = {.room = t->room ? t->room * 2 : 256};
    larger.entries = ARENA_ARRAY(a, struct tally_entry, larger.room);
    for (size_t i = 0; i < t->room; i++)
        if (t->entries[i].key != 0)
            larger.entries[slot_of(&larger, t->entries[i].key)] = t->entries[i];
    larger.n = t->n;
    *t = larger;
}

static void count(struct tally_table *t, int64_t key, int64_t event, struct arena *a)
{
    if (t->n * 2 >= t->room)
        grow(t, a);
    struct tally_entry *entry = &t->entries[slot_of(t, key)];
    if (entry->key == 0) {
        entry->key = key;
        t->n++;
    } else if (entry->last == event) {
        return;
    }
    entry->last = event;
    entry->count++;
}

/* ---- links ---- */

bool tally_links_open(struct db *db, const int64_t *events, size_t n, struct tally_links *l,
                      struct err *e)
{
    *l = (struct tally_links){.events = events, .n = n};
    buf_init(&l->list, (size_t)1 << 20);
    sql_write_keys(&l->list, events, n);
    ENSURE(!buf_failed(&l->list));
    return SQL_QUERY(db, e, &l->rows, SQL(links_of_events), DB_STR(buf_str(&l->list)));
}

bool tally_links_next(struct tally_links *l, struct err *e)
{
    if (!db_next(l->rows, e))
        return false;
    int64_t event = db_i64(l->rows, 0);
    while (l->at < l->n && l->events[l->at] != event)
        l->at++;
    ENSURE(l->at < l->n); /* they come in the order in which they went in */
    l->target = db_i64(l->rows, 1);
    l->role = db_i64(l->rows, 2);
    return true;
}

void tally_links_close(struct tally_links *l)
{
    db_done(l->rows);
    buf_free(&l->list);
}

bool tally_add(struct tally *t, struct db *db, const int64_t *events, size_t n, struct arena *a,
               struct err *e)
{
    struct tally_links l;
    bool ok = tally_links_open(db, events, n, &l, e);
    while (ok && tally_links_next(&l, e)) {
        count(&t->things, l.target, events[l.at], a);
        if (l.role > 0)
            count(&t->roles, l.role, events[l.at], a);
    }
    tally_links_close(&l);
    return ok && e->code == ERR_NONE;
}

static void set(struct tally_table *t, int64_t key, int64_t n, struct arena *a)
{
    if (t->n * 2 >= t->room)
        grow(t, a);
    struct tally_entry *entry = &t->entries[slot_of(t, key)];
    ENSURE(entry->key == 0);
    *entry = (struct tally_entry){.key = key, .count = n};
    t->n++;
}

void tally_set(struct tally *t, int64_t key, int64_t n, struct arena *a)
{
    if (n == 0)
        return;
    set(&t->things, key, n, a);
    set(&t->roles, key, n, a);
}

/* ---- the commonest ---- */

static int by_count(const void *a, const void *b)
{
    const struct tally_entry *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* The entries, the commonest first. */
static const struct tally_entry *sorted(const struct tally_table *t, struct arena *a)
{
    struct tally_entry *all = ARENA_ARRAY(a, struct tally_entry, t->n);
    size_t n = 0;
    for (size_t i = 0; i < t->room; i++)
        if (t->entries[i].key != 0)
            all[n++] = t->entries[i];
    if (n > 0)
        qsort(all, n, sizeof *all, by_count);
    return all;
}

static int by_rank(const void *a, const void *b)
{
    const struct tally_value *x = a, *y = b;
    if (x->value.count != y->value.count)
        return x->value.count > y->value.count ? -1 : 1;
    return str_cmp(x->value.id, y->value.id);
}

/* [key, key, …] of some entries. */
static str list_of(const struct tally_entry *entries, size_t n, struct arena *a)
{
    struct buf list;
    int64_t *keys = ARENA_ARRAY(a, int64_t, n);
    for (size_t i = 0; i < n; i++)
        keys[i] = entries[i].key;
    buf_init(&list, (size_t)1 << 20);
    sql_write_keys(&list, keys, n);
    ENSURE(!buf_failed(&list));
    str json = arena_copy(a, buf_str(&list));
    buf_free(&list);
    return json;
}

/* Adds those of some entries that are values of the facet. */
static bool pick_batch(const struct at *at, enum facet facet, const struct tally_entry *entries,
                       size_t n, struct tally_values *out, size_t *room)
{
    static const enum sql_name statements[FACETS] = {
        [FACET_ACTOR] = SQL_facet_actors,   [FACET_PLACE] = SQL_facet_places,
        [FACET_TYPE] = SQL_facet_types,     [FACET_TAG] = SQL_facet_tags,
        [FACET_SOURCE] = SQL_facet_sources, [FACET_ROLE] = SQL_facet_roles,
    };
    struct db_rows *rows;
    size_t i = 0;
    const struct db_value values[] = {DB_INT(statements[facet]),
                                      DB_STR(list_of(entries, n, at->arena))};
    if (!sql_query(at->db, at->e, &rows, values, 2))
        return false;
    while (db_next(rows, at->e)) {
        while (i < n && entries[i].key != db_i64(rows, 0))
            i++;
        ENSURE(i < n); /* they come in the order in which they went in */
        *ARENA_PUSH(at->arena, out->items, out->n, *room) = (struct tally_value){
            entries[i].key, {.id = internal_text(rows, 1, at->arena), .count = entries[i].count}};
    }
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/*
 * The values of one facet, the commonest first. They come by count, so there are enough when the
 * next one is rarer than the last of those that there is room for; those as common as that one go
 * by id and are all needed.
 */
static bool pick(const struct at *at, enum facet facet, const struct tally_entry *all, size_t n,
                 size_t limit, struct tally_values *out)
{
    size_t room = 0;
    *out = (struct tally_values){0};
    for (size_t i = 0; i < n; i += TALLY_BATCH) {
        if (out->n > limit && out->items[limit].value.count > all[i].count)
            break;
        size_t some = n - i < TALLY_BATCH ? n - i : TALLY_BATCH;
        if (!pick_batch(at, facet, all + i, some, out, &room))
            return false;
    }
    if (out->n > 0)
        qsort(out->items, out->n, sizeof *out->items, by_rank);
    out->more = out->n > limit;
    if (out->more)
        out->n = limit;
    return true;
}

/* What a value is called at the version; its id where nothing says. */
static bool find_name(const struct at *at, enum facet facet, struct tally_value *v)
{
    static const struct {
        enum sql_name statement;
        int column;
    } views[] = {
        [FACET_ACTOR] = {SQL_actor_view, 1},
        [FACET_PLACE] = {SQL_place_view, 1},
        [FACET_TYPE] = {SQL_type_view, 2},
        [FACET_SOURCE] = {SQL_source_view, 1},
    };
    v->value.name = v->value.id;
    if (facet == FACET_TYPE || facet == FACET_ROLE) {
        const struct term *term = vocabulary_find(
            facet == FACET_TYPE ? VOCABULARY_TYPE : VOCABULARY_ROLE, v->value.id);
        if (term != NULL)
            v->value.name = str_from(term->label);
        if (term != NULL || facet == FACET_ROLE)
            return true;
    }
    if (facet == FACET_TAG)
        return true;
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(views[facet].statement), DB_INT(v->key),
                                      DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    if (db_next(rows, at->e) && db_str(rows, views[facet].column).n > 0)
        v->value.name = internal_text(rows, views[facet].column, at->arena);
    db_done(rows);
    return at->e->code == ERR_NONE;
}

bool tally_top(const struct tally *t, const struct at *at, unsigned facets, size_t limit,
               struct tally_values out[FACETS])
{
    const struct tally_entry *things = sorted(&t->things, at->arena);
    const struct tally_entry *roles = sorted(&t->roles, at->arena);
    for (unsigned f = 0; f < FACETS; f++) {
        out[f] = (struct tally_values){0};
        if (!(facets & 1u << f))
            continue;
        bool role = f == FACET_ROLE;
        if (!pick(at, (enum facet)f, role ? roles : things, role ? t->roles.n : t->things.n, limit,
                  &out[f]))
            return false;
        for (size_t i = 0; i < out[f].n; i++)
            if (!find_name(at, (enum facet)f, &out[f].items[i]))
                return false;
    }
    return true;
}
