#include "store/put.h"

struct live {
    str id;
    int64_t key;
    int64_t target;
    str digest;
    bool kept;
};

struct lives {
    struct live *items;
    size_t n, room;
    struct strmap by_id;
};

static bool read_live(struct put *p, const struct section *s, struct lives *lives)
{
    struct arena *a = p->w->arena;
    strmap_init(&lives->by_id, a);
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(s->live), DB_INT(p->source),
                                      DB_INT(thing_vocabulary(s->thing))};
    if (!sql_query(p->w->db, p->e, &rows, values, 3))
        return false;
    while (db_next(rows, p->e)) {
        struct live *l = ARENA_PUSH(a, lives->items, lives->n, lives->room);
        *l = (struct live){.id = internal_text(rows, 1, a),
                           .key = db_i64(rows, 0),
                           .digest = internal_text(rows, 2, a),
                           .target = db_i64(rows, 3)};
    }
    db_done(rows);
    for (size_t i = 0; i < lives->n; i++)
        strmap_set(&lives->by_id, lives->items[i].id, (int64_t)i);
    return p->e->code == ERR_NONE;
}

/* The id by which a changeset names a row: what a source says of a thing that others speak of too.
 */
static str named(struct put *p, const struct section *s, str id)
{
    if (s->shared)
        return arena_printf(p->w->arena, "%.*s/%.*s", STR_ARG(p->source_id), STR_ARG(id));
    return id;
}

str section_changed(struct put *p, enum document_kind shape, str before, str after)
{
    static const char absent[DOCUMENT_PROPERTY_DIGEST];
    struct buf names;
    buf_init(&names, 4096);
    for (size_t i = 0; i * DOCUMENT_PROPERTY_DIGEST < after.n; i++) {
        size_t at = i * DOCUMENT_PROPERTY_DIGEST;
        str old = at < before.n ? str_sub(before, at, DOCUMENT_PROPERTY_DIGEST)
                                : (str){absent, sizeof absent};
        if (str_eq(old, str_sub(after, at, DOCUMENT_PROPERTY_DIGEST)))
            continue;
        if (names.n > 0)
            buf_add_char(&names, ',');
        buf_add(&names, str_from(document_property_name(shape, i)));
    }
    str joined = arena_copy(p->w->arena, buf_str(&names));
    buf_free(&names);
    return joined;
}

static bool touch(struct put *p, const struct section *s, int64_t key, int64_t target)
{
    writer_touch(p->w, s->thing, target);
    return s->touch == NULL || s->touch(p, key);
}

static bool end_row(struct put *p, const struct section *s, const struct live *l)
{
    return touch(p, s, l->key, l->target) && s->close(p, l->key) && evidence_close(p, l->key);
}

/* old: the row that holds, or NULL. */
static bool apply_part(struct put *p, const struct section *s, struct live *old, str id,
                       const void *part)
{
    unsigned char bytes[DOCUMENT_MOST_DIGEST];
    size_t properties = document_digest(s->shape, part, bytes);
    str digest = {(const char *)bytes, properties * DOCUMENT_PROPERTY_DIGEST};
    if (old != NULL) {
        old->kept = true;
        str properties_changed = section_changed(p, s->shape, old->digest, digest);
        if (properties_changed.n == 0)
            return true;
        if (!end_row(p, s, old))
            return false;
        writer_note(p->w, CHANGE_CHANGED, s->kind, named(p, s, id), properties_changed);
    } else {
        writer_note(p->w, CHANGE_ADDED, s->kind, named(p, s, id), STR(""));
    }
    int64_t key = writer_key(p->w), target;
    return s->insert(p, part, key, digest, &target) && touch(p, s, key, target);
}

/* The source says it no longer; others may need it to stay. */
static bool take_back(struct put *p, const struct section *s, const struct live *l)
{
    bool keep = false;
    if (s->needed != NULL && !s->needed(p, l->target, l->id, &keep))
        return false;
    if (keep)
        return true;
    if (!end_row(p, s, l))
        return false;
    resolve_lose(p->w, s->thing, l->id);
    writer_note(p->w, CHANGE_REMOVED, s->kind, named(p, s, l->id), STR(""));
    return true;
}

bool section_apply(struct put *p, const struct section *s)
{
    struct lives lives = {0};
    if (!read_live(p, s, &lives))
        return false;
    size_t count = p->d ? s->count(p->d) : 0;
    for (size_t i = 0; i < count; i++) {
        const void *part = s->at(p->d, i);
        str id = s->id(p, part);
        int64_t at;
        bool there = strmap_get(&lives.by_id, id, &at);
        if (!apply_part(p, s, there ? &lives.items[at] : NULL, id, part))
            return false;
    }
    for (size_t i = 0; i < lives.n; i++) {
        const struct live *l = &lives.items[i];
        if (!l->kept && !take_back(p, s, l))
            return false;
    }
    return true;
}

/* ---- one thing alone ---- */

/* The source's row about a thing, of which the key is known; l->key is 0 where there is none. */
static bool read_one(struct put *p, const struct section *s, struct live *l)
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(s->one), DB_INT(p->source), DB_INT(l->target)};
    if (!sql_query(p->w->db, p->e, &rows, values, 3))
        return false;
    if (db_next(rows, p->e)) {
        l->key = db_i64(rows, 0);
        l->digest = internal_text(rows, 1, p->w->arena);
    }
    db_done(rows);
    return p->e->code == ERR_NONE;
}

bool section_put(struct put *p, const struct section *s)
{
    int64_t before = p->w->noted;
    for (size_t i = 0; i < s->count(p->d); i++) {
        const void *part = s->at(p->d, i);
        struct live old = {.id = s->id(p, part)};
        int64_t first_new = p->w->next_key;
        if (!writer_identity(p->w, s->thing, old.id, &old.target, p->e))
            return false;
        /* Nobody has said anything yet of what has just got its key. */
        if (old.target < first_new && !read_one(p, s, &old))
            return false;
        if (!apply_part(p, s, old.key != 0 ? &old : NULL, old.id, part))
            return false;
    }
    /* The source as it is listed counts what it says. */
    if (p->w->noted > before)
        writer_touch(p->w, THING_SOURCE, p->source);
    return true;
}

bool section_remove(struct put *p, const struct section *s, str id)
{
    struct live l = {.id = id};
    int64_t before = p->w->noted;
    if (!thing_find(p->w->db, s->thing, id, &l.target, p->e) ||
        (l.target != 0 && !read_one(p, s, &l)))
        return false;
    if (l.key == 0)
        writer_warn(p->w, "the source %.*s says nothing of the %s %.*s: nothing to remove",
                    STR_ARG(p->source_id), thing_singular(s->thing), STR_ARG(id));
    else if (!take_back(p, s, &l))
        return false;
    if (p->w->noted > before)
        writer_touch(p->w, THING_SOURCE, p->source);
    return true;
}
