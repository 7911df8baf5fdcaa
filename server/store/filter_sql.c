/* From conditions to pieces of SQL. */
#include "store/filter.h"

static void add_link(struct sql_builder *b, const struct found_filter *f)
{
    if (f->negate && f->members.n == 0)
        SQL_ADD(b, SQL(events_not_linked), DB_STR(f->list));
    else if (f->negate)
        return; /* a member may not have been one then: C decides */
    else if (f->own)
        SQL_ADD(b, SQL(events_own), DB_STR(f->list));
    else if (f->with.p != NULL || f->without.p != NULL)
        SQL_ADD(b, SQL(events_linked_as), DB_STR(f->list), DB_STR_OR_NULL(f->with),
                DB_STR_OR_NULL(f->without));
    else if (f->n == 1)
        SQL_ADD(b, SQL(events_linked_to), DB_INT(f->keys[0]));
    else
        SQL_ADD(b, SQL(events_linked), DB_STR(f->list));
}

static void add_one(struct sql_builder *b, const struct found_filter *f, int64_t version,
                    int64_t known_at)
{
    switch (f->kind) {
    case FOUND_LINK:
        add_link(b, f);
        return;
    case FOUND_ROLE:
        f->negate ? SQL_ADD(b, SQL(events_without_role), DB_STR(f->with))
                  : SQL_ADD(b, SQL(events_with_role), DB_STR(f->with));
        return;
    case FOUND_ID:
        f->negate ? SQL_ADD(b, SQL(events_not_these), DB_STR(f->list))
                  : SQL_ADD(b, SQL(events_these), DB_STR(f->list));
        return;
    case FOUND_RELATION:
        if (f->negate)
            SQL_ADD(b, SQL(events_not_related), DB_STR_OR_NULL(f->list), DB_STR_OR_NULL(f->with),
                    DB_INT(version), DB_INT(known_at));
        else
            SQL_ADD(b, SQL(events_related), DB_STR_OR_NULL(f->list), DB_STR_OR_NULL(f->with),
                    DB_STR_OR_NULL(f->without), DB_INT(version), DB_INT(known_at));
        return;
    case FOUND_CLAIM:
        if (f->negate)
            SQL_ADD(b, SQL(events_not_claimed), DB_STR_OR_NULL(f->list), DB_STR_OR_NULL(f->with),
                    DB_INT(version), DB_INT(known_at));
        else
            SQL_ADD(b, SQL(events_claimed), DB_STR_OR_NULL(f->list), DB_STR_OR_NULL(f->with),
                    DB_STR_OR_NULL(f->without), DB_INT(version), DB_INT(known_at));
        return;
    case FOUND_TEXT:
        SQL_ADD(b, SQL(events_matching), DB_STR(f->list));
        return;
    }
    UNREACHABLE();
}

void filter_add(struct sql_builder *b, const struct found_filters *found, size_t except)
{
    SQL_ADD(b, SQL(events_at), DB_INT(found->query->version));
    hearing_add(b, &found->hearing, found->query->version);
    for (size_t i = 0; i < found->n; i++)
        if (i != except && !found->items[i].implied)
            add_one(b, &found->items[i], found->query->version, found->hearing.known_at);
}
