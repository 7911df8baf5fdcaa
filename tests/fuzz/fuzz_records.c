/*
 * Whatever bytes come as a file of records: the client's reader and the server's decoder end, say
 * why they refuse, and of a refused line say where. The lines are counted the same on both sides.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "annals/read/records.h"
#include "base/check.h"
#include "base/utf8.h"
#include "model/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct run {
    struct arena *arena; /* of the source */
    struct arena *scratch;
    struct record_source *source;
    int64_t line;
};

static void check_problems(const struct problems *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct problem *p = &all->items[i];
        ENSURE(p->detail.n > 0 && utf8_valid(p->detail));
        ENSURE(utf8_valid(p->at) && utf8_valid(p->value) && utf8_valid(p->hint));
        ENSURE(p->place == PROBLEM_POINTER || (p->line == 1 && p->column > 0));
    }
}

static void begin(struct run *x, const struct record *r, struct problems *problems)
{
    x->source = NULL;
    if (!problem_any(problems))
        x->source = record_begin(&r->document->source, x->arena, problems);
}

static bool take(void *context, enum build_kind kind, str line, int64_t number)
{
    struct run *x = context;
    struct problems problems;
    struct record r;
    ENSURE(number > x->line && line.n > 0);
    x->line = number;
    if (kind == BUILD_SOURCE) {
        arena_reset(x->arena);
        x->source = NULL;
    }
    arena_reset(x->scratch);
    problem_init(&problems, x->scratch);
    struct arena *a = kind == BUILD_SOURCE ? x->arena : x->scratch;
    bool good = record_decode(line, x->source, a, &problems, &r);
    ENSURE(good == !problem_any(&problems));
    if (good && r.kind == RECORD_SOURCE)
        begin(x, &r, &problems);
    else if (good)
        ENSURE(r.kind == RECORD_REMOVE ? document_is_id(r.id) : r.document != NULL);
    check_problems(&problems);
    return true;
}

static bool refuse(void *context, const struct problem *p, int64_t lines)
{
    struct run *x = context;
    ENSURE(p->line > x->line && p->detail.n > 0 && lines > 0);
    x->line = p->line;
    return true;
}

static void reach(void *context, int64_t bytes)
{
    (void)context;
    ENSURE(bytes >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run x = {.arena = arena_new(), .scratch = arena_new()};
    const struct records_to to = {&x, take, refuse, reach};
    struct err e;
    bool whole = size == 0;
    FILE *file = size > 0 ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
    if (file != NULL) {
        ENSURE(records_read(file, &to, &whole, &e));
        fclose(file);
    }
    ENSURE(whole);
    arena_free(x.arena);
    arena_free(x.scratch);
    return 0;
}
