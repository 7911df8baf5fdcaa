/* html_cite: the page of a citation. */
#ifndef ANNALS_RENDER_HTML_CITE_H
#define ANNALS_RENDER_HTML_CITE_H

#include "base/buf.h"
#include "render/page.h"

/* Between the frame's head and foot. The page's one item is what /v1/cite gives as JSON. */
void html_cite(struct buf *out, const struct page *page);

#endif
