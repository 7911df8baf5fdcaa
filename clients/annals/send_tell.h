/* send_tell: what people and machines read of a load in pieces. */
#ifndef ANNALS_CLIENT_SEND_TELL_H
#define ANNALS_CLIENT_SEND_TELL_H

#include <stdbool.h>
#include <stdint.h>

#include "annals/changes.h"
#include "annals/outcome.h"
#include "base/problem.h"

struct send_counts {
    int64_t records;     /* that the server took, in this run */
    int64_t skipped;     /* that it had from an earlier run */
    int64_t refused;     /* lines */
    int64_t reached;     /* bytes of the file that the server has */
    int64_t first, last; /* changesets; 0 for none */
    struct changes changes;
    double seconds;
};

/* Adds what the answer to one piece says. */
void send_counts_add(struct send_counts *c, const struct answer_batch *b);

/* "file:line:column: what is wrong" on standard error, or a line of JSON on the standard output. */
void send_tell_problem(const char *path, bool json, const struct problem *p);

/* The same for what the person should know: "file: note: words". */
void send_tell_note(const char *path, bool json, const struct problem *p);

/* What the server says of a change that it made. */
void send_tell_warning(const char *path, bool json, str warning);

struct send_end {
    enum outcome_kind kind;
    bool dry_run;
    bool resumable; /* the same command again goes on where this one stopped */
    str detail;     /* why the server did not take it, or empty */
};

void send_tell_end(const struct send_counts *c, const char *path, bool json,
                   const struct send_end *end);

#endif
