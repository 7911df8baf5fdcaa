/* drawing_time: the stretch of time that a drawing shows, and how events stand to it. */
#ifndef ANNALS_RENDER_DRAWING_TIME_H
#define ANNALS_RENDER_DRAWING_TIME_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/period.h"
#include "model/row.h"
#include "render/axis.h"
#include "render/page.h"

/*
 * The window that was asked for, as far as it has bounds. Where it has none: what holds the dated
 * events of the page, without those dated ten times more coarsely than the others reach, and
 * without a few far away that would make the picture twice as long. *axis is all that is shown, a
 * little more than *range. False where there is neither window nor date.
 */
bool drawing_time_axis(const struct page *page, struct arena *a, struct axis *axis,
                       struct axis *range);

/*
 * The seconds in which a dated event was going on for certain. A side that is known to the day
 * counts from the beginning of that day, or to its end. False where there are none; so for an
 * event within one known day, which is a point, and for a date with gaps.
 */
bool drawing_time_certain(const struct event_row *row, struct window *out);

/* Whether a date lies within one day on an axis where a day is short: it is drawn as a point. */
bool drawing_time_point(const struct period *p, const struct axis *x);

/* Whether an event is dated far more coarsely than the axis is long. */
bool drawing_time_wider(const struct period *p, const struct axis *x);

#endif
