/* html_links: where a page leads: the same in other formats, its drawing, the next page. */
#ifndef ANNALS_RENDER_HTML_LINKS_H
#define ANNALS_RENDER_HTML_LINKS_H

#include "base/buf.h"
#include "render/page.h"

/* <link rel="alternate"> for each other format, for the head. */
void html_links_head(struct buf *out, const struct page *page);

/* The links by which others find how to embed a page; nothing without an address. */
void html_links_embed(struct buf *out, str oembed);

/* The formats that most people take, as a list for the header. */
void html_links_view(struct buf *out, const struct page *page);

/* "This as JSON, CSV, …", as a list. */
void html_links_formats(struct buf *out, const struct page *page);

/* The drawing of what the page shows, where there is one. alt: HTML of ours. */
void html_links_drawing(struct buf *out, const struct page *page, const char *alt);

/* The drawing of all events of a filter, where this program draws. */
void html_links_drawing_of(struct buf *out, const struct page_site *site, const char *term,
                           str value, str name);

void html_links_next(struct buf *out, const struct page *page);

#endif
