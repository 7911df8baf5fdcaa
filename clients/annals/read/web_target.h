/*
 * web_target: the targets of a Web Annotation as anchors: where in a text they lie, as their
 * selectors say it, and before anybody has looked at the text.
 */
#ifndef ANNALS_CLIENT_READ_WEB_TARGET_H
#define ANNALS_CLIENT_READ_WEB_TARGET_H

#include "annals/read/web.h"

#define WEB_TARGET_DEEPEST 8 /* targets within targets, selectors within selectors */

/* One segment of the text. */
struct web_anchor {
    str value;                 /* the target in the file, for its place */
    int64_t start, end;        /* as written, in whatever unit; -1 without a position */
    bool is_points;            /* the position counts characters, whatever the unit (RFC 5147) */
    str exact, prefix, suffix; /* of a quote; exact is empty without one */
    str digest;                /* SHA-256 of the words; empty without one */
    struct web_anchor *outer;  /* the segment within which this one lies, or NULL */
    bool found;                /* web_anchor.h: the bytes of the text that it means */
    size_t from, to;
};

struct web_targets {
    struct web_anchor **anchors;
    size_t n, room;
    str *wholes; /* addresses of targets without a segment: whole documents, or annotations */
    size_t whole_count, whole_room;
    str source;  /* the address of the document that the last segment lies in; may be empty */
    bool differ; /* segments lie in several documents */
};

/* Adds the anchors and addresses of an annotation's "target" to *out. Selectors that do not point
 * into text are left out, and told. */
void web_target_read(struct web *w, str target, struct web_targets *out);

#endif
