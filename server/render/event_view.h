/*
 * event_view: what formats say of an event besides its row, read out of its finished JSON document
 * and the members that were spliced into it. Values are JSON as they stand there, borrowed from the
 * item; what is absent, null or empty is an empty str.
 */
#ifndef ANNALS_RENDER_EVENT_VIEW_H
#define ANNALS_RENDER_EVENT_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "render/page.h"

/* X(member of struct event_view, name in the document) */
#define EVENT_VIEW_TABLE(X)                                                                        \
    X(summary, "summary")                                                                          \
    X(date, "date")                                                                                \
    X(participants, "participants")                                                                \
    X(places, "places")                                                                            \
    X(tags, "tags")                                                                                \
    X(identifiers, "identifiers")                                                                  \
    X(disputed, "disputed")

struct event_view {
    const struct event_row *row;
#define X(member, name) str member;
    EVENT_VIEW_TABLE(X)
#undef X
    str display; /* the date in words */
};

/* item->row is not NULL. */
void event_view_read(const struct page_item *item, struct event_view *out);

struct event_view_participant {
    str actor, name, role;
};
/* The next one; *at starts at 0. False at the end. */
bool event_view_participant(const struct event_view *v, size_t *at,
                            struct event_view_participant *out);

struct event_view_place {
    str place, name;
    str lat, lon; /* JSON numbers; both or neither */
};
bool event_view_place(const struct event_view *v, size_t *at, struct event_view_place *out);

/* The first place that has a point; false where none has. */
bool event_view_point(const struct event_view *v, struct event_view_place *out);

/* Appends the characters of a JSON string, its escapes undone; of anything else, nothing. */
void event_view_text(struct buf *out, str json);

/*
 * Plain text, as people read it, or nothing: the participants with their roles ("Azerbaijan
 * (signatory), Turkey (signatory)"), the names of the places, the tags, and what sources disagree
 * on, each joined by ", ".
 */
void event_view_people(struct buf *out, const struct event_view *v);
void event_view_where(struct buf *out, const struct event_view *v);
void event_view_list(struct buf *out, str array);

/*
 * The event in lines of plain text, without its title: its summary, when (always, or only where a
 * day or a time does not say it all), who, where, and which sources tell of it.
 */
void event_view_story(struct buf *out, const struct event_view *v, bool always_when);

/* Whether the date is less than one known day or moment, or more: a stretch, or uncertain. */
bool event_view_inexact(const struct event_row *row);

/* The next of a list joined by "; ", as rows hold their actors and sources; *rest is what is left.
 * False at the end. */
bool event_view_next_id(str *rest, str *id);

#endif
