#include "model/document_write.h"

#include "base/check.h"
#include "model/document_shape.h"

static const char *const lists[RECORD_KINDS] = {
#define X(kind, key, list) list,
    RECORD_TABLE(X)
#undef X
};

enum document_kind document_write_kind(enum record_kind k)
{
    static const enum document_kind kinds[RECORD_KINDS] = {
        [RECORD_TYPE] = DOCUMENT_TERM,          [RECORD_ROLE] = DOCUMENT_TERM,
        [RECORD_RELATION_TYPE] = DOCUMENT_TERM, [RECORD_ACTOR] = DOCUMENT_ACTOR,
        [RECORD_PLACE] = DOCUMENT_PLACE,        [RECORD_EVENT] = DOCUMENT_EVENT,
        [RECORD_RELATION] = DOCUMENT_RELATION,  [RECORD_CLAIM] = DOCUMENT_CLAIM,
    };
    ENSURE(k < RECORD_KINDS);
    return kinds[k];
}

const void *document_write_at(const struct document *d, enum record_kind k, size_t i)
{
    ENSURE(k < RECORD_KINDS);
    const struct field *list = document_shape_field(document_shape_root(), str_from(lists[k]));
    size_t n;
    const char *items = document_shape_list(list, (const char *)d, &n);
    return i < n ? items + i * list->nested->size : NULL;
}

/* ---- parts ---- */

static void write_object(struct jout *j, const struct shape *shape, const char *base);

static void write_strs(struct jout *j, const struct strs *all)
{
    jout_array(j);
    for (size_t i = 0; i < all->n; i++)
        jout_str(j, all->items[i]);
    jout_array_end(j);
}

static void write_identifiers(struct jout *j, const struct identifiers *all)
{
    jout_object(j);
    for (size_t i = 0; i < all->n; i++) {
        jout_key_str(j, all->items[i].scheme);
        jout_str(j, all->items[i].value);
    }
    jout_object_end(j);
}

static void write_list(struct jout *j, const struct field *f, const char *base)
{
    size_t n;
    const char *items = document_shape_list(f, base, &n);
    jout_array(j);
    for (size_t i = 0; i < n; i++)
        write_object(j, f->nested, items + i * f->nested->size);
    jout_array_end(j);
}

/* A switch that is set is the second word of its vocabulary. */
static void write_switch(struct jout *j, const struct field *f)
{
    size_t n;
    const struct term *words = vocabulary_terms(f->vocabulary, &n);
    ENSURE(n == 2);
    jout_text(j, words[1].id);
}

static void write_value(struct jout *j, const struct field *f, const char *base)
{
    const void *at = base + f->offset;
    switch (f->kind) {
    case FIELD_CONSTANT:
        jout_i64(j, f->least);
        return;
    case FIELD_STR:
    case FIELD_WORD:
        jout_str(j, *(const str *)at);
        return;
    case FIELD_SWITCH:
        write_switch(j, f);
        return;
    case FIELD_DATE:
        jout_str(j, ((const struct dated *)at)->text);
        return;
    case FIELD_INTEGER:
        jout_i64(j, *(const int64_t *)at);
        return;
    case FIELD_NUMBER:
        jout_f64(j, *(const double *)at);
        return;
    case FIELD_STRS:
        write_strs(j, at);
        return;
    case FIELD_IDENTIFIERS:
        write_identifiers(j, at);
        return;
    case FIELD_OBJECT:
        write_object(j, f->nested, at);
        return;
    case FIELD_LIST:
        write_list(j, f, base);
        return;
    }
    UNREACHABLE();
}

/* Depth is that of the tables, which do not nest in themselves. */
static void write_object(struct jout *j, const struct shape *shape, const char *base)
{
    jout_object(j);
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *f = &shape->fields[i];
        if (document_shape_absent(f, base))
            continue;
        jout_key(j, f->key);
        write_value(j, f, base);
    }
    jout_object_end(j);
}

void document_write(struct jout *j, enum document_kind kind, const void *part)
{
    write_object(j, document_shape_of(kind), part);
}

/* ---- whole documents ---- */

void document_write_begin(struct buf *out, str source)
{
    buf_add(out, STR("{\"annals\": 1,\n\"source\": "));
    buf_add(out, source);
}

void document_write_part(struct buf *out, enum record_kind s, str part, enum record_kind *listed)
{
    ENSURE(s < RECORD_KINDS);
    if (s == *listed) {
        buf_add(out, STR(",\n  "));
    } else {
        buf_add(out, *listed == RECORD_KINDS ? STR(",\n\"") : STR("],\n\""));
        buf_add(out, str_from(lists[s]));
        buf_add(out, STR("\": [\n  "));
        *listed = s;
    }
    buf_add(out, part);
}

void document_write_end(struct buf *out, enum record_kind listed)
{
    buf_add(out, listed == RECORD_KINDS ? STR("}\n") : STR("]}\n"));
}
