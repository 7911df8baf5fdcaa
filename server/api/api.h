/*
 * api: the semantics of HTTP without an HTTP library. A request comes in as plain strs, a response
 * goes out as a struct; who listens, on what, is not known here.
 *
 * Threads: api_handle may run in any number of threads at once, each with its own reader and
 * arena; requests of the lane API_WRITE run in one thread, with the writer.
 */
#ifndef ANNALS_API_API_H
#define ANNALS_API_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"
#include "base/spool.h"
#include "base/str.h"
#include "store/store.h"

/* X(value, name) */
#define API_METHOD_TABLE(X)                                                                        \
    X(API_GET, "GET")                                                                              \
    X(API_HEAD, "HEAD")                                                                            \
    X(API_OPTIONS, "OPTIONS")                                                                      \
    X(API_POST, "POST")                                                                            \
    X(API_PUT, "PUT")                                                                              \
    X(API_DELETE, "DELETE")

enum api_method {
#define X(value, name) value,
    API_METHOD_TABLE(X)
#undef X
        API_OTHER
};

struct api_header {
    str name;
    str value;
};

struct api_request {
    enum api_method method;
    str target; /* as sent: path, "?" and query, still percent-encoded */
    const struct api_header *headers;
    size_t header_count;
    str body;
    const struct spool *spool; /* the body of API_ROOM_ANY, in the place of `body`; or NULL */
};

#define API_HEADERS 24

/*
 * A body that comes piece by piece, so that its length is no matter: an export without a limit, a
 * feed that waits for the next version. Made by a handler, owned by the response, and from then on
 * by who sends it: pieces are asked for one after the other, in any thread, each with a reader and
 * an empty arena of that thread; between two pieces nothing of the store is held.
 */
enum api_stream_state {
    API_STREAM_MORE,  /* *piece is next, not empty */
    API_STREAM_WAIT,  /* nothing before the store is past version `waits_past`; *piece may hold a
                         sign of life to be sent now */
    API_STREAM_END,   /* nothing more: the body is whole; *piece may hold its last bytes */
    API_STREAM_BROKEN /* it cannot go on: the connection is to be broken off, so that nobody takes
                         what came for the whole; *e says why */
};
struct api_stream {
    enum api_stream_state (*next)(struct api_stream *stream, struct store_reader *reader,
                                  struct arena *arena, str *piece, struct err *e);
    void (*free)(struct api_stream *stream); /* the stream's own memory, it included */
    int64_t waits_past;
    bool feeds; /* it waits for versions, and has no end: there may be few of them or many */
};

struct api_response {
    int status;
    str type;                  /* Content-Type; empty for none */
    str body;                  /* in the request's arena, or static */
    struct api_stream *stream; /* in place of the body, which is then sent only where nothing can
                                  be streamed; NULL for none */
    struct api_header headers[API_HEADERS];
    size_t header_count;
    /*
     * The same request (target, api_variant) may be answered with the same bytes for as long as
     * the store is at `version` — or for ever, when version is -1.
     */
    bool keep;
    int64_t version;
    str etag; /* with its quotes; empty for none; also among the headers */
};

/* Where a request is to run. */
enum api_lane {
    API_FAST, /* in the thread that received it */
    API_SLOW, /* a search, an export, another reading: in a worker, the connection suspended */
    API_WRITE /* in the writer's thread */
};

struct api_settings {
    bool read_only;         /* every write answers 403 */
    const char *title;      /* of the store, on the landing document */
    const char *licence;    /* of the data, may be empty */
    const char *public_url; /* "https://host", put before paths where they leave; may be empty */
    const char *embed_ancestors; /* whose pages may frame /embed: sources of frame-ancestors */
    int deadline_ms;             /* of an ordinary question */
    int search_deadline_ms;
    int count_deadline_ms; /* of one that looks at all that it finds */
};

/* Shared by all threads; immutable after api_new. settings and store must outlive it. */
struct api;
struct api *api_new(struct store *store, const struct api_settings *settings);
void api_free(struct api *api);

/* The method of a name; API_OTHER when it is none of ours. Case matters. */
enum api_method api_method_from(str name);

/* The value of the first header of that name (any case), or a str with p NULL. */
str api_header_get(const struct api_request *rq, const char *name);

/* The token of the Authorization field; empty where there is none, or another scheme. */
str api_bearer(const struct api_request *rq);

/*
 * A small number that says which representation the headers pick (the class of Accept, whether
 * gzip is welcome): requests of equal target and variant have equal answers. If-None-Match is not
 * part of it.
 */
unsigned api_variant(const struct api_request *rq);

/* Cheap, from the method and target alone. */
enum api_lane api_lane(const struct api_request *rq);

/*
 * The largest body that this request may carry, in bytes: 0 where it may carry none. Called
 * before the body is read. Where the request will be refused whatever it holds, and where it shows
 * no token, the cap is small: enough to read a body to its end and answer.
 */
size_t api_body_cap(const struct api_request *rq);

/* How much room a body gets. */
enum api_room {
    API_ROOM_CAPPED, /* api_body_cap */
    API_ROOM_ANY,    /* as much as the caller likes: it comes as a spool */
    API_ROOM_REFUSED /* it would be ANY, but the token that is shown may not write: api_body_cap */
};
enum api_room api_body_room(const struct api *api, struct store_reader *reader,
                            const struct api_request *rq);

/* Writes that take long end soon with ERR_OVERLOADED, undone: the program is being stopped. */
void api_stop(struct api *api);

/*
 * Answers. reader: of this thread; writer: in the lane API_WRITE alone, else NULL. Everything in
 * *out lives in `arena`. Conditional requests (If-None-Match) are answered here too. HEAD is
 * answered like GET, body included: the sender leaves it out.
 */
void api_handle(struct api *api, struct store_reader *reader, struct store_writer *writer,
                const struct api_request *rq, struct arena *arena, struct api_response *out);

/*
 * A problem+json response outside api_handle: what the listener refuses by itself (a malformed
 * head, a body too large, too many connections). problems may be NULL. A body too large for a
 * write that shows no token is answered as the missing token that it is.
 */
void api_problem(const struct api_request *rq, const struct err *e, const struct problems *problems,
                 struct arena *arena, struct api_response *out);

/*
 * Whether a 304 answers a request whose If-None-Match is `sent` when the representation's tag is
 * `etag` (RFC 9110: weak comparison, lists, "*").
 */
bool api_etag_matches(str sent, str etag);

#endif
