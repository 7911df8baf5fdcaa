/* Where accounts contradict each other: the list of disagreements, page by page. */
#include "store/disagree.h"

#include "base/jout.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "store/find.h"

#define LARGEST_ITEM ((size_t)8 * 1024 * 1024)
#define LARGEST_PAGE ((size_t)4 * 1024 * 1024)
/* Pieces of evidence that are shown for one value, and events that are read together. */
#define MOST_EVIDENCE 20
#define PIECE 100

/* ---- one event ---- */

static bool goes_on(void *context)
{
    const struct at *at = context;
    return db_in_time(at->db, at->e);
}

bool disagree_load(const struct at *at, const struct query *q, str event, struct disagreeing *out)
{
    int64_t key;
    struct at here = *at;
    const struct disagreement_watch watch = {goes_on, &here};
    if (!thing_find(at->db, THING_EVENT, event, &key, at->e) ||
        !project_load_heard(at, key, &q->reading, &out->accounts, &out->account_count))
        return false;
    out->reprints = disagreement_reprints(out->accounts, out->account_count, at->arena);
    out->n = disagreement_find(out->accounts, out->reprints, out->account_count, &watch, at->arena,
                               out->items);
    return at->e->code == ERR_NONE;
}

unsigned disagree_disputed(str document)
{
    str list = jvalue_member(document, "disputed"), one;
    unsigned set = 0;
    for (size_t at = 0; jvalue_says(list) && jscan_element(list, &at, &one);)
        for (unsigned bit = 0; bit < EVENT_DISPUTE_COUNT; bit++)
            if (jvalue_is(one, event_dispute_name((enum event_dispute_bit)bit)))
                set |= 1u << bit;
    return set;
}

struct query disagree_query(const struct query *q, int64_t limit)
{
    struct query out = *q;
    out.disputed = WHETHER_YES;
    out.sort = SORT_DATE;
    out.count = false;
    out.bare = true;
    out.limit = limit;
    return out;
}

struct query_after disagree_after(const struct event_row *row)
{
    return (struct query_after){.given = true,
                                .number = row->dated ? row->bounds.earliest : 0,
                                .undated = !row->dated,
                                .id = row->id};
}

/* ---- evidence ---- */

static bool supports(str span, const char *property)
{
    str list = jvalue_member(span, "supports"), one;
    if (jvalue_count(list) == 0)
        return true; /* it supports the account as a whole */
    for (size_t at = 0; jscan_element(list, &at, &one);)
        if (jvalue_is(one, property))
            return true;
    return false;
}

/* The spans of an account that support the property, as elements. */
static bool write_spans(const struct at *at, struct jout *j, const struct account *account,
                        const char *property, size_t *n)
{
    struct buf text;
    struct jout all;
    str one;
    buf_init(&text, LARGEST_ITEM);
    jout_init(&all, &text);
    jout_array(&all);
    bool ok = project_write_spans(at, account->key, account->source, &all);
    if (ok)
        jout_array_end(&all);
    if (ok && !buf_failed(&text))
        for (size_t i = 0; *n < MOST_EVIDENCE && jscan_element(buf_str(&text), &i, &one);)
            if (supports(one, property)) {
                jout_raw(j, one);
                (*n)++;
            }
    buf_free(&text);
    return ok;
}

/* ---- one disagreement ---- */

static bool told_before(const struct disagreement_value *v, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (v->accounts[k]->source_key == v->accounts[i]->source_key)
            return true;
    return false;
}

static bool write_value(const struct at *at, struct jout *j, const struct disagreement *d,
                        size_t value)
{
    const struct disagreement_value *v = &d->values[value];
    const char *property = event_dispute_name(d->property);
    size_t shown = 0;
    jout_object(j);
    disagreement_write_value(j, d, value);
    jout_key(j, "sources");
    jout_array(j);
    for (size_t i = 0; i < v->n; i++)
        if (!told_before(v, i))
            jout_str(j, v->accounts[i]->source);
    jout_array_end(j);
    jout_member_i64(j, "reports", v->reports);
    jout_key(j, "evidence");
    jout_array(j);
    for (size_t i = 0; i < v->n; i++)
        if (!write_spans(at, j, v->accounts[i], property, &shown))
            return false;
    jout_array_end(j);
    jout_object_end(j);
    return true;
}

