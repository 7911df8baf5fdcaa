/* embedded: the files of schema/ and what else the build puts inside the programs. */
#ifndef ANNALS_SCHEMA_EMBEDDED_H
#define ANNALS_SCHEMA_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct embedded {
    const char *name; /* path below schema/, such as "sqlite/0003_store.sql" */
    const unsigned char *bytes;
    size_t n;
};

/* Sorted by name. */
extern const struct embedded embedded_files[];
extern const size_t embedded_count;

/* Of the daemon alone: what it gives to browsers, as clients/web/CMakeLists.txt makes it. Sorted.
 */
extern const struct embedded web_files[];
extern const size_t web_count;

/* Of the client alone: clients/annals/presets/, names below that. Sorted by name. */
extern const struct embedded presets_files[];
extern const size_t presets_count;

/* The bytes of one file; a name that is not there is a broken promise. */
str embedded_find(const char *name);

#endif
