/*
 * match_stream: matching of records on their way. Records are kept back, some thousand at a time,
 * until the actors and places among them have been looked for; then they go on with the ids of the
 * store.
 */
#ifndef ANNALS_CLIENT_MATCH_STREAM_H
#define ANNALS_CLIENT_MATCH_STREAM_H

#include "annals/match.h"
#include "annals/read/builder.h"

struct match_stream;

/* A line on its way, with its place in the file. */
struct match_record {
    enum build_kind kind;
    str line;
    int64_t number, column;
    int64_t reached; /* bytes of the file that were read when it came */
};

/* Takes a record that is ready. */
typedef bool match_stream_give(void *to, const struct match_record *r);

/* http: of its own, since others may send meanwhile. It lives in the arena. */
struct match_stream *match_stream_new(struct http *http, const struct match_decisions *decisions,
                                      struct arena *a);

/* Where records go. */
void match_stream_to(struct match_stream *s, match_stream_give *give, void *to);

/* As send_line. False: who takes them wants no more, or the store cannot be asked. */
bool match_stream_take(struct match_stream *s, const struct match_record *r);

/* Gives on what is kept back. */
bool match_stream_flush(struct match_stream *s);

/* Why the store could not be asked; ERR_NONE where it could. */
const struct err *match_stream_error(const struct match_stream *s);

/* The matchings, one for each source in the file. */
const struct match *match_stream_found(const struct match_stream *s, size_t i);

void match_stream_free(struct match_stream *s); /* NULL is fine */

#endif
