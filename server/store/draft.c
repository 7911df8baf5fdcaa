/* What all drafts of items share: evidence, names, lists of the tables. */
#include "store/draft.h"

#include <stdio.h>

#include "base/fold.h"

void draft_link(const struct at *at, struct item_draft *d, const char *term, str value)
{
    if (value.n == 0)
        return;
    for (size_t i = 0; i < d->link_count; i++)
        if (str_eq(str_from(d->links[i].term), str_from(term)) && str_eq(d->links[i].value, value))
            return;
    *ARENA_PUSH(at->arena, d->links, d->link_count,
                d->link_room) = (struct item_link){term, arena_copy(at->arena, value)};
}

void draft_search(struct item_draft *d, str text)
{
    if (text.n == 0)
        return;
    fold_append(&d->search, text);
    buf_add_char(&d->search, ' ');
}

void project_draft_free(struct item_draft *draft)
{
    buf_free(&draft->document);
    buf_free(&draft->search);
}

/* ---- evidence ---- */

/* Columns: position, property, start, end, exact, prefix, suffix, digest; one row per property. */
static void write_annotation(struct jout *j, str source, const struct db_rows *rows)
{
    jout_object(j);
    jout_member_str_if(j, "source", source);
    jout_member_i64(j, "start", db_i64(rows, 2));
    jout_member_i64(j, "end", db_i64(rows, 3));
    jout_member_str_if(j, "exact", db_str(rows, 4));
    jout_member_str_if(j, "prefix", db_str(rows, 5));
    jout_member_str_if(j, "suffix", db_str(rows, 6));
    jout_member_str_if(j, "digest", db_str(rows, 7));
    jout_key(j, "supports");
    jout_array(j);
}

bool project_write_spans(const struct at *at, int64_t owner, str source, struct jout *j)
{
    struct db_rows *rows;
    int64_t position = -1;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(owner_evidence), DB_INT(owner)))
        return false;
    while (db_next(rows, at->e)) {
        if (db_i64(rows, 0) != position) {
            if (position >= 0) {
                jout_array_end(j);
                jout_object_end(j);
            }
            position = db_i64(rows, 0);
            write_annotation(j, source, rows);
        }
        str property = db_str(rows, 1);
        if (property.n > 0)
            jout_str(j, property);
    }
    if (position >= 0) {
        jout_array_end(j);
        jout_object_end(j);
    }
    db_done(rows);
    return at->e->code == ERR_NONE;
}

bool project_write_evidence(const struct at *at, int64_t owner, struct jout *j)
{
    jout_array(j);
    if (!project_write_spans(at, owner, STR(""), j))
        return false;
    jout_array_end(j);
    return true;
}

/* ---- names, identifiers, containments, describing sources ---- */

bool project_names(const struct at *at, enum thing t, int64_t key, str *folded)
{
    struct buf text;
    buf_init(&text, DRAFT_LARGEST);
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(t == THING_ACTOR ? SQL_actor_names : SQL_place_names),
                                      DB_INT(key), DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    while (db_next(rows, at->e)) {
        fold_append(&text, db_str(rows, 0));
        buf_add_char(&text, ' ');
    }
    db_done(rows);
    *folded = arena_copy(at->arena, buf_str(&text));
    buf_free(&text);
    return at->e->code == ERR_NONE;
}

bool draft_names(const struct at *at, struct item_draft *d, struct jout *j, enum sql_name statement,
                 int64_t key)
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    jout_key(j, "names");
    jout_array(j);
    while (db_next(rows, at->e)) {
        jout_object(j);
        jout_member_str(j, "name", db_str(rows, 0));
        jout_member_str_if(j, "language", db_str(rows, 1));
        jout_member_str_if(j, "script", db_str(rows, 2));
        jout_member_str_if(j, "used_by", db_str(rows, 3));
        jout_member_str_if(j, "since", db_str(rows, 4));
        jout_object_end(j);
        draft_search(d, db_str(rows, 0));
    }
    jout_array_end(j);
    db_done(rows);
    return at->e->code == ERR_NONE;
}

bool draft_identifiers(const struct at *at, struct item_draft *d, struct jout *j,
                       enum sql_name statement, int64_t key)
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    jout_key(j, "identifiers");
    jout_object(j);
    str last = {0};
    while (db_next(rows, at->e)) {
        /* The first recorded value of a scheme is the one shown. */
        str scheme = db_str(rows, 0);
        if (str_eq(scheme, last))
            continue;
        last = arena_copy(at->arena, scheme);
        jout_key_str(j, scheme);
        jout_str(j, db_str(rows, 1));
        draft_search(d, db_str(rows, 1));
    }
    jout_object_end(j);
    db_done(rows);
    return at->e->code == ERR_NONE;
}

bool draft_containments(const struct at *at, struct item_draft *d, struct jout *j,
                        enum sql_name statement, int64_t key, const char *list, const char *member)
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    jout_key(j, list);
    jout_array(j);
    while (db_next(rows, at->e)) {
        str container = db_str(rows, 0), date = db_str(rows, 1);
        jout_object(j);
        jout_member_str(j, member, container);
        jout_member_str_or_null(j, "date", date);
        jout_object_end(j);
        draft_link(at, d, list, container);
    }
    jout_array_end(j);
    db_done(rows);
    return at->e->code == ERR_NONE;
}

bool draft_strings(const struct at *at, struct item_draft *d, struct jout *j, const char *list,
                   const char *link, enum sql_name statement, int64_t key)
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(at->version)};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    jout_key(j, list);
    jout_array(j);
    while (db_next(rows, at->e)) {
        jout_str(j, db_str(rows, 0));
        if (link != NULL)
            draft_link(at, d, link, db_str(rows, 0));
    }
    jout_array_end(j);
    db_done(rows);
    return at->e->code == ERR_NONE;
}

void draft_links(struct jout *j, str id, const char *collection, const char *const *below)
{
    char href[300];
    jout_key(j, "links");
    jout_array(j);
    for (size_t i = 0; below[i] != NULL; i++) {
        bool self = below[i][0] == '\0';
        bool query = below[i][0] == '?';
        if (query)
            snprintf(href, sizeof href, "/v1/events%s=%.*s", below[i], STR_ARG(id));
        else
            snprintf(href, sizeof href, "/v1/%s/%.*s%s%s", collection, STR_ARG(id), self ? "" : "/",
                     below[i]);
        jout_object(j);
        jout_member_text(j, "rel", self ? "self" : query ? "events" : below[i]);
        jout_member_text(j, "href", href);
        jout_object_end(j);
    }
    jout_array_end(j);
}
