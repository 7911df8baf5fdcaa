/* Proving a store: the engine's file, versions without gaps, and the projection rebuilt. */
#include "store/check_events.h"
#include "store/item_name.h"
#include "store/project.h"

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
        {SQL_check_double_rows, "events have two rows for one reading of a version"},
        {SQL_check_double_items, "things have two rows for one version"},
        {SQL_check_unprojected, "events are listed without accounts, or have accounts and are not"},
        {SQL_check_aliases, "events are the same as others and listed, or lead to each other"},
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
              check_events(r->db, c.newest, problems, e) &&
              prove_all(&c, SQL_check_items, prove_item);
    db_rollback(r->db);
    arena_free(c.scratch);
    return ok;
}
