/*
 * document_check: what must hold between the parts of a document. Inside the model alone. Values
 * that were refused before are passed over.
 */
#ifndef ANNALS_MODEL_DOCUMENT_CHECK_H
#define ANNALS_MODEL_DOCUMENT_CHECK_H

#include "model/document.h"
#include "model/document_problem.h"
#include "model/text_index.h"

/* document_check.c: nothing is there twice, and nothing is related to itself. */
void document_check_repeats(struct reading *r, const struct document *d);

/* document_circle.c: no term is its own ancestor, and no place or actor part of itself. */
void document_circle_check(struct reading *r, const struct document *d);

/*
 * document_text.c: the source's text against its digest and length (and completes these), every
 * piece of evidence against the text (and completes its words or digest), as document.h says.
 */
void document_text_check(struct reading *r, struct document *d);

/* Whether and how far positions can be checked. */
enum document_footing {
    DOCUMENT_NO_TEXT,      /* the source has neither text nor digest and length */
    DOCUMENT_LENGTH_ALONE, /* digest and length: positions have an end, words have a digest */
    DOCUMENT_WHOLE_TEXT,
    DOCUMENT_UNSOUND /* what the source says of its text was refused or is contradictory */
};

/* A source's text, made ready once for the evidence of many parts. */
struct document_text {
    enum document_footing footing;
    struct text_index index;
};

/* The two halves of document_text_check. The text and its index live as long as *out is used. */
void document_text_begin(struct reading *r, struct document_source *s, struct document_text *out);
void document_text_evidence(struct reading *r, const struct document_text *text,
                            struct document *d);

#endif
