/*
 * front: the front matter of annotated Markdown: the part of YAML 1.2 that says the same as JSON,
 * read by libyaml into a tree whose every value knows its place. Anchors, aliases, tags, several
 * documents and doubled keys are refused. Plain scalars are read by the core schema, so 2021-06-15
 * and no are strings, and 2021 is a number.
 */
#ifndef ANNALS_CLIENT_FRONT_H
#define ANNALS_CLIENT_FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/read/core.h"
#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"

#define FRONT_MOST_KEYS 256 /* in one mapping */

enum front_kind { FRONT_SCALAR, FRONT_LIST, FRONT_MAP };

struct front_node {
    enum front_kind kind;
    int64_t line; /* of the value, from 1, in the whole file */
    int64_t column;
    str key;                  /* under which it stands in a mapping */
    struct core_value value;  /* of a scalar */
    struct front_node *first; /* of the children of a list or mapping */
    struct front_node *last;
    struct front_node *next; /* in the same parent */
    size_t count;            /* of children */
    void *mark;              /* for whoever works with the tree; NULL at the start */
};

/*
 * Reads one document. yaml is valid UTF-8 whose first line is line first_line of the file.
 * NULL where it cannot be read as a tree; problems found are added either way.
 */
struct front_node *front_read(str yaml, int64_t first_line, struct arena *a,
                              struct problems *problems);

/* The child of a mapping under a key, or NULL. */
struct front_node *front_get(const struct front_node *map, str key);

/* The child number `index`, or NULL. */
struct front_node *front_at(const struct front_node *list, size_t index);

#endif
