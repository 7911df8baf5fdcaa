#include "annals/read/moment.h"

#include "base/check.h"
#include "base/num.h"
#include "model/period.h"

static const char *const unit_words[] = {
#define X(value, word) word,
    MOMENT_UNIT_TABLE(X)
#undef X
};

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

enum moment_unit moment_unit_from(str word)
{
    int u = 0;
    while (u < MOMENT_UNITS && !str_eq(word, str_from(unit_words[u])))
        u++;
    return (enum moment_unit)u;
}

/* ---- reading ---- */

struct reader {
    str rest;
    bool afternoon, halves; /* %p was read */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(str s)
{
    size_t n = 0;
    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n;
}

/* At least `least` and at most `most` digits. */
static bool take_digits(str *rest, size_t least, size_t most, int64_t *out)
{
    size_t n = count_digits(*rest);
    if (n > most)
        n = most;
    if (n < least)
        return false;
    int64_t number = 0;
    for (size_t i = 0; i < n; i++)
        number = number * 10 + (rest->p[i] - '0');
    *out = number;
    *rest = str_sub(*rest, n, rest->n);
    return true;
}

static bool take_small(str *rest, size_t least, int *out)
{
    int64_t number;
    if (!take_digits(rest, least, 2, &number))
        return false;
    *out = (int)number;
    return true;
}

static bool take_sign(str *rest, char sign)
{
    if (rest->n == 0 || rest->p[0] != sign)
        return false;
    *rest = str_sub(*rest, 1, rest->n);
    return true;
}

static bool take_year(str *rest, size_t least, size_t most, int64_t *out)
{
    bool negative = take_sign(rest, '-');
    if (!take_digits(rest, least, most, out))
        return false;
    *out = negative ? -*out : *out;
    return true;
}

/* An English month at the beginning, in full or as three letters. */
static int take_month(str *rest)
{
    for (int m = 0; m < 12; m++) {
        str full = str_from(months[m]);
        size_t n = str_eq_nocase(str_sub(*rest, 0, full.n), full) ? full.n : 3;
        if (!str_eq_nocase(str_sub(*rest, 0, n), str_sub(full, 0, n)))
            continue;
        *rest = str_sub(*rest, n, rest->n);
        if (n == 3 && full.n > 3)
            take_sign(rest, '.');
        return m + 1;
    }
    return 0;
}

int moment_month(str text)
{
    str rest = text;
    int month;
    if (take_small(&rest, 1, &month))
        return rest.n == 0 && month >= 1 && month <= 12 ? month : 0;
    month = take_month(&rest);
    return rest.n == 0 ? month : 0;
}

static void drop_fraction(str *rest)
{
    if (rest->n > 1 && (rest->p[0] == '.' || rest->p[0] == ',') && is_digit(rest->p[1]))
        *rest = str_sub(*rest, 1 + count_digits(str_sub(*rest, 1, rest->n)), rest->n);
}

/* hh:mm[:ss[.fff]], the hour with at least so many digits. */
static bool take_clock(str *rest, struct moment *out, size_t least)
{
    out->timed = true;
    out->second = 0;
    if (!take_small(rest, least, &out->hour) || !take_sign(rest, ':') ||
        !take_small(rest, 2, &out->minute))
        return false;
    if (!take_sign(rest, ':'))
        return true;
    if (!take_small(rest, 2, &out->second))
        return false;
    drop_fraction(rest);
    return true;
}

/* am or pm; false where there is neither. */
static bool take_half(str *rest, bool *afternoon)
{
    str half = str_sub(*rest, 0, 2);
    bool am = str_eq_nocase(half, STR("am")), pm = str_eq_nocase(half, STR("pm"));
    *afternoon = pm;
    if (am || pm)
        *rest = str_sub(*rest, 2, rest->n);
    return am || pm;
}

/* Twelve hours to twenty-four. */
static bool set_half(struct moment *out, bool afternoon)
{
    if (out->hour < 1 || out->hour > 12)
        return false;
    out->hour = out->hour % 12 + (afternoon ? 12 : 0);
    return true;
}

bool moment_time(str text, struct moment *out)
{
    bool afternoon;
    if (!take_clock(&text, out, 1))
        return false;
    text = str_trim(text);
    if (text.n > 0 && take_half(&text, &afternoon) && !set_half(out, afternoon))
        return false;
    return text.n == 0;
}

bool moment_iso(str text, struct moment *out)
{
    *out = (struct moment){0};
    if (!take_year(&text, 4, 4, &out->year))
        return false;
    if (text.n == 0)
        return true;
    if (!take_sign(&text, '-') || !take_small(&text, 2, &out->month))
        return false;
    if (text.n == 0)
        return true;
    if (!take_sign(&text, '-') || !take_small(&text, 2, &out->day))
        return false;
    if (text.n == 0)
        return true;
    if (!take_sign(&text, 'T') && !take_sign(&text, ' '))
        return false;
    if (!take_clock(&text, out, 2))
        return false;
    out->offset = text; /* whether it is one is judged with the date */
    return text.n == 0 || str_eq(text, STR("Z")) || text.p[0] == '+' || text.p[0] == '-';
}

/* One sign of a pattern after its "%". digits_follow: so does another number, at once. */
static bool take_part(struct reader *r, char part, bool digits_follow, struct moment *out)
{
    switch (part) {
    case 'Y':
        return take_year(&r->rest, 4, digits_follow ? 4 : 12, &out->year);
    case 'm':
        return take_small(&r->rest, digits_follow ? 2 : 1, &out->month) && out->month >= 1;
    case 'd':
        return take_small(&r->rest, digits_follow ? 2 : 1, &out->day) && out->day >= 1;
    case 'B':
    case 'b':
        out->month = take_month(&r->rest);
        return out->month > 0;
    case 'H':
        out->timed = true;
        return take_small(&r->rest, digits_follow ? 2 : 1, &out->hour);
    case 'M':
        return take_small(&r->rest, 2, &out->minute);
    case 'S':
        return take_small(&r->rest, 2, &out->second);
    case 'p':
        r->halves = true;
        return take_half(&r->rest, &r->afternoon);
    case '*':
        r->rest = (str){0};
        return true;
    default:
        return take_sign(&r->rest, part);
    }
}

bool moment_pattern(str text, str pattern, struct moment *out)
{
    struct reader r = {.rest = text};
    *out = (struct moment){0};
    for (size_t i = 0; i < pattern.n; i++) {
        char c = pattern.p[i];
        if (c == ' ') {
            while (r.rest.n > 0 && r.rest.p[0] == ' ')
                r.rest = str_sub(r.rest, 1, r.rest.n);
        } else if (c != '%') {
            if (!take_sign(&r.rest, c))
                return false;
        } else {
            if (++i == pattern.n)
                return false;
            bool digits = i + 2 < pattern.n && pattern.p[i + 1] == '%' &&
                          str_find(STR("YmdHMS"), pattern.p[i + 2]) < 6;
            if (!take_part(&r, pattern.p[i], digits, out))
                return false;
        }
    }
    return r.rest.n == 0 && (!r.halves || set_half(out, r.afternoon));
}

/* ---- writing ---- */

/* A year of EDTF: four digits, or Y and as many as it takes. */
static str write_year(int64_t year, struct arena *a)
{
    long long digits = year < 0 ? -year : year;
    if (digits > 9999)
        return arena_printf(a, "Y%lld", (long long)year);
    return arena_printf(a, "%s%04lld", year < 0 ? "-" : "", digits);
}

/* A decade or century: the last digits of its years are left open. */
static str write_years(int64_t year, size_t open, struct arena *a)
{
    str digits = write_year(year, a);
    if (digits.p[0] == 'Y')
        return digits;
    return arena_printf(a, "%.*s%.*s", STR_ARG(str_sub(digits, 0, digits.n - open)), (int)open,
                        "XX");
}

str moment_write(const struct moment *m, enum moment_unit unit, struct arena *a)
{
    if (unit == MOMENT_DECADE || unit == MOMENT_CENTURY)
        return write_years(m->year, unit == MOMENT_DECADE ? 1 : 2, a);
    str text = write_year(m->year, a);
    if (m->month == 0 || unit == MOMENT_YEAR || text.p[0] == 'Y') /* which stands alone */
        return text;
    text = arena_printf(a, "%.*s-%02d", STR_ARG(text), m->month);
    if (m->day == 0 || unit == MOMENT_MONTH)
        return text;
    text = arena_printf(a, "%.*s-%02d", STR_ARG(text), m->day);
    if (!m->timed || unit == MOMENT_DAY)
        return text;
    return arena_printf(a, "%.*sT%02d:%02d:%02d%.*s", STR_ARG(text), m->hour, m->minute, m->second,
                        STR_ARG(m->offset));
}

struct moment moment_days_later(const struct moment *m, int64_t days)
{
    struct moment later = {0};
    ENSURE(m->day > 0);
    period_civil_from_days(period_days_from_civil(m->year, m->month, m->day) + days, &later.year,
                           &later.month, &later.day);
    return later;
}

bool moment_valid(const struct moment *m)
{
    if (m->year < PERIOD_FIRST_YEAR || m->year > PERIOD_LAST_YEAR)
        return false;
    if (m->month < 0 || m->month > 12 || (m->month == 0 && m->day > 0))
        return false;
    if (m->day < 0 || (m->day > 0 && m->day > period_days_in_month(m->year, m->month)))
        return false;
    return !m->timed ||
           (m->day > 0 && m->hour >= 0 && m->hour <= 24 && m->minute >= 0 && m->minute < 60 &&
            m->second >= 0 && m->second <= 59 && (m->hour < 24 || m->minute + m->second == 0));
}

int moment_compare(const struct moment *a, const struct moment *b)
{
    const int64_t x[] = {a->year, a->month, a->day, a->hour, a->minute, a->second};
    const int64_t y[] = {b->year, b->month, b->day, b->hour, b->minute, b->second};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}
