#include "model/document_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/nearest.h"
#include "base/strmap.h"
#include "model/document_value.h"

/* Lists up to this length are compared item by item, longer ones by a table. */
#define SHORT_LIST 8

static void read_object(struct reading *r, const struct shape *shape, const struct shape *owner,
                        json_t *json, char *base, const struct step *at);

/* The index of an earlier item equal to item i, or i. Refused items equal nothing. */
static size_t earlier(struct strmap *seen, const struct strs *all, size_t i)
{
    str item = all->items[i];
    if (item.n == 0)
        return i;
    if (all->n <= SHORT_LIST) {
        size_t k = 0;
        while (k < i && !str_eq(all->items[k], item))
            k++;
        return k;
    }
    int64_t first;
    if (strmap_get(seen, item, &first))
        return (size_t)first;
    strmap_set(seen, item, (int64_t)i);
    return i;
}

static bool is_array(struct reading *r, json_t *json, const struct step *at)
{
    if (json_is_array(json))
        return true;
    document_problem_type(r, json, "an array", at);
    return false;
}

static void read_strs(struct reading *r, const struct field *f, const struct shape *owner,
                      json_t *json, const struct step *at, struct strs *out)
{
    if (!is_array(r, json, at))
        return;
    struct strmap seen;
    out->n = json_array_size(json);
    out->items = ARENA_ARRAY(r->arena, str, out->n);
    if (out->n > SHORT_LIST)
        strmap_init(&seen, r->arena);
    for (size_t i = 0; i < out->n && !document_problem_enough(r); i++) {
        struct step here = {at, NULL, i};
        str *item = &out->items[i];
        if (document_value_string(r, f->form, json_array_get(json, i), &here, item) &&
            f->form == FORM_PROPERTY)
            document_value_property(r, owner, item, &here);
        size_t first = earlier(&seen, out, i);
        if (first < i)
            document_problem(r, &here, *item, "this stands here twice, first as number %zu", first);
    }
}

static int by_scheme(const void *a, const void *b)
{
    const struct identifier *x = a, *y = b;
    return str_cmp(x->scheme, y->scheme);
}

static void read_identifiers(struct reading *r, const struct field *f, json_t *json,
                             const struct step *at, struct identifiers *out)
{
    if (!json_is_object(json)) {
        document_problem_type(r, json, "an object of scheme and value", at);
        return;
    }
    out->items = ARENA_ARRAY(r->arena, struct identifier, json_object_size(json));
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value)
    {
        if (document_problem_enough(r))
            return;
        struct step here = {at, key, 0};
        struct identifier *item = &out->items[out->n++];
        str scheme = str_from(key);
        str fault = document_form_fault(FORM_SCHEME, scheme, r->arena);
        if (fault.n > 0) {
            struct problem *p = document_problem(r, &here, scheme, "the scheme: %.*s",
                                                 STR_ARG(fault));
            problem_hint(r->problems, p, "%s", document_form_right(FORM_SCHEME));
        }
        item->scheme = arena_copy(r->arena, scheme);
        document_value_string(r, f->form, value, &here, &item->value);
    }
    if (out->n > 1)
        qsort(out->items, out->n, sizeof *out->items, by_scheme);
}

/* A list of objects, or a lone string in place of the first field of its only item. */
static void read_list(struct reading *r, const struct field *f, const struct shape *owner,
                      json_t *json, const struct step *at, char *base)
{
    const struct shape *shape = f->nested;
    bool lone = f->lone && json_is_string(json);
    if (!lone && !is_array(r, json, at))
        return;
    size_t n = lone ? 1 : json_array_size(json);
    char *items = arena_array(r->arena, n, shape->size);
    memcpy(base + f->offset, &items, sizeof items);
    memcpy(base + f->count_offset, &n, sizeof n);
    if (lone) {
        const struct field *first = &shape->fields[0];
        ENSURE(first->kind == FIELD_STR);
        document_value_string(r, first->form, json, at, (str *)(void *)(items + first->offset));
        return;
    }
    for (size_t i = 0; i < n && !document_problem_enough(r); i++) {
        struct step here = {at, NULL, i};
        read_object(r, shape, owner, json_array_get(json, i), items + i * shape->size, &here);
    }
}

