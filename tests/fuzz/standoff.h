/*
 * standoff: what the fuzz targets of stand-off annotations share. An input is one digit (bit 0:
 * with a mapping; the rest: the unit of positions), the annotations, a NUL, and the text that they
 * belong to, if there is one.
 */
#ifndef ANNALS_TESTS_FUZZ_STANDOFF_H
#define ANNALS_TESTS_FUZZ_STANDOFF_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "annals/anchors.h"
#include "annals/input.h"
#include "base/check.h"
#include "base/utf8.h"

static const char standoff_mapping[] = "mapping: 1\n"
                                       "source: {id: fuzzed}\n"
                                       "labels:\n"
                                       "  E: {event: assault}\n"
                                       "  F: {event: new-type}\n"
                                       "  P: {actor: person}\n"
                                       "  L: place\n"
                                       "  D: date\n"
                                       "  C: {claim: denies}\n"
                                       "  R: {role: initiator}\n"
                                       "  S: {role: speaker}\n"
                                       "  N: {role: new-role}\n"
                                       "  X: {relation: follows}\n"
                                       "  Y: {relation: new-relation}\n"
                                       "  I: ignore\n";

struct standoff_input {
    str text;
    bool has_text;
};

static bool standoff_beside(void *context, const char *ending, str *bytes, const char **why)
{
    const struct standoff_input *in = context;
    *why = "none";
    *bytes = in->text;
    return in->has_text && strcmp(ending, "txt") == 0;
}

static void standoff_check_anchors(const struct input *in, struct arena *a)
{
    struct anchors all;
    anchors_of_document(in->document, a, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct anchor *x = &all.items[i];
        str words = utf8_slice(in->document->source.text, (size_t)x->start, (size_t)x->end);
        ENSURE(x->exact.n == 0 || str_eq(words, x->exact));
    }
}

static void standoff_check_places(const struct problems *all, int64_t lines)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct problem *p = &all->items[i];
        ENSURE(p->line >= 1 && p->line <= lines + 1 && p->column >= 1);
        ENSURE(utf8_valid(p->detail) && p->detail.n > 0);
    }
}

static void standoff_fuzz(enum input_format format, const uint8_t *data, size_t size)
{
    static struct arena *kept, *a;
    static const struct mapping *map;
    struct standoff_input context = {0};
    struct input in;
    if (kept == NULL) {
        struct problems problems;
        kept = arena_new();
        a = arena_new();
        problem_init(&problems, kept);
        map = mapping_parse(STR("fuzzed"), str_from(standoff_mapping), kept, &problems);
        ENSURE(map != NULL);
    }
    if (size == 0)
        return;
    arena_reset(a);
    int64_t lines = 1;
    str bytes = {(const char *)data + 1, size - 1};
    context.has_text = str_cut(bytes, '\0', &bytes, &context.text);
    for (size_t i = 0; i < bytes.n; i++)
        lines += bytes.p[i] == '\n';
    struct reading_ask ask = {.name = STR("case"),
                              .bytes = bytes,
                              .map = data[0] & 1 ? map : NULL,
                              .unit = (enum text_unit)((data[0] >> 1) % (TEXT_UNITS + 1)),
                              .beside = standoff_beside,
                              .context = &context,
                              .arena = a};
    input_read(format, &ask, &in);
    standoff_check_places(&in.problems, lines);
    standoff_check_places(&in.notes, lines);
    ENSURE((in.document != NULL) == !problem_any(&in.problems));
    if (in.json.n > 0 && !problem_any(&in.problems)) {
        json_t *root = json_loadb(in.json.p, in.json.n, JSON_REJECT_DUPLICATES, NULL);
        ENSURE(root != NULL);
        json_decref(root);
    }
    if (in.document != NULL)
        standoff_check_anchors(&in, a);
}

#endif
