/*
 * html_embed: a timeline as a page for the frames of other people's pages. Where scripts do not
 * run, it is a short list of the events.
 */
#ifndef ANNALS_RENDER_HTML_EMBED_H
#define ANNALS_RENDER_HTML_EMBED_H

#include "base/buf.h"
#include "render/page.h"

/* Attributes of the element; empty ones are left out. */
struct html_embed {
    str title; /* of the page: the label, or the question in words */
    str src;
    str home; /* where the explorer shows the same */
    str from;
    str to;
    str lanes;
    str selected;
    str label;
};

/* The whole page. page: the first events, with its site. */
void html_embed_write(struct buf *out, const struct html_embed *e, const struct page *page);

/* Of a question that is refused. page: why, without a site. */
void html_embed_refusal(struct buf *out, str store_title, const struct page *page);

#endif
