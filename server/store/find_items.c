/* Lists of finished items: sources, actors, places, types, claims, relations; and changesets. */
#include "base/jout.h"
#include "base/jscan.h"
#include "store/filter.h"
#include "store/item_filter.h"
#include "store/project.h"

/* X(kind, term): what lists can be filtered by; the drafts in project_item.c link each. */
#define ITEM_TERM_TABLE(X)                                                                         \
    X(ITEM_SOURCE, "publisher")                                                                    \
    X(ITEM_SOURCE, "language")                                                                     \
    X(ITEM_SOURCE, "licence")                                                                      \
    X(ITEM_SOURCE, "derives_from")                                                                 \
    X(ITEM_ACTOR, "kind")                                                                          \
    X(ITEM_ACTOR, "member_of")                                                                     \
    X(ITEM_ACTOR, "id")                                                                            \
    X(ITEM_ACTOR, "identifier")                                                                    \
    X(ITEM_ACTOR, "name")                                                                          \
    X(ITEM_ACTOR, "name_near")                                                                     \
    X(ITEM_ACTOR, "source")                                                                        \
    X(ITEM_PLACE, "part_of")                                                                       \
    X(ITEM_PLACE, "id")                                                                            \
    X(ITEM_PLACE, "identifier")                                                                    \
    X(ITEM_PLACE, "name")                                                                          \
    X(ITEM_PLACE, "name_near")                                                                     \
    X(ITEM_PLACE, "source")                                                                        \
    X(ITEM_TYPE, "parent")                                                                         \
    X(ITEM_CLAIM, "speaker")                                                                       \
    X(ITEM_CLAIM, "stance")                                                                        \
    X(ITEM_CLAIM, "about")                                                                         \
    X(ITEM_CLAIM, "source")                                                                        \
    X(ITEM_RELATION, "from")                                                                       \
    X(ITEM_RELATION, "type")                                                                       \
    X(ITEM_RELATION, "to")                                                                         \
    X(ITEM_RELATION, "event")                                                                      \
    X(ITEM_RELATION, "source")

static const enum item_kind term_kinds[] = {
#define X(kind, term) kind,
    ITEM_TERM_TABLE(X)
#undef X
};
static const char *const term_names[] = {
#define X(kind, term) term,
    ITEM_TERM_TABLE(X)
#undef X
};

const char *const *store_item_terms(enum item_kind kind, size_t *n)
{
    size_t first = 0, count = sizeof term_kinds / sizeof term_kinds[0];
    while (first < count && term_kinds[first] != kind)
        first++;
    *n = 0;
    while (first + *n < count && term_kinds[first + *n] == kind)
        (*n)++;
    return term_names + first;
}

/* The stored document with the version that made it, which is the row's own. */
static str with_version(str document, int64_t version, struct arena *a)
{
    ENSURE(str_ends(document, STR("}")));
    return arena_printf(a, "%.*s,\"version\":%lld}", STR_ARG(str_sub(document, 0, document.n - 1)),
                        (long long)version);
}

static void read_item(const struct db_rows *rows, struct arena *a, struct item *out)
{
    out->id = internal_text(rows, 0, a);
    out->version = db_i64(rows, 1);
    out->document = with_version(db_str(rows, 2), out->version, a);
}

/* Adds what the question asks of the items. match: its words, p NULL for none. */
static bool add_conditions(struct store_reader *r, const struct item_query *q, str match,
                           struct arena *a, struct sql_builder *b, struct err *e)
{
    for (size_t i = 0; i < q->filter_count; i++)
        if (!item_filter_add(r, q, &q->filters[i], a, b, e))
            return false;
    if (match.p != NULL)
        SQL_ADD(b, SQL(items_matching), DB_STR(match));
    return true;
}

static bool count_items(struct store_reader *r, const struct item_query *q, str match,
                        struct arena *a, int64_t *matched, struct err *e)
{
    struct sql_builder b;
    struct db_rows *rows = NULL;
    sql_builder_init(&b);
    SQL_ADD(&b, SQL(items_count), DB_INT(q->kind), DB_INT(q->version));
    bool ok = add_conditions(r, q, match, a, &b, e) && sql_builder_query(&b, r->db, &rows, e);
    sql_builder_free(&b);
    if (ok && db_next(rows, e))
        *matched = db_i64(rows, 0);
    ok = ok && e->code == ERR_NONE;
    db_done(rows);
    return ok;
}

/* Reads rows of (id, version, document) until one more than the limit. */
static bool take_items(struct db_rows *rows, int64_t limit, struct arena *a, struct item_page *out,
                       struct err *e)
{
    size_t room = 0;
    while (db_next(rows, e)) {
        if (out->n == (size_t)limit) {
            out->more = true;
            break;
        }
        read_item(rows, a, ARENA_PUSH(a, out->items, out->n, room));
    }
    db_done(rows);
    return out->more || e->code == ERR_NONE;
}

