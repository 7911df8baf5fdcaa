/* argument: the query of an address, taken apart and held against the table of parameters. */
#ifndef ANNALS_API_ARGUMENT_H
#define ANNALS_API_ARGUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "api/parameter.h"
#include "api/route.h"
#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"
#include "model/document.h"

#define ARGUMENT_MOST 64

struct argument {
    enum parameter which; /* PARAM_TERM for a filter of store_item_terms */
    str name;             /* as asked: "actor__not" */
    str term;             /* without "__not" */
    bool negate;
    str text;           /* decoded; "true" for a flag that stands alone */
    struct strs values; /* the text at its commas; one value for what is not a list */
};

struct arguments {
    const struct route *route; /* that takes them */
    struct argument *items;
    size_t n;
};

/*
 * Reads `query`, percent-encoded, without its "?". What is wrong goes to `problems` and is not
 * among the arguments.
 */
void argument_read(str query, const struct route *route, struct arena *a, struct problems *problems,
                   struct arguments *out);

#endif
