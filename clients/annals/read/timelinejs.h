/*
 * timelinejs: the JSON of TimelineJS: a title, events and eras; and the older form of its first
 * version, with "timeline" and "date". Its sheets are tables (the preset timelinejs-sheet).
 */
#ifndef ANNALS_CLIENT_READ_TIMELINEJS_H
#define ANNALS_CLIENT_READ_TIMELINEJS_H

#include "annals/read/reader.h"

/* Whether bytes that end in .json are such a timeline. */
bool timelinejs_is(str bytes);

/* A reader (read/reader.h). A slide becomes an event; years before 1 are counted without a year 0,
 * as people write them: -44 is 44 BCE. */
bool timelinejs_read(const struct reading_ask *ask, struct builder *out);

#endif
