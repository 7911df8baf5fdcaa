/* links: addresses of other representations and pages of what a call asks for. */
#ifndef ANNALS_API_LINKS_H
#define ANNALS_API_LINKS_H

#include "api/call.h"

/* The same question, going on where this page ended. The cursor's version and after are set. */
str links_next(struct call *x, const struct cursor *c);

/* A JSON array: self, the other formats, and next unless it is empty. */
str links_write(struct call *x, str next);

#endif
