/*
 * timeml_parts: what stands in a TimeML file: its temporal expressions, events with their
 * instances, and links, each resolved to what it names. Inside the reader of TimeML alone.
 */
#ifndef ANNALS_CLIENT_READ_TIMEML_PARTS_H
#define ANNALS_CLIENT_READ_TIMEML_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "annals/read/leftover.h"
#include "annals/read/reader.h"
#include "annals/read/timex.h"
#include "annals/read/xml.h"
#include "base/strmap.h"

#define TIMEML_NONE ((size_t)-1)

/* A TIMEX3 or TIMEX2. */
struct timeml_time {
    const struct xml_node *node;
    str id;
    struct timex timex;
    bool creation; /* it dates the document and stands for nothing in its text */
    bool used;     /* an event takes its date from it */
};

/* An expression that gave an event its date. */
struct timeml_ground {
    const struct timeml_time *time;
    struct timeml_ground *next;
};

/* One happening: an instance of an EVENT, or an EVENT without instances. */
struct timeml_event {
    const struct xml_node *node;     /* EVENT */
    const struct xml_node *instance; /* MAKEINSTANCE, or the EVENT itself */
    str id;                          /* within the source: "e1", "e1-ei3" */
    bool negated, modal;
    bool kept;
    struct when within, starts, finishes;        /* by links to times */
    int64_t since, until;                        /* PERIOD_NO_START, PERIOD_NO_END */
    bool torn;                                   /* its links contradict each other */
    struct timeml_ground *grounds, *last_ground; /* in the order of the file */
    struct when when;                            /* what follows from all of these */
};

/* A TLINK whose two ends are known: each a time or an event, by number. */
struct timeml_link {
    const struct xml_node *node;
    str type;
    size_t time, event;             /* one of these is TIMEML_NONE */
    size_t other_time, other_event; /* what it is related to */
};

struct timeml_parts {
    const struct reading_ask *ask;
    struct leftover leftover;
    struct timeml_time *times;
    size_t time_count, time_room;
    struct timeml_event *events;
    size_t event_count, event_room;
    struct timeml_link *links;
    size_t link_count, link_room;
    size_t marked; /* EVENT elements */
    struct strmap time_ids, event_ids, instance_ids;
};

/* Whether an element is one in which files say when they were made. */
bool timeml_parts_dates(const struct xml_node *n);

/* Finds all of it. What has no sense as TimeML (an id given twice) becomes a problem, what cannot
 * be used a note. */
void timeml_parts_find(struct timeml_parts *p, const struct xml_node *root,
                       const struct reading_ask *ask);

#endif
