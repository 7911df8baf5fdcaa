/* example: ids of this very store, so that what the documentation shows can be asked. */
#ifndef ANNALS_API_EXAMPLE_H
#define ANNALS_API_EXAMPLE_H

#include <stdbool.h>

#include "api/parameter.h"
#include "api/route.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/store.h"

/* Each is empty where the store has none. */
struct example_ids {
    str event;
    str items[ITEM_KINDS];
    str changeset;
    str year; /* in which the event begins, for date= */
    str word; /* of its title, for q= */
    str tag, role;
};

/* From an event that has much to ask about, and the first of each kind of thing. */
bool example_find(struct store_reader *r, int64_t version, struct arena *a, struct example_ids *out,
                  struct err *e);

/* What stands for {…} in the path of a route; empty where there is nothing or no example. */
str example_of_path(const struct route *route, const struct example_ids *ids);

/* A value of a parameter at a route; empty where none can be given. */
str example_of_parameter(const struct route *route, enum parameter p,
                         const struct example_ids *ids);

/* A value of a filter of store_item_terms(kind). */
str example_of_term(enum item_kind kind, const char *term, const struct example_ids *ids);

#endif
