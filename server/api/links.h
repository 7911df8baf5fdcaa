/* links: addresses of other representations and pages of what a call asks for. */
#ifndef ANNALS_API_LINKS_H
#define ANNALS_API_LINKS_H

#include "api/call.h"

/* The same question, going on where this page ended. The cursor's version and after are set. */
str links_next(struct call *x, const struct cursor *c);

/*
 * The events of the same question, which is one of counts: with name=value added to it, which
 * narrows it, or put in the place of a parameter that is given once. name NULL: as they are.
 */
str links_events(struct call *x, const char *name, str value);

/* A JSON array: self, the other formats, and next unless it is empty. */
str links_write(struct call *x, str next);

#endif
