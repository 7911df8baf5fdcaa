/*
 * reader: what all readers of foreign formats have in common: what they are given, and how they are
 * called. A reader looks at the bytes, says what is wrong with them by line and column, and builds
 * the things of an annotated source (read/builder.h). It reads no files by itself, but for those
 * that `beside` gives it.
 */
#ifndef ANNALS_CLIENT_READ_READER_H
#define ANNALS_CLIENT_READ_READER_H

#include <stdbool.h>

#include "annals/read/builder.h"
#include "annals/read/mapping.h"
#include "annals/read/text.h"
#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"

/*
 * Gives the bytes of a file that belongs to this one: with another ending ("txt" beside ".ann"),
 * or the text that was named on the command line. False: there is none, or it cannot be read, and
 * *why says so.
 */
typedef bool reader_beside(void *context, const char *ending, str *bytes, const char **why);

struct reading_ask {
    str name;  /* of the file, without folder and ending: for ids and titles; may be empty */
    str bytes; /* untrusted */
    const struct mapping *map; /* NULL for none */
    enum text_unit unit;       /* of positions; TEXT_UNITS where nothing is said */
    reader_beside *beside;     /* NULL: nothing belongs to the file */
    void *context;             /* of beside */
    struct arena *arena;
    struct problems *problems; /* what is wrong: nothing is loaded */
    struct problems *notes;    /* what the person should know: moved anchors, things left out */
};

/*
 * False where nothing could be made of the bytes. With true there may be problems too; then what
 * was built is good for finding more of them and for no more.
 */
typedef bool reader_read(const struct reading_ask *ask, struct builder *out);

/*
 * An id out of any words, in the arena: folded to a-z, 0-9 and hyphens, at most 128 bytes;
 * "x" where nothing is left. Words in other scripts keep apart by a short digest at the end.
 */
str reader_id(str words, struct arena *a);

/* The name of the file as a title: never empty, valid UTF-8. */
str reader_title(const struct reading_ask *ask);

/* Checks the bytes of a text that stands beside the file; else a problem, and false. */
bool reader_check_text(const struct reading_ask *ask, str text);

/* Checks that bytes are UTF-8 without NUL, at most `most` of them; else problems, and false. */
bool reader_check(str bytes, size_t most, struct problems *problems);

#endif
