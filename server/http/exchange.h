/*
 * exchange: one request and its answer, from the request line to the log line. It lives in its
 * connection; the library's callbacks drive it:
 *
 *   begin → head → body … → complete → (a lane, the connection suspended → complete) →
 *   (a stream's pieces, see http/stream.h) → end
 *
 * Answers are queued in the last callback of a request, which keeps the connection alive and is
 * five times as fast as an early answer; early are only refusals.
 */
#ifndef ANNALS_HTTP_EXCHANGE_H
#define ANNALS_HTTP_EXCHANGE_H

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "api/api.h"
#include "base/buf.h"
#include "base/spool.h"
#include "http/cache.h"
#include "http/guard.h"
#include "http/lanes.h"
#include "http/stream.h"
#include "http/watch.h"
#include "http/worker.h"

/* Which requests get a line in the log. */
enum exchange_log { LOG_NO_REQUESTS, LOG_UNCACHED_REQUESTS, LOG_ALL_REQUESTS };

/* What all exchanges of a listener share. */
struct exchange_shared {
    struct api *api;
    struct store *store;
    struct workers *workers;
    struct cache *cache;
    struct watch *watch;
    struct lane *slow;
    struct lane *write;
    struct streams *streams;
    enum exchange_log log;
    bool may_write; /* the store was opened for writing */
    int64_t idle_ms, head_ms, body_ms;
    size_t bodies_most; /* bytes of request bodies held at once */
    atomic_size_t bodies_held;
    size_t batch_most; /* bytes of one spooled body; of all at once four times as much */
    atomic_size_t spools_held;
    atomic_bool draining;        /* every answer ends its connection */
    struct store_writer *writer; /* of the write lane; NULL until the first write */
};

/* How far a request has come. */
enum exchange_stage { EXCHANGE_HEAD, EXCHANGE_BODY, EXCHANGE_IN_LANE, EXCHANGE_ANSWERED };

struct exchange {
    struct job job; /* first: a lane gets the exchange by it */
    struct exchange_shared *shared;
    struct watched watched; /* the connection's */
    struct MHD_Connection *connection;
    struct worker *worker;
    enum exchange_stage stage;
    bool refused;  /* a body may still come in: see watch_linger */
    bool reusable; /* the connection may serve another request afterwards */

    char *query; /* where the target's query was hidden from the library; see exchange.c */
    char query_first;
    struct guard_head head;
    struct api_request request;
    size_t body_cap;
    enum api_room room;
    struct buf body;
    struct spool spool; /* of API_ROOM_ANY */
    size_t spooled;     /* bytes that came for it */

    struct arena *arena; /* NULL until something needs it */
    enum api_lane lane;
    const struct cached *cached; /* what answers, held; or */
    struct MHD_Response *reply;  /* what answers this request alone */
    struct stream *stream;       /* of the reply; NULL for an answer in one piece */
    int status;
    size_t size; /* of the answer's body */
    int64_t begun_ns;
};

/* At the connection's start and end. */
struct exchange *exchange_open(struct exchange_shared *shared, int socket);
void exchange_close(struct exchange *x);

/* The request line has come; target is the library's, writable in truth. */
void exchange_begin(struct exchange *x, struct MHD_Connection *connection, const char *target);

/* The library's access handler. MHD_NO closes the connection. */
enum MHD_Result exchange_step(struct exchange *x, const char *method, const char *version,
                              const char *data, size_t *data_size);

void exchange_end(struct exchange *x);

/* Closes the writer that the write lane opened. */
void exchange_shared_end(struct exchange_shared *shared);

#endif
