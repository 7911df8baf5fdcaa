/* instant: a moment of recorded time, as RFC 3339 writes it. */
#ifndef ANNALS_API_INSTANT_H
#define ANNALS_API_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/*
 * "2026-11-24T08:15:00Z", "2026-11-24T08:15:00.5+04:00" or "2026-11-24", which is that day to its
 * last microsecond in UTC. A blank before the offset is read as the "+" that a query turned into
 * it. *microseconds: since 1970-01-01T00:00:00Z. Years 1970 to 9999.
 */
bool instant_parse(str text, int64_t *microseconds);

/* Now, in microseconds since 1970-01-01T00:00:00Z. */
int64_t instant_now(void);

#endif