bool store_find_items(struct store_reader *r, const struct item_query *q, struct arena *a,
                      struct item_page *out, struct err *e)
{
    str match = {0};
    *out = (struct item_page){.matched = q->count ? 0 : -1};
    if (q->text.n > 0) {
        match = words_expression(q->text, a);
        if (match.n == 0)
            return true;
    }
    struct sql_builder b;
    struct db_rows *rows = NULL;
    sql_builder_init(&b);
    if (item_filter_gives_ids(q))
        SQL_ADD(&b, SQL(items_among), DB_INT(q->kind), DB_STR(q->after), DB_INT(q->version));
    else
        SQL_ADD(&b, SQL(items_all), DB_INT(q->kind), DB_STR(q->after), DB_INT(q->version));
    bool ok = add_conditions(r, q, match, a, &b, e);
    SQL_ADD(&b, SQL(items_by_id), DB_INT(q->limit + 1));
    ok = ok && sql_builder_query(&b, r->db, &rows, e);
    sql_builder_free(&b);
    return ok && take_items(rows, q->limit, a, out, e) &&
           (!q->count || count_items(r, q, match, a, &out->matched, e));
}

enum store_found store_get_item(struct store_reader *r, enum item_kind kind, int64_t version,
                                str id, struct arena *a, struct item *out, struct gone *gone,
                                struct err *e)
{
    struct db_rows *rows;
    *gone = (struct gone){0};
    if (!SQL_QUERY(r->db, e, &rows, SQL(item_by_id), DB_INT(kind), DB_STR(id), DB_INT(version)))
        return STORE_FAILED;
    bool there = db_next(rows, e);
    if (there)
        read_item(rows, a, out);
    db_done(rows);
    if (there)
        return STORE_FOUND;
    if (e->code != ERR_NONE || !SQL_ONE(r->db, e, &gone->version, SQL(item_gone), DB_INT(kind),
                                        DB_STR(id), DB_INT(version)))
        return STORE_FAILED;
    int64_t key = 0;
    if (gone->version == 0 && !thing_find(r->db, project_item_thing(kind), id, &key, e))
        return STORE_FAILED;
    if (gone->version != 0 || key != 0)
        return STORE_GONE;
    if (!thing_nearest(r->db, project_item_thing(kind), id, a, &gone->nearest, e))
        return STORE_FAILED;
    return STORE_NEVER;
}

enum store_found store_find_relation_type(struct store_reader *r, str id, struct arena *a,
                                          struct gone *gone, struct err *e)
{
    int64_t key;
    *gone = (struct gone){0};
    if (!thing_find(r->db, THING_RELATION_TYPE, id, &key, e))
        return STORE_FAILED;
    if (key != 0)
        return STORE_FOUND;
    if (!thing_nearest(r->db, THING_RELATION_TYPE, id, a, &gone->nearest, e))
        return STORE_FAILED;
    return STORE_NEVER;
}

/* ---- changesets ---- */

static void read_changeset(const struct db_rows *rows, struct arena *a, struct item *out)
{
    struct buf text;
    struct jout j;
    buf_init(&text, SIZE_MAX / 2);
    out->version = db_i64(rows, 0);
    out->id = arena_printf(a, "%lld", (long long)out->version);
    struct buf stamp;
    buf_init(&stamp, 64);
    event_write_instant(&stamp, db_i64(rows, 1));
    jout_init(&j, &text);
    jout_object(&j);
    jout_member_i64(&j, "id", out->version);
    jout_member_str(&j, "recorded", buf_str(&stamp));
    jout_member_str(&j, "author", db_str(rows, 2));
    jout_member_str(&j, "message", db_str(rows, 3));
    str key, value, answer = db_str(rows, 4);
    for (size_t at = 0; jscan_member(answer, &at, &key, &value);) {
        if (str_eq(key, STR("changeset")))
            continue;
        jout_key_str(&j, key);
        jout_raw(&j, value);
    }
    jout_object_end(&j);
    out->document = arena_copy(a, buf_str(&text));
    buf_free(&stamp);
    buf_free(&text);
}

bool store_find_changesets(struct store_reader *r, int64_t version, int64_t before, int64_t limit,
                           struct arena *a, struct item_page *out, struct err *e)
{
    struct db_rows *rows;
    size_t room = 0;
    int64_t newest = before > 0 && before - 1 < version ? before - 1 : version;
    *out = (struct item_page){.matched = version};
    if (!SQL_QUERY(r->db, e, &rows, SQL(changesets), DB_INT(newest), DB_INT(limit + 1)))
        return false;
    while (db_next(rows, e)) {
        if (out->n == (size_t)limit) {
            out->more = true;
            break;
        }
        read_changeset(rows, a, ARENA_PUSH(a, out->items, out->n, room));
    }
    db_done(rows);
    return out->more || e->code == ERR_NONE;
}

enum store_found store_get_changeset(struct store_reader *r, int64_t number, struct arena *a,
                                     struct item *out, struct err *e)
{
    struct item_page page;
    if (!store_find_changesets(r, number, 0, 1, a, &page, e))
        return STORE_FAILED;
    if (page.n == 0 || page.items[0].version != number)
        return STORE_NEVER;
    *out = page.items[0];
    return STORE_FOUND;
}
