#include "annals/order.h"

#include <stdlib.h>

#include "annals/record_refs.h"
#include "base/hash.h"
#include "base/jout.h"
#include "model/document_write.h"

void order_init(struct order *o, size_t files, struct arena *a)
{
    *o = (struct order){.arena = a,
                        .n = files,
                        .reaches = ARENA_ARRAY(a, size_t, files),
                        .sources = ARENA_ARRAY(a, struct order_source, files)};
    for (size_t i = 0; i < files; i++)
        o->reaches[i] = i;
}

static uint64_t name_of(enum record_kind kind, str id)
{
    return hash_table64((uint64_t)kind + 1, id);
}

struct seeing {
    struct order *order;
    size_t file;
};

static void refer(void *to, enum record_kind kind, str id)
{
    struct seeing *s = to;
    struct order *o = s->order;
    if (id.n > 0)
        *ARENA_PUSH(o->arena, o->referred, o->referred_count,
                    o->referred_room) = (struct order_mark){name_of(kind, id), s->file};
}

static void tell(struct seeing *s, enum record_kind kind, str id)
{
    struct order *o = s->order;
    if (id.n > 0)
        *ARENA_PUSH(o->arena, o->told, o->told_count,
                    o->told_room) = (struct order_mark){name_of(kind, id), s->file};
}

/* Of all these structs the id comes first. */
static str id_of(enum record_kind kind, const void *part)
{
    switch (document_write_kind(kind)) {
    case DOCUMENT_ACTOR:
        return ((const struct document_actor *)part)->id;
    case DOCUMENT_PLACE:
        return ((const struct document_place *)part)->id;
    case DOCUMENT_TERM:
        return ((const struct document_term *)part)->id;
    case DOCUMENT_EVENT:
        return ((const struct document_event *)part)->id;
    case DOCUMENT_SOURCE:
    case DOCUMENT_RELATION:
    case DOCUMENT_CLAIM:
    case DOCUMENT_KINDS:
        break;
    }
    return STR("");
}

static void see_part(struct seeing *s, enum record_kind record, enum document_kind kind,
                     const void *part, struct buf *out)
{
    struct jout j;
    buf_clear(out);
    jout_init(&j, out);
    document_write(&j, kind, part);
    if (!buf_failed(out))
        record_refs(record, buf_str(out), refer, s);
}

void order_see(struct order *o, size_t i, const struct document *d, size_t size)
{
    struct seeing s = {o, i};
    struct buf out;
    const void *part;
    buf_init(&out, 8 * DOCUMENT_LARGEST);
    o->sources[i] = (struct order_source){arena_copy(o->arena, d->source.id),
                                          arena_copy(o->arena, d->source.title), size};
    tell(&s, RECORD_SOURCE, d->source.id);
    see_part(&s, RECORD_SOURCE, DOCUMENT_SOURCE, &d->source, &out);
    for (int k = 0; k < RECORD_KINDS; k++) {
        enum record_kind kind = (enum record_kind)k;
        for (size_t at = 0; (part = document_write_at(d, kind, at)) != NULL; at++) {
            tell(&s, kind, id_of(kind, part));
            see_part(&s, kind, document_write_kind(kind), part, &out);
        }
    }
    buf_free(&out);
}

static int by_name(const void *x, const void *y)
{
    const struct order_mark *a = x, *b = y;
    if (a->name != b->name)
        return a->name < b->name ? -1 : 1;
    return (a->file > b->file) - (a->file < b->file);
}

/* The first file of sorted marks that has a name; o->n where none does. */
static size_t first_of(const struct order *o, const struct order_mark *all, size_t n, uint64_t name)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].name < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && all[low].name == name ? all[low].file : o->n;
}

static void reach(struct order *o, size_t from, size_t to)
{
    if (to > o->reaches[from])
        o->reaches[from] = to;
}

void order_settle(struct order *o, bool together)
{
    if (o->told_count > 0)
        qsort(o->told, o->told_count, sizeof *o->told, by_name);
    if (o->referred_count > 0)
        qsort(o->referred, o->referred_count, sizeof *o->referred, by_name);
    for (size_t i = 0; i < o->referred_count; i++) {
        const struct order_mark *r = &o->referred[i];
        size_t first = first_of(o, o->told, o->told_count, r->name);
        if (first == o->n)
            continue;
        reach(o, r->file, first);
        if (together)
            reach(o, first, r->file);
    }
}

bool order_lacks(const struct order *o, size_t i, enum record_kind kind, str id)
{
    uint64_t name = name_of(kind, id);
    return first_of(o, o->referred, o->referred_count, name) < i &&
           first_of(o, o->told, o->told_count, name) == o->n;
}

size_t order_end(const struct order *o, size_t i)
{
    size_t last = i;
    for (size_t k = i; k <= last && k < o->n; k++)
        if (o->reaches[k] > last)
            last = o->reaches[k];
    return last + 1;
}

size_t order_end_within(const struct order *o, size_t i, size_t most)
{
    size_t all = order_end(o, i), end = i + 1, bytes = o->sources[i].size;
    while (end < all && bytes + o->sources[end].size <= most)
        bytes += o->sources[end++].size;
    return end;
}
