/*
 * courier: brings pieces to the server, one after the other, in a thread of its own, so that the
 * next one is made meanwhile. A server that is away, or has too much to do, is asked again.
 */
#ifndef ANNALS_CLIENT_COURIER_H
#define ANNALS_CLIENT_COURIER_H

#include <stdbool.h>

#include "annals/piece.h"

struct courier;

/* http is the courier's until courier_end. target: "/v1/batch?…". run: see journal_run. The strs
 * must outlive it. NULL: there is no thread. */
struct courier *courier_new(struct http *http, const char *target, const char *run);

/* Takes a piece, which is the courier's until courier_wait gives it back. One at a time. */
void courier_take(struct courier *c, struct piece *p);

/*
 * The piece that was taken, with what became of it; NULL while it is under way and so many
 * milliseconds have gone by, and where there is none. *away: why the server is not there at the
 * moment, or empty.
 */
struct piece *courier_wait(struct courier *c, int milliseconds, str *away);

/* Whether a piece is under way. */
bool courier_busy(const struct courier *c);

/* A server that is away is not waited for any longer. */
void courier_give_up(struct courier *c);

/* Waits for what is under way. NULL is fine. */
void courier_end(struct courier *c);

#endif
