#include "http/worker.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

/* Spare arenas kept by a thread; they are as many as it has requests at once, mostly one. */
#define SPARES 8

struct worker {
    alignas(64) atomic_size_t busy; /* changed by its thread alone */
    struct workers *all;
    struct worker *next;
    struct store_reader *reader;
    struct arena *spares[SPARES];
    size_t spare_count;
};

struct workers {
    pthread_mutex_t lock; /* of the list */
    struct worker *first;
    struct store *store;
};

static _Thread_local struct worker *mine;

struct workers *workers_new(struct store *store)
{
    struct workers *all = calloc(1, sizeof *all);
    ENSURE(all != NULL);
    pthread_mutex_init(&all->lock, NULL);
    all->store = store;
    return all;
}

static void worker_free(struct worker *w)
{
    store_reader_close(w->reader);
    for (size_t i = 0; i < w->spare_count; i++)
        arena_free(w->spares[i]);
    free(w);
}

void workers_free(struct workers *all)
{
    if (all == NULL)
        return;
    while (all->first != NULL) {
        struct worker *w = all->first;
        all->first = w->next;
        worker_free(w);
    }
    pthread_mutex_destroy(&all->lock);
    free(all);
}

size_t workers_busy(struct workers *all)
{
    size_t busy = 0;
    pthread_mutex_lock(&all->lock);
    for (struct worker *w = all->first; w != NULL; w = w->next)
        busy += atomic_load(&w->busy);
    pthread_mutex_unlock(&all->lock);
    return busy;
}

struct worker *worker_mine(struct workers *all)
{
    if (mine != NULL)
        return mine;
    struct worker *w = aligned_alloc(alignof(struct worker), sizeof *w);
    ENSURE(w != NULL);
    memset(w, 0, sizeof *w);
    w->all = all;
    pthread_mutex_lock(&all->lock);
    w->next = all->first;
    all->first = w;
    pthread_mutex_unlock(&all->lock);
    return mine = w;
}

struct store_reader *worker_reader(struct worker *w, struct err *e)
{
    if (w->reader == NULL && !store_reader_open(w->all->store, &w->reader, e))
        w->reader = NULL;
    return w->reader;
}

struct arena *worker_arena(struct worker *w)
{
    return w->spare_count > 0 ? w->spares[--w->spare_count] : arena_new();
}

void worker_arena_back(struct worker *w, struct arena *a)
{
    if (w->spare_count == SPARES) {
        arena_free(a);
        return;
    }
    arena_reset(a);
    w->spares[w->spare_count++] = a;
}

/* One thread writes, so that a plain load and store will do. */
void worker_begin(struct worker *w)
{
    size_t busy = atomic_load_explicit(&w->busy, memory_order_relaxed);
    atomic_store_explicit(&w->busy, busy + 1, memory_order_relaxed);
}

void worker_end(struct worker *w)
{
    size_t busy = atomic_load_explicit(&w->busy, memory_order_relaxed);
    ENSURE(busy > 0);
    atomic_store_explicit(&w->busy, busy - 1, memory_order_relaxed);
}
