/*
 * piece: records on their way to the server: the body of one request to /v1/batch, and for each of
 * its lines the place in the file that it comes from.
 */
#ifndef ANNALS_CLIENT_PIECE_H
#define ANNALS_CLIENT_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/http.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/spool.h"

struct piece_place {
    int64_t line, column; /* in the file, from 1 */
};

struct piece {
    int64_t number;             /* within the load, from 1 */
    int64_t reached;            /* bytes of the file that were read when it was full */
    struct spool body;          /* the line of the source, and the records */
    struct piece_place *places; /* by line of the body */
    size_t n, room;             /* lines */
    size_t records;
    struct hash_running *hash; /* of the body so far; NULL once it is finished */
    char digest[HASH_HEX_SIZE + 1];
    /* What became of it; filled by the courier. */
    struct arena *arena;
    struct http_answer answer;
    bool answered;
    struct err failure; /* where it was not */
};

struct piece *piece_new(const char *folder);
void piece_free(struct piece *p);

/* Empties it and begins with the line of the source. */
bool piece_begin(struct piece *p, int64_t number, str source, struct err *e);

/* A line, without its end. False: a temporary file cannot be written. */
bool piece_add(struct piece *p, str record, struct piece_place place, bool counts, struct err *e);

/* Ends the digest. */
void piece_finish(struct piece *p);

/* Where in the file a line of the body comes from; line 0 where it has none. */
struct piece_place piece_place_of(const struct piece *p, int64_t line);

#endif
