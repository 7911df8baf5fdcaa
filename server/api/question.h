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
#include "render/page.h"
#include "store/store.h"

#define QUESTION_LIMIT 100            /* rows, unless asked otherwise */
#define QUESTION_LONGEST_MESSAGE 1000 /* bytes */
#define QUESTION_LARGEST_WIDTH 4000   /* of a drawing, in whatever it is counted */
#define QUESTION_LONGEST_LABEL 300    /* bytes */
#define QUESTION_LARGEST_FRAME 100000 /* pixels */

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
    struct strs lang; /* languages of names, the dearest first; none for the names as stored */
    bool limit_given;
    bool all;     /* limit=all: every row, streamed; query.limit then is that of a piece */
    bool explain; /* show what each filter was understood as */
    bool listed;  /* the answer lists events: sort and limit mean something */
    bool pretty;
    bool array;

    int width;             /* of a drawing: columns of txt, pixels of svg; 0 for the format's own */
    enum page_lanes lanes; /* of a drawing */
    bool lanes_given;
    struct histogram_ask histogram; /* by, bins and split: by year and unsplit unless given */
    bool histogram_given;           /* by= or bins= was */
    unsigned facets;                /* set of 1 << FACET_…: by=, or all of them */
    int depth;                      /* of a graph: steps, 1 to GRAPH_DEEPEST */
    int64_t since;                  /* of the change feed: versions after this one */
    bool since_given;

    unsigned properties; /* set of EVENT_DISPUTED_…: property=; 0 for all of them */
    bool fingerprint_given;
    unsigned char fingerprint[32]; /* SHA-256 of a citation */
    enum question_as_of until;     /* as as_of */
    int64_t until_number;
    str until_text;

    struct dated from, to; /* the window of an embed; text.p is NULL where it is not given */
    str selected;          /* the id of the event that is selected in it */
    str label;             /* what it is called */
    str url;               /* of the page that is to be embedded */
    int64_t most_width;    /* of its frame, in pixels */
    int64_t most_height;

    bool dry_run;
    bool keep_going;
    str message;
};

/* Understands the arguments. What is wrong goes to `problems`. */
void question_read(const struct arguments *arguments, struct arena *a, struct problems *problems,
                   struct question *out);

/* "accounts", as include= names it. */
const char *question_part_name(enum event_part part);
#define QUESTION_PARTS 4

/* "-date", as sort= names it. */
const char *question_sort_name(enum query_sort sort);

#endif
