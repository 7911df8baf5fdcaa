/* Writing the rows of events: the projection that queries read. */
#include "base/fold.h"
#include "base/jscan.h"
#include "store/link.h"
#include "store/row_key.h"
#include "store/total.h"

#define LARGEST_EVENT ((size_t)4 * 1024 * 1024)

/* The row of an event that holds, before this change. */
struct old_row {
    int64_t key; /* 0 where there is none */
    int64_t since;
    int64_t updated;
    str document, sources;
};

static bool read_old(struct store_writer *w, int64_t event, struct old_row *old, struct err *e)
{
    struct db_rows *rows;
    *old = (struct old_row){0};
    if (!SQL_QUERY(w->db, e, &rows, SQL(event_row_live), DB_INT(event)))
        return false;
    if (db_next(rows, e))
        *old = (struct old_row){db_i64(rows, 0), db_i64(rows, 1), db_i64(rows, 2),
                                internal_text(rows, 3, w->scratch),
                                internal_text(rows, 4, w->scratch)};
    db_done(rows);
    return e->code == ERR_NONE;
}

static str joined_actors(const struct account *m, struct arena *a)
{
    struct buf out;
    buf_init(&out, LARGEST_EVENT);
    for (size_t i = 0; i < m->participant_count; i++) {
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = m->participants[k].actor_key == m->participants[i].actor_key;
        if (again)
            continue;
        if (out.n > 0)
            buf_add(&out, STR("; "));
        buf_add(&out, m->participants[i].actor);
    }
    str joined = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return joined;
}

static str joined_sources(const struct account *accounts, size_t n, struct arena *a)
{
    struct buf out;
    buf_init(&out, LARGEST_EVENT);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add(&out, STR("; "));
        buf_add(&out, accounts[i].source);
    }
    str joined = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return joined;
}

static str joined_disputes(unsigned disputed, struct arena *a)
{
    str joined = STR("");
    for (unsigned bit = 0; bit < EVENT_DISPUTE_COUNT; bit++)
        if (disputed & (1u << bit))
            joined = arena_printf(a, "%.*s%s%s", STR_ARG(joined), joined.n ? "," : "",
                                  event_dispute_name((enum event_dispute_bit)bit));
    return joined;
}

static bool insert_row(struct store_writer *w, int64_t key, int64_t event_key,
                       const struct event *ev, const struct account *accounts, str document,
                       struct err *e)
{
    const struct account *m = &ev->merged;
    bool dated = m->date.text.p != NULL;
    const struct event_place *place = m->place_count > 0 ? &m->places[0] : NULL;
    bool point = place != NULL && place->has_point;
    str title = m->title.n ? m->title : ev->id;
    return SQL_EXEC(
        w->db, e, SQL(event_row_add), DB_INT(key), DB_INT(event_key), DB_STR(ev->id),
        DB_INT(w->version), DB_INT(dated ? period_class(&m->date.value.bounds) : -1),
        DB_BOUNDS(m->date), DB_INT(dated && match_gapped(m->date.text)),
        DB_STR_OR_NULL(m->date.text), dated ? DB_INT(m->date.value.precision) : DB_NOTHING,
        dated ? DB_INT(m->date.value.qualifier) : DB_NOTHING, DB_STR(title),
        DB_STR_OR_NULL(m->type), place ? DB_STR(place->place) : DB_NOTHING,
        point ? DB_REAL(place->lat) : DB_NOTHING, point ? DB_REAL(place->lon) : DB_NOTHING,
        DB_STR(joined_actors(m, w->scratch)),
        DB_STR(joined_sources(accounts, ev->account_count, w->scratch)),
        DB_INT((int64_t)ev->account_count), DB_STR(joined_disputes(ev->disputed, w->scratch)),
        DB_INT(ev->updated), DB_STR(fold_copy(title, w->scratch)), DB_STR(document));
}

static bool insert_links(struct store_writer *w, int64_t row, const struct event *ev,
                         const struct links *links, struct err *e)
{
    const struct dated *date = &ev->merged.date;
    bool dated = date->text.p != NULL;
    for (size_t i = 0; i < links->n; i++)
        if (!SQL_EXEC(w->db, e, SQL(event_link_add), DB_INT(links->items[i].target),
                      DB_INT(dated ? period_class(&date->value.bounds) : -1),
                      DB_INT(dated ? date->value.bounds.earliest : 0), DB_STR(ev->id), DB_INT(row),
                      DB_INT(links->items[i].role), DB_INT(w->version),
                      DB_BOUND(*date, start_latest), DB_BOUND(*date, end_earliest),
                      DB_BOUND(*date, latest), DB_INT(dated && match_gapped(date->text))))
            return false;
    return true;
}

