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

/* From when on it is certain that people can know it: see known_from in the schema. */
static bool find_known_from(struct put *p, int64_t *known_from)
{
    const struct dated *published = &p->d->source.published;
    int64_t recorded = p->w->now;
    if (published->text.p != NULL) {
        *known_from = published->value.bounds.latest;
        return true;
    }
    if (!SQL_ONE(p->w->db, p->e, &recorded, SQL(source_first_recorded), DB_INT(p->source)))
        return false;
    *known_from = period_day_of(recorded / 1000000) * PERIOD_DAY_SECONDS;
    return true;
}

static bool insert_state(struct put *p, int64_t known_from, str digest)
{
    const struct document_source *s = &p->d->source;
    int64_t key = writer_key(p->w);
    if (!keep_text(p) ||
        !SQL_EXEC(p->w->db, p->e, SQL(source_state_add), DB_INT(key), DB_INT(p->source),
                  DB_INT(p->w->version), DB_STR(s->title), DB_STR_OR_NULL(s->publisher),
                  DB_STR_OR_NULL(s->published.text), DB_BOUNDS(s->published), DB_INT(known_from),
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

/* Events in which the source has a part: with others those of sources that derive from it. */
static bool touch_events(struct put *p, bool others)
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(others ? SQL_derived_events : SQL_source_events),
                                      DB_INT(p->source)};
    if (!sql_query(p->w->db, p->e, &rows, values, 2))
        return false;
    while (db_next(rows, p->e))
        writer_touch(p->w, THING_EVENT, db_i64(rows, 0));
    db_done(rows);
    return p->e->code == ERR_NONE;
}

/* What holds of a source. */
struct source_before {
    int64_t state; /* 0 where there is none */
    str digest;
    int64_t precedence, known_from;
};

static bool read_state(struct put *p, struct source_before *out)
{
    struct db_rows *rows;
    *out = (struct source_before){0};
    if (!SQL_QUERY(p->w->db, p->e, &rows, SQL(source_state_live), DB_INT(p->source)))
        return false;
    if (db_next(rows, p->e))
        *out = (struct source_before){.state = db_i64(rows, 0),
                                      .digest = internal_text(rows, 1, p->w->arena),
                                      .precedence = db_i64(rows, 2),
                                      .known_from = db_i64(rows, 3)};
    db_done(rows);
    return p->e->code == ERR_NONE;
}

static bool names_one(str names, str wanted)
{
    str name;
    while (names.n > 0) {
        str_cut(names, ',', &name, &names);
        if (str_eq(name, wanted))
            return true;
    }
    return false;
}

static bool apply_source(struct put *p)
{
    unsigned char bytes[DOCUMENT_MOST_DIGEST];
    size_t properties = document_digest(DOCUMENT_SOURCE, &p->d->source, bytes);
    str digest = {(const char *)bytes, properties * DOCUMENT_PROPERTY_DIGEST};
    struct source_before before;
    int64_t known_from;
    if (!read_state(p, &before) || !find_known_from(p, &known_from))
        return false;
    if (before.state == 0) {
        p->w->source_is_new = true;
        writer_note(p->w, CHANGE_ADDED, "sources", p->source_id, STR(""));
        /* Sources can have derived from it before it was removed and came back. */
        return touch_events(p, true) && insert_state(p, known_from, digest);
    }
    str names = section_changed(p, DOCUMENT_SOURCE, before.digest, digest);
    if (names.n == 0)
        return true;
    writer_note(p->w, CHANGE_CHANGED, "sources", p->source_id, names);
    bool derives = names_one(names, STR("derives_from"));
    if ((derives || before.precedence != p->d->source.precedence ||
         before.known_from != known_from) &&
        !touch_events(p, derives))
        return false;
    return WRITER_CLOSE(p->w, p->e, source_state, before.state) &&
           insert_state(p, known_from, digest);
}

static bool apply_sections(struct put *p)
{
    int64_t before = p->w->noted;
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (!section_apply(p, sections[i]))
            return false;
    /* The source as it is listed counts what it says. */
    if (p->w->noted > before)
        writer_touch(p->w, THING_SOURCE, p->source);
    return true;
}

static bool put_source(struct put *p)
{
    int64_t before = p->w->noted;
    if (!writer_identity(p->w, THING_SOURCE, p->source_id, &p->source, p->e) || !apply_source(p))
        return false;
    if (p->w->noted > before)
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
    return put_source(&p) && apply_sections(&p) && alias_check(&p);
}

/* What the stored source has of a text stays where the record says nothing of one. */
static bool inherit_text(struct put *p, struct document_source *s, struct arena *a)
{
    struct db_rows *rows;
    if (p->source == 0 || s->text.p != NULL)
        return true;
    if (!SQL_QUERY(p->w->db, p->e, &rows, SQL(source_state_text), DB_INT(p->source)))
        return false;
    if (db_next(rows, p->e) &&
        (s->text_sha256.p == NULL || str_eq(s->text_sha256, db_str(rows, 1)))) {
        s->withheld = s->withheld || db_i64(rows, 0) != 0;
        s->text_sha256 = internal_text(rows, 1, a);
        s->text_length = db_i64(rows, 2);
        s->text = internal_text(rows, 3, a);
    }
    db_done(rows);
    return p->e->code == ERR_NONE;
}

bool store_change_source(struct store_writer *w, struct document_source *s, struct arena *a,
                         struct problems *problems, struct err *e)
{
    ENSURE(w->open);
    struct document d = {.source = *s};
    struct put p = {
        .w = w, .d = &d, .record = true, .problems = problems, .e = e, .source_id = s->id};
    size_t before = problems->n;
    if (!writer_relieve(w, e) || !thing_find(w->db, THING_SOURCE, s->id, &p.source, e) ||
        !inherit_text(&p, &d.source, a) || !resolve_document(&p))
        return false;
    *s = d.source;
    return problems->n > before || put_source(&p);
}

static const struct section *section_of(enum record_kind kind)
{
    static const struct section *const of[] = {
        [RECORD_TYPE] = &section_types,
        [RECORD_ROLE] = &section_roles,
        [RECORD_RELATION_TYPE] = &section_relation_types,
        [RECORD_ACTOR] = &section_actors,
        [RECORD_PLACE] = &section_places,
        [RECORD_EVENT] = &section_events,
        [RECORD_RELATION] = &section_relations,
        [RECORD_CLAIM] = &section_claims,
    };
    ENSURE(kind < RECORD_KINDS);
    return of[kind];
}

bool store_change_record(struct store_writer *w, const struct record *r, struct problems *problems,
                         struct err *e)
{
    ENSURE(w->open);
    const struct document *d = r->document;
    struct put p = {
        .w = w, .d = d, .record = true, .problems = problems, .e = e, .source_id = d->source.id};
    size_t before = problems->n;
    if (!writer_relieve(w, e) || !resolve_key(&p, THING_SOURCE, d->source.id, &p.source) ||
        !resolve_document(&p) || !alias_check_record(&p))
        return false;
    record_place(problems, before, r->kind);
    return problem_any(problems) || section_put(&p, section_of(r->kind));
}

void store_change_forget(struct store_writer *w, const struct record *r)
{
    resolve_forget(w, r->document);
}

bool store_change_remove(struct store_writer *w, str source, const struct record *r, struct err *e)
{
    ENSURE(w->open);
    struct put p = {.w = w, .record = true, .e = e, .source_id = source};
    return writer_relieve(w, e) && resolve_key(&p, THING_SOURCE, source, &p.source) &&
           section_remove(&p, section_of(r->removed), r->id);
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
    struct source_before before;
    if (!thing_find(w->db, THING_SOURCE, source, &p.source, e))
        return false;
    if (p.source == 0)
        return err_set(e, ERR_NOT_FOUND, "there is no source \"%.*s\"", STR_ARG(source));
    if (!read_state(&p, &before))
        return false;
    if (before.state == 0)
        return err_set(e, ERR_GONE, "the source \"%.*s\" was removed before", STR_ARG(source));
    writer_note(w, CHANGE_REMOVED, "sources", source, STR(""));
    writer_touch(w, THING_SOURCE, p.source);
    return touch_events(&p, true) && WRITER_CLOSE(w, e, source_state, before.state) &&
           apply_sections(&p);
}
