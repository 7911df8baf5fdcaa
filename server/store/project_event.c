/* Writing the rows of events: the projection that queries read. */
#include <string.h>

#include "base/fold.h"
#include "store/row_key.h"
#include "store/total.h"

#define LARGEST_LIST ((size_t)4 * 1024 * 1024)
#define LARGEST_STAMP 4096

/* A row of an event that holds, before this change. */
struct old_row {
    int64_t key;
    bool plain;
    int64_t version, updated;
    str digest;
    unsigned not_for;
    int64_t only_for, known_from, known_until;
    bool lasts;
    str document, sources; /* of the plain one */
    bool kept;
};

/* The rows of one event as they are settled. */
struct settling {
    struct store_writer *w;
    int64_t event;
    str id;
    struct old_row *old;
    size_t n, room;
    struct err *e;
};

static bool read_old(struct settling *s)
{
    struct db_rows *rows;
    struct arena *a = s->w->scratch;
    if (!SQL_QUERY(s->w->db, s->e, &rows, SQL(event_row_live), DB_INT(s->event)))
        return false;
    while (db_next(rows, s->e))
        *ARENA_PUSH(a, s->old, s->n, s->room) = (struct old_row){
            .key = db_i64(rows, 0),
            .plain = db_i64(rows, 1) != 0,
            .version = db_i64(rows, 2),
            .updated = db_i64(rows, 3),
            .digest = internal_text(rows, 4, a),
            .not_for = (unsigned)db_i64(rows, 5),
            .only_for = db_i64(rows, 6), /* 0 for NULL */
            .known_from = db_i64(rows, 7),
            .lasts = db_is_null(rows, 8),
            .known_until = db_i64(rows, 8),
            .document = internal_text(rows, 9, a),
            .sources = internal_text(rows, 10, a),
        };
    db_done(rows);
    return s->e->code == ERR_NONE;
}

static const struct old_row *old_plain(const struct settling *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->old[i].plain)
            return &s->old[i];
    return NULL;
}

/* ---- what a row holds ---- */