/* One value by its field. shape is that of the object, owner that of the object around it. */
static void read_value(struct reading *r, const struct field *f, const struct shape *shape,
                       const struct shape *owner, json_t *json, const struct step *at, char *base)
{
    void *out = base + f->offset;
    str word;
    switch (f->kind) {
    case FIELD_CONSTANT:
        document_value_constant(r, f, json, at);
        return;
    case FIELD_STR:
        document_value_string(r, f->form, json, at, out);
        return;
    case FIELD_WORD:
        document_value_word(r, f->vocabulary, json, at, out);
        return;
    case FIELD_SWITCH:
        *(bool *)out = document_value_word(r, f->vocabulary, json, at, &word) == 1;
        return;
    case FIELD_DATE:
        document_value_date(r, json, at, out);
        return;
    case FIELD_INTEGER:
        document_value_integer(r, f, json, at, out);
        return;
    case FIELD_NUMBER:
        document_value_number(r, f, json, at, out);
        return;
    case FIELD_STRS:
        read_strs(r, f, owner, json, at, out);
        return;
    case FIELD_IDENTIFIERS:
        read_identifiers(r, f, json, at, out);
        return;
    case FIELD_OBJECT:
        read_object(r, f->nested, shape, json, out, at);
        return;
    case FIELD_LIST:
        read_list(r, f, shape, json, at, base);
        return;
    }
    UNREACHABLE();
}

static void unknown_key(struct reading *r, const struct shape *shape, json_t *json,
                        const struct step *at)
{
    struct choice choice;
    document_problem_choose(&choice, str_from(at->key));
    for (size_t i = 0; i < shape->field_count; i++)
        document_problem_choice(&choice, shape->fields[i].key);
    document_problem_chosen(
        r, &choice,
        document_problem(r, at, document_problem_value(r, json), "%s has no such key", shape->one));
}

/* Numbers have a value that stands for nothing; all else is nothing when zeroed. */
static void blank(const struct shape *shape, char *base)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *f = &shape->fields[i];
        if (f->kind == FIELD_INTEGER)
            *(int64_t *)(void *)(base + f->offset) = f->absent;
        else if (f->kind == FIELD_NUMBER)
            *(double *)(void *)(base + f->offset) = (double)NAN;
        else if (f->kind == FIELD_OBJECT)
            blank(f->nested, base + f->offset);
    }
}

static void check_missing(struct reading *r, const struct shape *shape, json_t *json,
                          const struct step *at)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *f = &shape->fields[i];
        struct step here = {at, f->key, 0};
        if (json_object_get(json, f->key) != NULL) {
            if (f->needs != NULL && json_object_get(json, f->needs) == NULL)
                document_problem(r, &here, STR(""), "\"%s\" means nothing without \"%s\"", f->key,
                                 f->needs);
        } else if (f->required) {
            document_problem(r, &here, STR(""), "%s needs \"%s\", which is missing", shape->one,
                             f->key);
        }
    }
}

static void read_object(struct reading *r, const struct shape *shape, const struct shape *owner,
                        json_t *json, char *base, const struct step *at)
{
    blank(shape, base);
    if (!json_is_object(json)) {
        document_problem_type(r, json, "an object", at);
        return;
    }
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value)
    {
        if (document_problem_enough(r))
            return;
        struct step here = {at, key, 0};
        const struct field *f = document_shape_field(shape, str_from(key));
        if (f == NULL)
            unknown_key(r, shape, value, &here);
        else
            read_value(r, f, shape, owner, value, &here, base);
    }
    check_missing(r, shape, json, at);
}

void document_read(struct reading *r, json_t *json, struct document *d)
{
    const struct shape *root = document_shape_root();
    read_object(r, root, root, json, (char *)d, NULL);
}

void document_read_item(struct reading *r, const char *list, const char *key, json_t *json,
                        struct document *d)
{
    const struct shape *root = document_shape_root();
    const struct field *f = document_shape_field(root, str_from(list));
    ENSURE(f != NULL && f->kind == FIELD_LIST);
    struct step at = {NULL, key, 0};
    size_t n = 1;
    char *items = arena_array(r->arena, n, f->nested->size);
    memcpy((char *)d + f->offset, &items, sizeof items);
    memcpy((char *)d + f->count_offset, &n, sizeof n);
    read_object(r, f->nested, root, json, items, &at);
}
