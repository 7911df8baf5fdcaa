/* database: the store file that `annals token` and `annals check` work on, opened and closed. */
#ifndef ANNALS_CLIENT_DATABASE_H
#define ANNALS_CLIENT_DATABASE_H

#include "annals/command.h"
#include "store/store.h"

struct database {
    struct store *store;
    struct store_writer *writer; /* NULL where it was opened for reading */
    struct store_reader *reader; /* NULL where it was opened for writing */
};

/*
 * Opens the file that --db names. EXIT_FINE; or EXIT_USAGE (no --db) or EXIT_UNREACHABLE, told on
 * standard error, with nothing open.
 */
enum command_exit database_open(const struct arguments *args, enum store_mode mode,
                                struct database *out);
void database_close(struct database *d);

#endif
