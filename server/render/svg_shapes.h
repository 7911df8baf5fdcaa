/* svg_shapes: how an event looks, in the drawing and in its legend. */
#ifndef ANNALS_RENDER_SVG_SHAPES_H
#define ANNALS_RENDER_SVG_SHAPES_H

#include "base/buf.h"
#include "render/svg_layout.h"

/* The style sheet of a drawing. */
extern const char svg_shapes_style[];

/* Its bar or point, in the colour of the group around it. plot: at its ends bars have no corners */
void svg_shapes_mark(struct buf *out, const struct svg_placed *p, const struct svg_box *plot);

void svg_shapes_bin(struct buf *out, const struct svg_box *box);

/* One sign of the legend in its box. */
void svg_shapes_sign(struct buf *out, enum svg_sign_bit bit, const struct svg_box *box);

#endif
