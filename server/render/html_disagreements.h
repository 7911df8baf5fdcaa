/* html_disagreements: the page of what accounts contradict each other on. */
#ifndef ANNALS_RENDER_HTML_DISAGREEMENTS_H
#define ANNALS_RENDER_HTML_DISAGREEMENTS_H

#include "base/buf.h"
#include "render/page.h"

/* Between the frame's head and foot. The pairs of sources are in page->beside, where it has any. */
void html_disagreements(struct buf *out, const struct page *page);

#endif
