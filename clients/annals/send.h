/*
 * send: what a reader makes of a file that is too large for one document goes to the server in
 * pieces, while the file is still being read. The load can be stopped at any moment, also by a
 * power cut on either side: the same command again goes on where it stopped, and no record is
 * written twice.
 *
 *     struct send *s = send_open(&settings);
 *     builder_stream(&builder, send_thing, s);   (the reader runs, and calls send_reached)
 *     code = send_end(s, whole, &e, &kind);
 */
#ifndef ANNALS_CLIENT_SEND_H
#define ANNALS_CLIENT_SEND_H

#include <stdbool.h>
#include <stdint.h>

#include "annals/command.h"
#include "annals/http.h"
#include "annals/match_stream.h"
#include "annals/outcome.h"
#include "annals/read/builder.h"
#include "base/problem.h"

struct send_settings {
    struct http *http;
    const char *server; /* its address, for the journal */
    const char *path;   /* of the file */
    const char *message;
    bool dry_run;               /* all of it is judged as one request, and nothing is written */
    bool keep_going;            /* what is refused is told, and the rest is loaded */
    bool json;                  /* for machines: problems and outcome as lines of JSON */
    int64_t size;               /* of the file in bytes; -1 where it has none */
    struct match_stream *match; /* finds actors and places in the store; NULL for none */
};

/* The strs must live until send_end. */
struct send *send_open(const struct send_settings *settings);

/*
 * A built_sink; to is the struct send. A source comes first, and may come again: what follows is
 * said by it. False when the reading should end: something was refused, the server is gone, or
 * somebody pressed Ctrl-C.
 */
bool send_thing(void *to, const struct built *thing);

/* A record that is a line of the file already (column 0), or was made from one, with its kind:
 * {"event":{…}}; of BUILD_KINDS something else that the server will judge. As send_thing. */
bool send_line(struct send *s, enum build_kind kind, str line, int64_t number, int64_t column);

/* Lines or a row of the file that the reader itself refuses: so many, with what is wrong. False:
 * the reading should end. */
bool send_refused(struct send *s, const struct problem *p, int64_t lines);

/* So many bytes of the file have been read. Draws progress. */
void send_reached(struct send *s, int64_t bytes);

/*
 * Sends what is left and waits for the server's word. whole: the file was read to its end; else
 * *why says what was wrong with it, where nothing else was. Tells what became of the file (*kind),
 * and how to go on where it stopped.
 */
enum command_exit send_end(struct send *s, bool whole, const struct err *why,
                           enum outcome_kind *kind);

#endif
