/*
 * web: what the readers of W3C Web Annotation have in common: values of the JSON as they stand in
 * the file, and their places. Values are strs that lie in the bytes of the file, never copied.
 */
#ifndef ANNALS_CLIENT_READ_WEB_H
#define ANNALS_CLIENT_READ_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/read/reader.h"
#include "annals/read/standoff.h"

#define WEB_DEEPEST 32                     /* brackets within brackets */
#define WEB_MOST ((size_t)4 * 1000 * 1000) /* keys and values */

/* A byte of the file whose place is known. */
struct web_spot {
    size_t at;
    int64_t line, column;
};

struct web {
    const struct reading_ask *ask;
    struct standoff s;
    struct web_spot now, base; /* so that places in the order of the file are cheap */
};

/* Checks that the bytes are JSON within the limits; else problems, and false. */
bool web_parse(struct web *w);

/* Line and column of a value of the file. */
void web_place(struct web *w, str value, int64_t *line, int64_t *column);

/* What is asked for next mostly lies within this value. */
void web_within(struct web *w, str value);

/* A problem at a value; answers it, for a hint. */
struct problem *web_problem(struct web *w, str value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Counts something that is left out, at a value. */
void web_left_out(struct web *w, str value, const char *why);

/* The characters of a string, in the arena; empty for every other value. */
str web_text(struct web *w, str value);

/* A member's text. */
str web_member(struct web *w, str object, const char *name);

bool web_is_object(str value);
bool web_is_array(str value);

/*
 * Steps through what may be one value or an array of them: begin with *at = 0 and *item empty.
 * An absent value has no items.
 */
bool web_each(str value, size_t *at, str *item);

/* Whether `type` is, or is among, the type or types of an object. */
bool web_has_type(struct web *w, str object, const char *type);

/* The address that a value names: a string, or an object's id. Empty without one. */
str web_address(struct web *w, str value);

#endif
