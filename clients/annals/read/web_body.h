/*
 * web_body: what the bodies of a Web Annotation say of its target: tags and classes, which are the
 * labels that a mapping explains; addresses that identify; descriptions and comments.
 */
#ifndef ANNALS_CLIENT_READ_WEB_BODY_H
#define ANNALS_CLIENT_READ_WEB_BODY_H

#include "annals/read/web.h"

/*
 * X(purpose or motivation, what a body of it is: l a label, i an identifier, d words that describe,
 * c words beside it, k the name of a link; every other purpose says nothing that a source holds)
 */
#define WEB_PURPOSE_TABLE(X)                                                                       \
    X("tagging", 'l')                                                                              \
    X("classifying", 'l')                                                                          \
    X("identifying", 'i')                                                                          \
    X("describing", 'd')                                                                           \
    X("commenting", 'c')                                                                           \
    X("replying", 'c')                                                                             \
    X("linking", 'k')

struct web_bodies {
    struct standoff_word *labels, *last_label; /* as tags and classes give them */
    bool is_described; /* by a label, an identifier or a description, not by comments alone */
    bool is_link;      /* the annotation links its targets */
};

/* Adds a label, which describes what it hangs on; an empty one is none. */
void web_body_label(struct web *w, struct web_bodies *out, str label);

/* Reads the bodies of an annotation: labels go to *out, the rest to the mention. */
void web_body_read(struct web *w, str annotation, struct mention *m, struct web_bodies *out);

#endif
