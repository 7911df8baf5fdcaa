/*
 * What holds of every reader of a foreign format, whatever bytes come: it ends, every problem and
 * note has a place in the file, what is made is JSON, and every anchor of a document holds the
 * words that it says.
 */
#ifndef FUZZ_READER_H
#define FUZZ_READER_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/anchors.h"
#include "annals/input.h"
#include "base/check.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes that may end a line, with room for a last one without an end. */
static int64_t fuzz_count_lines(str bytes)
{
    int64_t n = 2;
    for (size_t i = 0; i < bytes.n; i++)
        n += bytes.p[i] == '\n' || bytes.p[i] == '\r';
    return n;
}

static void fuzz_check_said(const struct problems *all, int64_t lines)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct problem *p = &all->items[i];
        ENSURE(p->line >= 1 && p->line <= lines && p->column >= 1);
        ENSURE(utf8_valid(p->detail) && p->detail.n > 0);
        ENSURE(utf8_valid(p->hint) && utf8_valid(p->value));
    }
}

static void fuzz_check_anchors(const struct input *in, struct arena *a)
{
    struct anchors all;
    anchors_of_document(in->document, a, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct anchor *x = &all.items[i];
        str words = utf8_slice(in->document->source.text, (size_t)x->start, (size_t)x->end);
        ENSURE(x->exact.n == 0 || str_eq(words, x->exact));
    }
}

/* Reads once. ask: what the reader is given beside the bytes; its arena is reset. */
static void fuzz_read(enum input_format format, const struct reading_ask *ask)
{
    struct input in;
    int64_t lines = fuzz_count_lines(ask->bytes);
    input_read(format, ask, &in);
    fuzz_check_said(&in.problems, lines);
    fuzz_check_said(&in.notes, lines);
    ENSURE((in.document != NULL) == !problem_any(&in.problems));
    if (in.json.n > 0) {
        json_t *root = json_loadb(in.json.p, in.json.n, JSON_REJECT_DUPLICATES, NULL);
        ENSURE(root != NULL || problem_any(&in.problems));
        json_decref(root);
    }
    if (in.document != NULL)
        fuzz_check_anchors(&in, ask->arena);
    arena_reset(ask->arena);
}

/* A mapping that lives as long as the process. */
static inline const struct mapping *fuzz_mapping(const char *yaml)
{
    static struct arena *kept;
    static const struct mapping *map;
    struct problems problems;
    if (map == NULL) {
        kept = arena_new();
        problem_init(&problems, kept);
        map = mapping_parse(STR("fuzz"), str_from(yaml), kept, &problems);
        ENSURE(map != NULL);
    }
    return map;
}

static inline struct arena *fuzz_arena(void)
{
    static struct arena *arena;
    if (arena == NULL)
        arena = arena_new();
    return arena;
}

#endif
