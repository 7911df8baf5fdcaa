/*
 * html_explorer: the page of events, first page of the store too. It is whole without a script:
 * a search, the list of events, a drawing. Where scripts run, /assets/explorer.js shows an explorer
 * in #explorer in the place of #plain, and takes over the form #search.
 */
#ifndef ANNALS_RENDER_HTML_EXPLORER_H
#define ANNALS_RENDER_HTML_EXPLORER_H

#include "base/buf.h"
#include "render/page.h"

/* For the head: what the page loads. */
void html_explorer_head(struct buf *out, const struct page *page);

/* For the header: the search and the view in other formats. */
void html_explorer_header(struct buf *out, const struct page *page);

/* Between the frame's head and foot. */
void html_explorer_body(struct buf *out, const struct page *page);

#endif
