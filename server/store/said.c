#include "store/said.h"

#include <math.h>

#include "base/hash.h"

/* Reads the one row of a statement by its key; false without one, which is our mistake. */
static bool one_row(const struct at *at, enum sql_name statement, int64_t key,
                    struct db_rows **rows)
{
    const struct db_value values[] = {DB_INT(statement), DB_INT(key)};
    if (!sql_query(at->db, at->e, rows, values, 2))
        return false;
    if (db_next(*rows, at->e))
        return true;
    db_done(*rows);
    ENSURE(at->e->code != ERR_NONE);
    return false;
}

static bool query(const struct at *at, enum sql_name statement, int64_t key, struct db_rows **rows)
{
    const struct db_value values[] = {DB_INT(statement), DB_INT(key)};
    return sql_query(at->db, at->e, rows, values, 2);
}

static bool ended(const struct at *at, struct db_rows *rows)
{
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* ---- lists that hang on a row ---- */

static bool read_strs(const struct at *at, enum sql_name statement, int64_t key, struct strs *out)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!query(at, statement, key, &rows))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, out->items, out->n, room) = internal_text(rows, 0, at->arena);
    return ended(at, rows);
}

static bool read_identifiers(const struct at *at, enum sql_name statement, int64_t key,
                             struct identifiers *out)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!query(at, statement, key, &rows))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, out->items, out->n, room) = (struct identifier){
            internal_text(rows, 0, at->arena), internal_text(rows, 1, at->arena)};
    return ended(at, rows);
}

static bool read_names(const struct at *at, int64_t key, struct names *out)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!query(at, SQL_said_names, key, &rows))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, out->items, out->n,
                    room) = (struct name){.name = internal_text(rows, 0, at->arena),
                                          .language = internal_text(rows, 1, at->arena),
                                          .script = internal_text(rows, 2, at->arena),
                                          .used_by = internal_text(rows, 3, at->arena),
                                          .date = internal_dated(db_str(rows, 4), at->arena)};
    return ended(at, rows);
}

static bool read_containments(const struct at *at, enum sql_name statement, int64_t key,
                              struct containments *out)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!query(at, statement, key, &rows))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, out->items, out->n, room) = (struct containment){
            internal_text(rows, 0, at->arena), internal_dated(db_str(rows, 1), at->arena)};
    return ended(at, rows);
}

static bool read_participants(const struct at *at, int64_t key, struct document_event *out)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!query(at, SQL_said_participants, key, &rows))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, out->participants, out->participant_count,
                    room) = (struct participant){internal_text(rows, 0, at->arena),
                                                 internal_text(rows, 1, at->arena)};
    return ended(at, rows);
}

/* ---- evidence ---- */

/* Where the text does not go with it, words cannot be checked: their digest stands for them. */
static void take_words(const struct at *at, const struct db_rows *rows, bool quotes,
                       struct evidence *out)
{
    str exact = db_str(rows, 4), digest = db_str(rows, 7);
    if (quotes) {
        out->exact = internal_text(rows, 4, at->arena);
        out->prefix = internal_text(rows, 5, at->arena);
        out->suffix = internal_text(rows, 6, at->arena);
    }
    char computed[HASH_HEX_SIZE + 1];
    if (!quotes && digest.p == NULL && exact.p != NULL) {
        hash_sha256_hex(exact, computed);
        digest = str_from(computed);
    }
    if (digest.p != NULL)
        out->digest = arena_copy(at->arena, digest);
}

/* Rows come by position; one with several properties is several rows. */
static bool read_evidence(const struct at *at, int64_t owner, bool quotes, struct evidences *out)
{
    struct db_rows *rows;
    size_t room = 0, properties = 0;
    int64_t position = -1;
    if (!query(at, SQL_owner_evidence, owner, &rows))
        return false;
    while (db_next(rows, at->e)) {
        if (db_i64(rows, 0) != position) {
            struct evidence *ev = ARENA_PUSH(at->arena, out->items, out->n, room);
            *ev = (struct evidence){.start = db_i64(rows, 2), .end = db_i64(rows, 3)};
            take_words(at, rows, quotes, ev);
            position = db_i64(rows, 0);
            properties = 0;
        }
        ENSURE(out->n > 0);
        struct strs *supports = &out->items[out->n - 1].supports;
        if (db_str(rows, 1).n > 0)
            *ARENA_PUSH(at->arena, supports->items, supports->n,
                        properties) = internal_text(rows, 1, at->arena);
    }
    return ended(at, rows);
}

/* ---- the source ---- */

