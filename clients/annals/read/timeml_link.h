/*
 * timeml_link: what the links of TimeML say: when events were, by the dated expressions that they
 * are tied to, and how events stand to each other. Inside the reader of TimeML alone.
 */
#ifndef ANNALS_CLIENT_READ_TIMELINK_H
#define ANNALS_CLIENT_READ_TIMELINK_H

#include "annals/read/timeml_parts.h"

/* Sets what the links to times say of each event that is kept, and its date. */
void timeml_link_dates(struct timeml_parts *p);

/* Calls take for each relation between two events that are kept, each relation once. */
struct timeml_relation {
    const struct timeml_event *from, *to;
    str type; /* a relation type of Annals */
    const struct xml_node *node;
};
void timeml_link_relations(struct timeml_parts *p,
                           void (*take)(void *context, const struct timeml_relation *r),
                           void *context);

#endif
