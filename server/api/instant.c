#include "api/instant.h"

#include <time.h>

#include "model/period.h"

#define SECOND INT64_C(1000000)
#define DAY (PERIOD_DAY_SECONDS * SECOND)

/* Takes `digits` digits between min and max off the front of *s. */
static bool take_number(str *s, size_t digits, int64_t min, int64_t max, int64_t *out)
{
    str part = str_sub(*s, 0, digits);
    for (size_t i = 0; i < part.n; i++)
        if (part.p[i] < '0' || part.p[i] > '9')
            return false;
    int64_t value = 0;
    for (size_t i = 0; i < part.n; i++)
        value = value * 10 + (part.p[i] - '0');
    *s = str_sub(*s, digits, s->n);
    *out = value;
    return part.n == digits && value >= min && value <= max;
}

static bool take_char(str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static bool take_date(str *s, int64_t *days)
{
    int64_t year, month, day;
    if (!take_number(s, 4, 1970, 9999, &year) || !take_char(s, '-') ||
        !take_number(s, 2, 1, 12, &month) || !take_char(s, '-') ||
        !take_number(s, 2, 1, 31, &day) || day > period_days_in_month(year, (int)month))
        return false;
    *days = period_days_from_civil(year, (int)month, (int)day);
    return true;
}

/* Up to six digits count; the rest are read and dropped. */
static bool take_fraction(str *s, int64_t *microseconds)
{
    *microseconds = 0;
    if (!take_char(s, '.'))
        return true;
    int64_t scale = SECOND / 10, digit;
    size_t before = s->n;
    while (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9') {
        take_number(s, 1, 0, 9, &digit);
        *microseconds += digit * scale;
        scale /= 10;
    }
    return s->n < before;
}

static bool take_offset(str *s, int64_t *minutes)
{
    *minutes = 0;
    if (take_char(s, 'Z') || take_char(s, 'z'))
        return true;
    bool west = take_char(s, '-');
    int64_t hour, minute;
    if ((!west && !take_char(s, '+') && !take_char(s, ' ')) || !take_number(s, 2, 0, 23, &hour) ||
        !take_char(s, ':') || !take_number(s, 2, 0, 59, &minute))
        return false;
    *minutes = (hour * 60 + minute) * (west ? -1 : 1);
    return true;
}

bool instant_parse(str text, int64_t *microseconds)
{
    int64_t days, hour, minute, second, fraction, offset;
    if (!take_date(&text, &days))
        return false;
    if (text.n == 0) {
        *microseconds = (days + 1) * DAY - 1;
        return true;
    }
    if ((!take_char(&text, 'T') && !take_char(&text, 't')) ||
        !take_number(&text, 2, 0, 23, &hour) || !take_char(&text, ':') ||
        !take_number(&text, 2, 0, 59, &minute) || !take_char(&text, ':') ||
        !take_number(&text, 2, 0, 60, &second) || !take_fraction(&text, &fraction) ||
        !take_offset(&text, &offset) || text.n > 0)
        return false;
    int64_t seconds = ((hour * 60 + minute) - offset) * 60 + second;
    *microseconds = days * DAY + seconds * SECOND + fraction;
    return true;
}

int64_t instant_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000;
}
