/*
 * question: what an address asks for, typed: its arguments, each understood and found good.
 * A struct question has room for every parameter; which of them may be given is the route's.
 */
#ifndef ANNALS_API_QUESTION_H
#define ANNALS_API_QUESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/argument.h"
#include "model/query.h"
#include "store/store.h"

#define QUESTION_LIMIT 100            /* rows, unless asked otherwise */
#define QUESTION_LONGEST_MESSAGE 1000 /* bytes */

enum question_as_of { AS_OF_NEWEST, AS_OF_VERSION, AS_OF_INSTANT };

struct question {
    struct query query; /* without after and version; limit and count are of every list */
    struct item_filter *terms;
    size_t term_count;

    enum question_as_of as_of;
    int64_t as_of_number; /* a version, or microseconds since 1970 UTC */
    str as_of_text;
    str cursor;       /* as given; empty without */
    str format;       /* as given; empty without */
    unsigned include; /* set of 1 << PART_… */
    struct strs fields;
    bool pretty;
    bool array;
    bool dry_run;
    str message;
};

/*
 * Understands the arguments. What is wrong goes to `problems`, what is not built yet to `later`.
 */
void question_read(const struct arguments *arguments, struct arena *a, struct problems *problems,
                   struct problems *later, struct question *out);

/* "accounts", as include= names it. */
const char *question_part_name(enum event_part part);
#define QUESTION_PARTS 4

/* "-date", as sort= names it. */
const char *question_sort_name(enum query_sort sort);

#endif
