/* axis_write: stretches of time and years in words, as on an axis. */
#ifndef ANNALS_RENDER_AXIS_WRITE_H
#define ANNALS_RENDER_AXIS_WRITE_H

#include <stdint.h>

#include "base/buf.h"
#include "render/axis.h"

/*
 * The stretch in words, as finely as its length asks for: "12 to 18 March 2021",
 * "March 1846 to May 1851", "500 BCE to 300 CE".
 */
void axis_write_range(struct buf *out, const struct axis *x);

/* A year as on a label: "1846", "44 BCE", "476 CE", "66 million BCE". step: between labels. */
void axis_write_year(struct buf *out, int64_t year, int64_t step);

#endif
