/* drawing_lane: which lane of a drawing an event stands in. */
#ifndef ANNALS_RENDER_DRAWING_LANE_H
#define ANNALS_RENDER_DRAWING_LANE_H

#include "base/arena.h"
#include "render/drawing.h"

/*
 * Gives every mark its lane and d its lanes, the fullest first, those that are counted together
 * ("other") and what has no such property ("no type") last. An event with several actors, places or
 * sources stands in the lane of the first. What page_about asks for goes before the options.
 */
void drawing_lane_sort(struct drawing *d, const struct drawing_options *o, struct arena *a);

#endif
