/*
 * scheme: the kinds of links that annotate, [words](event:farrukh#date), and the part of an
 * annotated source that each of them points into.
 */
#ifndef ANNALS_CLIENT_SCHEME_H
#define ANNALS_CLIENT_SCHEME_H

#include <stdbool.h>

#include "base/str.h"

/* X(value, scheme, section of the document) */
#define SCHEME_TABLE(X)                                                                            \
    X(SCHEME_EVENT, "event", "events")                                                             \
    X(SCHEME_ACTOR, "actor", "actors")                                                             \
    X(SCHEME_PLACE, "place", "places")                                                             \
    X(SCHEME_CLAIM, "claim", "claims")                                                             \
    X(SCHEME_RELATION, "relation", "relations")

enum scheme {
#define X(value, scheme, section) value,
    SCHEME_TABLE(X)
#undef X
        SCHEME_OTHER /* https:, mailto:, no scheme at all: an ordinary link */
};

/* The scheme of a link's address; *rest is what follows the colon. Case matters. */
enum scheme scheme_of(str url, str *rest);

/* The scheme that somebody probably meant with one that is none of ours, or the empty str. */
str scheme_nearest(str url);

const char *scheme_name(enum scheme s);
const char *scheme_section(enum scheme s);

#endif
