/* moved: the answer to an id that sources say is of the same event as another one. */
#ifndef ANNALS_API_MOVED_H
#define ANNALS_API_MOVED_H

#include "api/call.h"

/*
 * 308 to the same address with the canonical id, its part, suffix and query kept; with a small JSON
 * object that says where. Always true.
 */
bool moved_answer(struct call *x, str canonical);

#endif
