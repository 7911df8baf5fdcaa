/*
 * document_read: fills the structs of a document from parsed JSON by the tables of document_shape,
 * and says what is wrong and where. Inside the model alone.
 */
#ifndef ANNALS_MODEL_DOCUMENT_READ_H
#define ANNALS_MODEL_DOCUMENT_READ_H

#include <jansson.h>

#include "model/document.h"
#include "model/document_problem.h"

/* Fills *d, which is zeroed, from the parsed document. */
void document_read(struct reading *r, json_t *json, struct document *d);

#endif
