/* civil: a second of the proleptic Gregorian calendar, taken apart. */
#ifndef ANNALS_RENDER_CIVIL_H
#define ANNALS_RENDER_CIVIL_H

#include <stdint.h>

struct civil {
    int64_t year; /* 0 is 1 BCE */
    int month, day, hour, minute, second;
    int rest; /* seconds since the day began */
};

/* seconds: from 1970-01-01T00:00:00, any that is not unbounded. */
struct civil civil_from_seconds(int64_t seconds);

#endif
