/* records: a file of records as the server's batches take them, one a line (model/record.h). */
#ifndef ANNALS_CLIENT_READ_RECORDS_H
#define ANNALS_CLIENT_READ_RECORDS_H

#include <stdbool.h>
#include <stdio.h>

#include "annals/read/builder.h"
#include "base/err.h"
#include "base/problem.h"

/* What the reader gives its lines to; each answers false to end the reading. */
struct records_to {
    void *context;
    bool (*line)(void *context, enum build_kind kind, str line, int64_t number);
    bool (*refused)(void *context, const struct problem *p, int64_t lines); /* that it is about */
    void (*reached)(void *context, int64_t bytes);
};

/*
 * Reads the file to its end, in constant memory. *whole: whether it came there. False with *e when
 * the file cannot be read. Whether a line is a good record is for the server to say; here are
 * refused those that are too long, or that come before any source: of these the first is told, and
 * how many follow it.
 */
bool records_read(FILE *file, const struct records_to *to, bool *whole, struct err *e);

#endif
