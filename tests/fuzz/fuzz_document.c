/*
 * Whatever bytes come: decoding a document ends, says why it refuses, and what it accepts holds
 * together. Seeds: tests/load/valid and tests/load/invalid.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"
#include "base/utf8.h"
#include "model/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_problems(const struct problems *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct problem *p = &all->items[i];
        ENSURE(p->detail.n > 0 && utf8_valid(p->detail));
        ENSURE(utf8_valid(p->at) && utf8_valid(p->value) && utf8_valid(p->hint));
        ENSURE(p->place == PROBLEM_POINTER || (p->line > 0 && p->column > 0));
    }
}

static void check_evidence(const struct document_source *s, const struct evidences *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct evidence *e = &all->items[i];
        ENSURE(0 <= e->start && e->start < e->end && e->end <= s->text_length);
        ENSURE(e->exact.n > 0 || e->digest.n == 64);
        if (s->text.n > 0 && e->exact.n > 0)
            ENSURE(str_eq(e->exact, utf8_slice(s->text, (size_t)e->start, (size_t)e->end)));
    }
}

static void digest(enum document_kind kind, const void *part)
{
    unsigned char out[DOCUMENT_MOST_DIGEST];
    ENSURE(document_digest(kind, part, out) <= DOCUMENT_MOST_PROPERTIES);
}

static void check_document(const struct document *d)
{
    ENSURE(document_is_id(d->source.id) && d->source.title.n > 0);
    digest(DOCUMENT_SOURCE, &d->source);
    for (size_t i = 0; i < d->actor_count; i++) {
        digest(DOCUMENT_ACTOR, &d->actors[i]);
        check_evidence(&d->source, &d->actors[i].evidence);
    }
    for (size_t i = 0; i < d->place_count; i++) {
        digest(DOCUMENT_PLACE, &d->places[i]);
        check_evidence(&d->source, &d->places[i].evidence);
    }
    for (size_t i = 0; i < d->type_count; i++)
        digest(DOCUMENT_TERM, &d->types[i]);
    for (size_t i = 0; i < d->event_count; i++) {
        ENSURE(document_is_id(d->events[i].id));
        digest(DOCUMENT_EVENT, &d->events[i]);
        check_evidence(&d->source, &d->events[i].evidence);
    }
    for (size_t i = 0; i < d->relation_count; i++) {
        digest(DOCUMENT_RELATION, &d->relations[i]);
        check_evidence(&d->source, &d->relations[i].evidence);
    }
    for (size_t i = 0; i < d->claim_count; i++) {
        ENSURE(document_is_id(d->claims[i].speaker));
        digest(DOCUMENT_CLAIM, &d->claims[i]);
        check_evidence(&d->source, &d->claims[i].evidence);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct problems problems;
    bool syntax;
    problem_init(&problems, arena);
    const struct document *d = document_decode((str){(const char *)data, size}, arena, &problems,
                                               &syntax);
    ENSURE((d == NULL) == problem_any(&problems));
    check_problems(&problems);
    if (d != NULL)
        check_document(d);
    arena_free(arena);
    return 0;
}