static str joined_actors(const struct account *m, struct arena *a)
{
    struct buf out;
    buf_init(&out, LARGEST_LIST);
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

static str joined_disputes(unsigned disputed, struct arena *a)
{
    str joined = STR("");
    for (unsigned bit = 0; bit < EVENT_DISPUTE_COUNT; bit++)
        if (disputed & (1u << bit))
            joined = arena_printf(a, "%.*s%s%s", STR_ARG(joined), joined.n ? "," : "",
                                  event_dispute_name((enum event_dispute_bit)bit));
    return joined;
}

static const struct period *bounds_of(const struct variant *v)
{
    const struct dated *date = &v->event.merged.date;
    return date->text.p != NULL ? &date->value.bounds : NULL;
}

/* What a row and its links say of the reading that they are for. */
#define DB_READING(v)                                                                              \
    DB_INT((v)->not_for), (v)->only_for ? DB_INT((v)->only_for) : DB_NOTHING,                      \
        DB_INT((v)->known_from), (v)->lasts ? DB_NOTHING : DB_INT((v)->known_until)

static bool insert_row(struct settling *s, int64_t key, const struct variant *v,
                       const struct event *ev, str document)
{
    struct store_writer *w = s->w;
    const struct account *m = &ev->merged;
    bool dated = m->date.text.p != NULL;
    const struct event_place *place = m->place_count > 0 ? &m->places[0] : NULL;
    bool point = place != NULL && place->has_point;
    str title = m->title.n ? m->title : ev->id;
    str digest = {(const char *)v->digest, sizeof v->digest};
    return SQL_EXEC(
        w->db, s->e, SQL(event_row_add), DB_INT(key), DB_INT(s->event), DB_STR(ev->id),
        DB_INT(w->version), DB_READING(v), DB_INT(row_class(bounds_of(v), !v->plain)),
        DB_BOUNDS(m->date), DB_INT(dated && match_gapped(m->date.text)),
        DB_STR_OR_NULL(m->date.text), dated ? DB_INT(m->date.value.precision) : DB_NOTHING,
        dated ? DB_INT(m->date.value.qualifier) : DB_NOTHING, DB_STR(title),
        DB_STR_OR_NULL(m->type), place ? DB_STR(place->place) : DB_NOTHING,
        point ? DB_REAL(place->lat) : DB_NOTHING, point ? DB_REAL(place->lon) : DB_NOTHING,
        DB_STR(joined_actors(m, w->scratch)), DB_STR(v->sources),
        DB_INT((int64_t)ev->account_count), DB_STR(joined_disputes(ev->disputed, w->scratch)),
        DB_INT(ev->version), DB_INT(ev->updated), DB_BYTES(digest),
        DB_STR(fold_copy(title, w->scratch)), DB_STR(document));
}

static bool insert_links(struct settling *s, int64_t row, const struct variant *v)
{
    const struct dated *date = &v->event.merged.date;
    const struct period *p = bounds_of(v);
    bool gapped = p != NULL && match_gapped(date->text);
    for (size_t i = 0; i < v->links.n; i++)
        if (!SQL_EXEC(s->w->db, s->e, SQL(event_link_add), DB_INT(v->links.items[i].target),
                      DB_INT(row_class(p, !v->plain)), DB_INT(p ? p->earliest : 0), DB_STR(s->id),
                      DB_INT(row), DB_INT(v->links.items[i].role), DB_INT(s->w->version),
                      DB_BOUND(*date, start_latest), DB_BOUND(*date, end_earliest),
                      DB_BOUND(*date, latest), DB_INT(gapped), DB_READING(v)))
            return false;
    return true;
}

/* How far back searches among rows of its class have to look from now on. */
static void note_extent(struct store_writer *w, const struct period *p, bool other)
{
    if (p == NULL)
        return;
    struct reach *reach = &w->reaches[row_class(p, other)];
    if (period_extent(p) > reach->longest)
        reach->longest = period_extent(p);
    if (period_start_extent(p) > reach->longest_start)
        reach->longest_start = period_start_extent(p);
}

bool project_extents(struct store_writer *w, struct err *e)
{
    for (int cls = 0; cls < ROW_CLASSES; cls++)
        if (w->reaches[cls].longest >= 0 &&
            !SQL_EXEC(w->db, e, SQL(class_extent_set), DB_INT(cls), DB_INT(w->reaches[cls].longest),
                      DB_INT(w->reaches[cls].longest_start)))
            return false;
    return true;
}

static bool insert_variant(struct settling *s, const struct variant *v, const struct event *ev)
{
    struct buf document;
    int64_t row = row_key_make(bounds_of(v), !v->plain, writer_key(s->w));
    note_extent(s->w, bounds_of(v), !v->plain);
    if (v->plain)
        total_add_event(s->w, &v->links);
    buf_init(&document, v->shown.n + LARGEST_STAMP);
    buf_add(&document, v->shown);
    event_write_stamp(&document, ev);
    ENSURE(!buf_failed(&document));
    bool ok = insert_row(s, row, v, ev, buf_str(&document)) && insert_links(s, row, v) &&
              project_search_add(s->w, row, &v->words, s->e);
    buf_free(&document);
    return ok;
}

/* ---- against the rows that hold ---- */

static bool shows_the_same(const struct old_row *old, const struct variant *v)
{
    return memcmp(old->digest.p, v->digest, VARIANT_DIGEST_HALF) == 0;
}

static bool is_the_same(const struct old_row *old, const struct variant *v)
{
    return old->plain == v->plain && old->not_for == v->not_for && old->only_for == v->only_for &&
           old->known_from == v->known_from && old->lasts == v->lasts &&
           (v->lasts || old->known_until == v->known_until) &&
           memcmp(old->digest.p, v->digest, VARIANT_DIGEST) == 0;
}

/* Whether some question that the variant answers was answered by the row. */
static bool answered(const struct old_row *old, const struct variant *v)
{
    if (v->plain && !old->plain)
        return false;
    if ((!v->lasts && old->known_from >= v->known_until) ||
        (!old->lasts && v->known_from >= old->known_until))
        return false;
    if (v->only_for != 0)
        return old->only_for == v->only_for || (old->not_for & READING_BIT(POLICY_PREFERRED)) == 0;
    return ((old->not_for | v->not_for) & READING_NOT_GENERAL) != READING_NOT_GENERAL;
}

/* What shows the same as before keeps the version that made it so. */
static void stamp(const struct settling *s, const struct variant *v, struct event *ev)
{
    ev->version = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct old_row *old = &s->old[i];
        if (old->version > ev->version && shows_the_same(old, v) && answered(old, v)) {
            ev->version = old->version;
            ev->updated = old->updated;
        }
    }
    if (ev->version != 0)
        return;
    ev->version = s->w->version;
    ev->updated = s->w->now;
}

