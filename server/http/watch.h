/*
 * watch: deadlines for connections. The library counts inactivity alone, so that one byte a second
 * would hold a connection for ever; here a thread looks several times a second for connections
 * whose time is over, answers those whose request did not arrive with 408, and shuts them down.
 *
 * It also closes with patience what was refused in the middle of its body: a socket closed while
 * bytes still come in is reset, and the sender might never see the answer.
 */
#ifndef ANNALS_HTTP_WATCH_H
#define ANNALS_HTTP_WATCH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct watch;

/* What a connection must move on average after its first minute: bytes in a millisecond. */
#define WATCH_SLOWEST_RATE 16
/* A time limit for an answer, or a piece of one, to be taken, before its size counts. */
#define WATCH_ANSWER_MS 60000

/* One connection; lives in what the caller keeps of it. Zero it before watch_add. */
struct watched {
    struct watched *next, *previous;
    int socket;
    _Atomic int64_t due; /* see watch.c */
};

/* What the connection is waiting for when its time is over. */
enum watch_for {
    WATCH_REQUEST, /* the rest of a request: it is answered with 408 */
    WATCH_ANSWER   /* the end of the answer: it is cut */
};

/* timeout_answer: the bytes sent for WATCH_REQUEST; copied. NULL when there is no thread. */
struct watch *watch_new(str timeout_answer);
void watch_free(struct watch *w); /* after the last watch_remove; NULL is fine */

/* From when it is open until just before its socket is closed. */
void watch_add(struct watch *w, struct watched *one);
void watch_remove(struct watch *w, struct watched *one);

/* Milliseconds of a clock that only goes forward. */
int64_t watch_now(void);

/*
 * Sets the deadline, of the clock above; INT64_MAX / 4 or more is never. False when the time was
 * over already: then the connection is being shut down, and nothing more may be sent on it.
 */
bool watch_until(struct watched *one, int64_t deadline, enum watch_for what);

/*
 * Reads and forgets what still comes in on the socket, until its end or for two seconds at most.
 * The socket is duplicated: the caller closes its own as ever.
 */
void watch_linger(struct watch *w, int socket);

#endif