/* The text goes with it where the source gave it and it may be given out. */
static bool read_text(const struct at *at, struct document_source *out)
{
    struct db_rows *rows;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(said_text), DB_STR(out->text_sha256)))
        return false;
    if (db_next(rows, at->e)) {
        out->text = internal_text(rows, 0, at->arena);
        /* It says both by itself. */
        out->text_sha256 = (str){0};
        out->text_length = -1;
    }
    return ended(at, rows);
}

bool said_source(const struct at *at, int64_t source, struct document_source *out)
{
    struct db_rows *rows;
    struct arena *a = at->arena;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(said_source), DB_INT(source), DB_INT(at->version)))
        return false;
    if (!db_next(rows, at->e)) {
        db_done(rows);
        return at->e->code == ERR_NONE &&
               err_set(at->e, ERR_NOT_FOUND, "there was no such source yet");
    }
    int64_t state = db_i64(rows, 0);
    bool has_text = db_i64(rows, 12) != 0;
    *out = (struct document_source){.id = internal_text(rows, 1, a),
                                    .title = internal_text(rows, 2, a),
                                    .publisher = internal_text(rows, 3, a),
                                    .published = internal_dated(db_str(rows, 4), a),
                                    .url = internal_text(rows, 5, a),
                                    .language = internal_text(rows, 6, a),
                                    .licence = internal_text(rows, 7, a),
                                    .precedence = db_i64(rows, 8),
                                    .withheld = db_i64(rows, 9) != 0,
                                    .text_sha256 = internal_text(rows, 10, a),
                                    .text_length = db_is_null(rows, 11) ? -1 : db_i64(rows, 11)};
    db_done(rows);
    return (!has_text || out->withheld || read_text(at, out)) &&
           read_strs(at, SQL_said_creators, state, &out->creators) &&
           read_strs(at, SQL_said_derivations, state, &out->derives_from);
}

/* ---- parts ---- */

static bool read_term(const struct at *at, int64_t key, bool quotes, const void **part)
{
    struct db_rows *rows;
    (void)quotes;
    if (!one_row(at, SQL_said_term, key, &rows))
        return false;
    struct document_term *x = ARENA_NEW(at->arena, struct document_term);
    *x = (struct document_term){.id = internal_text(rows, 0, at->arena),
                                .label = internal_text(rows, 1, at->arena),
                                .parent = internal_text(rows, 2, at->arena),
                                .description = internal_text(rows, 3, at->arena)};
    *part = x;
    return ended(at, rows);
}

static bool read_actor(const struct at *at, int64_t key, bool quotes, const void **part)
{
    struct db_rows *rows;
    if (!one_row(at, SQL_said_actor, key, &rows))
        return false;
    struct document_actor *x = ARENA_NEW(at->arena, struct document_actor);
    *x = (struct document_actor){.id = internal_text(rows, 0, at->arena),
                                 .name = internal_text(rows, 1, at->arena),
                                 .kind = internal_text(rows, 2, at->arena)};
    *part = x;
    return ended(at, rows) && read_identifiers(at, SQL_said_identifiers, key, &x->identifiers) &&
           read_names(at, key, &x->names) &&
           read_containments(at, SQL_said_memberships, key, &x->member_of) &&
           read_evidence(at, key, quotes, &x->evidence);
}

static bool read_place(const struct at *at, int64_t key, bool quotes, const void **part)
{
    struct db_rows *rows;
    if (!one_row(at, SQL_said_place, key, &rows))
        return false;
    struct document_place *x = ARENA_NEW(at->arena, struct document_place);
    bool has_point = !db_is_null(rows, 2);
    *x = (struct document_place){.id = internal_text(rows, 0, at->arena),
                                 .name = internal_text(rows, 1, at->arena),
                                 .has_point = has_point,
                                 .lat = has_point ? db_f64(rows, 2) : (double)NAN,
                                 .lon = has_point ? db_f64(rows, 3) : (double)NAN};
    *part = x;
    return ended(at, rows) && read_identifiers(at, SQL_said_identifiers, key, &x->identifiers) &&
           read_names(at, key, &x->names) &&
           read_containments(at, SQL_said_wholes, key, &x->part_of) &&
           read_evidence(at, key, quotes, &x->evidence);
}

static bool read_event(const struct at *at, int64_t key, bool quotes, const void **part)
{
    struct db_rows *rows;
    if (!one_row(at, SQL_said_event, key, &rows))
        return false;
    struct document_event *x = ARENA_NEW(at->arena, struct document_event);
    *x = (struct document_event){.id = internal_text(rows, 0, at->arena),
                                 .title = internal_text(rows, 1, at->arena),
                                 .summary = internal_text(rows, 2, at->arena),
                                 .type = internal_text(rows, 3, at->arena),
                                 .date = internal_dated(db_str(rows, 4), at->arena)};
    *part = x;
    return ended(at, rows) && read_participants(at, key, x) &&
           read_strs(at, SQL_said_event_places, key, &x->places) &&
           read_strs(at, SQL_said_tags, key, &x->tags) &&
           read_identifiers(at, SQL_account_identifiers, key, &x->identifiers) &&
           read_evidence(at, key, quotes, &x->evidence);
}

