/*
 * memory: what is looked up of things again and again while many events of one version are
 * projected: what is above places and types, and what actors and places are called.
 */
#ifndef ANNALS_STORE_MEMORY_H
#define ANNALS_STORE_MEMORY_H

#include "base/strmap.h"
#include "store/project.h"

/* What an actor, a place or a role is shown with. */
struct label {
    str id;
    str name; /* the id where nobody names it */
    bool has_point;
    double lat, lon;
};

void memory_init(struct memory *m, struct arena *a);

/* Starts from memory_init; holds for one version and lives in the arena. */
struct memory {
    struct arena *arena;
    struct strmap above_at, names_at; /* keys as bytes to indexes of: */
    struct ancestors *above;
    size_t above_count, above_room;
    str *names;
    size_t names_count, names_room;
    struct strmap label_at; /* to indexes of: */
    struct label *labels;
    size_t label_count, label_room;
};

/* As project_above and project_names; m may be NULL, and nothing is remembered then. */
bool memory_above(const struct at *at, struct memory *m, enum thing t, int64_t key,
                  struct ancestors *out);
bool memory_names(const struct at *at, struct memory *m, enum thing t, int64_t key, str *folded);
bool memory_label(const struct at *at, struct memory *m, enum thing t, int64_t key,
                  struct label *out);

#endif
