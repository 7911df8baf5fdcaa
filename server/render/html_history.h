/* html_history: the page of what each changeset did to one event. */
#ifndef ANNALS_RENDER_HTML_HISTORY_H
#define ANNALS_RENDER_HTML_HISTORY_H

#include "base/buf.h"
#include "render/page.h"

/* Between the frame's head and foot. */
void html_history(struct buf *out, const struct page *page, str event);

#endif
