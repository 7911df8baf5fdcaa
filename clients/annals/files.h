/* files: the annotated sources among the files and folders named on a command line. */
#ifndef ANNALS_CLIENT_FILES_H
#define ANNALS_CLIENT_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct files {
    const char **paths; /* as named; in folders by name, or in the order of an export */
    size_t n;
    size_t room;
    size_t ignored; /* files in folders that are no annotated sources and belong to none */
};

/*
 * Adds a file, whatever its name, or every annotated source in a folder and below it; hidden
 * files and folders and symbolic links in it are left alone. False: *e says what cannot be read.
 */
bool files_add(struct files *all, const char *path, struct arena *a, struct err *e);

#endif
