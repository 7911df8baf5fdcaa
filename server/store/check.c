/* Proving a store: the engine's file, versions without gaps, and the projection rebuilt. */
#include "store/item_name.h"
#include "store/link.h"
#include "store/row_key.h"

struct check {
    struct store_reader *r;
    struct problems *problems;
    struct arena *scratch;
    struct err *e;
    int64_t newest; /* version, of the state that is proved */
};

static void finding(void *context, str text)
{
    struct check *c = context;
    problem_add(c->problems, PROBLEM_POINTER, STR(""), STR(""), "%.*s",
                STR_ARG(str_sub(text, 0, 400)));
}

/* Statements that count what must not be there; each with its sentence. */
static bool count_wrongs(struct check *c)
{
    static const struct {
        enum sql_name statement;
        const char *sentence;
    } wrongs[] = {
        {SQL_check_versions, "versions are missing from the list of changesets"},
        {SQL_check_future, "rows belong to a version that was never finished"},
        {SQL_check_keys, "keys lie beyond the counter of keys"},
        {SQL_check_double_rows, "events have two rows for one version"},
        {SQL_check_double_items, "things have two rows for one version"},
        {SQL_check_unprojected, "events are listed without accounts, or have accounts and are not"},
        {SQL_check_unlinked, "rows of events lack their links to sources"},
        {SQL_check_totals, "counts differ from what they count"},
        {SQL_check_link_columns, "links differ from the rows of their events"},
        {SQL_check_extents, "events reach further than their class is said to"},
        {SQL_check_spans, "annotations end before they begin"},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        int64_t n = 0;
        const struct db_value values[] = {DB_INT(wrongs[i].statement)};
        if (!sql_one(c->r->db, c->e, &n, values, 1))
            return false;
        if (n > 0)
            problem_add(c->problems, PROBLEM_POINTER, STR(""), STR(""), "%lld %s", (long long)n,
                        wrongs[i].sentence);
    }
    return true;
}

/* The last version in which a row holds that ends at `until`. */
static int64_t last_version(const struct check *c, int64_t until)
{
    return until == FOREVER ? c->newest : until - 1;
}

/* Whether the links of a row are these. */
static bool links_are(const struct at *at, int64_t row, const struct links *links, bool *same)
{
    struct db_rows *rows;
    size_t n = 0;
    *same = true;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(check_links), DB_INT(row)))
        return false;
    for (; db_next(rows, at->e); n++)
        *same = *same && n < links->n && links->items[n].target == db_i64(rows, 0) &&
                links->items[n].role == db_i64(rows, 1);
    *same = *same && n == links->n;
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* The columns of check_events by which rows are walked and matched. */
enum column {
    COL_KEY = 6,
    COL_CLASS,
    COL_EARLIEST,
    COL_START_LATEST,
    COL_END_EARLIEST,
    COL_LATEST,
    COL_GAPPED,
    COL_DATE
};

/* Whether the bounds of a row, its class, its key and its mark are those of the date. */
static bool columns_are(const struct db_rows *rows, const struct dated *date)
{
    int cls = date->text.p == NULL ? -1 : period_class(&date->value.bounds);
    if (db_i64(rows, COL_CLASS) != cls || row_key_class(db_i64(rows, COL_KEY)) != cls)
        return false;
    if (cls < 0)
        return db_is_null(rows, COL_EARLIEST) && db_is_null(rows, COL_START_LATEST) &&
               db_is_null(rows, COL_DATE) && db_i64(rows, COL_GAPPED) == 0;
    const struct period *p = &date->value.bounds;
    const struct window starts = row_key_starts(db_i64(rows, COL_KEY));
    return db_i64(rows, COL_EARLIEST) == p->earliest &&
           db_i64(rows, COL_START_LATEST) == p->start_latest &&
           db_i64(rows, COL_END_EARLIEST) == p->end_earliest &&
           db_i64(rows, COL_LATEST) == p->latest && starts.from <= p->earliest &&
           starts.to >= p->earliest && str_eq(db_str(rows, COL_DATE), date->text) &&
           (db_i64(rows, COL_GAPPED) != 0) == match_gapped(date->text);
}

/*
 * The event as its accounts give it at a version, its date and its links; empty without accounts.
 */
