/* What the value of a filter stands for, for those who ask how they were understood. */
#include "store/filter.h"
#include "store/thing.h"

#define MOST_BELOW 10000

static bool is_actor(enum filter_kind kind)
{
    return kind == FILTER_ACTOR || kind == FILTER_CLAIMED_BY;
}

static bool is_place(enum filter_kind kind)
{
    return kind == FILTER_PLACE;
}

struct keys {
    int64_t *items;
    size_t n, room;
};

static bool find_keys(struct db *db, int64_t version, enum filter_kind kind, str value,
                      struct arena *a, struct keys *out, struct err *e)
{
    struct db_rows *rows;
    str scheme, rest;
    bool identifier = str_cut(value, ':', &scheme, &rest) && (is_actor(kind) || is_place(kind));
    if (!identifier) {
        int64_t key;
        if (!thing_find(db, filter_thing(kind), value, &key, e))
            return false;
        if (key != 0)
            *ARENA_PUSH(a, out->items, out->n, out->room) = key;
        return true;
    }
    const struct db_value values[] = {
        DB_INT(is_actor(kind) ? SQL_actor_by_identifier : SQL_place_by_identifier), DB_STR(scheme),
        DB_STR(rest), DB_INT(version)};
    if (!sql_query(db, e, &rows, values, 4))
        return false;
    while (db_next(rows, e))
        if (db_i64(rows, 1) != 0)
            *ARENA_PUSH(a, out->items, out->n, out->room) = db_i64(rows, 0);
    db_done(rows);
    return e->code == ERR_NONE;
}

/* The id of an actor or place that an identifier led to. */
static bool read_id(struct db *db, enum filter_kind kind, int64_t key, struct arena *a, str *id,
                    struct err *e)
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(is_actor(kind) ? SQL_actor_id : SQL_place_id),
                                      DB_INT(key)};
    if (!sql_query(db, e, &rows, values, 2))
        return false;
    if (db_next(rows, e))
        *id = internal_text(rows, 0, a);
    db_done(rows);
    return e->code == ERR_NONE;
}

static bool count_below(struct db *db, int64_t version, enum filter_kind kind, int64_t key,
                        struct meaning *out, struct err *e)
{
    int64_t below = 0;
    enum sql_name statement = is_actor(kind)   ? SQL_actors_below_count
                              : is_place(kind) ? SQL_places_below_count
                                               : SQL_terms_below_count;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(version),
                                      DB_INT(MOST_BELOW + 1)};
    if (!sql_one(db, e, &below, values, 4))
        return false;
    out->below += below;
    out->more = out->more || below >= MOST_BELOW;
    return true;
}

bool store_meaning(struct store_reader *r, int64_t version, enum filter_kind kind, str value,
                   bool members, struct arena *a, struct meaning *out, struct err *e)
{
    struct keys keys = {0};
    *out = (struct meaning){0};
    if (!find_keys(r->db, version, kind, value, a, &keys, e))
        return false;
    out->ids = ARENA_ARRAY(a, str, keys.n);
    bool identifier = (is_actor(kind) || is_place(kind)) && str_find(value, ':') < value.n;
    bool below = is_place(kind) || kind == FILTER_TYPE || (is_actor(kind) && members);
    for (size_t i = 0; i < keys.n; i++) {
        str id = value;
        if (identifier && !read_id(r->db, kind, keys.items[i], a, &id, e))
            return false;
        if (filter_thing(kind) == THING_EVENT) {
            const struct at at = {r->db, version, a, e};
            str canonical;
            if (!filter_canonical(&at, &keys.items[i], &canonical))
                return false;
            id = canonical.p != NULL ? canonical : id;
        }
        out->ids[out->n++] = id;
        if (below && !count_below(r->db, version, kind, keys.items[i], out, e))
            return false;
    }
    return true;
}
