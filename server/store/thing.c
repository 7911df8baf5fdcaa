#include "store/thing.h"

#include "base/check.h"
#include "base/nearest.h"
#include "model/vocabulary.h"

/* Ids looked at for a suggestion, on either side of the place where the word would stand. */
#define NEIGHBOURS 500

static const struct {
    const char *singular;
    const char *plural;
    int vocabulary;
    enum sql_name find;
    enum sql_name near;
} things[] = {
#define X(kind, singular, plural, table, vocabulary)                                               \
    [kind] = {singular, plural, vocabulary, SQL_##table##_find, SQL_##table##_near},
    THING_TABLE(X)
#undef X
};

const char *thing_singular(enum thing t)
{
    ENSURE(t < THING_KINDS);
    return things[t].singular;
}

const char *thing_plural(enum thing t)
{
    ENSURE(t < THING_KINDS);
    return things[t].plural;
}

int thing_vocabulary(enum thing t)
{
    ENSURE(t < THING_KINDS);
    return things[t].vocabulary;
}

bool thing_find(struct db *db, enum thing t, str id, int64_t *key, struct err *e)
{
    *key = 0;
    const struct db_value values[] = {DB_INT(things[t].find), DB_STR(id),
                                      DB_INT(things[t].vocabulary)};
    return sql_one(db, e, key, values, 3);
}

static enum sql_name live_statement(enum thing t)
{
    switch (t) {
    case THING_SOURCE:
        return SQL_source_is_live;
    case THING_EVENT:
        return SQL_event_is_live;
    case THING_ACTOR:
        return SQL_actor_is_live;
    case THING_PLACE:
        return SQL_place_is_live;
    case THING_CLAIM:
        return SQL_claim_is_live;
    case THING_RELATION:
        return SQL_relation_is_live;
    case THING_TYPE:
    case THING_ROLE:
    case THING_RELATION_TYPE:
        return SQL_term_is_live;
    case THING_TAG:
    case THING_KINDS:
        break;
    }
    UNREACHABLE();
}

bool thing_is_live(struct db *db, enum thing t, int64_t key, int64_t except, bool *live,
                   struct err *e)
{
    int64_t found = 0;
    const struct db_value values[] = {DB_INT(live_statement(t)), DB_INT(key), DB_INT(except)};
    if (!sql_one(db, e, &found, values, 3))
        return false;
    *live = found != 0;
    return true;
}

bool thing_nearest(struct db *db, enum thing t, str id, struct arena *a, str *nearest,
                   struct err *e)
{
    struct nearest n = {.word = id};
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(things[t].near), DB_STR(id), DB_INT(NEIGHBOURS),
                                      DB_INT(things[t].vocabulary)};
    if (!sql_query(db, e, &rows, values, 4))
        return false;
    while (db_next(rows, e)) {
        str best = n.best;
        nearest_try(&n, db_str(rows, 0));
        if (best.p != n.best.p)
            n.best = arena_copy(a, n.best);
    }
    db_done(rows);
    *nearest = n.best;
    return e->code == ERR_NONE;
}
