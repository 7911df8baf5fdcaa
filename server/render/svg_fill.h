/* svg_fill: which events stand in which lane of a drawing, with their titles or only counted. */
#ifndef ANNALS_RENDER_SVG_FILL_H
#define ANNALS_RENDER_SVG_FILL_H

#include <stddef.h>

#include "base/arena.h"
#include "render/drawing.h"
#include "render/svg_layout.h"

struct svg_fill {
    struct arena *arena;
    const struct drawing *d;
    struct svg_layout *l;
    double left, inner; /* where the plot begins, and how wide it is */
};

/* The marks of each lane that are shown, measured, into l->lanes; lanes with nothing to say are
 * left out. */
void svg_fill_gather(const struct svg_fill *m);

/*
 * Gives every lane its rows, and bins for the marks without room; *rows is the sum of them, at most
 * SVG_LAYOUT_MOST_ROWS. Answers the most events in one bin, at least 1.
 */
size_t svg_fill_pack(const struct svg_fill *m, size_t *rows);

#endif