/* Names of what differs in what is shown; other sources, or in another order, are accounts too. */
static str differing(const struct old_row *old, const struct variant *v, struct arena *a)
{
    str names = project_differing(old->document, arena_printf(a, "%.*s}", STR_ARG(v->shown)), a);
    str accounts = STR("accounts"), rest = names, name;
    bool named = str_eq(old->sources, v->sources);
    while (rest.n > 0) {
        str_cut(rest, ',', &name, &rest);
        named = named || str_eq(name, accounts);
    }
    if (named)
        return names;
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(names), names.n ? "," : "", STR_ARG(accounts));
}

static void note(struct settling *s, const struct variant *v)
{
    const struct old_row *old = old_plain(s);
    if (old == NULL)
        writer_note(s->w, CHANGE_ADDED, "events", s->id, STR(""));
    else if (!shows_the_same(old, v))
        writer_note(s->w, CHANGE_CHANGED, "events", s->id, differing(old, v, s->w->scratch));
}

static bool settle(void *context, const struct variant *v)
{
    struct settling *s = context;
    for (size_t i = 0; i < s->n; i++)
        if (!s->old[i].kept && is_the_same(&s->old[i], v)) {
            s->old[i].kept = true;
            return true;
        }
    struct event ev = v->event;
    stamp(s, v, &ev);
    if (v->plain)
        note(s, v);
    return insert_variant(s, v, &ev);
}

static bool end_row(struct settling *s, const struct old_row *old)
{
    struct store_writer *w = s->w;
    return SQL_EXEC(w->db, s->e, SQL(event_row_close), DB_INT(old->key), DB_INT(w->version)) &&
           SQL_EXEC(w->db, s->e, SQL(event_link_close), DB_INT(old->key), DB_INT(w->version)) &&
           (!old->plain || total_remove_event(w, old->key, s->e));
}

static bool event_id(struct settling *s)
{
    struct db_rows *rows;
    if (!SQL_QUERY(s->w->db, s->e, &rows, SQL(event_id), DB_INT(s->event)))
        return false;
    bool found = db_next(rows, s->e);
    ENSURE(found || s->e->code != ERR_NONE);
    if (found)
        s->id = internal_text(rows, 0, s->w->scratch);
    db_done(rows);
    return found;
}

static bool begin(struct store_writer *w, int64_t event, struct settling *s, struct err *e)
{
    *s = (struct settling){.w = w, .event = event, .e = e};
    arena_reset(w->scratch);
    return event_id(s) && read_old(s);
}

static bool end_rows(struct settling *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!s->old[i].kept && !end_row(s, &s->old[i]))
            return false;
    return true;
}

bool project_event(struct store_writer *w, int64_t event, struct err *e)
{
    const struct at at = {w->db, w->version, w->scratch, e};
    struct settling s;
    size_t accounts;
    if (!begin(w, event, &s, e) ||
        !variant_each(&at, event, s.id, &w->memory, settle, &s, &accounts))
        return false;
    if (accounts == 0 && s.n > 0)
        writer_note(w, CHANGE_REMOVED, "events", s.id, STR(""));
    return end_rows(&s);
}

bool project_no_event(struct store_writer *w, int64_t event, struct err *e)
{
    struct settling s;
    if (!begin(w, event, &s, e))
        return false;
    if (s.n > 0)
        writer_note(w, CHANGE_REMOVED, "events", s.id, STR(""));
    return end_rows(&s);
}
