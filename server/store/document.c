/* What sources say, given out again: thing by thing, or a source as one document. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/strmap.h"
#include "store/said.h"

/* What one call of store_said_next gives at most. */
#define MOST_ROWS 500
#define LARGEST_PIECE ((size_t)256 * 1024)
/* Rows that are sorted for each of those calls; lists with more are walked along all ids. */
#define MOST_SORTED 5000
/* A part is no larger than the document that it came in; escapes can make it longer. */
#define LARGEST_PART (6 * DOCUMENT_LARGEST)

struct reading_said {
    struct at at;
    struct said_place *place;
    struct strmap bared; /* ids of this piece that came bare */
    struct said *items;
    size_t n, room;
    size_t bytes;
};

static bool add(struct reading_said *x, enum record_kind s, enum document_kind kind,
                const void *part, bool bare)
{
    struct buf out;
    struct jout j;
    buf_init(&out, LARGEST_PART);
    jout_init(&j, &out);
    document_write(&j, kind, part);
    bool fits = !buf_failed(&out);
    if (fits)
        *ARENA_PUSH(x->at.arena, x->items, x->n, x->room) = (struct said){
            .section = s, .bare = bare, .json = arena_copy(x->at.arena, buf_str(&out))};
    x->bytes += out.n;
    buf_free(&out);
    return fits || err_set(x->at.e, ERR_TOO_LARGE, "one thing alone is too large to be given out");
}

/* ---- what comes bare ---- */

/* No more of a part than a reference needs. */
static bool add_bare(struct reading_said *x, enum record_kind s, const void *part)
{
    enum document_kind kind = document_write_kind(s);
    struct document_term term = {0};
    struct document_actor actor = {0};
    struct document_place place = {.lat = (double)NAN, .lon = (double)NAN};
    if (kind == DOCUMENT_TERM) {
        term.id = ((const struct document_term *)part)->id;
        return add(x, s, kind, &term, true);
    }
    if (kind == DOCUMENT_ACTOR) {
        actor.id = ((const struct document_actor *)part)->id;
        actor.name = ((const struct document_actor *)part)->name;
        return add(x, s, kind, &actor, true);
    }
    ENSURE(kind == DOCUMENT_PLACE);
    place.id = ((const struct document_place *)part)->id;
    place.name = ((const struct document_place *)part)->name;
    return add(x, s, kind, &place, true);
}

/* `id` refers to something of the same list. Where that comes later, it comes bare before. */
static bool refer(struct reading_said *x, enum record_kind s, str id, str from)
{
    int64_t key;
    const void *part;
    if (id.n == 0 || str_cmp(id, from) < 0 || strmap_get(&x->bared, id, &key))
        return true;
    strmap_set(&x->bared, id, 1);
    if (!said_of(&x->at, s, x->place->source, id, &key))
        return false;
    return key == 0 || (said_part(&x->at, s, key, x->place->quotes, &part) && add_bare(x, s, part));
}

static bool refer_actor(struct reading_said *x, const struct document_actor *actor)
{
    for (size_t i = 0; i < actor->names.n; i++)
        if (!refer(x, RECORD_ACTOR, actor->names.items[i].used_by, actor->id))
            return false;
    for (size_t i = 0; i < actor->member_of.n; i++)
        if (!refer(x, RECORD_ACTOR, actor->member_of.items[i].in, actor->id))
            return false;
    return true;
}

static bool refer_place(struct reading_said *x, const struct document_place *place)
{
    for (size_t i = 0; i < place->part_of.n; i++)
        if (!refer(x, RECORD_PLACE, place->part_of.items[i].in, place->id))
            return false;
    return true;
}

static bool refer_part(struct reading_said *x, enum record_kind s, const void *part)
{
    switch (document_write_kind(s)) {
    case DOCUMENT_TERM: {
        const struct document_term *term = part;
        return refer(x, s, term->parent, term->id);
    }
    case DOCUMENT_ACTOR:
        return refer_actor(x, part);
    case DOCUMENT_PLACE:
        return refer_place(x, part);
    case DOCUMENT_SOURCE:
    case DOCUMENT_EVENT:
    case DOCUMENT_RELATION:
    case DOCUMENT_CLAIM:
    case DOCUMENT_KINDS:
        return true;
    }
    UNREACHABLE();
}

/* ---- the source and its lists ---- */

static bool read_sizes(struct reading_said *x)
{
    static const enum record_kind counted[] = {RECORD_ACTOR, RECORD_PLACE, RECORD_EVENT,
                                               RECORD_RELATION, RECORD_CLAIM};
    struct db_rows *rows;
    x->place->many = 0;
    if (!SQL_QUERY(x->at.db, x->at.e, &rows, SQL(said_sizes), DB_INT(x->place->source),
                   DB_INT(x->at.version), DB_INT(MOST_SORTED + 1)))
        return false;
    if (db_next(rows, x->at.e))
        for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
            if (db_i64(rows, (int)i) > MOST_SORTED)
                x->place->many |= 1u << counted[i];
    db_done(rows);
    return x->at.e->code == ERR_NONE;
}

static bool next_source(struct reading_said *x)
{
    struct document_source source;
    if (!said_source(&x->at, x->place->source, &source) || !read_sizes(x))
        return false;
    x->place->begun = true;
    x->place->list = 0;
    x->place->n = 0;
    x->place->quotes = source.text.p != NULL;
    return add(x, RECORD_KINDS, DOCUMENT_SOURCE, &source, false);
}

