/*
 * html_json: finished JSON, read a member at a time and shown as HTML. Documents of the store and
 * what was spliced into them are well-formed; how deep they nest is capped here all the same.
 */
#ifndef ANNALS_RENDER_HTML_JSON_H
#define ANNALS_RENDER_HTML_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "render/page.h"

/* Lists of more elements are cut off here and say how many are left out. */
#define HTML_JSON_MOST 500

/* A member of an object; empty where there is none of that name. */
str html_json_member(str object, const char *name);

/* A member of an item: what was spliced in, else its own; empty also where fields= hides it. */
str html_json_of(const struct page *page, const struct page_item *item, const char *name);

/* Whether the value says something: not absent, null, "", [] or {}. */
bool html_json_says(str value);

bool html_json_is_text(str value);
size_t html_json_count(str array);

/* The characters of a JSON string, escapes undone, as they are: not fit for a page. */
void html_json_decode(struct buf *out, str value);

/* A string, number or word as escaped text; null and nothing write nothing. */
void html_json_text(struct buf *out, str value);
void html_json_put(struct buf *out, const char *before, str value, const char *after);

/* Whether a JSON string is this word. */
bool html_json_is(str value, const char *word);

#endif
