/*
 * jvalue: values of finished JSON, as their text: documents of the store and what was spliced into
 * them, which are well-formed. They are borrowed from the text, never copied.
 */
#ifndef ANNALS_BASE_JVALUE_H
#define ANNALS_BASE_JVALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

/* A member of an object; empty where there is none of that name. */
str jvalue_member(str object, const char *name);

/* Whether the value says something: not absent, null, "", [] or {}. */
bool jvalue_says(str value);

bool jvalue_is_text(str value);

/* Elements of an array; 0 for anything else. */
size_t jvalue_count(str array);

/* The characters of a JSON string, escapes undone, U+FFFD for NUL and half surrogates. Any other
 * value as it stands; null is nothing. */
void jvalue_decode(struct buf *out, str value);

/* Whether a JSON string is this word. */
bool jvalue_is(str value, const char *word);

#endif
