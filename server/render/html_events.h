/* html_events: the events of a page as a list, and the page of one event between head and foot. */
#ifndef ANNALS_RENDER_HTML_EVENTS_H
#define ANNALS_RENDER_HTML_EVENTS_H

#include "base/buf.h"
#include "render/page.h"

void html_events_items(struct buf *out, const struct page *page);
void html_events_one(struct buf *out, const struct page *page);

#endif
