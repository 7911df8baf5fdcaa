/* html_json: finished JSON (base/jvalue.h) shown as HTML. */
#ifndef ANNALS_RENDER_HTML_JSON_H
#define ANNALS_RENDER_HTML_JSON_H

#include "base/buf.h"
#include "base/str.h"
#include "render/page.h"

/* Lists of more elements are cut off here and say how many are left out. */
#define HTML_JSON_MOST 500

/* A member of an item: what was spliced in, else its own; empty also where fields= hides it. */
str html_json_of(const struct page *page, const struct page_item *item, const char *name);

/* What stands between the quotes of a JSON string that has no escapes, such as an id; else "". */
str html_json_inside(str text);

/* Behind a list that was cut at HTML_JSON_MOST: how many of all its elements are left out. */
void html_json_more(struct buf *out, size_t all);

/* A string, number or word as escaped text; null and nothing write nothing. */
void html_json_text(struct buf *out, str value);
void html_json_put(struct buf *out, const char *before, str value, const char *after);

#endif
