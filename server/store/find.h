/* find: what the orders of a page of events share. */
#ifndef ANNALS_STORE_FIND_H
#define ANNALS_STORE_FIND_H

#include "store/walk.h"

struct finding {
    struct store_reader *r;
    const struct query *q;
    const struct found_filters *found;
    struct arena *a;
    struct event_page *page;
    size_t room; /* of page->rows */
};

/* Puts an event on the page; where the page is full, page->more is set instead. */
bool find_show(struct finding *f, const struct walk_hit *hit, struct err *e);

/* A page by title or by the time of the last change. */
bool find_sorted(struct finding *f, struct err *e);

/* A page of what a text finds, the best first. query.after.number is the count of rows given. */
bool find_relevant(struct finding *f, struct err *e);

#endif
