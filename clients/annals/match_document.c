#include "annals/match.h"
#include "annals/record_refs.h"
#include "base/likeness.h"
#include "model/document_write.h"

/* ---- what a document describes ---- */

static void fold_names(struct match_thing *t, str name, const struct names *names, struct arena *a)
{
    t->folds = ARENA_ARRAY(a, str, names->n + 1);
    t->folds[t->fold_count++] = likeness_fold(name, a);
    for (size_t i = 0; i < names->n; i++)
        t->folds[t->fold_count++] = likeness_fold(names->items[i].name, a);
}

static size_t actors_of(const struct document *d, struct arena *a, struct match_thing **out)
{
    *out = ARENA_ARRAY(a, struct match_thing, d->actor_count);
    for (size_t i = 0; i < d->actor_count; i++) {
        const struct document_actor *x = &d->actors[i];
        (*out)[i] = (struct match_thing){
            .id = x->id, .name = x->name, .kind = x->kind, .identifiers = x->identifiers};
        fold_names(&(*out)[i], x->name, &x->names, a);
    }
    return d->actor_count;
}

static size_t places_of(const struct document *d, struct arena *a, struct match_thing **out)
{
    *out = ARENA_ARRAY(a, struct match_thing, d->place_count);
    for (size_t i = 0; i < d->place_count; i++) {
        const struct document_place *x = &d->places[i];
        (*out)[i] = (struct match_thing){.id = x->id,
                                         .name = x->name,
                                         .identifiers = x->identifiers,
                                         .has_point = x->has_point,
                                         .lat = x->lat,
                                         .lon = x->lon};
        fold_names(&(*out)[i], x->name, &x->names, a);
    }
    return d->place_count;
}

/* ---- writing it anew ---- */

struct renaming {
    const struct match *m;
};

static str rename_id(void *to, enum record_kind kind, str id)
{
    const struct renaming *r = to;
    return match_id(r->m, kind, id);
}

str match_rewrite(const struct match *m, enum record_kind kind, str json, struct arena *a)
{
    struct renaming r = {m};
    return record_refs_rename(kind, json, rename_id, &r, a);
}

static str part_json(enum document_kind kind, const void *part, struct buf *out)
{
    struct jout j;
    buf_clear(out);
    jout_init(&j, out);
    document_write(&j, kind, part);
    return buf_str(out);
}

static str write_anew(const struct match *m, const struct document *d)
{
    struct buf out, part;
    enum record_kind listed = RECORD_KINDS;
    const void *x;
    buf_init(&out, 8 * DOCUMENT_LARGEST);
    buf_init(&part, 8 * DOCUMENT_LARGEST);
    document_write_begin(&out, part_json(DOCUMENT_SOURCE, &d->source, &part));
    for (int k = 0; k < RECORD_KINDS; k++) {
        enum record_kind kind = (enum record_kind)k;
        for (size_t i = 0; (x = document_write_at(d, kind, i)) != NULL; i++) {
            str json = part_json(document_write_kind(kind), x, &part);
            struct arena *scratch = arena_new();
            document_write_part(&out, kind, match_rewrite(m, kind, json, scratch), &listed);
            arena_free(scratch);
        }
    }
    document_write_end(&out, listed);
    str json = buf_failed(&out) || buf_failed(&part) ? (str){0}
                                                     : arena_copy(m->arena, buf_str(&out));
    buf_free(&out);
    buf_free(&part);
    return json;
}

bool match_document(struct match *m, const struct document *d, str *json, struct err *e)
{
    struct match_thing *things;
    size_t n = actors_of(d, m->arena, &things);
    if (!match_look(m, MATCH_ACTORS, things, n, e))
        return false;
    n = places_of(d, m->arena, &things);
    if (!match_look(m, MATCH_PLACES, things, n, e))
        return false;
    if (m->linked == 0)
        return true;
    str anew = write_anew(m, d);
    if (anew.n == 0 || anew.n > DOCUMENT_LARGEST)
        return err_set(e, ERR_TOO_LARGE,
                       "with the ids of the store the document is larger than 8 MiB");
    *json = anew;
    return true;
}
