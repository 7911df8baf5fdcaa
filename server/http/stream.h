/*
 * stream: an answer that is sent piece by piece (struct api_stream), chunked. One piece is held at
 * a time. When it is sent, the connection is suspended and the next one is made in the lane for
 * slow questions; a stream that waits for a version stands in the park meanwhile. So a reader that
 * is slow, or waits for days, costs no thread, and nothing of the store is held for it.
 *
 *   listener: take … take → suspend → lane: next → resume → listener: take …
 *                                  ↘ park: wait → lane …
 */
#ifndef ANNALS_HTTP_STREAM_H
#define ANNALS_HTTP_STREAM_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/api.h"
#include "base/err.h"
#include "http/lanes.h"
#include "http/watch.h"

struct streams; /* what all streams of a listener share */
struct stream;

struct streams_settings {
    struct lane *lane; /* where pieces are made */
    struct store *store;
    size_t feeds;   /* most streams at once that wait for versions */
    size_t exports; /* most others */
    int64_t heartbeat_ms;
};

/* NULL when there is no thread. */
struct streams *streams_new(const struct streams_settings *settings);
void streams_free(struct streams *all); /* after the last stream; NULL is fine */

/* There may be a new version of the store. */
void streams_notify(struct streams *all);

/* Breaks off what waits for versions; no stream waits any more, the others go on. */
void streams_drain(struct streams *all);

/* Breaks off every stream when its present piece is sent. */
void streams_end(struct streams *all);

/*
 * Takes `source` over. NULL with *e when there are too many already; then the source is freed.
 * watched is the connection's; the stream sets its deadline anew with every piece.
 */
struct stream *stream_new(struct streams *all, struct api_stream *source,
                          struct MHD_Connection *connection, struct watched *watched,
                          struct err *e);

/* What the library calls, with the stream: for the next bytes, and once at the end, which frees. */
ssize_t stream_take(void *stream, uint64_t at, char *to, size_t most);
void stream_free(void *stream);

/* Bytes that the library has taken. */
uint64_t stream_sent(const struct stream *s);

/* Whether its end was reached: all of it has been taken. */
bool stream_is_whole(const struct stream *s);

#endif
