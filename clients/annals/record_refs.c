#include "annals/record_refs.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/jscan.h"

/* X(kind of record, member, member of its elements or "", kind of what it names) */
#define REFERENCE_TABLE(X)                                                                         \
    X(RECORD_SOURCE, "derives_from", "", RECORD_SOURCE)                                            \
    X(RECORD_TYPE, "parent", "", RECORD_TYPE)                                                      \
    X(RECORD_ROLE, "parent", "", RECORD_ROLE)                                                      \
    X(RECORD_RELATION_TYPE, "parent", "", RECORD_RELATION_TYPE)                                    \
    X(RECORD_ACTOR, "names", "used_by", RECORD_ACTOR)                                              \
    X(RECORD_ACTOR, "member_of", "actor", RECORD_ACTOR)                                            \
    X(RECORD_PLACE, "names", "used_by", RECORD_ACTOR)                                              \
    X(RECORD_PLACE, "part_of", "place", RECORD_PLACE)                                              \
    X(RECORD_EVENT, "type", "", RECORD_TYPE)                                                       \
    X(RECORD_EVENT, "participants", "actor", RECORD_ACTOR)                                         \
    X(RECORD_EVENT, "participants", "role", RECORD_ROLE)                                           \
    X(RECORD_EVENT, "places", "", RECORD_PLACE)                                                    \
    X(RECORD_RELATION, "from", "", RECORD_EVENT)                                                   \
    X(RECORD_RELATION, "type", "", RECORD_RELATION_TYPE)                                           \
    X(RECORD_RELATION, "to", "", RECORD_EVENT)                                                     \
    X(RECORD_CLAIM, "speaker", "", RECORD_ACTOR)                                                   \
    X(RECORD_CLAIM, "about", "", RECORD_EVENT)

static const struct reference {
    enum record_kind from;
    const char *member, *within;
    enum record_kind to;
} references[] = {
#define X(from, member, within, to) {from, member, within, to},
    REFERENCE_TABLE(X)
#undef X
};

str record_refs_text(str value)
{
    bool quoted = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';
    return quoted ? str_sub(value, 1, value.n - 2) : STR("");
}

struct walk {
    record_refs_found *found;
    void *to;
};

/* A value that may be an id itself, or an object with one in a member. */
static void take(const struct reference *r, str value, const struct walk *w)
{
    size_t at = 0;
    str key, inner;
    bool bare = value.n == 0 || value.p[0] != '{';
    if (bare) {
        inner = record_refs_text(value);
        /* "part_of": "id" is short for one entry with that in its first member. */
        if (inner.n > 0 && (r->within[0] == '\0' || r->to == RECORD_PLACE))
            w->found(w->to, r->to, inner);
        return;
    }
    while (jscan_member(value, &at, &key, &inner))
        if (str_eq(key, str_from(r->within)))
            w->found(w->to, r->to, record_refs_text(inner));
}

static void take_all(const struct reference *r, str value, const struct walk *w)
{
    size_t within = 0;
    str element;
    if (value.n == 0 || value.p[0] != '[') {
        take(r, value, w);
        return;
    }
    while (jscan_element(value, &within, &element))
        take(r, element, w);
}

void record_refs(enum record_kind kind, str json, record_refs_found *found, void *to)
{
    const struct walk w = {found, to};
    str key, value;
    for (size_t at = 0; jscan_member(json, &at, &key, &value);)
        for (size_t i = 0; i < sizeof references / sizeof *references; i++)
            if (references[i].from == kind && str_eq(key, str_from(references[i].member)))
                take_all(&references[i], value, &w);
}

/* ---- other names ---- */

/* Ids to replace, where they stand in the text. */
struct places {
    struct arena *arena;
    record_refs_name *name;
    void *to;
    struct place {
        str old, new;
    } * items;
    size_t n, room;
};

static void note(void *to, enum record_kind kind, str id)
{
    struct places *all = to;
    str called = all->name(all->to, kind, id);
    if (id.n > 0 && !str_eq(called, id))
        *ARENA_PUSH(all->arena, all->items, all->n, all->room) = (struct place){id, called};
}

static int by_place(const void *x, const void *y)
{
    const char *a = ((const struct place *)x)->old.p, *b = ((const struct place *)y)->old.p;
    return (a > b) - (a < b);
}

static void note_own(struct places *all, enum record_kind kind, str json)
{
    str key, value;
    if (kind == RECORD_RELATION)
        return;
    for (size_t at = 0; jscan_member(json, &at, &key, &value);)
        if (str_eq(key, STR("id")))
            note(all, kind, record_refs_text(value));
}

str record_refs_rename(enum record_kind kind, str json, record_refs_name *name, void *to,
                       struct arena *a)
{
    struct places all = {.arena = a, .name = name, .to = to};
    struct buf out;
    note_own(&all, kind, json);
    record_refs(kind, json, note, &all);
    if (all.n == 0)
        return json;
    qsort(all.items, all.n, sizeof *all.items, by_place);
    buf_init(&out, json.n + all.n * DOCUMENT_LONGEST_ID);
    const char *from = json.p;
    for (size_t i = 0; i < all.n; i++) {
        if (all.items[i].old.p < from)
            continue; /* only text that is no JSON has one in another */
        buf_add(&out, (str){from, (size_t)(all.items[i].old.p - from)});
        buf_add(&out, all.items[i].new);
        from = all.items[i].old.p + all.items[i].old.n;
    }
    buf_add(&out, (str){from, (size_t)(json.p + json.n - from)});
    str renamed = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return renamed;
}
