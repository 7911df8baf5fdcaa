#include "api/cite_write.h"

#include "api/links.h"
#include "base/jout.h"
#include "model/event.h"

static str fingerprint_text(const unsigned char *bytes, struct arena *a)
{
    char hex[HASH_HEX_SIZE + 1];
    hash_hex(bytes, HASH_SIZE, hex);
    return arena_printf(a, "sha-256:%s", hex);
}

void cite_write_end(struct cite_answer *a)
{
    const struct cite_side *side = &a->compare.before;
    a->citation.fingerprint = fingerprint_text(side->fingerprint, a->call->arena);
    a->citation.matched = side->matched;
}

static void write_instant(struct jout *j, const char *key, int64_t microseconds)
{
    struct buf stamp;
    jout_key(j, key);
    if (microseconds == 0) {
        jout_null(j);
        return;
    }
    buf_init(&stamp, 64);
    event_write_instant(&stamp, microseconds);
    jout_str(j, buf_str(&stamp));
    buf_free(&stamp);
}

/* ---- is it still the same ---- */

static void write_properties(struct jout *j, str names)
{
    str name;
    jout_array(j);
    while (names.n > 0) {
        str_cut(names, ',', &name, &names);
        jout_str(j, name);
    }
    jout_array_end(j);
}

/* {"count", "ids" or "items"} */
static void write_list(struct jout *j, const char *key, const struct cite_list *list, bool changed)
{
    jout_key(j, key);
    jout_object(j);
    jout_member_i64(j, "count", list->count);
    jout_key(j, changed ? "items" : "ids");
    jout_array(j);
    for (size_t i = 0; i < list->n; i++) {
        if (!changed) {
            jout_str(j, list->items[i].id);
            continue;
        }
        jout_object(j);
        jout_member_str(j, "id", list->items[i].id);
        jout_key(j, "properties");
        write_properties(j, list->items[i].properties);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_object_end(j);
}

static void write_verdict(struct jout *j, const struct cite_answer *a)
{
    const struct cite_compare *c = &a->compare;
    const struct cite_side *after = c->both ? &c->after : &c->before;
    bool proven = hash_equal(a->asked, c->before.fingerprint, HASH_SIZE);
    bool same = hash_equal(c->before.fingerprint, after->fingerprint, HASH_SIZE);
    jout_member_text(j, "verdict", proven && same ? "identical" : "changed");
    jout_member_bool(j, "proven", proven);
    if (!proven)
        jout_member_str(j, "asked", fingerprint_text(a->asked, a->call->arena));
    jout_key(j, "compared");
    jout_object(j);
    jout_member_i64(j, "version", a->until);
    write_instant(j, "recorded", a->until_recorded);
    jout_member_i64(j, "matched", after->matched);
    jout_member_str(j, "fingerprint", fingerprint_text(after->fingerprint, a->call->arena));
    write_list(j, "added", &c->added, false);
    write_list(j, "changed", &c->changed, true);
    write_list(j, "removed", &c->removed, false);
    jout_object_end(j);
}

/* ---- the whole ---- */

static void write_sources(struct jout *j, const struct citation *c)
{
    jout_key(j, "sources");
    jout_array(j);
    for (size_t i = 0; i < c->source_count; i++) {
        const struct citation_source *s = &c->sources[i];
        jout_object(j);
        jout_member_str(j, "id", s->id);
        jout_member_str_or_null(j, "title", s->title);
        jout_member_str_or_null(j, "publisher", s->publisher);
        jout_member_str_or_null(j, "published", s->published);
        jout_member_str_or_null(j, "url", s->url);
        jout_object_end(j);
    }
    jout_array_end(j);
}

typedef void writer(struct buf *out, const struct citation *c);

static void write_form(struct jout *j, const char *key, writer *write, const struct citation *c)
{
    struct buf text;
    buf_init(&text, j->out->cap);
    write(&text, c);
    jout_member_str(j, key, buf_str(&text));
    j->out->failed = j->out->failed || buf_failed(&text);
    buf_free(&text);
}

static void write_json(struct buf *out, const struct cite_answer *a)
{
    const struct citation *c = &a->citation;
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    if (a->asked != NULL)
        write_verdict(&j, a);
    jout_member_str(&j, "title", c->title);
    jout_member_str(&j, "link", c->link);
    jout_member_i64(&j, "version", c->version);
    write_instant(&j, "recorded", a->recorded);
    jout_member_i64(&j, "matched", c->matched);
    jout_member_str(&j, "fingerprint", c->fingerprint);
    jout_member_str_or_null(&j, "licence", c->licence);
    if (c->event)
        write_sources(&j, c);
    write_form(&j, "text", citation_text, c);
    write_form(&j, "bibtex", citation_bibtex, c);
    jout_key(&j, "csl");
    jout_raw(&j, STR(""));
    citation_csl(out, c);
    str verify = links_pinned(a->call, a->path, c->version, c->fingerprint);
    jout_member_str(&j, "verify",
                    arena_printf(a->call->arena, "%.*s%.*s", STR_ARG(a->base), STR_ARG(verify)));
    if (a->query.n > 0) {
        jout_key(&j, "query");
        jout_raw(&j, a->query);
    }
    jout_object_end(&j);
}

void cite_write(struct buf *out, const struct cite_answer *a, enum format format)
{
    switch ((int)format) {
    case FORMAT_BIBTEX:
        citation_bibtex(out, &a->citation);
        break;
    case FORMAT_CSL:
        buf_add_char(out, '[');
        citation_csl(out, &a->citation);
        buf_add(out, STR("]\n"));
        break;
    case FORMAT_TXT:
        citation_text(out, &a->citation);
        buf_add_char(out, '\n');
        break;
    default:
        write_json(out, a);
    }
}
