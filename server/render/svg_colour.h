/*
 * svg_colour: the colour of a lane: that of its type or actor in every drawing, so that two of them
 * can be read side by side.
 */
#ifndef ANNALS_RENDER_SVG_COLOUR_H
#define ANNALS_RENDER_SVG_COLOUR_H

#include <stddef.h>

#include "base/str.h"

/* Classes c0, c1 … of the style sheet (svg_shapes.h). */
#define SVG_COLOURS 8

/*
 * Below SVG_COLOURS. Types that ship with Annals go by their kind: cooperation is green and blue,
 * conflict red, orange and purple. Other ids have one by chance, always the same. The class 0 where
 * id is empty.
 */
size_t svg_colour(str id);

#endif
