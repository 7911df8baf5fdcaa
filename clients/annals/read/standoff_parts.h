/*
 * standoff_parts: what mentions mean together: which of them are one thing, and what an event or
 * claim takes from its links. For standoff_write alone.
 */
#ifndef ANNALS_CLIENT_READ_STANDOFF_PARTS_H
#define ANNALS_CLIENT_READ_STANDOFF_PARTS_H

#include "annals/read/standoff.h"
#include "model/document.h"
#include "model/vocabulary.h"

/* What an event takes from its links, gathered before it is written. */
struct standoff_parts {
    struct participant *participants;
    size_t participant_count, participant_room;
    str *places;
    size_t place_count, place_room;
    struct mention **said; /* whose words say it */
    size_t said_count, said_room;
    str date, speaker;
    bool dates_differ;
    str *about; /* of a claim */
    size_t about_count, about_room;
};

/* Whether something is met for the first time; what it is, is words that tell it from all else. */
bool standoff_is_new(struct standoff *s, str key);

/* The id of a word of a vocabulary, declared here if it does not ship. label: the scheme's. */
str standoff_declare(struct standoff *s, enum build_kind kind, enum vocabulary v, str word,
                     str label);

/* What a link's label means: as written, else without the number at its end. */
struct mapping_meaning standoff_link_meaning(const struct standoff *s,
                                             const struct standoff_link *l);

/* Tells that a link is left out; why goes on after "the link X,". */
void standoff_left_out(struct standoff *s, const struct standoff_link *l, const char *why);

/*
 * Actors and places of one label are the same thing where they share an identifier, or are called
 * by exactly the same words and no identifier contradicts. Hangs each on the first.
 */
void standoff_join(struct standoff *s);

/* What an event or claim takes from its links; relations to other events are written. number:
 * another one for each mention, from 1. */
struct standoff_parts standoff_gather(struct standoff *s, const struct mention *m, size_t number);

#endif
