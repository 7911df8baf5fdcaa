/* What a source says of actors, places and the words of its vocabulary. */
#include "store/put.h"

/* ---- what actors and places share ---- */

static bool insert_names(struct put *p, int64_t statement, const struct names *names)
{
    for (size_t i = 0; i < names->n; i++) {
        const struct name *n = &names->items[i];
        int64_t used_by;
        if (!resolve_key(p, THING_ACTOR, n->used_by, &used_by) ||
            !SQL_EXEC(p->w->db, p->e, SQL(name_add), DB_INT(statement), DB_INT((int64_t)i),
                      DB_STR(n->name), DB_STR_OR_NULL(n->language), DB_STR_OR_NULL(n->script),
                      used_by ? DB_INT(used_by) : DB_NOTHING, DB_STR_OR_NULL(n->date.text)))
            return false;
    }
    return true;
}

static bool insert_identifiers(struct put *p, int64_t statement, const struct identifiers *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (!SQL_EXEC(p->w->db, p->e, SQL(identifier_add), DB_INT(statement),
                      DB_STR(list->items[i].scheme), DB_STR(list->items[i].value)))
            return false;
    return true;
}

static bool insert_containments(struct put *p, enum thing t, int64_t statement,
                                const struct containments *list)
{
    for (size_t i = 0; i < list->n; i++) {
        int64_t container;
        const struct dated *date = &list->items[i].date;
        if (!resolve_key(p, t, list->items[i].in, &container) ||
            !SQL_EXEC(p->w->db, p->e, SQL(containment_add), DB_INT(statement), DB_INT((int64_t)i),
                      DB_INT(container), DB_STR_OR_NULL(date->text), DB_BOUNDS(*date)))
            return false;
    }
    return true;
}

/*
 * A description that others lean on outlives the source's silence: when no other source describes
 * the thing and rows of other sources refer to it.
 */
static bool needed(struct put *p, enum thing t, enum sql_name statement, int64_t target, str id,
                   bool *keep)
{
    bool described;
    int64_t referred = 0;
    const struct db_value values[] = {DB_INT(statement), DB_INT(target), DB_INT(p->source)};
    if (!thing_is_live(p->w->db, t, target, p->source, &described, p->e) ||
        !sql_one(p->w->db, p->e, &referred, values, 3))
        return false;
    *keep = !described && referred != 0;
    if (*keep)
        writer_warn(p->w, "%s %.*s stays: other sources refer to it and none describes it",
                    thing_singular(t), STR_ARG(id));
    return true;
}

/*
 * On a single value the source recorded first wins, and the changeset says so. shown: what the
 * things are shown with; said: what this description has.
 */
static void warn_if_other(struct put *p, enum thing t, str id, const char *property, str shown,
                          str said)
{
    if (said.n > 0 && shown.n > 0 && !str_eq(shown, said))
        writer_warn(p->w, "%s %.*s: its %s stays \"%.*s\", recorded first, and is not \"%.*s\"",
                    thing_singular(t), STR_ARG(id), property, STR_ARG(str_sub(shown, 0, 100)),
                    STR_ARG(str_sub(said, 0, 100)));
}

/* The thing as it is listed, of all descriptions that hold. */
static bool view(struct put *p, enum sql_name statement, int64_t key, struct db_rows **rows)
{
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(p->w->version)};
    return sql_query(p->w->db, p->e, rows, values, 3);
}

/* ---- actors ---- */

static size_t count_actors(const struct document *d)
{
    return d->actor_count;
}

static const void *actor_at(const struct document *d, size_t i)
{
    return &d->actors[i];
}

static str actor_id(struct put *p, const void *part)
{
    (void)p;
    return ((const struct document_actor *)part)->id;
}

static bool compare_actor(struct put *p, const struct document_actor *x, int64_t key)
{
    struct db_rows *rows;
    if (!view(p, SQL_actor_view, key, &rows))
        return false;
    if (db_next(rows, p->e)) {
        warn_if_other(p, THING_ACTOR, x->id, "name", db_str(rows, 1), x->name);
        warn_if_other(p, THING_ACTOR, x->id, "kind", db_str(rows, 2), x->kind);
    }
    db_done(rows);
    return p->e->code == ERR_NONE;
}

static bool insert_actor(struct put *p, const void *part, int64_t key, str digest, int64_t *target)
{
    const struct document_actor *x = part;
    return resolve_key(p, THING_ACTOR, x->id, target) &&
           SQL_EXEC(p->w->db, p->e, SQL(actor_statement_add), DB_INT(key), DB_INT(p->source),
                    DB_INT(*target), DB_INT(p->w->version), DB_STR(x->name),
                    DB_STR_OR_NULL(x->kind), DB_BYTES(digest)) &&
           insert_names(p, key, &x->names) && insert_identifiers(p, key, &x->identifiers) &&
           insert_containments(p, THING_ACTOR, key, &x->member_of) &&
           evidence_insert(p, key, &x->evidence) && compare_actor(p, x, *target);
}

static bool close_actor(struct put *p, int64_t key)
{
    return WRITER_CLOSE(p->w, p->e, actor_statement, key);
}

static bool actor_needed(struct put *p, int64_t target, str id, bool *keep)
{
    return needed(p, THING_ACTOR, SQL_actor_is_referred, target, id, keep);
}

const struct section section_actors = {
    .kind = "descriptions",
    .shared = true,
    .shape = DOCUMENT_ACTOR,
    .thing = THING_ACTOR,
    .live = SQL_actor_statement_live,
    .one = SQL_actor_statement_one,
    .count = count_actors,
    .at = actor_at,
    .id = actor_id,
    .insert = insert_actor,
    .close = close_actor,
    .needed = actor_needed,
};

