/* The source's own row, and the whole of a put and a delete. */
#include "store/put.h"

/* In this order: what is referred to comes before what refers. */
static const struct section *const sections[] = {
    &section_types,  &section_roles,  &section_relation_types, &section_actors,
    &section_places, &section_events, &section_relations,      &section_claims,
};

static bool keep_text(struct put *p)
{
    const struct document_source *s = &p->d->source;
    if (s->text.p == NULL)
        return true;
    return SQL_EXEC(p->w->db, p->e, SQL(text_add), DB_STR(s->text_sha256), DB_INT(s->text_length),
                    DB_STR(s->text));
}

static bool insert_state(struct put *p, str digest)
{
    const struct document_source *s = &p->d->source;
    int64_t key = writer_key(p->w);
    if (!keep_text(p) ||
        !SQL_EXEC(p->w->db, p->e, SQL(source_state_add), DB_INT(key), DB_INT(p->source),
                  DB_INT(p->w->version), DB_STR(s->title), DB_STR_OR_NULL(s->publisher),
                  DB_STR_OR_NULL(s->published.text), DB_BOUNDS(s->published),
                  DB_STR_OR_NULL(s->url), DB_STR_OR_NULL(s->language), DB_STR_OR_NULL(s->licence),
                  DB_INT(s->precedence), DB_INT(s->withheld), DB_STR_OR_NULL(s->text_sha256),
                  s->text_length >= 0 ? DB_INT(s->text_length) : DB_NOTHING,
                  DB_INT(s->text.p != NULL), DB_BYTES(digest)))
        return false;
    for (size_t i = 0; i < s->creators.n; i++)
        if (!SQL_EXEC(p->w->db, p->e, SQL(source_creator_add), DB_INT(key), DB_INT((int64_t)i),
                      DB_STR(s->creators.items[i])))
            return false;
    for (size_t i = 0; i < s->derives_from.n; i++) {
        int64_t from;
        if (!resolve_key(p, THING_SOURCE, s->derives_from.items[i], &from) ||
            !SQL_EXEC(p->w->db, p->e, SQL(source_derivation_add), DB_INT(key), DB_INT((int64_t)i),
                      DB_INT(from)))
            return false;
    }
    return true;
}

/* Another precedence reorders the accounts of every event that the source speaks of. */
static bool touch_events(struct put *p)
{
    struct db_rows *rows;
    if (!SQL_QUERY(p->w->db, p->e, &rows, SQL(source_events), DB_INT(p->source)))
        return false;
    while (db_next(rows, p->e))
        writer_touch(p->w, THING_EVENT, db_i64(rows, 0));
    db_done(rows);
    return p->e->code == ERR_NONE;
}

static bool read_state(struct put *p, int64_t *key, str *digest, int64_t *precedence)
{
    struct db_rows *rows;
    *key = 0;
    if (!SQL_QUERY(p->w->db, p->e, &rows, SQL(source_state_live), DB_INT(p->source)))
        return false;
    if (db_next(rows, p->e)) {
        *key = db_i64(rows, 0);
        *digest = internal_text(rows, 1, p->w->arena);
        *precedence = db_i64(rows, 2);
    }
    db_done(rows);
    return p->e->code == ERR_NONE;
}

static bool apply_source(struct put *p)
{
    unsigned char bytes[DOCUMENT_MOST_DIGEST];
    size_t properties = document_digest(DOCUMENT_SOURCE, &p->d->source, bytes);
    str digest = {(const char *)bytes, properties * DOCUMENT_PROPERTY_DIGEST};
    int64_t state, precedence = 0;
    str before = {0};
    if (!read_state(p, &state, &before, &precedence))
        return false;
    if (state == 0) {
        p->w->source_is_new = true;
        writer_note(p->w, CHANGE_ADDED, "sources", p->source_id, STR(""));
        return insert_state(p, digest);
    }
    str names = section_changed(p, DOCUMENT_SOURCE, before, digest);
    if (names.n == 0)
        return true;
    writer_note(p->w, CHANGE_CHANGED, "sources", p->source_id, names);
    if (precedence != p->d->source.precedence && !touch_events(p))
        return false;
    return WRITER_CLOSE(p->w, p->e, source_state, state) && insert_state(p, digest);
}

static bool apply_sections(struct put *p)
{
    size_t before = p->w->entry_count;
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (!section_apply(p, sections[i]))
            return false;
    /* The source as it is listed counts what it says. */
    if (p->w->entry_count > before)
        writer_touch(p->w, THING_SOURCE, p->source);
    return true;
}

bool store_change_put(struct store_writer *w, const struct document *d, str pointer_prefix,
                      struct problems *problems, struct err *e)
{
    ENSURE(w->open);
    struct put p = {.w = w,
                    .d = d,
                    .prefix = pointer_prefix,
                    .problems = problems,
                    .e = e,
                    .source_id = d->source.id};
    if (!thing_find(w->db, THING_SOURCE, d->source.id, &p.source, e) || !resolve_document(&p))
        return false;
    if (problem_any(problems))
        return err_set(e, ERR_INVALID_DOCUMENT, "the document refers to things that are not there");
    size_t before = w->entry_count;
    if (!writer_identity(w, THING_SOURCE, d->source.id, &p.source, e) || !apply_source(&p))
        return false;
    if (w->entry_count > before)
        writer_touch(w, THING_SOURCE, p.source);
    return apply_sections(&p);
}

bool store_change_source_version(struct store_writer *w, str source, int64_t *version,
                                 struct err *e)
{
    ENSURE(w->open);
    *version = 0;
    return SQL_ONE(w->db, e, version, SQL(source_version), DB_STR(source));
}

bool store_change_delete(struct store_writer *w, str source, struct err *e)
{
    ENSURE(w->open);
    struct put p = {.w = w, .e = e, .source_id = source};
    int64_t state, precedence;
    str digest;
    if (!thing_find(w->db, THING_SOURCE, source, &p.source, e))
        return false;
    if (p.source == 0)
        return err_set(e, ERR_NOT_FOUND, "there is no source \"%.*s\"", STR_ARG(source));
    if (!read_state(&p, &state, &digest, &precedence))
        return false;
    if (state == 0)
        return err_set(e, ERR_GONE, "the source \"%.*s\" was removed before", STR_ARG(source));
    writer_note(w, CHANGE_REMOVED, "sources", source, STR(""));
    writer_touch(w, THING_SOURCE, p.source);
    return WRITER_CLOSE(w, e, source_state, state) && apply_sections(&p);
}
