/* events: one page of the answer to a question about events, for whoever sends it. */
#ifndef ANNALS_API_EVENTS_H
#define ANNALS_API_EVENTS_H

#include "api/call.h"
#include "render/page.h"

/* A page of documents is cut short here, bytes; the next one goes on. */
#define EVENTS_LARGEST_PAGE ((size_t)4 * 1024 * 1024)

struct events_found {
    struct page page;   /* without next, query and links */
    bool more;          /* events follow */
    struct cursor next; /* then: where they begin; its id is the page's */
};

/*
 * The page of x->question.query that begins where x->cursor says, at x->version: at most
 * query.limit rows, and at most about `largest` bytes of documents, but one row at least.
 * False with problems or x->err set.
 */
bool events_find(struct call *x, size_t largest, struct events_found *out);

/* Whether the store can answer the question at x->version; else problems or x->err say why not. */
bool events_known(struct call *x);

/* The first page for people: all events from the earliest, and what is here. */
struct landing;
bool events_first(struct call *x, const struct landing *landing);

#endif
