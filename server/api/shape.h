/* shape: what the values of a parameter look like, for the descriptions of the interface. */
#ifndef ANNALS_API_SHAPE_H
#define ANNALS_API_SHAPE_H

#include <stdint.h>

#include "api/parameter.h"
#include "api/route.h"
#include "api/words.h"

enum shape_kind {
    SHAPE_NONE, /* nobody has said: a parameter without a place in the table */
    SHAPE_TEXT,
    SHAPE_WORD, /* one of `words` */
    SHAPE_NUMBER,
    SHAPE_FLAG
};

struct shape {
    enum shape_kind kind;
    words_list *words;
    int64_t least, most; /* of a number */
    bool or_all;         /* of a number: the word "all" too */
};

/* The shape of a parameter at a route. */
struct shape shape_of(enum parameter p, const struct route *route);

#endif
