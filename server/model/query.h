/*
 * query: a question about events, typed. The API fills it from parameters, the store answers it,
 * and nothing in between sees text. Filters must all hold; within one filter any value will do.
 */
#ifndef ANNALS_MODEL_QUERY_H
#define ANNALS_MODEL_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/document.h"
#include "model/match.h"
#include "model/period.h"
#include "model/reading.h"

#define QUERY_MOST_FILTERS 64
#define QUERY_MOST_VALUES 256 /* in one filter */
#define QUERY_LARGEST_LIMIT 1000

/* X(value, parameter): what a filter is about */
#define FILTER_TABLE(X)                                                                            \
    X(FILTER_ACTOR, "actor")                                                                       \
    X(FILTER_PLACE, "place")                                                                       \
    X(FILTER_TYPE, "type")                                                                         \
    X(FILTER_TAG, "tag")                                                                           \
    X(FILTER_SOURCE, "source")                                                                     \
    X(FILTER_ID, "id")                                                                             \
    X(FILTER_PRECISION, "precision")                                                               \
    X(FILTER_RELATED_TO, "related_to")                                                             \
    X(FILTER_CLAIMED_BY, "claimed_by")

enum filter_kind {
#define X(value, parameter) value,
    FILTER_TABLE(X)
#undef X
        FILTER_KINDS
};

struct filter {
    enum filter_kind kind;
    bool negate;        /* none of the values */
    struct strs values; /* ids, "scheme:value" for actors and places, words for the others */
    str parameter;      /* as the asker named it, for problems: "actor__not" */
};

/* Whether events without a date are wanted: by default those of a question without a date. */
enum query_undated { UNDATED_DEFAULT, UNDATED_EXCLUDE, UNDATED_INCLUDE, UNDATED_ONLY };

/* What must be so, must not be so, or is not asked. */
enum query_whether { WHETHER_ANY, WHETHER_YES, WHETHER_NO };

/* An area on the earth, degrees. A box whose west is greater than its east crosses 180°. */
struct query_area {
    bool is_circle;
    double south, west, north, east; /* of a box */
    double lat, lon, km;             /* of a circle */
    str parameter;                   /* as the asker named it: "bbox", "near" */
};
#define QUERY_MOST_AREAS 16

enum query_sort { SORT_DATE, SORT_DATE_DESC, SORT_RELEVANCE, SORT_UPDATED, SORT_TITLE };

/* Where the last page ended: the sort key of its last row. */
struct query_after {
    bool given;
    int64_t number; /* earliest, or updated; for relevance the count of rows already given */
    str text;       /* title */
    bool undated;   /* the last row was an undated one */
    str id;
};

struct query {
    struct dated date;    /* as asked; date.text.p is NULL without one */
    enum match_when when; /* of the date, ready in: */
    struct match match;
    bool certain; /* only what is certain to match */
    enum query_undated undated;
    struct filter *filters;
    size_t filter_count;
    struct strs roles;         /* of the same participation as each actor filter; empty for any */
    struct strs roles_not;     /* none of these in that participation */
    bool members;              /* members of an organisation count as it */
    struct strs relations;     /* types of the same relation as each related_to filter; or, without
                                  one, of some relation to or from the event; empty for any */
    struct strs relations_not; /* none of these in that relation */
    struct strs stances;       /* likewise, of the claim of each claimed_by filter */
    struct strs stances_not;
    struct query_area *areas; /* in each of which one of the event's places lies */
    size_t area_count;
    enum query_whether disputed;
    str text; /* full text as asked; empty for none */
    enum query_sort sort;
    int64_t limit; /* rows, 1 to QUERY_LARGEST_LIMIT */
    bool count;    /* set `matched` */
    struct query_after after;
    bool bare;       /* rows need no columns but id, bounds, version, updated and document */
    int64_t version; /* the version asked about */
    struct reading reading;
};

#endif
