/* Bringing the projection up to date with what a change touched. */
#include "store/project.h"
#include "base/jscan.h"
#include "store/alias.h"
#include "store/item_name.h"
#include "store/total.h"
#include "store/touched.h"

struct old_item {
    int64_t key; /* 0 where there is none */
    str document;
};

static bool read_old(struct store_writer *w, enum item_kind kind, str id, struct old_item *old,
                     struct err *e)
{
    struct db_rows *rows;
    *old = (struct old_item){0};
    if (!SQL_QUERY(w->db, e, &rows, SQL(item_row_live), DB_INT(kind), DB_STR(id)))
        return false;
    if (db_next(rows, e))
        *old = (struct old_item){db_i64(rows, 0), internal_text(rows, 1, w->scratch)};
    db_done(rows);
    return e->code == ERR_NONE;
}

static bool thing_id(struct store_writer *w, enum thing t, int64_t key, str *id, struct err *e)
{
    static const enum sql_name statements[] = {
#define X(kind, singular, plural, table, vocabulary) [kind] = SQL_##table##_id,
        THING_TABLE(X)
#undef X
    };
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statements[t]), DB_INT(key)};
    if (!sql_query(w->db, e, &rows, values, 2))
        return false;
    bool found = db_next(rows, e);
    ENSURE(found || e->code != ERR_NONE);
    if (found)
        *id = internal_text(rows, 0, w->scratch);
    db_done(rows);
    return found;
}

static bool insert_item(struct store_writer *w, enum item_kind kind, int64_t thing,
                        const struct item_draft *d, struct err *e)
{
    int64_t row = writer_key(w);
    if (!SQL_EXEC(w->db, e, SQL(item_row_add), DB_INT(row), DB_INT(kind), DB_INT(thing),
                  DB_STR(d->id), DB_INT(w->version), d->has_point ? DB_REAL(d->lat) : DB_NOTHING,
                  d->has_point ? DB_REAL(d->lon) : DB_NOTHING, DB_STR(buf_str(&d->document))) ||
        !SQL_EXEC(w->db, e, SQL(item_search_add), DB_INT(row), DB_STR(buf_str(&d->search))))
        return false;
    for (size_t i = 0; i < d->link_count; i++)
        if (!SQL_EXEC(w->db, e, SQL(item_link_add), DB_INT(row), DB_STR(str_from(d->links[i].term)),
                      DB_STR(d->links[i].value)))
            return false;
    total_add(w, TOTAL_ITEMS(kind), 1);
    return true;
}

static str member(str document, const char *name)
{
    str key, value;
    for (size_t at = 0; jscan_member(document, &at, &key, &value);)
        if (str_eq(key, str_from(name)))
            return value;
    return (str){NULL, 0};
}

str project_differing(str before, str after, struct arena *a)
{
    str names = STR(""), key, value, other_key, other;
    size_t at = 0, other_at = 0;
    /* The same members stand in the same order in every document. */
    while (jscan_member(before, &at, &key, &value) &&
           jscan_member(after, &other_at, &other_key, &other)) {
        ENSURE(str_eq(key, other_key));
        if (!str_eq(value, other) && !str_eq(key, STR("version")) && !str_eq(key, STR("updated")))
            names = arena_printf(a, "%.*s%s%.*s", STR_ARG(names), names.n ? "," : "", STR_ARG(key));
    }
    return names;
}

/* Whether any of the members, which end in NULL, differs. */
static bool differ_in(str before, str after, const char *const *members)
{
    for (size_t i = 0; members[i] != NULL; i++)
        if (!str_eq(member(before, members[i]), member(after, members[i])))
            return true;
    return false;
}

/* What of a thing stands in the events that it is linked to. */
static const char *const *shown_in_events(enum thing t)
{
    static const char *const actor[] = {"name", "names", NULL};
    static const char *const place[] = {"name", "names", "lat", "lon", NULL};
    static const char *const nothing[] = {NULL};
    return t == THING_ACTOR ? actor : t == THING_PLACE ? place : nothing;
}

/* Every event that mentions the thing is projected again. */
static bool touch_events(struct store_writer *w, enum thing t, int64_t key, struct err *e)
{
    enum sql_name statement = t == THING_ACTOR   ? SQL_actor_events
                              : t == THING_PLACE ? SQL_place_events
                                                 : SQL_type_events;
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key)};
    if (!sql_query(w->db, e, &rows, values, 2))
        return false;
    while (db_next(rows, e))
        writer_touch(w, THING_EVENT, db_i64(rows, 0));
    db_done(rows);
    return e->code == ERR_NONE;
}

/*
 * What a place is part of and what a type is a child of decide whether accounts contradict each
 * other, for the thing itself and for everything below it.
 */
