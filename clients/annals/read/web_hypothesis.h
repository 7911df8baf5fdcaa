/*
 * web_hypothesis: annotations as the service Hypothesis gives them out by its interface and as its
 * exports hold them (https://h.readthedocs.io/en/latest/api-reference/): targets are those of the
 * model of the W3C, words and tags stand beside them, and nothing says what it is.
 */
#ifndef ANNALS_CLIENT_READ_WEB_HYPOTHESIS_H
#define ANNALS_CLIENT_READ_WEB_HYPOTHESIS_H

#include "annals/read/web_body.h"

/* Whether an object is such an annotation. */
bool web_hypothesis_is(str object);

/* The list of annotations in an answer of the interface, or an export; empty in other objects. */
str web_hypothesis_list(str object);

/* Reads the words of an annotation as a comment and its tags as labels. */
void web_hypothesis_read(struct web *w, str annotation, struct mention *m, struct web_bodies *out);

/* What is wrong with one becomes problems. */
void web_hypothesis_check(struct web *w, str annotation);

/* The title of the page that is annotated; empty where nothing says it. */
str web_hypothesis_title(struct web *w, str annotation);

#endif
