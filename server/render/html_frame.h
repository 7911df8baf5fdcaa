/*
 * html_frame: what stands around every page: head, style sheet, navigation, foot. There is one
 * style sheet, in the page itself, and the policy names it by its hash.
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
};

/* Up to and with <main>. */
void html_frame_begin(struct buf *out, const struct html_frame *f);
void html_frame_end(struct buf *out, const struct html_frame *f);

/* The value of Content-Security-Policy that fits these pages. */
void html_frame_policy(struct buf *out);

#endif
