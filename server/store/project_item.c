/* The JSON of everything that is listed beside events. */
#include "model/vocabulary.h"
#include "store/alias.h"
#include "store/draft.h"

/* ---- sources ---- */

static void write_source(const struct at *at, struct item_draft *d, struct jout *j,
                         const struct db_rows *rows)
{
    d->id = internal_text(rows, 0, at->arena);
    struct dated published = internal_dated(db_str(rows, 3), at->arena);
    jout_member_str(j, "id", d->id);
    jout_member_str(j, "title", db_str(rows, 1));
    jout_member_str_or_null(j, "publisher", db_str(rows, 2));
    jout_key(j, "published");
    event_write_date(j, &published);
    jout_member_str_or_null(j, "url", db_str(rows, 4));
    jout_member_str_or_null(j, "language", db_str(rows, 5));
    jout_member_str_or_null(j, "licence", db_str(rows, 6));
    jout_member_i64(j, "precedence", db_i64(rows, 7));
    bool withheld = db_i64(rows, 8) != 0;
    jout_member_text(j, "text_access", withheld ? "withheld" : "public");
    jout_member_str_or_null(j, "text_sha256", db_str(rows, 9));
    jout_key(j, "text_length");
    db_is_null(rows, 10) ? jout_null(j) : jout_i64(j, db_i64(rows, 10));
    jout_member_i64(j, "accounts", db_i64(rows, 11));
    jout_member_i64(j, "relations", db_i64(rows, 12));
    jout_member_i64(j, "claims", db_i64(rows, 13));
    draft_search(d, db_str(rows, 1));
    draft_search(d, db_str(rows, 2));
    draft_link(at, d, "publisher", db_str(rows, 2));
    draft_link(at, d, "language", db_str(rows, 5));
    draft_link(at, d, "licence", db_str(rows, 6));
}

/* Reads the one row of a statement over (key, version) and lets `write` turn it into members. */
static bool write_row(const struct at *at, struct item_draft *d, struct jout *j,
                      enum sql_name statement, int64_t key,
                      void (*write)(const struct at *, struct item_draft *, struct jout *,
                                    const struct db_rows *))
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    if (db_next(rows, at->e)) {
        d->exists = true;
        write(at, d, j, rows);
    }
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* The number that a statement over (key, version) gives; 0 where it gives none. */
static bool number_of(const struct at *at, enum sql_name statement, int64_t key, int64_t *row)
{
    *row = 0;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(at->version)};
    return sql_one(at->db, at->e, row, values, 3);
}

static bool draft_source(const struct at *at, int64_t key, struct item_draft *d, struct jout *j)
{
    static const char *const with_text[] = {"", "text", "annotations", "?source", NULL};
    static const char *const without[] = {"", "annotations", "?source", NULL};
    int64_t text = 0;
    if (!write_row(at, d, j, SQL_source_view, key, write_source) || !d->exists)
        return at->e->code == ERR_NONE;
    if (!draft_strings(at, d, j, "creators", NULL, SQL_source_creators, key) ||
        !draft_strings(at, d, j, "derives_from", "derives_from", SQL_source_derivations, key) ||
        !number_of(at, SQL_source_has_text, key, &text))
        return false;
    draft_links(j, d->id, "sources", text != 0 ? with_text : without);
    return true;
}

/* ---- actors ---- */

static void write_actor(const struct at *at, struct item_draft *d, struct jout *j,
                        const struct db_rows *rows)
{
    d->id = internal_text(rows, 0, at->arena);
    jout_member_str(j, "id", d->id);
    jout_member_str(j, "name", db_str(rows, 1));
    jout_member_str_or_null(j, "kind", db_str(rows, 2));
    draft_search(d, db_str(rows, 1));
    draft_link(at, d, "kind", db_str(rows, 2));
}

static bool draft_actor(const struct at *at, int64_t key, struct item_draft *d, struct jout *j)
{
    static const char *const below[] = {"", "?actor", NULL};
    if (!write_row(at, d, j, SQL_actor_view, key, write_actor) || !d->exists)
        return at->e->code == ERR_NONE;
    if (!draft_identifiers(at, d, j, SQL_actor_identifiers, key) ||
        !draft_names(at, d, j, SQL_actor_name_list, key) ||
        !draft_containments(at, d, j, SQL_actor_memberships, key, "member_of", "actor") ||
        !draft_strings(at, d, j, "sources", "source", SQL_actor_sources, key))
        return false;
    draft_links(j, d->id, "actors", below);
    return true;
}

