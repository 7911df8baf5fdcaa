#include "render/civil.h"

#include "model/period.h"

struct civil civil_from_seconds(int64_t seconds)
{
    struct civil c;
    int64_t days = period_day_of(seconds);
    c.rest = (int)(seconds - days * PERIOD_DAY_SECONDS);
    period_civil_from_days(days, &c.year, &c.month, &c.day);
    c.hour = c.rest / 3600;
    c.minute = c.rest / 60 % 60;
    c.second = c.rest % 60;
    return c;
}
