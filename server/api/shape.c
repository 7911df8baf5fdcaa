#include "api/shape.h"

#include "api/call.h"
#include "api/question.h"
#include "model/query.h"
#include "store/store.h"

static const char *sorts(size_t i)
{
    return i <= SORT_TITLE ? question_sort_name((enum query_sort)i) : NULL;
}

static const char *parts(size_t i)
{
    return i < QUESTION_PARTS ? question_part_name((enum event_part)i) : NULL;
}

#define WORDS(list)                                                                                \
    {                                                                                              \
        .kind = SHAPE_WORD, .words = (list)                                                        \
    }
#define NUMBER(from, to)                                                                           \
    {                                                                                              \
        .kind = SHAPE_NUMBER, .least = (from), .most = (to)                                        \
    }
#define TEXT                                                                                       \
    {                                                                                              \
        .kind = SHAPE_TEXT                                                                         \
    }
#define FLAG                                                                                       \
    {                                                                                              \
        .kind = SHAPE_FLAG                                                                         \
    }

static const struct shape shapes[PARAMETERS] = {
    [PARAM_DATE] = TEXT,
    [PARAM_WHEN] = WORDS(words_when),
    [PARAM_CERTAINTY] = WORDS(words_certainty),
    [PARAM_UNDATED] = WORDS(words_undated),
    [PARAM_ACTOR] = TEXT,
    [PARAM_ROLE] = TEXT,
    [PARAM_MEMBERS] = FLAG,
    [PARAM_PLACE] = TEXT,
    [PARAM_BBOX] = TEXT,
    [PARAM_NEAR] = TEXT,
    [PARAM_TYPE] = TEXT,
    [PARAM_TAG] = TEXT,
    [PARAM_SOURCE] = TEXT,
    [PARAM_ID] = TEXT,
    [PARAM_PRECISION] = WORDS(words_precision),
    [PARAM_RELATED_TO] = TEXT,
    [PARAM_RELATION] = TEXT,
    [PARAM_DISPUTED] = FLAG,
    [PARAM_CLAIMED_BY] = TEXT,
    [PARAM_STANCE] = WORDS(words_stance),
    [PARAM_Q] = TEXT,
    [PARAM_POLICY] = TEXT,
    [PARAM_KNOWN_AT] = TEXT,
    [PARAM_AS_OF] = TEXT,
    [PARAM_SORT] = WORDS(sorts),
    [PARAM_LIMIT] = NUMBER(1, QUERY_LARGEST_LIMIT),
    [PARAM_CURSOR] = TEXT,
    [PARAM_COUNT] = FLAG,
    [PARAM_FIELDS] = TEXT,
    [PARAM_INCLUDE] = WORDS(parts),
    [PARAM_LANG] = TEXT,
    [PARAM_PRETTY] = FLAG,
    [PARAM_EXPLAIN] = FLAG,
    [PARAM_FORMAT] = TEXT,
    [PARAM_SHAPE] = WORDS(words_shape),
    [PARAM_WIDTH] = NUMBER(CALL_LEAST_COLUMNS, CALL_MOST_PIXELS),
    [PARAM_LANES] = WORDS(words_lanes),
    [PARAM_BY] = WORDS(words_buckets),
    [PARAM_BINS] = NUMBER(1, HISTOGRAM_MOST_BUCKETS),
    [PARAM_SPLIT] = WORDS(words_split),
    [PARAM_DEPTH] = NUMBER(1, GRAPH_DEEPEST),
    [PARAM_SINCE] = NUMBER(0, INT64_MAX),
    [PARAM_PROPERTY] = WORDS(words_property),
    [PARAM_FINGERPRINT] = TEXT,
    [PARAM_UNTIL] = TEXT,
    [PARAM_FROM] = TEXT,
    [PARAM_TO] = TEXT,
    [PARAM_SELECTED] = TEXT,
    [PARAM_LABEL] = TEXT,
    [PARAM_URL] = TEXT,
    [PARAM_MAXWIDTH] = NUMBER(1, QUESTION_LARGEST_FRAME),
    [PARAM_MAXHEIGHT] = NUMBER(1, QUESTION_LARGEST_FRAME),
    [PARAM_DRY_RUN] = FLAG,
    [PARAM_KEEP_GOING] = FLAG,
    [PARAM_MESSAGE] = TEXT,
};

struct shape shape_of(enum parameter p, const struct route *route)
{
    struct shape s = shapes[p];
    if (p == PARAM_BY && str_ends(str_from(route->path), STR("/facets")))
        s.words = words_facet;
    if (p == PARAM_LIMIT && route->most_rows > 0)
        s.most = route->most_rows;
    if (p == PARAM_LIMIT && route->unlimited)
        s.or_all = true;
    return s;
}
