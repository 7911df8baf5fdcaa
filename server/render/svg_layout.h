/*
 * svg_layout: where everything of a drawn timeline stands, before a byte of it is written: so that
 * a test can see that nothing overlaps, nothing leaves the canvas and every event is drawn or
 * counted. Pixels, from the upper left corner.
 */
#ifndef ANNALS_RENDER_SVG_LAYOUT_H
#define ANNALS_RENDER_SVG_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "render/drawing.h"

#define SVG_LAYOUT_NARROWEST 300
#define SVG_LAYOUT_WIDEST 4000
#define SVG_LAYOUT_WIDTH 960
#define SVG_LAYOUT_MOST_LANES 12
/* Rows of events in all lanes together; and the most that the picture is high. */
#define SVG_LAYOUT_MOST_ROWS 72
#define SVG_LAYOUT_HIGHEST 4000

#define SVG_LABEL_SIZE 12.0
#define SVG_ROW 20.0
#define SVG_BAR 11.0
#define SVG_DOT 9.0

struct svg_box {
    double x, y, w, h;
};

/* X(value, class in the style sheet, font size, bold) */
#define SVG_TEXT_TABLE(X)                                                                          \
    X(SVG_TEXT_TITLE, "t", 17, true)                                                               \
    X(SVG_TEXT_SUBTITLE, "m", 12, false)                                                           \
    X(SVG_TEXT_LANE, "l", 12, true)                                                                \
    X(SVG_TEXT_NOTE, "m", 11, false)                                                               \
    X(SVG_TEXT_TICK, "m", 11, false)                                                               \
    X(SVG_TEXT_MAJOR, "k", 11, true)                                                               \
    X(SVG_TEXT_LEGEND, "m", 11, false)                                                             \
    X(SVG_TEXT_FOOT, "m", 11, false)

enum svg_text_kind {
#define X(value, class, size, bold) value,
    SVG_TEXT_TABLE(X)
#undef X
        SVG_TEXT_KINDS
};

/* One line of text that is not an event's label. The box is as wide as the text may be drawn. */
struct svg_text {
    enum svg_text_kind kind;
    struct svg_box box;
    str text;      /* clean */
    size_t colour; /* of SVG_TEXT_LANE, see svg_colour.h */
};

/* X(bit, meaning): what an event's drawing can show, for the legend */
#define SVG_SIGN_TABLE(X)                                                                          \
    X(SVG_POINT, "a day, or too short to tell")                                                    \
    X(SVG_SURE, "certain")                                                                         \
    X(SVG_POSSIBLE, "possible")                                                                    \
    X(SVG_ROUGH, "approximate or uncertain date")                                                  \
    X(SVG_OPEN, "no end or no beginning")                                                          \
    X(SVG_UNKNOWN, "end or beginning not known")                                                   \
    X(SVG_DISPUTED, "sources disagree")                                                            \
    X(SVG_MORE, "more events, without room for their titles")

enum svg_sign_bit {
#define X(bit, meaning) bit##_NUMBER,
    SVG_SIGN_TABLE(X)
#undef X
        SVG_SIGNS
};
enum svg_sign {
#define X(bit, meaning) bit = 1 << bit##_NUMBER,
    SVG_SIGN_TABLE(X)
#undef X
};

/* One event that is drawn with its title. */
struct svg_placed {
    const struct drawing_mark *mark;
    bool point;
    struct svg_box box;    /* of the bar or dot, within the plot */
    double sure_x, sure_w; /* of the certain part of a bar */
    struct svg_box label;
    str text;
    bool before; /* the label is left of the mark and ends at its box's end */
    size_t row;  /* within its lane, from the top */
};

#define SVG_BIN_SOME 3

/* Events without room for their titles that begin within the same few pixels. */
struct svg_bin {
    struct svg_box box;
    size_t count;
    const struct drawing_mark *some[SVG_BIN_SOME]; /* the first ones, NULL after the last */
};

struct svg_lane {
    struct svg_box box;
    size_t number; /* of the lane in the drawing */
    size_t colour; /* see svg_colour.h */
    struct svg_placed *placed;
    size_t placed_count;
    struct svg_bin *bins;
    size_t bin_count;
    size_t rows;
    size_t more; /* events in the bins */
    size_t wide; /* counted in words alone */
};

struct svg_layout {
    double width, height;
    struct svg_box plot; /* the lanes; empty without any */
    struct svg_lane *lanes;
    size_t lane_count;
    struct axis_tick *ticks; /* their labels are among the texts */
    size_t tick_count;
    struct svg_text *texts;
    size_t text_count;
    size_t text_room;
    struct svg_box legend[SVG_SIGNS]; /* where each sign is shown; no width: it does not occur */
    unsigned signs;                   /* set of enum svg_sign */
};

/* width is brought within the limits; 0 for the usual one. Everything lives in the arena. */
void svg_layout_make(const struct drawing *d, int width, struct arena *a, struct svg_layout *out);

double svg_layout_size(enum svg_text_kind kind);
const char *svg_layout_class(enum svg_text_kind kind);

#endif
