/* names: what the things of the store are called, and questions said with those names. */
#ifndef ANNALS_API_NAMES_H
#define ANNALS_API_NAMES_H

#include "api/call.h"
#include "api/describe.h"
#include "base/str.h"

/* Finds names for the functions of describe.h, at the version that the call is about. */
struct describe_names names_of(struct call *x);

/*
 * The member "query" of an answer: describe_write_json, with "explain" in it where that was asked
 * for (explain.h); kept in the call's arena.
 */
str names_query(struct call *x);

/* The question as a sentence, kept in the call's arena. */
str names_sentence(struct call *x);

/* The same with a capital at its beginning, if that is a letter of ASCII. */
str names_title(struct call *x);

/* How the question reads the accounts of events: empty for the plain reading (describe_reading). */
str names_reading(struct call *x);

/* The text of a JSON string value, escapes undone; empty for any other value. */
str names_text(str json, struct arena *a);

#endif
