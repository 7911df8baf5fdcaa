/* load: what the files of `annals load` share. */
#ifndef ANNALS_CLIENT_LOAD_H
#define ANNALS_CLIENT_LOAD_H

#include "annals/command.h"
#include "annals/http.h"
#include "annals/match_stream.h"
#include "annals/outcome.h"

struct load {
    struct arena *arena; /* of the whole run */
    struct arena *file;  /* of the file at hand */
    struct http *http;
    struct http *looking; /* a second way, for questions while something is being sent */
    str query;            /* "?dry_run=true&message=…", or empty */
    const char *server;   /* its address */
    const char *message;  /* NULL for none */
    bool dry_run;
    bool keep_going;
    bool json;
    enum input_format format;  /* INPUT_UNKNOWN: by the file's name */
    const struct mapping *map; /* NULL without --map */
    enum text_unit unit;       /* of --offsets, else TEXT_UNITS */
    const char *text;          /* of --text, or NULL */
    bool no_match;
    const struct match_decisions *decisions; /* of --decisions, or NULL */
    void *said;                              /* tree of struct said, for tsearch */
    size_t counts[OUTCOME_KINDS];
    enum command_exit code;
    bool stopped; /* the server is gone or wants no more from us: the rest is not sent */
};

/* An empty outcome of a file. */
void load_outcome(const struct load *l, const char *path, struct outcome *o);

/* Reads and judges a file without a server. False: its outcome stands. */
bool load_prepare(struct load *l, struct outcome *o);

/* Finds the things of the file that the store has. False: its outcome stands. */
bool load_match(struct load *l, struct outcome *o);

/* The outcome of a file that goes no further. */
void load_ends(struct load *l, struct outcome *o, enum outcome_kind kind, enum command_exit code,
               str detail);

/* A key of its own for each request: one whose answer was lost can be sent again. */
const char *load_idempotency(struct arena *a);

/* Counts and shows an outcome. */
void load_tell(struct load *l, struct outcome *o);

/* Files that refer to what only later ones describe go in one request. */
void load_group(struct load *l, const char *const *paths, size_t n);

#endif
