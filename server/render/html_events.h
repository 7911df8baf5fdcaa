/* html_events: the list of events, and one event, between the frame's head and foot. */
#ifndef ANNALS_RENDER_HTML_EVENTS_H
#define ANNALS_RENDER_HTML_EVENTS_H

#include "base/buf.h"
#include "render/page.h"

void html_events_list(struct buf *out, const struct page *page);
void html_events_one(struct buf *out, const struct page *page);

#endif
