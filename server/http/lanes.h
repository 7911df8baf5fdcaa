/*
 * lanes: threads beside those of the listener, for what would hold these up: slow questions, and
 * writes one after the other. Each lane has a bounded queue, and beside it one of jobs that go on
 * with what was taken before; it serves the two in turn.
 */
#ifndef ANNALS_HTTP_LANES_H
#define ANNALS_HTTP_LANES_H

#include <stdbool.h>
#include <stddef.h>

#include "http/worker.h"

/* Lives in what it is about; nothing is allocated. */
struct job {
    struct job *next;
    /* Runs once, in a thread of the lane. worker is NULL when the lane ends before its turn. */
    void (*run)(struct job *job, struct worker *worker);
};

struct lane;

/* `threads` threads that serve a queue of at most `room` jobs. NULL when threads cannot be had. */
struct lane *lane_new(const char *name, size_t threads, size_t room, struct workers *workers);

/* False when the queue is full; then the job is the caller's again. */
bool lane_submit(struct lane *l, struct job *job);

/* For what is bounded elsewhere, such as the next piece of a stream: false only at the end. */
bool lane_continue(struct lane *l, struct job *job);

/* Lets running jobs end, hands the waiting ones a NULL worker, ends the threads, takes no more. */
void lane_end(struct lane *l);

void lane_free(struct lane *l); /* ends it first; NULL is fine */

#endif
