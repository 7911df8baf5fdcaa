/* load: what the files of `annals load` share. */
#ifndef ANNALS_CLIENT_LOAD_H
#define ANNALS_CLIENT_LOAD_H

#include "annals/command.h"
#include "annals/files.h"
#include "annals/http.h"
#include "annals/match_stream.h"
#include "annals/order.h"
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

/* What the options say. False: *e says what is wrong with them. */
bool load_set_up(struct load *l, const struct arguments *args, struct err *e);

/* Finds the things of the file that the store has. False: its outcome stands. */
bool load_match(struct load *l, struct outcome *o);

/* Tells what was found of the things of a file that was streamed: of each source its own. */
void load_tell_matches(struct load *l, const char *path, const struct match_stream *s);

/* A refusal: what it says of the document is put at its place in the file. */
void load_refused(struct load *l, struct outcome *o, const struct http_answer *answer);

/* The exit code becomes this one where it is worse. */
void load_worsen(struct load *l, enum command_exit code);

/* The outcome of a file that goes no further. */
void load_ends(struct load *l, struct outcome *o, enum outcome_kind kind, enum command_exit code,
               str detail);

/* A key of its own for each request: one whose answer was lost can be sent again. */
const char *load_idempotency(struct arena *a);

/* Counts and shows an outcome. */
void load_tell(struct load *l, struct outcome *o);

/* What --format says, else the file's name. */
enum input_format load_format(const struct load *l, const char *path);

/*
 * Documents may refer to what only a later file of records tells of, and that file to them. It is
 * sent line by line, so it goes in no group: what is referred to is sent before all else, by its
 * name alone.
 */
void load_names(struct load *l, const struct files *files, const struct order *order);

/* Files that refer to what only later ones describe go in one request. */
void load_group(struct load *l, const char *const *paths, size_t n);

#endif