/* Many sources can add to an event what is too much for one row: such a change is refused. */
static bool write_document(struct event *ev, int64_t version, int64_t updated, struct arena *a,
                           str *document, struct err *e)
{
    struct buf out;
    buf_init(&out, LARGEST_EVENT);
    ev->version = version;
    ev->updated = updated;
    event_write_json(&out, ev);
    bool fits = !buf_failed(&out);
    if (fits)
        *document = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return fits || err_set(e, ERR_TOO_LARGE, "the event \"%.*s\" would have more than %zu MiB",
                           STR_ARG(ev->id), LARGEST_EVENT >> 20);
}

static bool end_row(struct store_writer *w, const struct old_row *old, struct err *e)
{
    return old->key == 0 ||
           (SQL_EXEC(w->db, e, SQL(event_row_close), DB_INT(old->key), DB_INT(w->version)) &&
            SQL_EXEC(w->db, e, SQL(event_link_close), DB_INT(old->key), DB_INT(w->version)) &&
            total_remove_event(w, old->key, e));
}

static bool event_id(struct store_writer *w, int64_t event, str *id, struct err *e)
{
    struct db_rows *rows;
    if (!SQL_QUERY(w->db, e, &rows, SQL(event_id), DB_INT(event)))
        return false;
    bool found = db_next(rows, e);
    ENSURE(found || e->code != ERR_NONE);
    if (found)
        *id = internal_text(rows, 0, w->scratch);
    db_done(rows);
    return found;
}

/* How far back searches in its class have to look from now on. */
static void note_extent(struct store_writer *w, const struct period *p)
{
    if (p == NULL)
        return;
    struct reach *reach = &w->reaches[period_class(p)];
    if (period_extent(p) > reach->longest)
        reach->longest = period_extent(p);
    if (period_start_extent(p) > reach->longest_start)
        reach->longest_start = period_start_extent(p);
}

bool project_extents(struct store_writer *w, struct err *e)
{
    for (int cls = 0; cls < PERIOD_CLASSES; cls++)
        if (w->reaches[cls].longest >= 0 &&
            !SQL_EXEC(w->db, e, SQL(class_extent_set), DB_INT(cls), DB_INT(w->reaches[cls].longest),
                      DB_INT(w->reaches[cls].longest_start)))
            return false;
    return true;
}

bool project_event(struct store_writer *w, int64_t event, bool rewritten, struct err *e)
{
    const struct at at = {w->db, w->version, w->scratch, e};
    struct account *accounts;
    struct old_row old;
    struct event ev;
    size_t n;
    str id;
    arena_reset(w->scratch);
    if (!event_id(w, event, &id, e) || !read_old(w, event, &old, e) ||
        !project_load_accounts(&at, event, &accounts, &n))
        return false;
    if (n == 0) {
        if (old.key != 0)
            writer_note(w, CHANGE_REMOVED, "events", id, STR(""));
        return end_row(w, &old, e);
    }
    event_merge(id, accounts, n, w->scratch, &ev);
    str document = {0}, same = {0}, differs = STR("");
    if (old.key != 0) {
        if (!write_document(&ev, old.since, old.updated, w->scratch, &same, e))
            return false;
        differs = project_differing(old.document, same, w->scratch);
        if (differs.n == 0 && !rewritten &&
            str_eq(old.sources, joined_sources(accounts, n, w->scratch)))
            return true;
    }
    if (!write_document(&ev, w->version, w->now, w->scratch, &document, e))
        return false;
    if (old.key == 0)
        writer_note(w, CHANGE_ADDED, "events", id, STR(""));
    else if (differs.n > 0)
        writer_note(w, CHANGE_CHANGED, "events", id, differs);
    const struct period *when = ev.merged.date.text.p ? &ev.merged.date.value.bounds : NULL;
    int64_t row = row_key_make(when, writer_key(w));
    struct links links;
    note_extent(w, when);
    if (!link_gather(&at, &ev, accounts, &w->above, &links))
        return false;
    total_add_event(w, &links);
    return end_row(w, &old, e) && insert_row(w, row, event, &ev, accounts, document, e) &&
           insert_links(w, row, &ev, &links, e) &&
           project_search_add(w, row, accounts, ev.account_count, &links, e);
}
