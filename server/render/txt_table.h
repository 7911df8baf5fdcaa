/*
 * txt_table: events as a table for a terminal: the date, then a bar below a common axis with the
 * title beside it, where there is room, or above.
 */
#ifndef ANNALS_RENDER_TXT_TABLE_H
#define ANNALS_RENDER_TXT_TABLE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "render/drawing.h"
#include "render/txt_chart.h"

struct txt_table {
    struct buf *out;
    struct arena *arena;
    const struct drawing *d;
    size_t width;           /* columns of the whole, TXT_TABLE_NARROWEST or more */
    size_t date, bar;       /* and of its parts */
    str *dates;             /* of the marks, in words that fit */
    struct txt_chart chart; /* what has been drawn, for the legend */
};

#define TXT_TABLE_NARROWEST 40
#define TXT_TABLE_WIDEST TXT_CHART_WIDEST

/* Appends the dated events, by lanes, then those without a date. d has one event or more. */
void txt_table_write(struct txt_table *t);

/* Ends a line, without blanks before its end. */
void txt_table_end_line(struct buf *out);

#endif
