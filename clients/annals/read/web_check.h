/*
 * web_check: what the Web Annotation Data Model (W3C Recommendation, 23 February 2017) demands of
 * an annotation, as far as a file shows it.
 */
#ifndef ANNALS_CLIENT_READ_WEB_CHECK_H
#define ANNALS_CLIENT_READ_WEB_CHECK_H

#include "annals/read/web.h"

/* Whether a value of @context names the model's own context. */
bool web_check_context(struct web *w, str context);

/* Adds a problem for each rule that an annotation, its bodies and its targets break. */
void web_check_annotation(struct web *w, str annotation);

#endif
