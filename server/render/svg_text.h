/* svg_text: the small pieces of SVG: numbers, lines of text, rectangles. */
#ifndef ANNALS_RENDER_SVG_TEXT_H
#define ANNALS_RENDER_SVG_TEXT_H

#include "base/buf.h"
#include "base/str.h"
#include "render/svg_layout.h"

/* A number with at most one decimal, whatever the locale. */
void svg_text_number(struct buf *out, double number);

/* ' x="1.5"' */
void svg_text_attribute(struct buf *out, const char *name, double number);

/* <rect …> without its end. */
void svg_text_rect(struct buf *out, const struct svg_box *box, double radius);

/*
 * <text …>…</text>; the box is that of one line of the font size. class may be
 * NULL; "e" is that of text that ends where its box ends. */
void svg_text_line(struct buf *out, const struct svg_box *box, double size, const char *class,
                   str text);

#endif
