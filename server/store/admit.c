#include "store/admit.h"

#include <string.h>

/* Rows between looks at the clock. */
#define STRIDE 256

enum column {
    COL_KEY,
    COL_ID,
    COL_EARLIEST,
    COL_START_LATEST,
    COL_END_EARLIEST,
    COL_LATEST,
    COL_GAPPED
};

void admit_read(const struct db_rows *rows, struct walk_hit *hit)
{
    *hit = (struct walk_hit){.row = db_i64(rows, COL_KEY),
                             .id = db_str(rows, COL_ID),
                             .dated = !db_is_null(rows, COL_START_LATEST)};
    if (!hit->dated)
        return;
    hit->bounds = (struct period){db_i64(rows, COL_EARLIEST), db_i64(rows, COL_START_LATEST),
                                  db_i64(rows, COL_END_EARLIEST), db_i64(rows, COL_LATEST)};
    hit->gapped = db_i64(rows, COL_GAPPED) != 0;
}

bool admit_date(struct admission *a, struct walk_hit *hit, struct err *e)
{
    struct db_rows *rows;
    hit->date = STR("");
    if (!hit->gapped)
        return true;
    if (!SQL_QUERY(a->r->db, e, &rows, SQL(event_date), DB_INT(hit->row)))
        return false;
    if (db_next(rows, e)) {
        str date = db_str(rows, 0);
        ENSURE(date.n < sizeof a->date);
        memcpy(a->date, date.p, date.n);
        hit->date = (str){a->date, date.n};
    }
    db_done(rows);
    return e->code == ERR_NONE;
}

/* Whether one of those who took part belongs to the actors asked for, then. */
static bool has_member(struct admission *a, const struct found_filter *f,
                       const struct walk_hit *hit, bool *has, struct err *e)
{
    struct db_rows *rows;
    *has = false;
    if (!SQL_QUERY(a->r->db, e, &rows, SQL(event_participations), DB_INT(hit->row),
                   DB_STR_OR_NULL(f->with), DB_STR_OR_NULL(f->without)))
        return false;
    while (!*has && db_next(rows, e))
        *has = member_counts(&f->members, db_i64(rows, 0), hit->dated ? &hit->bounds : NULL);
    bool ok = *has || e->code == ERR_NONE;
    db_done(rows);
    return ok;
}

static enum admitted admit_members(struct admission *a, const struct walk_hit *hit, struct err *e)
{
    for (size_t i = 0; i < a->found->n; i++) {
        const struct found_filter *f = &a->found->items[i];
        bool has;
        if (f->members.n == 0)
            continue;
        if (!has_member(a, f, hit, &has, e))
            return ADMIT_FAILED;
        if (has == f->negate)
            return ADMIT_NO;
    }
    return ADMIT_YES;
}

enum admitted admit_hit(struct admission *a, struct walk_hit *hit, struct err *e)
{
    const struct query *q = a->found->query;
    if (++a->looked_at % STRIDE == 0 && !db_in_time(a->r->db, e))
        return ADMIT_FAILED;
    if (q->date.text.p != NULL && hit->dated) {
        if (!admit_date(a, hit, e))
            return ADMIT_FAILED;
        hit->match = match_event(&q->match, &hit->bounds, hit->date);
        if (hit->match == PERIOD_NO_MATCH || (q->certain && hit->match != PERIOD_CERTAIN))
            return ADMIT_NO;
    }
    return admit_members(a, hit, e);
}
