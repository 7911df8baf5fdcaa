/*
 * listener: the HTTP server. It listens, gives every request to an exchange, and ends in good
 * order. Its threads: one per core that serve connections, two for slow questions, one for writes,
 * one that watches deadlines, one that wakes readers of the change feed.
 */
#ifndef ANNALS_HTTP_LISTENER_H
#define ANNALS_HTTP_LISTENER_H

#include <stdbool.h>
#include <stddef.h>

#include "api/api.h"
#include "base/err.h"
#include "http/exchange.h"

struct listener_settings {
    const char *listen; /* HOST:PORT, [IPV6]:PORT; port 0 picks one */
    unsigned threads;   /* 0 for one per core */
    unsigned connections;
    unsigned connections_per_address;
    unsigned inactivity_seconds;
    unsigned head_seconds; /* for a head to be complete */
    unsigned body_seconds; /* for a body, beside a second for each 16 KB */
    size_t cache_bytes;
    size_t bodies_bytes; /* of request bodies held at once */
    size_t batch_bytes;  /* of one body that may be of any size */
    unsigned feeds;      /* most readers of the change feed at once */
    unsigned exports;    /* most answers without a limit at once */
    unsigned heartbeat_seconds;
    enum exchange_log log;
    bool may_write; /* the store was opened for writing */
};

struct listener;

/* api and store must outlive the listener. False sets *e (its code is of no meaning). */
bool listener_start(const struct listener_settings *settings, struct api *api, struct store *store,
                    struct listener **out, struct err *e);

/* "127.0.0.1:8080", with the port that was picked. */
const char *listener_address(const struct listener *l);

/* Takes no new connection, lets what runs end for so long at most, closes everything. */
void listener_stop(struct listener *l, unsigned drain_seconds);

#endif