/* ---- places ---- */

static void write_place(const struct at *at, struct item_draft *d, struct jout *j,
                        const struct db_rows *rows)
{
    d->id = internal_text(rows, 0, at->arena);
    jout_member_str(j, "id", d->id);
    jout_member_str(j, "name", db_str(rows, 1));
    d->has_point = !db_is_null(rows, 2);
    d->lat = db_f64(rows, 2);
    d->lon = db_f64(rows, 3);
    jout_key(j, "lat");
    d->has_point ? jout_f64(j, d->lat) : jout_null(j);
    jout_key(j, "lon");
    d->has_point ? jout_f64(j, d->lon) : jout_null(j);
    draft_search(d, db_str(rows, 1));
}

static bool draft_place(const struct at *at, int64_t key, struct item_draft *d, struct jout *j)
{
    static const char *const below[] = {"", "?place", NULL};
    if (!write_row(at, d, j, SQL_place_view, key, write_place) || !d->exists)
        return at->e->code == ERR_NONE;
    if (!draft_identifiers(at, d, j, SQL_place_identifiers, key) ||
        !draft_names(at, d, j, SQL_place_name_list, key) ||
        !draft_containments(at, d, j, SQL_place_containments, key, "part_of", "place") ||
        !draft_strings(at, d, j, "sources", "source", SQL_place_sources, key))
        return false;
    draft_links(j, d->id, "places", below);
    return true;
}

/* ---- types ---- */

static void write_type(const struct at *at, struct item_draft *d, struct jout *j,
                       const struct db_rows *rows)
{
    d->id = internal_text(rows, 0, at->arena);
    bool shipped = db_i64(rows, 1) != 0;
    str label = db_str(rows, 2), parent = db_str(rows, 3), description = db_str(rows, 4);
    const struct term *own = shipped ? vocabulary_find(VOCABULARY_TYPE, d->id) : NULL;
    if (own != NULL) {
        label = str_from(own->label);
        description = str_from(own->description);
    }
    jout_member_str(j, "id", d->id);
    jout_member_str(j, "label", label.n ? label : d->id);
    jout_member_str_or_null(j, "parent", parent);
    jout_member_str_or_null(j, "description", description);
    jout_member_bool(j, "shipped", shipped);
    draft_search(d, d->id);
    draft_search(d, label);
    draft_search(d, description);
    draft_link(at, d, "parent", parent);
}

static bool draft_type(const struct at *at, int64_t key, struct item_draft *d, struct jout *j)
{
    static const char *const below[] = {"", "?type", NULL};
    if (!write_row(at, d, j, SQL_type_view, key, write_type) || !d->exists)
        return at->e->code == ERR_NONE;
    draft_links(j, d->id, "types", below);
    return true;
}

/* ---- claims ---- */

static void write_claim(const struct at *at, struct item_draft *d, struct jout *j,
                        const struct db_rows *rows)
{
    d->id = internal_text(rows, 0, at->arena);
    jout_member_str(j, "id", d->id);
    jout_member_str(j, "speaker", db_str(rows, 2));
    jout_member_str(j, "stance", db_str(rows, 3));
    jout_member_str_or_null(j, "text", db_str(rows, 4));
    jout_member_str_or_null(j, "date", db_str(rows, 5));
    jout_member_str(j, "source", db_str(rows, 6));
    draft_search(d, db_str(rows, 4));
    draft_link(at, d, "speaker", db_str(rows, 2));
    draft_link(at, d, "stance", db_str(rows, 3));
    draft_link(at, d, "source", db_str(rows, 6));
}

static bool draft_claim(const struct at *at, int64_t key, struct item_draft *d, struct jout *j)
{
    static const char *const below[] = {"", NULL};
    int64_t row;
    if (!write_row(at, d, j, SQL_claim_view, key, write_claim) || !d->exists)
        return at->e->code == ERR_NONE;
    if (!draft_strings(at, d, j, "about", "about", SQL_claim_events, key) ||
        !number_of(at, SQL_claim_statement_key, key, &row))
        return false;
    jout_key(j, "evidence");
    if (!project_write_evidence(at, row, j))
        return false;
    draft_links(j, d->id, "claims", below);
    return true;
}

