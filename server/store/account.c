/* What a source says of events. */
#include "store/put.h"
#include "store/total.h"

static size_t count_events(const struct document *d)
{
    return d->event_count;
}

static const void *event_at(const struct document *d, size_t i)
{
    return &d->events[i];
}

static str event_id(struct put *p, const void *part)
{
    (void)p;
    return ((const struct document_event *)part)->id;
}

static bool insert_participants(struct put *p, int64_t account, const struct document_event *x)
{
    for (size_t i = 0; i < x->participant_count; i++) {
        int64_t actor, role;
        if (!resolve_key(p, THING_ACTOR, x->participants[i].actor, &actor) ||
            !resolve_key(p, THING_ROLE, x->participants[i].role, &role) ||
            !SQL_EXEC(p->w->db, p->e, SQL(account_participant_add), DB_INT(account),
                      DB_INT((int64_t)i), DB_INT(actor), role ? DB_INT(role) : DB_NOTHING))
            return false;
    }
    return true;
}

static bool insert_list(struct put *p, int64_t account, enum thing t, enum sql_name add,
                        const struct strs *list)
{
    for (size_t i = 0; i < list->n; i++) {
        int64_t key;
        if (!writer_identity(p->w, t, list->items[i], &key, p->e))
            return false;
        const struct db_value values[] = {DB_INT(add), DB_INT(account), DB_INT((int64_t)i),
                                          DB_INT(key)};
        if (!sql_exec(p->w->db, p->e, values, 4))
            return false;
    }
    return true;
}

static bool insert_event(struct put *p, const void *part, int64_t key, str digest, int64_t *target)
{
    const struct document_event *x = part;
    int64_t type;
    if (!resolve_key(p, THING_EVENT, x->id, target) ||
        !resolve_key(p, THING_TYPE, x->type, &type) ||
        !SQL_EXEC(p->w->db, p->e, SQL(account_add), DB_INT(key), DB_INT(p->source), DB_INT(*target),
                  DB_INT(p->w->version), DB_STR_OR_NULL(x->title), DB_STR_OR_NULL(x->summary),
                  type ? DB_INT(type) : DB_NOTHING, DB_STR_OR_NULL(x->date.text),
                  DB_BOUNDS(x->date), DB_BYTES(digest)))
        return false;
    total_add(p->w, TOTAL_ACCOUNTS, 1);
    for (size_t i = 0; i < x->identifiers.n; i++)
        if (!SQL_EXEC(p->w->db, p->e, SQL(account_identifier_add), DB_INT(key),
                      DB_STR(x->identifiers.items[i].scheme),
                      DB_STR(x->identifiers.items[i].value)))
            return false;
    return insert_participants(p, key, x) &&
           insert_list(p, key, THING_PLACE, SQL_account_place_add, &x->places) &&
           insert_list(p, key, THING_TAG, SQL_account_tag_add, &x->tags) &&
           evidence_insert(p, key, &x->evidence);
}

static bool close_event(struct put *p, int64_t key)
{
    total_add(p->w, TOTAL_ACCOUNTS, -1);
    return WRITER_CLOSE(p->w, p->e, account, key);
}

const struct section section_events = {
    .kind = "accounts",
    .shared = true,
    .shape = DOCUMENT_EVENT,
    .thing = THING_EVENT,
    .live = SQL_account_live,
    .one = SQL_account_one,
    .count = count_events,
    .at = event_at,
    .id = event_id,
    .insert = insert_event,
    .close = close_event,
};