static void write_pairs(struct jout *j, const struct disagreement *d)
{
    jout_key(j, "contradictions");
    jout_array(j);
    for (size_t i = 0; i < d->pair_count; i++) {
        jout_array(j);
        jout_i64(j, (int64_t)d->pairs[i].a);
        jout_i64(j, (int64_t)d->pairs[i].b);
        jout_array_end(j);
    }
    jout_array_end(j);
    if (d->contradictions > d->pair_count)
        jout_member_i64(j, "contradiction_count", (int64_t)d->contradictions);
}

static void write_spread(struct jout *j, const struct disagreement *d)
{
    jout_key(j, "spread_days");
    if (!d->has_spread) {
        jout_null(j);
        jout_key(j, "widest");
        jout_null(j);
        return;
    }
    jout_object(j);
    jout_member_i64(j, "least", d->spread.least);
    jout_key(j, "greatest");
    d->spread.greatest < 0 ? jout_null(j) : jout_i64(j, d->spread.greatest);
    jout_object_end(j);
    jout_key(j, "widest");
    jout_object(j);
    jout_key(j, "sources");
    jout_array(j);
    jout_str(j, d->values[d->widest.a].accounts[0]->source);
    jout_str(j, d->values[d->widest.b].accounts[0]->source);
    jout_array_end(j);
    jout_member_i64(j, "days", d->spread.least);
    jout_object_end(j);
}

static bool write_item(const struct at *at, struct buf *out, const struct event_row *row,
                       const struct disagreement *d)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_str(&j, "event", row->id);
    jout_key(&j, "title");
    jout_raw(&j, jvalue_member(row->document, "title"));
    jout_member_text(&j, "property", event_dispute_name(d->property));
    jout_key(&j, "values");
    jout_array(&j);
    for (size_t i = 0; i < d->value_count; i++)
        if (!write_value(at, &j, d, i))
            return false;
    jout_array_end(&j);
    write_pairs(&j, d);
    write_spread(&j, d);
    jout_object_end(&j);
    return !buf_failed(out) ||
           err_set(at->e, ERR_TOO_LARGE, "the accounts of \"%.*s\" differ in more than fits",
                   STR_ARG(row->id));
}

/* ---- the page ---- */

struct listing {
    struct store_reader *r;
    const struct disagreement_query *q;
    struct arena *a; /* of the page */
    struct disagreement_page *out;
    size_t room, bytes;
    unsigned given; /* of the event that comes next */
    struct err *e;
};

static bool add_item(struct listing *l, const struct at *at, const struct event_row *row,
                     const struct disagreement *d)
{
    struct item_page *page = &l->out->page;
    struct buf text;
    if (page->n == (size_t)l->q->limit || l->bytes > LARGEST_PAGE) {
        page->more = true;
        l->out->given = (unsigned)d->property;
        return true;
    }
    buf_init(&text, LARGEST_ITEM);
    bool ok = write_item(at, &text, row, d);
    if (ok) {
        struct item *item = ARENA_PUSH(l->a, page->items, page->n, l->room);
        item->id = arena_copy(l->a, row->id);
        item->version = row->version;
        item->document = arena_copy(l->a, buf_str(&text));
        l->bytes += text.n;
    }
    buf_free(&text);
    return ok;
}