/* ---- relations ---- */

static void write_relation(const struct at *at, struct item_draft *d, struct jout *j,
                           const struct db_rows *rows)
{
    d->id = internal_text(rows, 0, at->arena);
    str stated_from = db_str(rows, 2), type = db_str(rows, 3), stated_to = db_str(rows, 4);
    /* What says that events are the same names them as stated, all others as they are now. */
    bool same = str_eq(type, STR(ALIAS_TYPE));
    str from = same || db_is_null(rows, 6) ? stated_from : db_str(rows, 6);
    str to = same || db_is_null(rows, 7) ? stated_to : db_str(rows, 7);
    jout_member_str(j, "id", d->id);
    jout_member_str(j, "from", from);
    jout_member_str(j, "type", type);
    jout_member_str(j, "to", to);
    jout_member_str(j, "source", db_str(rows, 5));
    draft_search(d, from);
    draft_search(d, type);
    draft_search(d, to);
    draft_link(at, d, "from", from);
    draft_link(at, d, "type", type);
    draft_link(at, d, "to", to);
    draft_link(at, d, "event", from);
    draft_link(at, d, "event", to);
    draft_link(at, d, "event", stated_from);
    draft_link(at, d, "event", stated_to);
    draft_link(at, d, "event", db_str(rows, 6));
    draft_link(at, d, "event", db_str(rows, 7));
    draft_link(at, d, "source", db_str(rows, 5));
}

static bool draft_relation(const struct at *at, int64_t key, struct item_draft *d, struct jout *j)
{
    static const char *const below[] = {"", NULL};
    int64_t row;
    if (!write_row(at, d, j, SQL_relation_view, key, write_relation) || !d->exists)
        return at->e->code == ERR_NONE;
    if (!number_of(at, SQL_relation_statement_key, key, &row))
        return false;
    jout_key(j, "evidence");
    if (!project_write_evidence(at, row, j))
        return false;
    draft_links(j, d->id, "relations", below);
    return true;
}

/* ---- all of them ---- */

static const struct {
    enum thing thing;
    enum item_kind kind;
    bool (*draft)(const struct at *, int64_t, struct item_draft *, struct jout *);
} drafts[] = {
    {THING_SOURCE, ITEM_SOURCE, draft_source}, {THING_ACTOR, ITEM_ACTOR, draft_actor},
    {THING_PLACE, ITEM_PLACE, draft_place},    {THING_TYPE, ITEM_TYPE, draft_type},
    {THING_CLAIM, ITEM_CLAIM, draft_claim},    {THING_RELATION, ITEM_RELATION, draft_relation},
};

enum item_kind project_item_kind(enum thing t)
{
    for (size_t i = 0; i < sizeof drafts / sizeof drafts[0]; i++)
        if (drafts[i].thing == t)
            return drafts[i].kind;
    return ITEM_KINDS;
}

enum thing project_item_thing(enum item_kind kind)
{
    for (size_t i = 0; i < sizeof drafts / sizeof drafts[0]; i++)
        if (drafts[i].kind == kind)
            return drafts[i].thing;
    UNREACHABLE();
}

bool project_draft(const struct at *at, enum thing t, int64_t key, struct item_draft *draft)
{
    *draft = (struct item_draft){0};
    buf_init(&draft->document, DRAFT_LARGEST);
    buf_init(&draft->search, DRAFT_LARGEST);
    for (size_t i = 0; i < sizeof drafts / sizeof drafts[0]; i++) {
        if (drafts[i].thing != t)
            continue;
        struct jout j;
        jout_init(&j, &draft->document);
        jout_object(&j);
        if (!drafts[i].draft(at, key, draft, &j))
            return false;
        jout_object_end(&j);
        return !buf_failed(&draft->document) ||
               err_set(at->e, ERR_TOO_LARGE, "the %s \"%.*s\" would have more than %zu MiB",
                       thing_singular(t), STR_ARG(draft->id), DRAFT_LARGEST >> 20);
    }
    UNREACHABLE();
}
