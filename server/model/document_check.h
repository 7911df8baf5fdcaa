/*
 * document_check: what must hold between the parts of a document. Inside the model alone. Values
 * that were refused before are passed over.
 */
#ifndef ANNALS_MODEL_DOCUMENT_CHECK_H
#define ANNALS_MODEL_DOCUMENT_CHECK_H

#include "model/document.h"
#include "model/document_problem.h"

/* document_check.c: nothing is there twice, and nothing is related to itself. */
void document_check_repeats(struct reading *r, const struct document *d);

/* document_circle.c: no term is its own ancestor, and no place or actor part of itself. */
void document_circle_check(struct reading *r, const struct document *d);

/*
 * document_text.c: the source's text against its digest and length (and completes these), every
 * piece of evidence against the text (and completes its words or digest), as document.h says.
 */
void document_text_check(struct reading *r, struct document *d);

#endif
