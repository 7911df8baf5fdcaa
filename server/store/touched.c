#include "store/touched.h"

#define PAGE 1000 /* things read from the table at once */

static bool make_table(struct store_writer *w, struct err *e)
{
    if (w->spilled)
        return true;
    w->spilled = true;
    return SQL_EXEC(w->db, e, SQL(touched_make)) && SQL_EXEC(w->db, e, SQL(touched_forget));
}

static bool spill_kind(struct store_writer *w, enum thing t, struct err *e)
{
    struct keyset *touched = &w->touched[t];
    keyset_settle(touched);
    for (size_t i = 0; i < touched->n; i++) {
        if (!SQL_EXEC(w->db, e, SQL(touched_add), DB_INT(t), DB_INT(touched->keys[i])))
            return false;
    }
    *touched = (struct keyset){0};
    return true;
}

bool touched_spill(struct store_writer *w, struct err *e)
{
    if (!make_table(w, e))
        return false;
    for (size_t t = 0; t < THING_KINDS; t++)
        if (!spill_kind(w, (enum thing)t, e))
            return false;
    return true;
}

struct page {
    int64_t keys[PAGE];
    size_t n;
};

static bool read_page(struct store_writer *w, enum thing t, int64_t after, struct page *out,
                      struct err *e)
{
    struct db_rows *rows;
    out->n = 0;
    if (!SQL_QUERY(w->db, e, &rows, SQL(touched_page), DB_INT(t), DB_INT(after), DB_INT(PAGE)))
        return false;
    while (db_next(rows, e)) {
        out->keys[out->n++] = db_i64(rows, 0);
    }
    db_done(rows);
    return e->code == ERR_NONE;
}

static bool each_of_table(struct store_writer *w, enum thing t, touched_use *use, struct err *e)
{
    struct page page;
    int64_t after = 0;
    do {
        if (!read_page(w, t, after, &page, e))
            return false;
        for (size_t i = 0; i < page.n; i++) {
            after = page.keys[i];
            if (!writer_goes_on(w, e) || !use(w, t, after, e))
                return false;
        }
        if (!writer_relieve(w, e))
            return false;
    } while (page.n == PAGE);
    return true;
}

bool touched_each(struct store_writer *w, enum thing t, touched_use *use, struct err *e)
{
    if (w->spilled)
        return touched_spill(w, e) && each_of_table(w, t, use, e);
    struct keyset *touched = &w->touched[t];
    keyset_settle(touched);
    for (size_t i = 0; i < touched->n; i++)
        if (!writer_goes_on(w, e) || !use(w, t, touched->keys[i], e))
            return false;
    return true;
}
