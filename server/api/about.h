/* about: what the answer to a call is about, for the formats that say so or draw it. */
#ifndef ANNALS_API_ABOUT_H
#define ANNALS_API_ABOUT_H

#include "api/call.h"
#include "render/page.h"

/*
 * Fills page->about, in the call's arena, for the formats that read it; the others, and pages of
 * anything but events, keep NULL. row: of the one event that was asked for by its id, NULL for a
 * list. False with the call's err when the store fails.
 */
bool about_fill(struct call *x, const struct event_row *row, struct page *page);

#endif
