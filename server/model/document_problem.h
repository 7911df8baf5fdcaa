/*
 * document_problem: where in a document something is wrong, and how that is said. Inside the model
 * alone.
 */
#ifndef ANNALS_MODEL_DOCUMENT_PROBLEM_H
#define ANNALS_MODEL_DOCUMENT_PROBLEM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "base/problem.h"
#include "base/str.h"

/* What every step of a decoding needs. */
struct reading {
    struct arena *arena;
    struct problems *problems;
};

/* One step of a JSON pointer; the whole of it is the chain up to NULL, the document. */
struct step {
    const struct step *up;
    const char *key; /* of an object; NULL for an element of an array */
    size_t index;
};

/* Adds a problem at a place; value is what stood there, or empty. */
struct problem *document_problem(struct reading *r, const struct step *at, str value,
                                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The same with a hint; nothing stood there, or nothing that need be shown. */
void document_problem_hinted(struct reading *r, const struct step *at, const char *hint,
                             const char *what);

/* Adds that a value of another type is needed: "a string", "an array" … */
void document_problem_type(struct reading *r, json_t *json, const char *needed,
                           const struct step *at);

/*
 * The words among which somebody chose one. Start with the word that was given, offer each that
 * would be right, and end with the problem: its hint becomes the nearest, or all of them.
 */
struct choice {
    struct nearest near;
    struct buf all;
};
void document_problem_choose(struct choice *c, str word);
void document_problem_choice(struct choice *c, const char *word);
void document_problem_chosen(struct reading *r, struct choice *c, struct problem *p);

/* A value as it stood in the document, for a problem; nothing for arrays and objects. */
str document_problem_value(struct reading *r, json_t *json);

/* Whether so much is wrong that looking further helps nobody. */
bool document_problem_enough(const struct reading *r);

#endif
