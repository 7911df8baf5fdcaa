/*
 * plan: what drives a walk. The time is always there; the links of one or a few things, full text,
 * or a list of candidates so short that all of them can be held are better where the query names
 * them.
 */
#ifndef ANNALS_STORE_PLAN_H
#define ANNALS_STORE_PLAN_H

#include "store/filter.h"

/* Candidates that are gathered and sorted rather than walked in order. */
#define PLAN_MOST_CANDIDATES 4096
/* Things whose links are walked side by side. */
#define PLAN_MOST_TARGETS 4

enum plan_drive {
    PLAN_TIME,    /* all events by date */
    PLAN_LINKS,   /* the events of up to PLAN_MOST_TARGETS things by date */
    PLAN_SEARCH,  /* what full text finds, by date */
    PLAN_TARGETS, /* few: the events of the things, in no order */
    PLAN_FOUND,   /* few: what full text finds, in no order */
    PLAN_IDS,     /* few: events named by their ids, in no order */
    /* Parts of PLAN_SEARCH in order: */
    PLAN_WORDS, /* the keys alone of what full text finds */
    PLAN_KEYS   /* the rows of some keys */
};

struct plan {
    enum plan_drive drive;
    size_t condition; /* of the found filters that drives, SIZE_MAX for PLAN_TIME */
    str list;         /* of PLAN_IDS a JSON array, of full text its expression */
};

/*
 * Words of full text for what the conditions want links to: " AND …", to be put behind an
 * expression. They narrow down; the conditions stay to be looked at.
 */
str plan_link_words(const struct found_filters *found, struct arena *a);

bool plan_make(struct store_reader *r, const struct found_filters *found, struct arena *a,
               struct plan *out, struct err *e);

#endif
