/* Facts about the whole store at a version. */
#include "model/event.h"
#include "store/total.h"
#include "store/window.h"

bool store_version_at(struct store_reader *r, int64_t instant, int64_t *version, struct err *e)
{
    *version = 0;
    return SQL_ONE(r->db, e, version, SQL(version_at), DB_INT(instant));
}

bool store_recorded(struct store_reader *r, int64_t version, int64_t *recorded, struct err *e)
{
    *recorded = 0;
    return SQL_ONE(r->db, e, recorded, SQL(version_recorded), DB_INT(version));
}

static str day_of(int64_t seconds, enum period_side side, struct arena *a)
{
    struct buf out;
    buf_init(&out, 64);
    period_write_bound(&out, seconds, side);
    str day = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return day;
}

/* The first second that an event of a class begins on; the last one that one ends on. */
static bool find_outermost(struct store_reader *r, int cls, int64_t version, struct window *out,
                           struct err *e)
{
    int64_t start = PERIOD_NO_END, longest = r->reaches[cls].longest;
    struct db_rows *rows;
    if (!SQL_ONE(r->db, e, &start, SQL(outermost_start), DB_INT(cls), DB_INT(version),
                 DB_INT(PERIOD_NO_START)))
        return false;
    if (start < out->from)
        out->from = start;
    if (!SQL_QUERY(r->db, e, &rows, SQL(outermost_ends), DB_INT(cls), DB_INT(version),
                   DB_INT(PERIOD_NO_END)))
        return false;
    /* Those that begin so long before the end found so far cannot end behind it. */
    int64_t reach;
    while (db_next(rows, e) &&
           (__builtin_add_overflow(db_i64(rows, 0), longest, &reach) || reach > out->to))
        if (db_i64(rows, 1) > out->to)
            out->to = db_i64(rows, 1);
    db_done(rows);
    return e->code == ERR_NONE;
}

static bool find_days(struct store_reader *r, int64_t version, struct arena *a,
                      struct store_summary *out, struct err *e)
{
    const struct reach *reaches;
    struct window days = {PERIOD_NO_END, PERIOD_NO_START};
    if (!window_reaches(r, version, &reaches, e))
        return false;
    for (int cls = 0; cls < PERIOD_CLASSES; cls++)
        if (reaches[cls].longest >= 0 && !find_outermost(r, cls, version, &days, e))
            return false;
    if (days.from != PERIOD_NO_END)
        out->first_date = day_of(days.from, PERIOD_START, a);
    if (days.to != PERIOD_NO_START)
        out->last_date = day_of(days.to, PERIOD_END, a);
    return true;
}

bool store_summary(struct store_reader *r, int64_t version, struct arena *a,
                   struct store_summary *out, struct err *e)
{
    *out = (struct store_summary){.version = version};
    const struct {
        int64_t name, *n;
    } totals[] = {
        {TOTAL_EVENTS, &out->events},
        {TOTAL_ACCOUNTS, &out->accounts},
        {TOTAL_ITEMS(ITEM_SOURCE), &out->sources},
        {TOTAL_ITEMS(ITEM_ACTOR), &out->actors},
        {TOTAL_ITEMS(ITEM_PLACE), &out->places},
        {TOTAL_ITEMS(ITEM_RELATION), &out->relations},
        {TOTAL_ITEMS(ITEM_CLAIM), &out->claims},
    };
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++)
        if (!total_at(r->db, totals[i].name, version, totals[i].n, e))
            return false;
    return SQL_ONE(r->db, e, &out->recorded, SQL(summary), DB_INT(version)) &&
           find_days(r, version, a, out, e);
}
