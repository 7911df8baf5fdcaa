/*
 * vocabulary: the words that ship with Annals, all of them in one table: PLOVER's types of events,
 * roles of participants, types of relations, kinds of actors, stances of claims and the access to
 * a text.
 */
#ifndef ANNALS_MODEL_VOCABULARY_H
#define ANNALS_MODEL_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum vocabulary {
    VOCABULARY_TYPE,          /* of events */
    VOCABULARY_ROLE,          /* of participants */
    VOCABULARY_RELATION_TYPE, /* between events */
    VOCABULARY_ACTOR_KIND,    /* closed: a document cannot declare more */
    VOCABULARY_STANCE,        /* closed */
    VOCABULARY_TEXT_ACCESS    /* closed: "public", then "withheld" */
};

struct term {
    const char *id;
    const char *label;
    const char *description;
};

/* The shipped terms of one vocabulary, in the order in which the documentation lists them. */
const struct term *vocabulary_terms(enum vocabulary v, size_t *n);

bool vocabulary_has(enum vocabulary v, str id);

/* The term of that id, or NULL. */
const struct term *vocabulary_find(enum vocabulary v, str id);

/* "event type", "role" …, for messages. */
const char *vocabulary_name(enum vocabulary v);

#endif
