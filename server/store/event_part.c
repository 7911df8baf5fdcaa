/* What hangs on an event: its accounts side by side, relations, claims, evidence. */
#include "base/jout.h"
#include "store/alias.h"
#include "store/project.h"

#define LARGEST_PART ((size_t)32 * 1024 * 1024)

/* ---- accounts ---- */

/* What an account is a reprint of, among those beside it. */
static void write_originals(struct jout *j, const struct account *a, const struct account *all,
                            size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (!event_reprints(a, &all[i]) || (i > 0 && all[i].source_key == all[i - 1].source_key))
            continue;
        if (!any) {
            jout_key(j, "reprint_of");
            jout_array(j);
        }
        any = true;
        jout_str(j, all[i].source);
    }
    if (any)
        jout_array_end(j);
}

static bool write_account(const struct at *at, struct jout *j, const struct account *a,
                          const struct account *all, size_t n)
{
    jout_object(j);
    jout_member_str(j, "source", a->source);
    jout_member_str_if(j, "event", a->event);
    write_originals(j, a, all, n);
    jout_member_str_or_null(j, "title", a->title);
    jout_member_str_or_null(j, "summary", a->summary);
    jout_key(j, "date");
    event_write_date(j, &a->date);
    event_write_properties(j, a);
    jout_key(j, "evidence");
    if (!project_write_evidence(at, a->key, j))
        return false;
    jout_member_i64(j, "version", a->since);
    jout_object_end(j);
    return true;
}

static bool write_accounts(const struct at *at, int64_t event, const struct reading *reading,
                           struct jout *j)
{
    struct account *accounts;
    size_t n;
    if (!project_load_heard(at, event, reading, &accounts, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!write_account(at, j, &accounts[i], accounts, n))
            return false;
    return true;
}

/* ---- relations ---- */

static void write_relation(struct jout *j, const struct db_rows *rows)
{
    jout_object(j);
    jout_member_str(j, "id", db_str(rows, 0));
    jout_member_str(j, "type", db_str(rows, 1));
    jout_member_str(j, "direction", db_str(rows, 2));
    jout_member_str(j, "event", db_str(rows, 3));
    str title = db_str(rows, 4);
    jout_member_str_or_null(j, "title", title);
    jout_member_str(j, "source", db_str(rows, 5));
    jout_object_end(j);
}

static int64_t known_at(const struct reading *r)
{
    return r->known ? r->known_at : READING_NEVER;
}

static bool write_relations(const struct at *at, int64_t event, const struct reading *reading,
                            struct jout *j)
{
    struct db_rows *rows;
    int64_t source = 0;
    unsigned bit = READING_BIT(reading->policy == POLICY_SOURCE ? POLICY_PREFERRED
                                                                : reading->policy);
    if (reading->policy == POLICY_SOURCE &&
        !thing_find(at->db, THING_SOURCE, reading->source, &source, at->e))
        return false;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(event_relations), DB_INT(event), DB_INT(at->version),
                   DB_INT(known_at(reading)), DB_INT(bit), DB_INT(source)))
        return false;
    while (db_next(rows, at->e))
        write_relation(j, rows);
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* ---- claims ---- */

static bool write_claims(const struct at *at, int64_t event, const struct reading *reading,
                         struct jout *j)
{
    struct db_rows *rows;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(event_claims), DB_INT(event), DB_INT(at->version),
                   DB_INT(known_at(reading))))
        return false;
    while (db_next(rows, at->e))
        jout_raw(j, db_str(rows, 0));
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* ---- evidence ---- */

/* The evidence of all accounts that are heard, each span with the source whose text it is in. */
static bool write_evidence(const struct at *at, int64_t event, const struct reading *reading,
                           struct jout *j)
{
    struct account *accounts;
    size_t n;
    if (!project_load_heard(at, event, reading, &accounts, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!project_write_spans(at, accounts[i].key, accounts[i].source, j))
            return false;
    return true;
}

/* ---- all of them ---- */

bool store_event_part(struct store_reader *r, int64_t version, const struct reading *reading,
                      str event_id, enum event_part part, struct arena *a, str *json, struct err *e)
{
    static bool (*const writers[])(const struct at *, int64_t, const struct reading *,
                                   struct jout *) = {
        [PART_ACCOUNTS] = write_accounts,
        [PART_RELATIONS] = write_relations,
        [PART_CLAIMS] = write_claims,
        [PART_EVIDENCE] = write_evidence,
    };
    const struct at at = {r->db, version, a, e};
    int64_t event;
    if (!thing_find(r->db, THING_EVENT, event_id, &event, e) ||
        !alias_canonical(&at, event, &event))
        return false;
    struct buf out;
    struct jout j;
    buf_init(&out, LARGEST_PART);
    jout_init(&j, &out);
    jout_array(&j);
    bool ok = writers[part](&at, event, reading, &j);
    if (ok) {
        jout_array_end(&j);
        ok = !buf_failed(&out) || err_set(e, ERR_TOO_LARGE, "the event has more of this than fits");
    }
    if (ok)
        *json = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return ok;
}