static bool read_relation(const struct at *at, int64_t key, bool quotes, const void **part)
{
    struct db_rows *rows;
    if (!one_row(at, SQL_said_relation, key, &rows))
        return false;
    struct document_relation *x = ARENA_NEW(at->arena, struct document_relation);
    *x = (struct document_relation){.from = internal_text(rows, 0, at->arena),
                                    .type = internal_text(rows, 1, at->arena),
                                    .to = internal_text(rows, 2, at->arena)};
    *part = x;
    return ended(at, rows) && read_evidence(at, key, quotes, &x->evidence);
}

static bool read_claim(const struct at *at, int64_t key, bool quotes, const void **part)
{
    struct db_rows *rows;
    if (!one_row(at, SQL_said_claim, key, &rows))
        return false;
    struct document_claim *x = ARENA_NEW(at->arena, struct document_claim);
    *x = (struct document_claim){.id = internal_text(rows, 0, at->arena),
                                 .speaker = internal_text(rows, 1, at->arena),
                                 .stance = internal_text(rows, 2, at->arena),
                                 .text = internal_text(rows, 3, at->arena),
                                 .date = internal_dated(db_str(rows, 4), at->arena)};
    *part = x;
    return ended(at, rows) && read_strs(at, SQL_said_about, key, &x->about) &&
           read_evidence(at, key, quotes, &x->evidence);
}

/* ---- lists ---- */

static const struct {
    enum thing thing;
    enum sql_name rows, many, of; /* SQL_COUNT: none */
    bool (*read)(const struct at *at, int64_t key, bool quotes, const void **part);
} lists[RECORD_KINDS] = {
    [RECORD_TYPE] = {THING_TYPE, SQL_said_terms, SQL_said_terms, SQL_said_of_term, read_term},
    [RECORD_ROLE] = {THING_ROLE, SQL_said_terms, SQL_said_terms, SQL_said_of_term, read_term},
    [RECORD_RELATION_TYPE] = {THING_RELATION_TYPE, SQL_said_terms, SQL_said_terms, SQL_said_of_term,
                              read_term},
    [RECORD_ACTOR] = {THING_ACTOR, SQL_said_actors, SQL_said_actors_many, SQL_said_of_actor,
                      read_actor},
    [RECORD_PLACE] = {THING_PLACE, SQL_said_places, SQL_said_places_many, SQL_said_of_place,
                      read_place},
    [RECORD_EVENT] = {THING_EVENT, SQL_said_events, SQL_said_events_many, SQL_COUNT, read_event},
    [RECORD_RELATION] = {THING_RELATION, SQL_said_relations, SQL_said_relations_many, SQL_COUNT,
                         read_relation},
    [RECORD_CLAIM] = {THING_CLAIM, SQL_said_claims, SQL_said_claims_many, SQL_COUNT, read_claim},
};

bool said_part(const struct at *at, enum record_kind s, int64_t key, bool quotes, const void **part)
{
    return lists[s].read(at, key, quotes, part);
}

bool said_rows(const struct at *at, enum record_kind s, int64_t source, bool many, str after,
               int64_t limit, struct said_row **out, size_t *n)
{
    struct db_rows *rows;
    size_t room = 0;
    const struct db_value values[] = {DB_INT(many ? lists[s].many : lists[s].rows),
                                      DB_INT(source),
                                      DB_INT(at->version),
                                      DB_STR(after),
                                      DB_INT(limit),
                                      DB_INT(thing_vocabulary(lists[s].thing))};
    *out = NULL;
    *n = 0;
    if (!sql_query(at->db, at->e, &rows, values, 6))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, *out, *n, room) = (struct said_row){
            .key = db_i64(rows, 0), .id = internal_text(rows, 1, at->arena)};
    return ended(at, rows);
}

bool said_of(const struct at *at, enum record_kind s, int64_t source, str id, int64_t *key)
{
    *key = 0;
    ENSURE(lists[s].of != SQL_COUNT);
    const struct db_value values[] = {DB_INT(lists[s].of), DB_INT(source), DB_INT(at->version),
                                      DB_STR(id), DB_INT(thing_vocabulary(lists[s].thing))};
    return sql_one(at->db, at->e, key, values, 5);
}
