/*
 * glyph: how wide text is drawn, without a font at hand. The widths are the advances of DejaVu
 * Sans, one of the widest of the sans-serif fonts in use, so that text takes what is said here or
 * less. Joined and stacked forms count as if they stood side by side.
 */
#ifndef ANNALS_RENDER_GLYPH_H
#define ANNALS_RENDER_GLYPH_H

#include "base/arena.h"
#include "base/str.h"

/* Bold letters are wider by no more than this. */
#define GLYPH_BOLD 1.15

/* Width of a cleaned text (base/width.h) at a font size, in the units of size. */
double glyph_width(str text, double size);

/* The longest beginning that is at most so wide. */
str glyph_fit(str text, double size, double width);

/* The text, or its beginning and "…", at most so wide. */
str glyph_cut(str text, double size, double width, struct arena *a);

#endif
