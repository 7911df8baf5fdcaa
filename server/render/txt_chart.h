/*
 * txt_chart: the part of a terminal's line that is a picture: an axis and, below it, one bar an
 * event. Light where the event can have been, solid where it was for certain.
 */
#ifndef ANNALS_RENDER_TXT_CHART_H
#define ANNALS_RENDER_TXT_CHART_H

#include <stddef.h>

#include "base/buf.h"
#include "render/drawing.h"

#define TXT_CHART_NARROWEST 8
#define TXT_CHART_WIDEST 400

/* X(bit, sign, meaning): what a bar can show, for the legend */
#define TXT_CHART_SIGN_TABLE(X)                                                                    \
    X(TXT_POINT, "●", "a day, or too short to tell")                                               \
    X(TXT_SURE, "█", "certain")                                                                    \
    X(TXT_POSSIBLE, "░", "possible")                                                               \
    X(TXT_OPEN, "▶", "no end")                                                                     \
    X(TXT_ENDLESS, "◀", "no beginning")                                                            \
    X(TXT_UNKNOWN, "?", "not known")                                                               \
    X(TXT_BEYOND, "›", "goes on outside")                                                          \
    X(TXT_DISPUTED, "‡", "sources disagree")

enum txt_chart_sign_bit {
#define X(bit, sign, meaning) bit##_NUMBER,
    TXT_CHART_SIGN_TABLE(X)
#undef X
        TXT_CHART_SIGNS
};
enum txt_chart_sign {
#define X(bit, sign, meaning) bit = 1 << bit##_NUMBER,
    TXT_CHART_SIGN_TABLE(X)
#undef X
};
const char *txt_chart_sign(enum txt_chart_sign_bit bit);
const char *txt_chart_meaning(enum txt_chart_sign_bit bit);

struct txt_chart {
    size_t columns; /* TXT_CHART_NARROWEST to TXT_CHART_WIDEST */
    struct axis_tick ticks[AXIS_MOST_TICKS];
    size_t tick_count;
    size_t most;    /* events in one column of the density, 0 where it was not drawn */
    unsigned signs; /* set of enum txt_chart_sign that have been drawn */
};

/* d has an axis. */
void txt_chart_init(struct txt_chart *c, const struct drawing *d, size_t columns);

/* Each appends c->columns columns. labels: blanks at the end are left out. */
void txt_chart_labels(struct buf *out, const struct txt_chart *c);
/* tee: what stands where a tick is, "┬" or "┴" */
void txt_chart_rule(struct buf *out, const struct txt_chart *c, const char *tee);
/* How many events there can have been, column by column; sets c->most. */
void txt_chart_density(struct buf *out, struct txt_chart *c, const struct drawing *d);
/* The columns that the bar of m takes up, first to last. m as below. */
void txt_chart_extent(const struct txt_chart *c, const struct drawing_mark *m, size_t *first,
                      size_t *last);

/*
 * The bar of m among the lines of the ticks, or these alone where m is NULL, and a cleaned text
 * that stands from the column `left` on, with no part of the bar below it; label may be empty. m is
 * DRAWING_SHOWN, DRAWING_WIDE or DRAWING_OUTSIDE.
 */
void txt_chart_bar(struct buf *out, struct txt_chart *c, const struct drawing_mark *m, str label,
                   size_t left);

#endif
