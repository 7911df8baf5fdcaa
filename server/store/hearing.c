#include "store/hearing.h"

#include "store/internal.h"
#include "store/thing.h"
#include "store/variant.h"

static bool refuse_source(struct db *db, str id, struct arena *a, struct problems *problems,
                          struct err *e)
{
    str near;
    if (!thing_nearest(db, THING_SOURCE, id, a, &near, e))
        return false;
    struct problem *p = problem_add(problems, PROBLEM_PARAMETER, STR("policy"),
                                    arena_printf(a, "source:%.*s", STR_ARG(id)),
                                    "the store has never had such a source");
    if (near.n > 0)
        problem_hint(problems, p, "did you mean \"source:%.*s\"?", STR_ARG(near));
    else
        problem_hint(problems, p, "/v1/sources lists those that there are");
    return true;
}

bool hearing_find(struct db *db, const struct reading *asked, struct arena *a, struct hearing *out,
                  struct problems *problems, struct err *e)
{
    *out = (struct hearing){.plain = reading_is_plain(asked),
                            .policy = asked->policy,
                            .known_at = asked->known ? asked->known_at : READING_NEVER};
    if (asked->policy != POLICY_SOURCE)
        return true;
    if (!thing_find(db, THING_SOURCE, asked->source, &out->source, e))
        return false;
    return out->source != 0 || problems == NULL || refuse_source(db, asked->source, a, problems, e);
}

bool hearing_check(struct db *db, const struct hearing *h, int64_t version, str id, struct err *e)
{
    struct db_rows *rows;
    if (h->policy != POLICY_SOURCE || h->source == 0)
        return true;
    if (!SQL_QUERY(db, e, &rows, SQL(event_crowded), DB_INT(h->source), DB_INT(version),
                   DB_INT(h->known_at), DB_STR(id)))
        return false;
    if (db_next(rows, e))
        err_set(e, ERR_CROWDED,
                "More than %d accounts are told of the event \"%.*s\": in a reading of one source "
                "it cannot be shown as it was known then. Leave out known_at, or that event.",
                VARIANT_SPLIT, STR_ARG(str_sub(db_str(rows, 0), 0, 130)));
    db_done(rows);
    return e->code == ERR_NONE;
}

void hearing_add(struct sql_builder *b, const struct hearing *h, int64_t version)
{
    if (h->plain)
        return;
    SQL_ADD(b, SQL(events_known), DB_INT(h->known_at));
    if (h->policy == POLICY_SOURCE)
        SQL_ADD(b, SQL(events_read_of), DB_INT(h->source), DB_INT(version), DB_INT(h->known_at));
    else
        SQL_ADD(b, SQL(events_read), DB_INT(READING_BIT(h->policy)));
}

int64_t hearing_last_key(const struct hearing *h)
{
    return row_key_greatest((h->plain ? PERIOD_CLASSES : ROW_CLASSES) - 1, PERIOD_NO_END);
}

bool hearing_count(struct db *db, int64_t version, int64_t known_at, int64_t *known, int64_t *all,
                   struct err *e)
{
    *known = *all = 0;
    return SQL_ONE(db, e, known, SQL(sources_known), DB_INT(version), DB_INT(known_at)) &&
           SQL_ONE(db, e, all, SQL(sources_known), DB_INT(version), DB_INT(READING_NEVER));
}
