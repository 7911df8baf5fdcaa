/*
 * stream: files that are read in constant memory and sent in pieces (send.h), by their format; one
 * table, as input.h has for the others.
 */
#ifndef ANNALS_CLIENT_STREAM_H
#define ANNALS_CLIENT_STREAM_H

#include <stdbool.h>
#include <stdio.h>

#include "annals/input.h"
#include "annals/send.h"

/* Whether files of that format are streamed. */
bool stream_takes(enum input_format format);

/* What a reader of streams gets. */
struct stream_ask {
    FILE *file;
    const struct send_settings *settings;
    const struct mapping *map; /* NULL for none */
    struct send *send;
    struct arena *arena;
};

/* Reads the file and gives what is in it to the send. *whole: it came to the end. False with *e
 * when the file cannot be read. */
typedef bool stream_read(const struct stream_ask *ask, bool *whole, struct err *e);

/*
 * Loads one file and tells what became of it (send_end); settings->size is found out here. False:
 * it cannot be opened, *e says why, and nothing was told.
 */
struct stream_result {
    enum outcome_kind kind;
    enum command_exit code;
};
bool stream_load(enum input_format format, struct send_settings *settings,
                 const struct mapping *map, struct arena *a, struct stream_result *out,
                 struct err *e);

#endif