/* Takes rows until the piece is full. *all: the list is at its end. */
static bool take_rows(struct reading_said *x, enum record_kind s, const struct said_row *rows,
                      size_t n, bool *all)
{
    struct said_place *p = x->place;
    size_t i = 0;
    for (; i < n && x->bytes < LARGEST_PIECE; i++) {
        const void *part;
        if (!said_part(&x->at, s, rows[i].key, p->quotes, &part) || !refer_part(x, s, part) ||
            !add(x, s, document_write_kind(s), part, false))
            return false;
        ENSURE(rows[i].id.n <= sizeof p->after);
        memcpy(p->after, rows[i].id.p, rows[i].id.n);
        p->n = rows[i].id.n;
    }
    *all = i == n && n < MOST_ROWS;
    return true;
}

/* What is next of the list at hand; nothing where it is at its end. */
static bool next_rows(struct reading_said *x)
{
    struct said_place *p = x->place;
    enum record_kind s = (enum record_kind)p->list;
    struct said_row *rows;
    size_t n;
    bool all;
    str after = arena_copy(x->at.arena, (str){p->after, p->n});
    if (!said_rows(&x->at, s, p->source, (p->many & 1u << s) != 0, after, MOST_ROWS, &rows, &n) ||
        !take_rows(x, s, rows, n, &all))
        return false;
    if (all) {
        p->list++;
        p->n = 0;
    }
    return true;
}

/* The next source of the store; *found is false behind the last. */
static bool find_source(struct reading_said *x, bool *found)
{
    struct said_place *p = x->place;
    int64_t key = 0;
    *found = false;
    if (p->single)
        return true;
    if (!SQL_ONE(x->at.db, x->at.e, &key, SQL(said_next), DB_INT(p->source), DB_INT(x->at.version)))
        return false;
    *found = key != 0;
    *p = (struct said_place){.within = *found, .source = *found ? key : p->source};
    return true;
}

bool store_said_next(struct store_reader *r, int64_t version, struct said_place *place,
                     struct arena *a, struct said **out, size_t *n, struct err *e)
{
    struct reading_said x = {.at = {r->db, version, a, e}, .place = place};
    bool found = true;
    strmap_init(&x.bared, a);
    while (x.n == 0 && found) {
        if (place->within && place->list == RECORD_KINDS)
            place->within = false;
        bool fine = !place->within  ? find_source(&x, &found)
                    : !place->begun ? next_source(&x)
                                    : next_rows(&x);
        if (!fine)
            return false;
    }
    *out = x.items;
    *n = x.n;
    return true;
}

enum store_found store_said_begin(struct store_reader *r, int64_t version, str source,
                                  struct arena *a, struct said_place *out, struct gone *gone,
                                  struct err *e)
{
    int64_t key, next = 0;
    *gone = (struct gone){0};
    if (!thing_find(r->db, THING_SOURCE, source, &key, e))
        return STORE_FAILED;
    if (key == 0)
        return thing_nearest(r->db, THING_SOURCE, source, a, &gone->nearest, e) ? STORE_NEVER
                                                                                : STORE_FAILED;
    if (!SQL_ONE(r->db, e, &next, SQL(said_next), DB_INT(key - 1), DB_INT(version)))
        return STORE_FAILED;
    *out = (struct said_place){.single = true, .within = true, .source = key};
    if (next == key)
        return STORE_FOUND;
    return SQL_ONE(r->db, e, &gone->version, SQL(said_removed), DB_INT(key), DB_INT(version))
               ? STORE_GONE
               : STORE_FAILED;
}

/* ---- one document ---- */

struct writing {
    struct buf out;
    enum record_kind listed;
    struct said *relations; /* gathered: what stands in them is their order */
    size_t n, room;
    size_t gathered; /* bytes */
};

static int by_json(const void *x, const void *y)
{
    return str_cmp(((const struct said *)x)->json, ((const struct said *)y)->json);
}

static void write_relations(struct writing *w)
{
    if (w->n > 1)
        qsort(w->relations, w->n, sizeof *w->relations, by_json);
    for (size_t i = 0; i < w->n; i++)
        document_write_part(&w->out, RECORD_RELATION, w->relations[i].json, &w->listed);
    w->n = 0;
}

static void write_said(struct writing *w, const struct said *s, struct arena *a)
{
    if (s->section == RECORD_KINDS) {
        document_write_begin(&w->out, s->json);
    } else if (s->section == RECORD_RELATION) {
        *ARENA_PUSH(a, w->relations, w->n, w->room) = *s;
        w->gathered += s->json.n;
    } else if (!s->bare) {
        if (s->section > RECORD_RELATION)
            write_relations(w);
        document_write_part(&w->out, s->section, s->json, &w->listed);
    }
}

bool store_source_document(struct store_reader *r, int64_t version, struct said_place *place,
                           struct arena *a, str *json, struct err *e)
{
    struct writing w = {.listed = RECORD_KINDS};
    struct said *said;
    size_t n;
    bool fine, fits = true;
    buf_init(&w.out, DOCUMENT_LARGEST);
    while ((fine = store_said_next(r, version, place, a, &said, &n, e)) && n > 0 && fits) {
        for (size_t i = 0; i < n; i++)
            write_said(&w, &said[i], a);
        fits = !buf_failed(&w.out) && w.gathered <= DOCUMENT_LARGEST;
    }
    write_relations(&w);
    document_write_end(&w.out, w.listed);
    fits = fits && !buf_failed(&w.out);
    if (fine && fits)
        *json = arena_copy(a, buf_str(&w.out));
    buf_free(&w.out);
    if (fine && !fits)
        err_set(e, ERR_TOO_LARGE,
                "what this source says is larger than a document may be; ask for its records, "
                "with Accept: application/x-ndjson");
    return fine && fits;
}