static bool touch_events_from(struct store_writer *w, enum thing t, int64_t key, struct err *e)
{
    const struct at at = {w->db, w->version, w->scratch, e};
    struct ancestors below;
    str root = arena_printf(w->scratch, "[%lld]", (long long)key);
    if (!project_below(&at, t, root, &below))
        return false;
    for (size_t i = 0; i < below.n; i++)
        if (!touch_events(w, t, below.keys[i], e))
            return false;
    return true;
}

/* The events whose rows a change of a thing's own document reaches. */
static bool touch_reached(struct store_writer *w, enum thing t, int64_t key, str before, str after,
                          struct err *e)
{
    static const char *const above[] = {"part_of", "parent", NULL};
    if ((t == THING_PLACE || t == THING_TYPE) && differ_in(before, after, above))
        return touch_events_from(w, t, key, e);
    return !differ_in(before, after, shown_in_events(t)) || touch_events(w, t, key, e);
}

/* A changeset names events by their own rows, and sources, claims and relations by what was said.
 */
static void note_item(struct store_writer *w, enum thing t, str id, str before, str after)
{
    if (t != THING_ACTOR && t != THING_PLACE && t != THING_TYPE)
        return;
    if (before.p == NULL)
        writer_note(w, CHANGE_ADDED, thing_plural(t), id, STR(""));
    else if (after.p == NULL)
        writer_note(w, CHANGE_REMOVED, thing_plural(t), id, STR(""));
    else
        writer_note(w, CHANGE_CHANGED, thing_plural(t), id,
                    project_differing(before, after, w->scratch));
}

static bool replace_item(struct store_writer *w, enum thing t, int64_t key,
                         const struct item_draft *d, struct err *e)
{
    enum item_kind kind = project_item_kind(t);
    struct old_item old;
    str id;
    if (!thing_id(w, t, key, &id, e) || !read_old(w, kind, id, &old, e))
        return false;
    str document = d->exists ? buf_str(&d->document) : (str){NULL, 0};
    /* A source is touched when anything that it says has changed: its version tells when. */
    if (old.key != 0 && t != THING_SOURCE && str_eq(old.document, document))
        return true;
    if (old.key != 0 &&
        !SQL_EXEC(w->db, e, SQL(item_row_close), DB_INT(old.key), DB_INT(w->version)))
        return false;
    if (old.key != 0)
        total_add(w, TOTAL_ITEMS(kind), -1);
    /* What ships with Annals is there before any changeset. */
    if (w->version > 0 && (old.key != 0 || d->exists))
        note_item(w, t, id, old.document, document);
    if (!touch_reached(w, t, key, old.document, document, e))
        return false;
    return !d->exists || insert_item(w, kind, key, d, e);
}

static bool use_item(struct store_writer *w, enum thing t, int64_t key, struct err *e)
{
    arena_reset(w->scratch);
    const struct at at = {w->db, w->version, w->scratch, e};
    struct item_draft draft;
    bool ok = project_draft(&at, t, key, &draft) && replace_item(w, t, key, &draft, e) &&
              item_name_project(w, t, key, e);
    project_draft_free(&draft);
    return ok;
}

static bool use_event(struct store_writer *w, enum thing t, int64_t key, struct err *e)
{
    (void)t;
    if (!w->aliased)
        return project_event(w, key, e);
    const struct at at = {w->db, w->version, w->scratch, e};
    str name = {(const char *)&key, sizeof key};
    int64_t canonical, ignored;
    if (!alias_canonical(&at, key, &canonical))
        return false;
    if (canonical != key && !project_no_event(w, key, e))
        return false;
    /* A group has many ids that can be touched, and is projected once. */
    name.p = (const char *)&canonical;
    if (strmap_get(&w->merged, name, &ignored))
        return true;
    if (canonical != key)
        strmap_set(&w->merged, arena_copy(w->lasting, name), 1);
    return project_event(w, canonical, e);
}

bool project_touched(struct store_writer *w, struct err *e)
{
    /* Actors, places and types first: events show what they are called. */
    static const enum thing order[] = {THING_ACTOR,  THING_PLACE, THING_TYPE,
                                       THING_SOURCE, THING_CLAIM, THING_RELATION};
    strmap_init(&w->merged, w->lasting);
    if (!alias_settle(w, e) || !alias_any(w, &w->aliased, e))
        return false;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (!touched_each(w, order[i], use_item, e))
            return false;
    return touched_each(w, THING_EVENT, use_event, e) && project_search_flush(w, e) &&
           project_extents(w, e) && total_write(w, e);
}

bool project_shipped(struct store_writer *w, struct err *e)
{
    struct db_rows *rows;
    if (!SQL_QUERY(w->db, e, &rows, SQL(shipped_types)))
        return false;
    while (db_next(rows, e))
        writer_touch(w, THING_TYPE, db_i64(rows, 0));
    db_done(rows);
    return e->code == ERR_NONE && touched_each(w, THING_TYPE, use_item, e) && total_write(w, e);
}
