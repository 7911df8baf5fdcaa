/* svg_pack: the events of one lane put into rows, each with its title, so that nothing overlaps. */
#ifndef ANNALS_RENDER_SVG_PACK_H
#define ANNALS_RENDER_SVG_PACK_H

#include <stddef.h>

#include "render/svg_layout.h"

/* Between one thing and the next in a row, and between a mark and its title. */
#define SVG_PACK_GAP 10.0
#define SVG_PACK_LABEL_GAP 5.0

/*
 * Sets box, sure part, text and the width of the label of marks of one lane, whose rows are not
 * known yet, for a plot that begins at x = left and is `width` wide, and sorts them by where they
 * begin. A label takes at most `share` of the width.
 */
void svg_pack_measure(struct svg_placed *placed, size_t n, double left, double width, double share,
                      struct arena *a);

/*
 * Puts the measured marks into at most most_rows rows (at most SVG_LAYOUT_MOST_ROWS), each into the
 * first with room for it and its title: right of the mark, left of it, or above it. Those with room
 * come first afterwards and have row, and x of their labels set; *fitting is how many. Answers the
 * rows that were used. O(n * most_rows).
 */
size_t svg_pack_rows(struct svg_placed *placed, size_t n, size_t most_rows, double left,
                     double width, struct arena *a, size_t *fitting);

#endif
