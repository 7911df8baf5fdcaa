/* progress: one line on a terminal that says how far a long command is; nothing elsewhere. */
#ifndef ANNALS_CLIENT_PROGRESS_H
#define ANNALS_CLIENT_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Draws "[#####     ] 5/10 name" on standard error, in place of the line before. */
void progress_show(size_t done, size_t total, const char *name);

/* How far the load of one large file is. */
struct progress_table {
    const char *name;
    int64_t records; /* that the server has */
    int64_t sent;    /* of them, those of this run, in: */
    double seconds;
    int64_t reached;  /* bytes of the file that the server has */
    int64_t began_at; /* bytes that it had when this run began to send */
    int64_t size;     /* of the file; -1 where nobody knows */
    str away;         /* why it does not go on at the moment; empty when it does */
};

/*
 * Draws "[#####     ]  41 %  412,000 records  31,200/s  0:18 left  name", at most ten times a
 * second and as wide as the terminal.
 */
void progress_table(const struct progress_table *t);

/* Takes the line away, so that something else can be written. */
void progress_clear(void);

#endif
