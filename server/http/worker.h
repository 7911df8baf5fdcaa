/*
 * worker: what one thread that serves requests has of its own: a reader of the store, opened when
 * first needed, and arenas that go from one request to the next.
 */
#ifndef ANNALS_HTTP_WORKER_H
#define ANNALS_HTTP_WORKER_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "store/store.h"

struct workers; /* all of them */
struct worker;

struct workers *workers_new(struct store *store);

/* After every thread that called worker_mine has ended. */
void workers_free(struct workers *all);

/* Requests begun and not ended, in all threads. */
size_t workers_busy(struct workers *all);

/* The calling thread's worker, made at its first call. A thread serves one struct workers. */
struct worker *worker_mine(struct workers *all);

/* NULL sets *e. The reader stays the worker's. */
struct store_reader *worker_reader(struct worker *w, struct err *e);

/* An empty arena, and its way back; of the worker's own thread. */
struct arena *worker_arena(struct worker *w);
void worker_arena_back(struct worker *w, struct arena *a);

/* Counts a request of this thread. */
void worker_begin(struct worker *w);
void worker_end(struct worker *w);

#endif
