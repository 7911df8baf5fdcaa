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

/*
 * Fills the list of *d that `list` names with the one item that json is. key: what stands before
 * the item's own keys in pointers ("event").
 */
void document_read_item(struct reading *r, const char *list, const char *key, json_t *json,
                        struct document *d);

/* document.c: the value, or NULL with problems of its size and syntax. To be given back. */
json_t *document_parse(str json, struct problems *problems);

#endif
