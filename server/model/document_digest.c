#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "model/document_shape.h"

/* Every string is preceded by its length and every list by its count, and numbers have a fixed
 * size: two different values never have the same bytes. */

/* Far more than any document that was decoded can need. */
#define LARGEST (16 * DOCUMENT_LARGEST)

static void add_u64(struct buf *out, uint64_t value)
{
    char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(unsigned char)(value >> (8 * i));
    buf_add(out, (str){bytes, sizeof bytes});
}

static void add_str(struct buf *out, str s)
{
    add_u64(out, s.n);
    buf_add(out, s);
}

static void add_number(struct buf *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    add_u64(out, bits);
}

static void add_object(struct buf *out, const struct shape *shape, const char *base);

static void add_list(struct buf *out, const struct field *f, const char *base)
{
    size_t n;
    const char *items = document_shape_list(f, base, &n);
    add_u64(out, n);
    for (size_t i = 0; i < n; i++)
        add_object(out, f->nested, items + i * f->nested->size);
}

static void add_strs(struct buf *out, const struct strs *all)
{
    add_u64(out, all->n);
    for (size_t i = 0; i < all->n; i++)
        add_str(out, all->items[i]);
}

static void add_identifiers(struct buf *out, const struct identifiers *all)
{
    add_u64(out, all->n);
    for (size_t i = 0; i < all->n; i++) {
        add_str(out, all->items[i].scheme);
        add_str(out, all->items[i].value);
    }
}

static void add_field(struct buf *out, const struct field *f, const char *base)
{
    const void *at = base + f->offset;
    switch (f->kind) {
    case FIELD_CONSTANT:
        return;
    case FIELD_STR:
    case FIELD_WORD:
        add_str(out, *(const str *)at);
        return;
    case FIELD_SWITCH:
        add_u64(out, *(const bool *)at);
        return;
    case FIELD_DATE:
        add_str(out, ((const struct dated *)at)->text);
        return;
    case FIELD_INTEGER:
        add_u64(out, (uint64_t) * (const int64_t *)at);
        return;
    case FIELD_NUMBER:
        add_number(out, *(const double *)at);
        return;
    case FIELD_STRS:
        add_strs(out, at);
        return;
    case FIELD_IDENTIFIERS:
        add_identifiers(out, at);
        return;
    case FIELD_OBJECT:
        add_object(out, f->nested, at);
        return;
    case FIELD_LIST:
        add_list(out, f, base);
        return;
    }
    UNREACHABLE();
}

static void add_object(struct buf *out, const struct shape *shape, const char *base)
{
    for (size_t i = 0; i < shape->field_count; i++)
        add_field(out, &shape->fields[i], base);
}

size_t document_digest(enum document_kind kind, const void *part,
                       unsigned char out[DOCUMENT_MOST_DIGEST])
{
    const struct shape *shape = document_shape_of(kind);
    ENSURE(shape->field_count <= DOCUMENT_MOST_PROPERTIES);
    struct buf bytes;
    buf_init(&bytes, LARGEST);
    for (size_t i = 0; i < shape->field_count; i++) {
        unsigned char *property = out + i * DOCUMENT_PROPERTY_DIGEST;
        memset(property, 0, DOCUMENT_PROPERTY_DIGEST);
        if (document_shape_absent(&shape->fields[i], part))
            continue;
        unsigned char whole[HASH_SIZE];
        buf_clear(&bytes);
        add_field(&bytes, &shape->fields[i], part);
        ENSURE(!buf_failed(&bytes));
        hash_sha256(buf_str(&bytes), whole);
        memcpy(property, whole, DOCUMENT_PROPERTY_DIGEST);
    }
    buf_free(&bytes);
    return shape->field_count;
}
