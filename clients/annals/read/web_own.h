/*
 * web_own: the annotations that Annals itself gives out (/v1/sources/{id}/annotations): their
 * bodies name events and the properties that the words support.
 */
#ifndef ANNALS_CLIENT_READ_WEB_OWN_H
#define ANNALS_CLIENT_READ_WEB_OWN_H

#include "annals/read/web_target.h"

/* The words of one annotation, as evidence of one event. */
struct web_own_evidence {
    const struct web_targets *targets;
    struct standoff_word *supports, *last;
    struct web_own_evidence *next;
};

struct web_own_event {
    str id;
    str value; /* the body that names it first */
    struct web_own_evidence *evidence, *last;
};

struct web_own {
    struct web *w;
    struct strmap by_id; /* ids to numbers in events */
    struct web_own_event **events;
    size_t n, room;
};

/* Whether a @context says that the annotations are such. */
bool web_own_is(struct web *w, str context);

void web_own_init(struct web_own *own, struct web *w);

/* Takes the bodies of an annotation; targets must last. */
void web_own_read(struct web_own *own, str annotation, const struct web_targets *targets);

/* Writes the events with their evidence, after the source. */
void web_own_write(const struct web_own *own);

#endif
