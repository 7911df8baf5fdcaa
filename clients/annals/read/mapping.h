/*
 * mapping: a file in YAML that says what the labels of an annotation scheme and the columns of a
 * table mean. docs/reference/mapping.md describes it; presets are such files inside the program.
 */
#ifndef ANNALS_CLIENT_READ_MAPPING_H
#define ANNALS_CLIENT_READ_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/read/builder.h"
#include "annals/read/front.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"
#include "base/str.h"

/*
 * X(value, word): what a label stands for. In the file a label is written as one of
 *     Attack: {event: assault}      an event of that type
 *     Meeting: event                an event without a type
 *     Person: {actor: person}       an actor of that kind
 *     City: place
 *     TIMEX3: date
 *     Attacker: {role: initiator}   the role of an argument
 *     Within: {relation: part_of}   a relation of that type
 *     Denial: {claim: denies}       a claim of that stance
 *     Comment: ignore
 */
#define MAPPING_LABEL_TABLE(X)                                                                     \
    X(MAPPING_EVENT, "event")                                                                      \
    X(MAPPING_ACTOR, "actor")                                                                      \
    X(MAPPING_PLACE, "place")                                                                      \
    X(MAPPING_DATE, "date")                                                                        \
    X(MAPPING_ROLE, "role")                                                                        \
    X(MAPPING_RELATION, "relation")                                                                \
    X(MAPPING_CLAIM, "claim")                                                                      \
    X(MAPPING_IGNORE, "ignore")

enum mapping_label {
#define X(value, word) value,
    MAPPING_LABEL_TABLE(X)
#undef X
        MAPPING_UNKNOWN /* the file says nothing of the label */
};

struct mapping_meaning {
    enum mapping_label label;
    str value; /* the type, kind, role, relation or stance; empty where none is said */
};

struct mapping {
    str name;                /* of the preset or file, for messages */
    struct front_node *root; /* NULL for the empty mapping */
    struct table_map *table; /* read/table_map.h; NULL without a table */
};

/* name: of a preset, or a path. NULL: *e or problems say what is wrong; problems are at lines of
 * that file. */
struct mapping *mapping_read(const char *name, struct arena *a, struct problems *problems,
                             struct err *e);

/* The same for bytes at hand; name is for messages, borrowed. */
struct mapping *mapping_parse(str name, str bytes, struct arena *a, struct problems *problems);

/* What a label means; map may be NULL. Labels are compared exactly. */
struct mapping_meaning mapping_label(const struct mapping *map, str label);

/*
 * Writes the members of the source under way: what the mapping gives for it, and for what it does
 * not give the reader's own finding. found: pairs of a key and a value, ending in a NULL key;
 * findings that are empty are left out. id: the source's id where the mapping has none.
 */
struct mapping_finding {
    const char *key;
    str value;
};
void mapping_source(const struct mapping *map, struct jout *j, str id,
                    const struct mapping_finding *found);

/* The id that the mapping gives its source, else the other one; map may be NULL. */
str mapping_source_id(const struct mapping *map, str otherwise);

/*
 * Builds the types, roles and relation types that the mapping declares, and says whether it
 * declares one (BUILD_TYPE, BUILD_ROLE or BUILD_RELATION_TYPE). map may be NULL.
 */
void mapping_declare(const struct mapping *map, struct builder *b);
bool mapping_declares(const struct mapping *map, enum build_kind kind, str id);

/* The names of the presets, in their order. */
const char *const *mapping_presets(size_t *n);

#endif
