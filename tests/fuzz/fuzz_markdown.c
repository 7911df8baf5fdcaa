/*
 * Whatever bytes come as annotated Markdown: reading them ends, every problem has a place in the
 * file, what is made is JSON, and every anchor of a document holds the words that it says.
 * Seeds: tests/load/markdown.
 */
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/anchors.h"
#include "annals/input.h"
#include "base/check.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int64_t count_lines(str bytes)
{
    int64_t n = 1;
    for (size_t i = 0; i < bytes.n; i++)
        n += bytes.p[i] == '\n' || bytes.p[i] == '\r';
    return n;
}

static void check_anchors(const struct input *in, struct arena *a)
{
    struct anchors all;
    anchors_of_document(in->document, a, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct anchor *x = &all.items[i];
        str words = utf8_slice(in->document->source.text, (size_t)x->start, (size_t)x->end);
        ENSURE(x->exact.n == 0 || str_eq(words, x->exact));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct input in;
    str bytes = {(const char *)data, size};
    int64_t lines = count_lines(bytes);
    input_decode(INPUT_MARKDOWN, bytes, a, &in);
    for (size_t i = 0; i < in.problems.n; i++) {
        const struct problem *p = &in.problems.items[i];
        ENSURE(p->line >= 1 && p->line <= lines + 1 && p->column >= 1);
        ENSURE(utf8_valid(p->detail) && p->detail.n > 0);
    }
    ENSURE((in.document != NULL) == !problem_any(&in.problems));
    if (in.json.n > 0) {
        json_t *root = json_loadb(in.json.p, in.json.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
                                  NULL);
        ENSURE(root != NULL || problem_any(&in.problems));
        json_decref(root);
    }
    if (in.document != NULL)
        check_anchors(&in, a);
    arena_free(a);
    return 0;
}
