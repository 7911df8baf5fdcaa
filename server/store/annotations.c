/* A source's text, and its annotations as W3C Web Annotation JSON-LD. */
#include <stdio.h>

#include "base/jout.h"
#include "store/internal.h"
#include "store/thing.h"

#define LARGEST_COLLECTION ((size_t)64 * 1024 * 1024)

bool store_source_text(struct store_reader *r, int64_t version, str source, struct arena *a,
                       str *text, struct err *e)
{
    struct db_rows *rows;
    if (!SQL_QUERY(r->db, e, &rows, SQL(source_text), DB_STR(source), DB_INT(version)))
        return false;
    bool there = db_next(rows, e);
    bool withheld = there && db_i64(rows, 0) != 0;
    if (there && !withheld)
        *text = internal_text(rows, 1, a);
    db_done(rows);
    if (!there)
        return e->code == ERR_NONE && err_set(e, ERR_NOT_FOUND, "there is no source \"%.*s\"",
                                              STR_ARG(str_sub(source, 0, DOCUMENT_LONGEST_ID)));
    if (withheld)
        return err_set(e, ERR_TEXT_WITHHELD,
                       "the text of \"%.*s\" may not be given out; its annotations say where in it "
                       "each fact stands, for readers with a copy of their own",
                       STR_ARG(source));
    return text->p != NULL ||
           err_set(e, ERR_NOT_FOUND, "the store does not hold the text of \"%.*s\"",
                   STR_ARG(source));
}

enum column {
    COL_KEY,
    COL_START,
    COL_END,
    COL_EXACT,
    COL_PREFIX,
    COL_SUFFIX,
    COL_DIGEST,
    COL_KIND,
    COL_ID,
    COL_PROPERTY
};

static void write_selectors(struct jout *j, const struct db_rows *rows)
{
    jout_key(j, "selector");
    jout_array(j);
    jout_object(j);
    jout_member_text(j, "type", "TextPositionSelector");
    jout_member_i64(j, "start", db_i64(rows, COL_START));
    jout_member_i64(j, "end", db_i64(rows, COL_END));
    jout_object_end(j);
    if (!db_is_null(rows, COL_EXACT)) {
        jout_object(j);
        jout_member_text(j, "type", "TextQuoteSelector");
        jout_member_str(j, "exact", db_str(rows, COL_EXACT));
        jout_member_str_if(j, "prefix", db_str(rows, COL_PREFIX));
        jout_member_str_if(j, "suffix", db_str(rows, COL_SUFFIX));
        jout_object_end(j);
    }
    if (!db_is_null(rows, COL_DIGEST)) {
        jout_object(j);
        jout_member_text(j, "type", "annals:DigestSelector");
        jout_member_str(j, "digest", db_str(rows, COL_DIGEST));
        jout_object_end(j);
    }
    jout_array_end(j);
}

/* Opens an annotation up to its list of bodies. */
static void open_annotation(struct jout *j, str source, const struct db_rows *rows)
{
    char id[300];
    jout_object(j);
    snprintf(id, sizeof id, "/v1/sources/%.*s/annotations#a%lld", STR_ARG(source),
             (long long)db_i64(rows, COL_KEY));
    jout_member_text(j, "id", id);
    jout_member_text(j, "type", "Annotation");
    jout_member_text(j, "motivation", "identifying");
    jout_key(j, "target");
    jout_object(j);
    snprintf(id, sizeof id, "/v1/sources/%.*s/text", STR_ARG(source));
    jout_member_text(j, "source", id);
    write_selectors(j, rows);
    jout_object_end(j);
    jout_key(j, "body");
    jout_array(j);
}

static void write_body(struct jout *j, const struct db_rows *rows)
{
    char id[300];
    jout_object(j);
    jout_member_text(j, "type", "SpecificResource");
    snprintf(id, sizeof id, "/v1/%.*s/%.*s", STR_ARG(db_str(rows, COL_KIND)),
             STR_ARG(db_str(rows, COL_ID)));
    jout_member_text(j, "source", id);
    jout_member_str_if(j, "annals:supports", db_str(rows, COL_PROPERTY));
    jout_object_end(j);
}

static void write_head(struct jout *j, str source)
{
    char id[300];
    jout_key(j, "@context");
    jout_array(j);
    jout_text(j, "http://www.w3.org/ns/anno.jsonld");
    jout_object(j);
    jout_member_text(j, "annals", "urn:annals:");
    jout_object_end(j);
    jout_array_end(j);
    snprintf(id, sizeof id, "/v1/sources/%.*s/annotations", STR_ARG(source));
    jout_member_text(j, "id", id);
    jout_member_text(j, "type", "AnnotationPage");
    jout_member_i64(j, "startIndex", 0);
    jout_key(j, "items");
    jout_array(j);
}

static bool write_items(struct store_reader *r, int64_t version, str source, struct jout *j,
                        struct err *e)
{
    struct db_rows *rows;
    int64_t open = 0;
    if (!SQL_QUERY(r->db, e, &rows, SQL(source_annotations), DB_STR(source), DB_INT(version)))
        return false;
    while (db_next(rows, e)) {
        if (db_i64(rows, COL_KEY) != open) {
            if (open != 0) {
                jout_array_end(j);
                jout_object_end(j);
            }
            open = db_i64(rows, COL_KEY);
            open_annotation(j, source, rows);
        }
        write_body(j, rows);
    }
    if (open != 0) {
        jout_array_end(j);
        jout_object_end(j);
    }
    db_done(rows);
    return e->code == ERR_NONE;
}

bool store_source_annotations(struct store_reader *r, int64_t version, str source, struct arena *a,
                              str *json, struct err *e)
{
    struct buf out;
    struct jout j;
    buf_init(&out, LARGEST_COLLECTION);
    jout_init(&j, &out);
    jout_object(&j);
    write_head(&j, source);
    bool ok = write_items(r, version, source, &j, e);
    if (ok) {
        jout_array_end(&j);
        jout_object_end(&j);
        ok = !buf_failed(&out) ||
             err_set(e, ERR_TOO_LARGE, "the source has more annotations than fit");
    }
    if (ok)
        *json = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return ok;
}
