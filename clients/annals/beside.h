/*
 * beside: files that belong to another one: the text beside its stand-off annotations, the second
 * half of a pair. They are no sources of their own.
 */
#ifndef ANNALS_CLIENT_BESIDE_H
#define ANNALS_CLIENT_BESIDE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct beside {
    const char *path; /* of the file to which others belong */
    const char *text; /* of a text that was named for it, or NULL */
    struct arena *arena;
};

/*
 * A reader_beside (read/reader.h) over a struct beside: the file of the same name with another
 * ending ("txt", "a2"); for "txt" the text that was named, if one was. Bytes come as they are, a
 * byte order mark included.
 */
bool beside_read(void *context, const char *ending, str *bytes, const char **why);

/* The name of a file without its folder and its last ending. */
str beside_name(const char *path);

/* Whether a file of a folder belongs to another that stands there too. */
bool beside_belongs(const char *path);

#endif
