/* html_items: lists and pages of everything beside events, between the frame's head and foot. */
#ifndef ANNALS_RENDER_HTML_ITEMS_H
#define ANNALS_RENDER_HTML_ITEMS_H

#include "base/buf.h"
#include "render/page.h"

/* kind: the segment of the path, "actors". */
void html_items_list(struct buf *out, const struct page *page, str kind);
void html_items_one(struct buf *out, const struct page *page, str kind);

/* What hangs on one event: part is "accounts", "relations", "claims" or "evidence". */
void html_items_part(struct buf *out, const struct page *page, str event, str part);

/* "Actors", as a heading; the segment itself where nobody has a word for it. */
str html_items_title(str kind);

#endif
