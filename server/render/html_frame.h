/*
 * html_frame: what stands around every page: head, style sheet, navigation, foot. Whatever a page
 * loads is of this server: its policy allows nothing else, and nothing that stands in the page.
 */
#ifndef ANNALS_RENDER_HTML_FRAME_H
#define ANNALS_RENDER_HTML_FRAME_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct html_frame {
    str title;        /* of the page; empty on the first page */
    str store_title;  /* of the store */
    str section;      /* "events": which entry of the navigation the page belongs to */
    str licence;      /* of the data; may be empty */
    str software;     /* version of Annals */
    int64_t version;  /* of the store */
    int64_t recorded; /* when it was made, microseconds since 1970 UTC; 0 for none */
    str as_of;        /* as asked; empty for the newest version: then links stay at that version */
    str policy;       /* as asked, and */
    str known_at;     /* as asked; empty for the plain reading: else links to events keep it */
    str head;         /* HTML of ours for the head; may be empty */
    str header;       /* HTML of ours before the navigation: of the explorer; else empty */
};

/* Up to and with <main>. */
void html_frame_begin(struct buf *out, const struct html_frame *f);
void html_frame_end(struct buf *out, const struct html_frame *f);

/* The value of Content-Security-Policy that fits these pages, but for who may frame them. */
#define HTML_FRAME_POLICY                                                                          \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                    \
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
/* The rest of it: scripts cannot make markup out of text. */
#define HTML_FRAME_TRUSTED "require-trusted-types-for 'script'"

#endif
