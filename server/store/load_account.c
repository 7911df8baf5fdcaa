/* Accounts as the tables hold them at a version, and what is above and below a place or type. */
#include "store/project.h"

str internal_text(const struct db_rows *rows, int column, struct arena *a)
{
    str text = db_str(rows, column);
    return text.p ? arena_copy(a, text) : text;
}

struct dated internal_dated(str text, struct arena *a)
{
    struct dated d = {0};
    if (text.p == NULL)
        return d;
    struct edtf_error error;
    d.text = arena_copy(a, text);
    /* What is stored was parsed before it was stored. */
    ENSURE(edtf_parse(d.text, &d.value, &error));
    return d;
}

/* ---- walking up and down ---- */

static bool walk(const struct at *at, enum sql_name statement, struct db_value from,
                 struct ancestors *out)
{
    struct db_rows *rows;
    int64_t *keys = NULL;
    size_t n = 0, room = 0;
    const struct db_value values[] = {DB_INT(statement), from, DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, keys, n, room) = db_i64(rows, 0);
    db_done(rows);
    *out = (struct ancestors){keys, n};
    return at->e->code == ERR_NONE;
}

bool project_above(const struct at *at, enum thing t, int64_t key, struct ancestors *out)
{
    return walk(at, t == THING_PLACE ? SQL_places_above : SQL_terms_above, DB_INT(key), out);
}

bool project_below(const struct at *at, enum thing t, str keys, struct ancestors *out)
{
    return walk(at, t == THING_PLACE ? SQL_places_below : SQL_terms_below, DB_STR(keys), out);
}

/* ---- one account ---- */

static bool load_participants(const struct at *at, struct account *account)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(account_participants), DB_INT(account->key),
                   DB_INT(at->version)))
        return false;
    while (db_next(rows, at->e)) {
        struct event_participant *p = ARENA_PUSH(at->arena, account->participants,
                                                 account->participant_count, room);
        *p = (struct event_participant){.actor_key = db_i64(rows, 0),
                                        .actor = internal_text(rows, 1, at->arena),
                                        .name = internal_text(rows, 2, at->arena),
                                        .role_key = db_i64(rows, 3),
                                        .role = internal_text(rows, 4, at->arena)};
        if (p->name.p == NULL)
            p->name = p->actor;
    }
    db_done(rows);
    return at->e->code == ERR_NONE;
}

static bool load_places(const struct at *at, struct account *account)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(account_places), DB_INT(account->key),
                   DB_INT(at->version)))
        return false;
    while (db_next(rows, at->e)) {
        struct event_place *p = ARENA_PUSH(at->arena, account->places, account->place_count, room);
        *p = (struct event_place){.place_key = db_i64(rows, 0),
                                  .place = internal_text(rows, 1, at->arena),
                                  .name = internal_text(rows, 2, at->arena),
                                  .has_point = !db_is_null(rows, 3),
                                  .lat = db_f64(rows, 3),
                                  .lon = db_f64(rows, 4)};
        if (p->name.p == NULL)
            p->name = p->place;
    }
    db_done(rows);
    return at->e->code == ERR_NONE;
}

static bool load_tags(const struct at *at, struct account *account)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(account_tags), DB_INT(account->key)))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, account->tags, account->tag_count,
                    room) = (struct event_tag){db_i64(rows, 0), internal_text(rows, 1, at->arena)};
    db_done(rows);
    return at->e->code == ERR_NONE;
}

static bool load_identifiers(const struct at *at, struct account *account)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(account_identifiers), DB_INT(account->key)))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, account->identifiers.items, account->identifiers.n,
                    room) = (struct identifier){internal_text(rows, 0, at->arena),
                                                internal_text(rows, 1, at->arena)};
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* What disputes need to know, where there is more than one account to dispute. */
static bool load_surroundings(const struct at *at, struct account *account)
{
    if (account->type_key != 0 &&
        !project_above(at, THING_TYPE, account->type_key, &account->type_within))
        return false;
    for (size_t i = 0; i < account->place_count; i++)
        if (!project_above(at, THING_PLACE, account->places[i].place_key,
                           &account->places[i].within))
            return false;
    return true;
}

bool project_load_accounts(const struct at *at, int64_t event, struct account **accounts, size_t *n)
{
    struct db_rows *rows;
    size_t room = 0;
    *accounts = NULL;
    *n = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(event_accounts), DB_INT(event), DB_INT(at->version)))
        return false;
    while (db_next(rows, at->e)) {
        struct account *a = ARENA_PUSH(at->arena, *accounts, *n, room);
        *a = (struct account){.key = db_i64(rows, 0),
                              .source_key = db_i64(rows, 1),
                              .source = internal_text(rows, 2, at->arena),
                              .since = db_i64(rows, 3),
                              .title = internal_text(rows, 4, at->arena),
                              .summary = internal_text(rows, 5, at->arena),
                              .type_key = db_i64(rows, 6),
                              .type = internal_text(rows, 7, at->arena),
                              .date = internal_dated(db_str(rows, 8), at->arena)};
    }
    db_done(rows);
    if (at->e->code != ERR_NONE)
        return false;
    for (size_t i = 0; i < *n; i++) {
        struct account *a = &(*accounts)[i];
        if (!load_participants(at, a) || !load_places(at, a) || !load_tags(at, a) ||
            !load_identifiers(at, a) || (*n > 1 && !load_surroundings(at, a)))
            return false;
    }
    return true;
}
