/*
 * drawing: a page of events made ready to be drawn, for any canvas: the stretch of time that the
 * picture shows, each event's place on it as shares from 0 to 1, its lane, and what can only be
 * counted. O(n log n).
 */
#ifndef ANNALS_RENDER_DRAWING_H
#define ANNALS_RENDER_DRAWING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "render/axis.h"
#include "render/event_view.h"
#include "render/page.h"

/* What becomes of an event. X(value, what a count of them is followed by, in words) */
#define DRAWING_FATE_TABLE(X)                                                                      \
    X(DRAWING_SHOWN, "shown")                                                                      \
    X(DRAWING_WIDE, "dated only to a wider period")                                                \
    X(DRAWING_OUTSIDE, "outside of the period shown")                                              \
    X(DRAWING_UNDATED, "without a date")

enum drawing_fate {
#define X(value, words) value,
    DRAWING_FATE_TABLE(X)
#undef X
        DRAWING_FATES
};
const char *drawing_fate_words(enum drawing_fate fate);

struct drawing_mark {
    const struct page_item *item;
    const struct event_row *row;
    str title;    /* clean; its id where it has none */
    str date;     /* in words, clean; empty without a date */
    str disputed; /* what sources disagree on, in words; empty where they do not */
    enum drawing_fate fate;
    size_t lane;

    /* Where the event can have been: shares of the axis, from <= to. */
    double from, to;
    /* Where it was for certain. */
    bool sure;
    double sure_from, sure_to;
    bool open_start, open_end;       /* endless */
    bool unknown_start, unknown_end; /* nobody knows */
    bool before, after;              /* it goes on outside of the axis, to a known time */
    bool rough;                      /* the date is approximate or uncertain */
};

struct drawing_lane {
    str id;       /* of the type, actor …; empty where there is no such one */
    str name;     /* clean; empty where there is one lane alone */
    size_t count; /* of marks */
};

struct drawing {
    const struct page *page;
    struct drawing_mark *marks; /* in the order of the page */
    size_t n;
    enum page_lanes by; /* never LANES_AUTO */
    struct drawing_lane *lanes;
    size_t lane_count; /* at least one */
    bool has_axis;     /* false where nothing is dated */
    struct axis axis;  /* all that is shown */
    struct axis range; /* of it, what was asked for or what the events reach over */
    size_t fates[DRAWING_FATES];
};

struct drawing_options {
    enum page_lanes auto_lanes; /* what LANES_AUTO means; lanes of one name are none */
    size_t most_lanes;          /* the smallest ones beyond become one lane, "other" */
    bool show_wide;             /* events dated to a wider period are shown like the others */
};

/* Every item has a row. What *out needs lives in the arena. */
void drawing_make(const struct page *page, const struct drawing_options *o, struct arena *a,
                  struct drawing *out);

/* The event in one line: "15 June 2021: Shusha Declaration (agree; sources disagree on date)". */
void drawing_say(struct buf *out, const struct drawing_mark *m);

/* The same event without its title: when, of what type, who, where, joined by dots. */
void drawing_say_who(struct buf *out, const struct drawing_mark *m);

/* Where text is broken into lines between two parts that a dot joins, the dot goes: it is taken off
 * the end of the line and from the beginning of what follows. */
void drawing_break(str *line, str *rest);

/* What was asked, or what this is: clean, never empty. */
str drawing_title(const struct page *page, struct arena *a);

/* How many events: "12 events", "12 of 340 events", "no events". */
void drawing_say_count(struct buf *out, const struct drawing *d);

/* Where it comes from: "Annals · version 7 · CC0-1.0 · /v1/events?…", clean. */
void drawing_say_source(struct buf *out, const struct page *page);

#endif
