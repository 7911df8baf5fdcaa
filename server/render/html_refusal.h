/* html_refusal: on a page, why there is no answer. */
#ifndef ANNALS_RENDER_HTML_REFUSAL_H
#define ANNALS_RENDER_HTML_REFUSAL_H

#include "base/buf.h"
#include "render/page.h"

/* All that is wrong with the question, and where to go on. page->refused and problems are set. */
void html_refusal(struct buf *out, const struct page *page);

#endif
