/*
 * park: connections that wait for the store to get a new version, without a thread of their own.
 * One thread looks after all of them: it wakes who has waited long enough, who has what it waits
 * for, and whose other side has gone, which nobody else sees while the connection is suspended.
 */
#ifndef ANNALS_HTTP_PARK_H
#define ANNALS_HTTP_PARK_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

struct park;

enum park_reason {
    PARK_GO_ON, /* there is a newer version, or it is time for a sign of life */
    PARK_OVER   /* the other side has gone, or the server ends */
};

/* One that waits; lives in what waits. Zero it before the first park_add. */
struct parked {
    struct parked *next, *previous;
    int socket;
    int64_t waits_past; /* a version */
    int64_t due;        /* of watch_now() */
    bool half_closed;   /* the other side sends nothing more; noticed once */
    /* Called once for each park_add, in the park's thread. */
    void (*wake)(struct parked *one, enum park_reason reason);
};

/* store: whose versions; it must outlive the park. NULL when there is no thread. */
struct park *park_new(const struct store *store);
void park_free(struct park *p); /* drains it; NULL is fine */

/* Waits until the store is past one->waits_past, or until one->due. False once it is drained. */
bool park_add(struct park *p, struct parked *one);

/* There may be a new version. */
void park_notify(struct park *p);

/* Wakes all with PARK_OVER before it returns, and takes no more. */
void park_drain(struct park *p);

#endif
