/* Facts about the whole store at a version. */
#include "model/event.h"
#include "store/internal.h"

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

bool store_summary(struct store_reader *r, int64_t version, struct arena *a,
                   struct store_summary *out, struct err *e)
{
    struct db_rows *rows;
    *out = (struct store_summary){.version = version};
    if (!SQL_QUERY(r->db, e, &rows, SQL(summary), DB_INT(version), DB_INT(PERIOD_NO_START),
                   DB_INT(PERIOD_NO_END)))
        return false;
    if (db_next(rows, e)) {
        out->recorded = db_i64(rows, 0);
        out->events = db_i64(rows, 1);
        out->accounts = db_i64(rows, 2);
        out->sources = db_i64(rows, 3);
        out->actors = db_i64(rows, 4);
        out->places = db_i64(rows, 5);
        out->relations = db_i64(rows, 6);
        out->claims = db_i64(rows, 7);
        if (!db_is_null(rows, 8))
            out->first_date = day_of(db_i64(rows, 8), PERIOD_START, a);
        if (!db_is_null(rows, 9))
            out->last_date = day_of(db_i64(rows, 9), PERIOD_END, a);
    }
    db_done(rows);
    return e->code == ERR_NONE;
}
