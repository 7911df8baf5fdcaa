/*
 * document_shape: the keys of a source document, declared once. The decoder fills structs by these
 * tables, digests are taken by them, and a test holds the JSON Schema against them. Inside the
 * model alone.
 */
#ifndef ANNALS_MODEL_DOCUMENT_SHAPE_H
#define ANNALS_MODEL_DOCUMENT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/document.h"
#include "model/document_form.h"
#include "model/vocabulary.h"

enum field_kind {
    FIELD_CONSTANT,    /* the integer `least`; kept nowhere */
    FIELD_STR,         /* a string of `form`: str */
    FIELD_WORD,        /* a word of the closed `vocabulary`: str */
    FIELD_SWITCH,      /* the first or second word of `vocabulary`: bool, true for the second */
    FIELD_DATE,        /* EDTF: struct dated */
    FIELD_INTEGER,     /* `least` to `most`: int64_t, `absent` without */
    FIELD_NUMBER,      /* `least` to `most`: double, NAN without */
    FIELD_STRS,        /* an array of different strings of `form`: struct strs */
    FIELD_IDENTIFIERS, /* an object of scheme and value: struct identifiers, sorted by scheme */
    FIELD_OBJECT,      /* an object of the shape `nested`: the struct itself */
    FIELD_LIST         /* an array of them: a pointer, and a size_t at `count_offset` */
};

struct shape;

struct field {
    const char *key;
    enum field_kind kind;
    bool required;
    bool lone; /* FIELD_LIST: a string instead stands for one item with that in its first field */
    enum document_form form;
    enum vocabulary vocabulary;
    size_t offset;
    size_t count_offset;
    int64_t least;
    int64_t most;
    int64_t absent;
    const char *needs; /* another key of the object that must stand beside this one */
    const struct shape *nested;
};

/* Fields keep their order and are never removed: digests are stored by it. New ones go last. */
struct shape {
    const char *name; /* "event": also the name in the schema's $defs */
    const char *one;  /* "an event" */
    size_t size;
    const struct field *fields;
    size_t field_count;
};

/* The whole document. */
const struct shape *document_shape_root(void);

const struct shape *document_shape_of(enum document_kind kind);

/* The field of a key, or NULL. */
const struct field *document_shape_field(const struct shape *shape, str key);

/* The items of a FIELD_LIST of the struct at base. */
const char *document_shape_list(const struct field *field, const char *base, size_t *n);

/* Whether nothing is said in the field of the struct at base: absent, empty, or what stands for
 * absent. */
bool document_shape_absent(const struct field *field, const char *base);

/* Whether evidence that hangs on the shape may support the field. */
bool document_shape_supported(const struct field *field);

#endif