/* ---- places ---- */

static size_t count_places(const struct document *d)
{
    return d->place_count;
}

static const void *place_at(const struct document *d, size_t i)
{
    return &d->places[i];
}

static str place_id(struct put *p, const void *part)
{
    (void)p;
    return ((const struct document_place *)part)->id;
}

static bool compare_place(struct put *p, const struct document_place *x, int64_t key)
{
    struct db_rows *rows;
    if (!view(p, SQL_place_view, key, &rows))
        return false;
    if (db_next(rows, p->e)) {
        warn_if_other(p, THING_PLACE, x->id, "name", db_str(rows, 1), x->name);
        if (x->has_point && (db_f64(rows, 2) != x->lat || db_f64(rows, 3) != x->lon))
            writer_warn(p->w,
                        "place %.*s: its point stays %g, %g, recorded first, and is not %g, %g",
                        STR_ARG(x->id), db_f64(rows, 2), db_f64(rows, 3), x->lat, x->lon);
    }
    db_done(rows);
    return p->e->code == ERR_NONE;
}

static bool insert_place(struct put *p, const void *part, int64_t key, str digest, int64_t *target)
{
    const struct document_place *x = part;
    return resolve_key(p, THING_PLACE, x->id, target) &&
           SQL_EXEC(p->w->db, p->e, SQL(place_statement_add), DB_INT(key), DB_INT(p->source),
                    DB_INT(*target), DB_INT(p->w->version), DB_STR(x->name),
                    x->has_point ? DB_REAL(x->lat) : DB_NOTHING,
                    x->has_point ? DB_REAL(x->lon) : DB_NOTHING, DB_BYTES(digest)) &&
           insert_names(p, key, &x->names) && insert_identifiers(p, key, &x->identifiers) &&
           insert_containments(p, THING_PLACE, key, &x->part_of) &&
           evidence_insert(p, key, &x->evidence) && compare_place(p, x, *target);
}

static bool close_place(struct put *p, int64_t key)
{
    return WRITER_CLOSE(p->w, p->e, place_statement, key);
}

static bool place_needed(struct put *p, int64_t target, str id, bool *keep)
{
    return needed(p, THING_PLACE, SQL_place_is_referred, target, id, keep);
}

const struct section section_places = {
    .kind = "descriptions",
    .shared = true,
    .shape = DOCUMENT_PLACE,
    .thing = THING_PLACE,
    .live = SQL_place_statement_live,
    .one = SQL_place_statement_one,
    .count = count_places,
    .at = place_at,
    .id = place_id,
    .insert = insert_place,
    .close = close_place,
    .needed = place_needed,
};

/* ---- words of the vocabularies ---- */

static str term_id(struct put *p, const void *part)
{
    (void)p;
    return ((const struct document_term *)part)->id;
}

static bool insert_term(struct put *p, enum thing t, const struct document_term *x, int64_t key,
                        str digest, int64_t *target)
{
    int64_t parent;
    return resolve_key(p, t, x->id, target) && resolve_key(p, t, x->parent, &parent) &&
           SQL_EXEC(p->w->db, p->e, SQL(term_statement_add), DB_INT(key), DB_INT(p->source),
                    DB_INT(*target), DB_INT(p->w->version), DB_STR_OR_NULL(x->label),
                    parent ? DB_INT(parent) : DB_NOTHING, DB_STR_OR_NULL(x->description),
                    DB_BYTES(digest));
}

static bool close_term(struct put *p, int64_t key)
{
    return WRITER_CLOSE(p->w, p->e, term_statement, key);
}

/*
 * One section per vocabulary; they differ in the list of the document, and in what changesets call
 * them: types are listed by the projection, which says when one comes and goes.
 */
#define TERM_SECTION(name, THING, list, counter, word, many)                                       \
    static size_t count_##name(const struct document *d)                                           \
    {                                                                                              \
        return d->counter;                                                                         \
    }                                                                                              \
    static const void *name##_at(const struct document *d, size_t i)                               \
    {                                                                                              \
        return &d->list[i];                                                                        \
    }                                                                                              \
    static bool insert_##name(struct put *p, const void *part, int64_t key, str digest,            \
                              int64_t *target)                                                     \
    {                                                                                              \
        return insert_term(p, THING, part, key, digest, target);                                   \
    }                                                                                              \
    static bool name##_needed(struct put *p, int64_t target, str id, bool *keep)                   \
    {                                                                                              \
        return needed(p, THING, SQL_term_is_referred, target, id, keep);                           \
    }                                                                                              \
    const struct section section_##name = {                                                        \
        .kind = word,                                                                              \
        .shared = many,                                                                            \
        .shape = DOCUMENT_TERM,                                                                    \
        .thing = THING,                                                                            \
        .live = SQL_term_statement_live,                                                           \
        .one = SQL_term_statement_one,                                                             \
        .count = count_##name,                                                                     \
        .at = name##_at,                                                                           \
        .id = term_id,                                                                             \
        .insert = insert_##name,                                                                   \
        .close = close_term,                                                                       \
        .needed = name##_needed,                                                                   \
    }

TERM_SECTION(types, THING_TYPE, types, type_count, "descriptions", true);
TERM_SECTION(roles, THING_ROLE, roles, role_count, "roles", false);
TERM_SECTION(relation_types, THING_RELATION_TYPE, relation_types, relation_type_count,
             "relation_types", false);
