#include "annals/piece.h"

#include <stdlib.h>

#include "base/check.h"

/* Only what is judged as one, without being written, grows beyond it. */
#define LARGEST_IN_MEMORY ((size_t)16 * 1024 * 1024)

struct piece *piece_new(const char *folder)
{
    struct piece *p = calloc(1, sizeof *p);
    ENSURE(p != NULL);
    p->arena = arena_new();
    spool_init(&p->body, folder, LARGEST_IN_MEMORY);
    return p;
}

static void forget_hash(struct piece *p)
{
    unsigned char digest[HASH_SIZE];
    if (p->hash != NULL)
        hash_end(p->hash, digest);
    p->hash = NULL;
}

void piece_free(struct piece *p)
{
    if (p == NULL)
        return;
    forget_hash(p);
    spool_free(&p->body);
    free(p->places);
    arena_free(p->arena);
    free(p);
}

bool piece_begin(struct piece *p, int64_t number, str source, struct err *e)
{
    const char *folder = p->body.folder;
    forget_hash(p);
    spool_free(&p->body);
    spool_init(&p->body, folder, LARGEST_IN_MEMORY);
    arena_reset(p->arena);
    p->hash = hash_begin();
    p->number = number;
    p->n = p->records = 0;
    p->answered = false;
    return piece_add(p, source, (struct piece_place){0, 0}, false, e);
}

bool piece_add(struct piece *p, str record, struct piece_place place, bool counts, struct err *e)
{
    if (p->n == p->room) {
        p->room = p->room ? p->room * 2 : 1024;
        p->places = realloc(p->places, p->room * sizeof *p->places);
        ENSURE(p->places != NULL);
    }
    p->places[p->n++] = place;
    p->records += counts;
    hash_more(p->hash, record);
    hash_more(p->hash, STR("\n"));
    return spool_add(&p->body, record, e) && spool_add(&p->body, STR("\n"), e);
}

void piece_finish(struct piece *p)
{
    unsigned char digest[HASH_SIZE];
    hash_end(p->hash, digest);
    p->hash = NULL;
    hash_hex(digest, HASH_SIZE, p->digest);
}

struct piece_place piece_place_of(const struct piece *p, int64_t line)
{
    if (line < 1 || (uint64_t)line > p->n)
        return (struct piece_place){0, 0};
    return p->places[line - 1];
}
