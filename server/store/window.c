#include "store/window.h"

#include <string.h>

static enum sql_name upto(enum match_bound bound)
{
    static const enum sql_name names[] = {[MATCH_EARLIEST] = SQL_earliest_upto,
                                          [MATCH_START_LATEST] = SQL_start_latest_upto,
                                          [MATCH_END_EARLIEST] = SQL_end_earliest_upto,
                                          [MATCH_LATEST] = SQL_latest_upto};
    return names[bound];
}

static enum sql_name from(enum match_bound bound)
{
    static const enum sql_name names[] = {[MATCH_EARLIEST] = SQL_earliest_from,
                                          [MATCH_START_LATEST] = SQL_start_latest_from,
                                          [MATCH_END_EARLIEST] = SQL_end_earliest_from,
                                          [MATCH_LATEST] = SQL_latest_from};
    return names[bound];
}

/* What the lower of the rule's bounds is at most, in .to, and the upper at least, in .from. */
static struct window limits(const struct query *q, struct match_rule rule)
{
    const struct window *hull = &q->match.hull;
    if (rule.around && q->match.parts == NULL)
        return (struct window){.from = hull->to, .to = hull->from};
    return *hull;
}

void window_add(struct sql_builder *b, const struct query *q)
{
    if (q->date.text.p == NULL)
        return;
    struct match_rule rule = match_rule(q->match.when, false);
    struct window w = limits(q, rule);
    const struct db_value low[] = {DB_INT(upto(rule.low)), DB_INT(w.to)};
    const struct db_value high[] = {DB_INT(from(rule.high)), DB_INT(w.from)};
    sql_builder_add(b, low, 2);
    sql_builder_add(b, high, 2);
}

struct window window_of_starts(const struct query *q, const struct reach *reach)
{
    struct window starts = {PERIOD_NO_START, PERIOD_NO_END};
    if (q->date.text.p == NULL)
        return starts;
    struct match_rule rule = match_rule(q->match.when, false);
    struct window w = limits(q, rule);
    /* No bound lies before earliest. */
    starts.to = w.to;
    int64_t extent = rule.high == MATCH_START_LATEST ? reach->longest_start : reach->longest;
    if (extent != INT64_MAX && w.from != PERIOD_NO_START &&
        __builtin_sub_overflow(w.from, extent, &starts.from))
        starts.from = PERIOD_NO_START;
    return starts;
}

bool window_reaches(struct store_reader *r, int64_t version, const struct reach **reaches,
                    struct err *e)
{
    *reaches = r->reaches;
    /* They only grow: those read at a later version hold for an earlier one. */
    if (version <= r->reaches_version)
        return true;
    struct db_rows *rows;
    struct reach found[ROW_CLASSES];
    for (size_t i = 0; i < ROW_CLASSES; i++)
        found[i] = REACH_NONE;
    if (!SQL_QUERY(r->db, e, &rows, SQL(class_extents)))
        return false;
    while (db_next(rows, e)) {
        int64_t cls = db_i64(rows, 0);
        ENSURE(cls >= 0 && cls < ROW_CLASSES);
        found[cls] = (struct reach){db_i64(rows, 1), db_i64(rows, 2)};
    }
    db_done(rows);
    if (e->code != ERR_NONE)
        return false;
    /* Those kept are not touched before all are read: earlier versions go on with them. */
    memcpy(r->reaches, found, sizeof found);
    r->reaches_version = version;
    return true;
}
