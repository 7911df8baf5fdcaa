/*
 * http: requests to an Annals server, by libcurl. The token goes with every request and nowhere
 * else: redirects are not followed.
 */
#ifndef ANNALS_CLIENT_HTTP_H
#define ANNALS_CLIENT_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/spool.h"
#include "base/str.h"

#define HTTP_LARGEST_ANSWER ((size_t)256 * 1024 * 1024)
#define HTTP_ATTEMPTS 4 /* of a request that may be repeated */

struct http;

/*
 * url: of the server, with http or https; token: NULL for none. Both must outlive *out, which
 * lives in the arena and is closed all the same. False: *e says what is wrong with the address.
 */
bool http_open(const char *url, const char *token, struct arena *a, struct http **out,
               struct err *e);
void http_close(struct http *h); /* NULL is fine */

/* Takes a piece of a body; false ends the transfer. */
typedef bool http_sink(void *to, str bytes);

struct http_request {
    const char *method;
    str target;                 /* path and query, percent-encoded, from "/" on */
    const char *const *headers; /* "Name: value", NULL at the end; or NULL */
    str body;                   /* p is NULL for none */
    const struct spool *spool;  /* the body in its place; or NULL */
    long still_seconds;         /* nothing may move for so long; 0 for two minutes */
    bool repeat;                /* try again when the server is not there or says 429 or 503 */
    http_sink *sink;            /* gets the body of a 2xx answer as it comes; or NULL */
    void *to;
};

struct http_answer {
    int status;
    str type; /* Content-Type */
    str body; /* empty where the sink got it */
};

/* False: no answer came, or not a whole one; *e says why. */
bool http_send(struct http *h, const struct http_request *rq, struct arena *a,
               struct http_answer *out, struct err *e);

/* Appends text percent-encoded for a query: all but letters, digits and -._~,:/ */
void http_encode(struct buf *out, str text);

#endif
