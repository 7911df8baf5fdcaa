/* Accounts as the tables hold them at a version, and what is above and below a place or type. */
#include <stdlib.h>

#include "store/memory.h"

/* Sources that one source derives from, directly or not. */
#define MOST_DERIVED 1000

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

static bool load_participants(const struct at *at, struct memory *memory, struct account *account)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(account_participants), DB_INT(account->key)))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, account->participants, account->participant_count, room) =
            (struct event_participant){.actor_key = db_i64(rows, 0), .role_key = db_i64(rows, 1)};
    db_done(rows);
    if (at->e->code != ERR_NONE)
        return false;
    for (size_t i = 0; i < account->participant_count; i++) {
        struct event_participant *p = &account->participants[i];
        struct label actor, role = {0};
        if (!memory_label(at, memory, THING_ACTOR, p->actor_key, &actor) ||
            (p->role_key != 0 && !memory_label(at, memory, THING_ROLE, p->role_key, &role)))
            return false;
        p->actor = actor.id;
        p->name = actor.name;
        p->role = role.id;
    }
    return true;
}

static bool load_places(const struct at *at, struct memory *memory, struct account *account)
{
    struct db_rows *rows;
    size_t room = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(account_places), DB_INT(account->key)))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, account->places, account->place_count,
                    room) = (struct event_place){.place_key = db_i64(rows, 0)};
    db_done(rows);
    if (at->e->code != ERR_NONE)
        return false;
    for (size_t i = 0; i < account->place_count; i++) {
        struct event_place *p = &account->places[i];
        struct label label;
        if (!memory_label(at, memory, THING_PLACE, p->place_key, &label))
            return false;
        p->place = label.id;
        p->name = label.name;
        p->has_point = label.has_point;
        p->lat = label.lat;
        p->lon = label.lon;
    }
    return true;
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

static int by_key(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

bool project_derivation(const struct at *at, int64_t source, struct ancestors *out)
{
    struct db_rows *rows;
    int64_t *keys = NULL;
    size_t n = 0, room = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(sources_above), DB_INT(source), DB_INT(at->version),
                   DB_INT(MOST_DERIVED)))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, keys, n, room) = db_i64(rows, 0);
    db_done(rows);
    if (n > 0)
        qsort(keys, n, sizeof *keys, by_key);
    *out = (struct ancestors){keys, n};
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

static void read_account(const struct at *at, const struct db_rows *rows, struct account *out)
{
    *out = (struct account){.key = db_i64(rows, 0),
                            .source_key = db_i64(rows, 1),
                            .source = internal_text(rows, 2, at->arena),
                            .since = db_i64(rows, 3),
                            .title = internal_text(rows, 4, at->arena),
                            .summary = internal_text(rows, 5, at->arena),
                            .type_key = db_i64(rows, 6),
                            .type = internal_text(rows, 7, at->arena),
                            .date = internal_dated(db_str(rows, 8), at->arena),
                            .event_key = db_i64(rows, 9),
                            .event = internal_text(rows, 10, at->arena),
                            .precedence = db_i64(rows, 11),
                            .known_from = db_i64(rows, 12)};
}

/* All that hangs on an account; derived: its source says that it derives from others. */
static bool load_rest(const struct at *at, struct memory *memory, struct account *a, bool several,
                      bool derived)
{
    return load_participants(at, memory, a) && load_places(at, memory, a) && load_tags(at, a) &&
           load_identifiers(at, a) && (!several || load_surroundings(at, a)) &&
           (!several || !derived || project_derivation(at, a->source_key, &a->derives));
}

bool project_load_accounts(const struct at *at, struct memory *memory, int64_t event,
                           struct account **accounts, size_t *n)
{
    struct db_rows *rows;
    size_t room = 0, derived_count = 0, derived_room = 0;
    bool *derived = NULL;
    *accounts = NULL;
    *n = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(event_accounts), DB_INT(event), DB_INT(at->version)))
        return false;
    while (db_next(rows, at->e)) {
        read_account(at, rows, ARENA_PUSH(at->arena, *accounts, *n, room));
        *ARENA_PUSH(at->arena, derived, derived_count, derived_room) = db_i64(rows, 13) != 0;
    }
    db_done(rows);
    if (at->e->code != ERR_NONE)
        return false;
    for (size_t i = 0; i < *n; i++)
        if (!load_rest(at, memory, &(*accounts)[i], *n > 1, derived[i]))
            return false;
    return true;
}

bool project_load_heard(const struct at *at, int64_t event, const struct reading *reading,
                        struct account **accounts, size_t *n)
{
    struct account *all;
    size_t all_count;
    int64_t source = 0;
    if (!project_load_accounts(at, NULL, event, &all, &all_count) ||
        (reading->policy == POLICY_SOURCE &&
         !thing_find(at->db, THING_SOURCE, reading->source, &source, at->e)))
        return false;
    const struct account **order = ARENA_ARRAY(at->arena, const struct account *, all_count);
    *n = 0;
    for (size_t i = 0; i < all_count; i++)
        if (!reading->known || all[i].known_from <= reading->known_at)
            order[(*n)++] = &all[i];
    event_order(order, *n, reading->policy, source);
    *accounts = ARENA_ARRAY(at->arena, struct account, *n);
    for (size_t i = 0; i < *n; i++)
        (*accounts)[i] = *order[i];
    return true;
}
