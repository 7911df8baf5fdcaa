/* html_graph: the page of the events around one event. */
#ifndef ANNALS_RENDER_HTML_GRAPH_H
#define ANNALS_RENDER_HTML_GRAPH_H

#include "base/buf.h"
#include "render/page.h"

/* Between the frame's head and foot. The page's one item is what …/graph gives as JSON. */
void html_graph(struct buf *out, const struct page *page, str event);

#endif
