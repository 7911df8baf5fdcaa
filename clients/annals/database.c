#include "annals/database.h"

#include "annals/term.h"

enum command_exit database_open(const struct arguments *args, enum store_mode mode,
                                struct database *out)
{
    const char *path = command_option(args, "db");
    struct err e = {0};
    *out = (struct database){0};
    if (path == NULL) {
        term_error("which store? say --db FILE");
        return EXIT_USAGE;
    }
    bool open = store_open(path, mode, &out->store, &e);
    if (open && mode == STORE_READ)
        open = store_reader_open(out->store, &out->reader, &e);
    else if (open)
        open = store_writer_open(out->store, &out->writer, &e);
    if (open)
        return EXIT_FINE;
    term_error("%s", e.detail);
    database_close(out);
    return EXIT_UNREACHABLE;
}

void database_close(struct database *d)
{
    if (d->reader != NULL)
        store_reader_close(d->reader);
    if (d->writer != NULL)
        store_writer_close(d->writer);
    store_close(d->store);
    *d = (struct database){0};
}
