/* world: a store made for a test, in a folder of its own, and numbers by chance. */
#ifndef ANNALS_TESTS_STORE_WORLD_H
#define ANNALS_TESTS_STORE_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/jout.h"
#include "check_main.h"
#include "store/store.h"

struct world {
    char folder[40];
    char file[64];
    struct store *store;
    struct store_writer *writer;
    struct store_reader *reader;
    struct arena *arena;
    struct err err;
    uint32_t state; /* of the numbers */
};

/* The seed is printed; ANNALS_SEED in the environment replaces it. */
static inline void world_open(struct world *w, uint32_t seed)
{
    const char *given = getenv("ANNALS_SEED");
    *w = (struct world){.folder = "/tmp/annals-world-XXXXXX"};
    w->state = (given != NULL ? (uint32_t)strtoul(given, NULL, 10) : seed) | 1;
    printf("ANNALS_SEED=%u\n", w->state);
    ck_assert_ptr_nonnull(mkdtemp(w->folder));
    snprintf(w->file, sizeof w->file, "%s/store", w->folder);
    w->arena = arena_new();
    ck_assert_msg(store_open(w->file, STORE_CREATE, &w->store, &w->err), "%s", w->err.detail);
    ck_assert(store_writer_open(w->store, &w->writer, &w->err));
    ck_assert(store_reader_open(w->store, &w->reader, &w->err));
}

static inline void world_close(struct world *w)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    store_reader_close(w->reader);
    store_writer_close(w->writer);
    store_close(w->store);
    arena_free(w->arena);
    for (size_t i = 0; i < 3; i++) {
        char name[96];
        snprintf(name, sizeof name, "%s%s", w->file, endings[i]);
        unlink(name);
    }
    rmdir(w->folder);
}

/* A number below n. */
static inline unsigned world_any(struct world *w, unsigned n)
{
    w->state ^= w->state << 13;
    w->state ^= w->state >> 17;
    w->state ^= w->state << 5;
    return w->state % n;
}

/* One change: the whole of what a source says, as JSON. */
static inline void world_put(struct world *w, const struct buf *json)
{
    struct change change = {.author = STR("test")};
    struct change_result result;
    struct problems problems;
    bool replayed, syntax;
    ck_assert(!buf_failed(json));
    problem_init(&problems, w->arena);
    struct document *d = document_decode(buf_str(json), w->arena, &problems, &syntax);
    ck_assert_msg(d != NULL, "%.*s", STR_ARG(problems.n ? problems.items[0].detail : STR("?")));
    ck_assert(store_change_begin(w->writer, &change, w->arena, &replayed, &result, &w->err));
    ck_assert_msg(store_change_put(w->writer, d, STR(""), &problems, &w->err), "%s %.*s",
                  w->err.detail, STR_ARG(problems.n ? problems.items[0].detail : STR("?")));
    ck_assert_msg(store_change_commit(w->writer, w->arena, &result, &w->err), "%s", w->err.detail);
}

/* The store's own check finds nothing. */
static inline void world_expect_sound(struct world *w)
{
    struct problems problems;
    problem_init(&problems, w->arena);
    ck_assert_msg(store_check(w->reader, &problems, &w->err), "%s", w->err.detail);
    ck_assert_msg(problems.n == 0, "%zu findings, first: %.*s", problems.n,
                  STR_ARG(problems.n ? problems.items[0].detail : STR("")));
}

#endif