static bool add_event(struct listing *l, const struct event_row *row, struct arena *scratch)
{
    const struct at at = {l->r->db, l->q->events->version, scratch, l->e};
    unsigned wanted = l->q->properties != 0 ? l->q->properties : (1u << EVENT_DISPUTE_COUNT) - 1;
    struct disagreeing found;
    wanted &= disagree_disputed(row->document);
    for (unsigned bit = 0; bit < l->given; bit++)
        wanted &= ~(1u << bit);
    l->given = 0;
    if (wanted != 0) {
        if (!disagree_load(&at, l->q->events, row->id, &found))
            return false;
        for (size_t i = 0; i < found.n && !l->out->page.more; i++)
            if (wanted & 1u << found.items[i].property && !add_item(l, &at, row, &found.items[i]))
                return false;
    }
    if (!l->out->page.more)
        l->out->after = disagree_after(row);
    return true;
}

/* Events that do not have what is asked for are passed over here, in memory that is used again. */
static bool list(struct listing *l, struct arena *scratch, struct problems *problems)
{
    struct query q = disagree_query(l->q->events, PIECE);
    struct event_page found = {.more = true};
    char last[256];
    while (found.more && !l->out->page.more) {
        arena_reset(scratch);
        if (!store_find_events(l->r, &q, scratch, &found, problems, l->e))
            return false;
        for (size_t i = 0; i < found.n && !l->out->page.more; i++)
            if (!db_in_time(l->r->db, l->e) || !add_event(l, &found.rows[i], scratch))
                return false;
        q.after = l->out->after;
        ENSURE(q.after.id.n < sizeof last);
        for (size_t i = 0; i < q.after.id.n; i++)
            last[i] = q.after.id.p[i];
        q.after.id.p = last;
    }
    l->out->after.id = arena_copy(l->a, l->out->after.id);
    return true;
}

/* The number of items, without a look at the accounts. */
static bool count(struct store_reader *r, const struct disagreement_query *q,
                  const struct found_filters *found, struct arena *a, int64_t *n, struct err *e)
{
    struct walk *w;
    struct walk_hit hit;
    struct db_rows *rows;
    if (!walk_open(r, found, WALK_ANY, a, &w, e))
        return false;
    while (walk_next(w, &hit, e)) {
        if (!SQL_QUERY(r->db, e, &rows, SQL(event_disputed), DB_INT(hit.row)))
            break;
        str name, rest = db_next(rows, e) ? db_str(rows, 0) : STR("");
        while (rest.n > 0) {
            str_cut(rest, ',', &name, &rest);
            for (unsigned bit = 0; bit < EVENT_DISPUTE_COUNT; bit++)
                if ((q->properties == 0 || q->properties & 1u << bit) &&
                    str_eq(name, str_from(event_dispute_name((enum event_dispute_bit)bit))))
                    (*n)++;
        }
        db_done(rows);
        if (e->code != ERR_NONE)
            break;
    }
    walk_close(w);
    return e->code == ERR_NONE;
}

static bool count_all(struct store_reader *r, const struct disagreement_query *q, struct arena *a,
                      int64_t *n, struct problems *problems, struct err *e)
{
    struct query all = disagree_query(q->events, 1);
    struct found_filters *found = ARENA_NEW(a, struct found_filters);
    *n = 0;
    return filter_find(r->db, &all, a, found, problems, e) &&
           (found->nothing || count(r, q, found, a, n, e));
}

bool store_find_disagreements(struct store_reader *r, const struct disagreement_query *q,
                              struct arena *a, struct disagreement_page *out,
                              struct problems *problems, struct err *e)
{
    *out = (struct disagreement_page){.page = {.matched = -1}, .after = q->events->after};
    struct listing l = {.r = r, .q = q, .a = a, .out = out, .given = q->given, .e = e};
    struct arena *scratch = arena_new();
    bool ok = list(&l, scratch, problems);
    arena_free(scratch);
    return ok && (!q->count || count_all(r, q, a, &out->page.matched, problems, e)) &&
           (!q->pairs || disagree_sources(r, q, a, out, problems, e));
}