static bool merge_anew(const struct at *at, int64_t event, struct event *as_kept, struct buf *out,
                       struct dated *date, struct links *links)
{
    struct account *accounts;
    size_t n;
    if (!project_load_accounts(at, event, &accounts, &n))
        return false;
    if (n == 0)
        return true;
    struct event ev;
    event_merge(as_kept->id, accounts, n, at->arena, &ev);
    ev.version = as_kept->version;
    ev.updated = as_kept->updated;
    event_write_json(out, &ev);
    *date = ev.merged.date;
    return link_gather(at, &ev, accounts, NULL, links);
}

/* A row against the event merged anew, at the first and at the last version in which it holds. */
static bool prove_event(struct check *c, const struct db_rows *rows)
{
    arena_reset(c->scratch);
    int64_t event = db_i64(rows, 0);
    struct event as_kept = {.id = internal_text(rows, 1, c->scratch),
                            .version = db_i64(rows, 2),
                            .updated = db_i64(rows, 3)};
    str kept = internal_text(rows, 4, c->scratch);
    const int64_t versions[] = {as_kept.version, last_version(c, db_i64(rows, 5))};
    for (size_t i = 0; i < 2; i++) {
        const struct at at = {c->r->db, versions[i], c->scratch, c->e};
        struct buf out;
        buf_init(&out, SIZE_MAX / 2);
        struct links links = {0};
        struct dated date = {0};
        bool linked = true;
        bool ok = merge_anew(&at, event, &as_kept, &out, &date, &links) &&
                  links_are(&at, db_i64(rows, COL_KEY), &links, &linked);
        if (ok && (!linked || !columns_are(rows, &date)))
            problem_add(c->problems, PROBLEM_POINTER, STR(""), as_kept.id,
                        "event %.*s at version %lld is found by %s than it mentions",
                        STR_ARG(as_kept.id), (long long)at.version,
                        linked ? "another date" : "other things");
        if (ok && !str_eq(buf_str(&out), kept))
            problem_add(c->problems, PROBLEM_POINTER, STR(""), as_kept.id,
                        "event %.*s at version %lld is not what its accounts give",
                        STR_ARG(as_kept.id), (long long)at.version);
        buf_free(&out);
        if (!ok)
            return false;
    }
    return true;
}

/* The same for everything else that is listed. */
static bool prove_item(struct check *c, const struct db_rows *rows)
{
    arena_reset(c->scratch);
    enum thing t = project_item_thing((enum item_kind)db_i64(rows, 0));
    str id = internal_text(rows, 1, c->scratch), kept = internal_text(rows, 3, c->scratch);
    const int64_t versions[] = {db_i64(rows, 2), last_version(c, db_i64(rows, 4))};
    int64_t key;
    if (!thing_find(c->r->db, t, id, &key, c->e))
        return false;
    for (size_t i = 0; i < 2; i++) {
        const struct at at = {c->r->db, versions[i], c->scratch, c->e};
        struct item_draft draft;
        bool named = true;
        bool ok = project_draft(&at, t, key, &draft) && item_name_prove(&at, t, key, &named);
        if (ok && (!draft.exists || !named || !str_eq(buf_str(&draft.document), kept)))
            problem_add(c->problems, PROBLEM_POINTER, STR(""), id,
                        "%s %.*s at version %lld is not what the sources say", thing_singular(t),
                        STR_ARG(id), (long long)at.version);
        project_draft_free(&draft);
        if (!ok)
            return false;
    }
    return true;
}

static bool prove_all(struct check *c, enum sql_name statement,
                      bool (*prove)(struct check *, const struct db_rows *))
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statement)};
    bool ok = true;
    if (!sql_query(c->r->db, c->e, &rows, values, 1))
        return false;
    while (ok && db_next(rows, c->e))
        ok = prove(c, rows);
    ok = ok && c->e->code == ERR_NONE;
    db_done(rows);
    return ok;
}

bool store_check(struct store_reader *r, struct problems *problems, struct err *e)
{
    struct check c = {.r = r, .problems = problems, .scratch = arena_new(), .e = e};
    /* One state of the store, whoever writes to it meanwhile. */
    bool ok = db_begin_read(r->db, e) && SQL_ONE(r->db, e, &c.newest, SQL(store_state)) &&
              db_check(r->db, finding, &c, e) && count_wrongs(&c) &&
              prove_all(&c, SQL_check_events, prove_event) &&
              prove_all(&c, SQL_check_items, prove_item);
    db_rollback(r->db);
    arena_free(c.scratch);
    return ok;
}
