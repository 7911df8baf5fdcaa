/*
 * document_value: single values of a document: strings of a form, words of a vocabulary, dates and
 * numbers. Each adds a problem when the value is refused. Inside the model alone.
 *
 * What was given and refused differs from what was not given: a str that is empty with p set, an
 * int64_t that is DOCUMENT_VALUE_REFUSED. Neither is left in a document that is handed out.
 */
#ifndef ANNALS_MODEL_DOCUMENT_VALUE_H
#define ANNALS_MODEL_DOCUMENT_VALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "model/document.h"
#include "model/document_problem.h"
#include "model/document_shape.h"

#define DOCUMENT_VALUE_REFUSED INT64_MIN

static inline bool document_value_refused(str s)
{
    return s.p != NULL && s.n == 0;
}

bool document_value_string(struct reading *r, enum document_form form, json_t *json,
                           const struct step *at, str *out);

/* Answers the number of the word in its vocabulary, or -1. */
int document_value_word(struct reading *r, enum vocabulary v, json_t *json, const struct step *at,
                        str *out);

/* Refuses *text unless it is a key of owner, the shape that the evidence hangs on. */
void document_value_property(struct reading *r, const struct shape *owner, str *text,
                             const struct step *at);

void document_value_date(struct reading *r, json_t *json, const struct step *at, struct dated *out);

void document_value_constant(struct reading *r, const struct field *f, json_t *json,
                             const struct step *at);
void document_value_integer(struct reading *r, const struct field *f, json_t *json,
                            const struct step *at, int64_t *out);
void document_value_number(struct reading *r, const struct field *f, json_t *json,
                           const struct step *at, double *out);

#endif
