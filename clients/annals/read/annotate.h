/*
 * annotate: the links of a text become annotations of the things that the front matter declares:
 * [words](event:farrukh#date,places) are evidence of the event farrukh, for its date and places.
 */
#ifndef ANNALS_CLIENT_ANNOTATE_H
#define ANNALS_CLIENT_ANNOTATE_H

#include "annals/read/front.h"
#include "annals/read/plain.h"
#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"

/* A piece of evidence to be. */
struct annotation {
    const struct plain_link *link;
    str supports; /* "date,places", as written after "#"; p is NULL without one */
    struct annotation *next;
};

/*
 * Sets the mark of each thing's mapping in the tree to its first annotation, in the order of the
 * text. Links to what is not declared, and links that only look like annotations, are problems;
 * other links are left alone.
 */
void annotate_links(struct front_node *root, const struct plain *plain, struct arena *a,
                    struct problems *problems);

#endif
