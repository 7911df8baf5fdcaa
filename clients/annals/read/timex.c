#include "annals/read/timex.h"

#include "base/check.h"
#include "base/num.h"

/* ---- patterns: # is a digit, @ a digit or X, + more letters, all else stands for itself ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_mask(char c)
{
    return is_digit(c) || c == 'X';
}

static bool fits(str text, const char *pattern)
{
    size_t i = 0;
    for (; pattern[i] != '\0'; i++) {
        if (i == text.n)
            return false;
        char c = text.p[i], p = pattern[i];
        bool fine = p == '#' ? is_digit(c) : p == '@' ? is_mask(c) : c == p;
        if (!fine)
            return false;
    }
    return i == text.n;
}

/*
 * X(pattern, rule, what EDTF has for it): what may follow the year, up to a time of day.
 */
#define REST_TABLE(X)                                                                              \
    X("", REST_AS_IT_IS, "")                                                                       \
    X("-@@", REST_AS_IT_IS, "")                                                                    \
    X("-@@-@@", REST_AS_IT_IS, "")                                                                 \
    X("-SP", REST_GROUP, "-21")                                                                    \
    X("-SU", REST_GROUP, "-22")                                                                    \
    X("-FA", REST_GROUP, "-23")                                                                    \
    X("-AU", REST_GROUP, "-23")                                                                    \
    X("-WI", REST_GROUP, "-24")                                                                    \
    X("-Q1", REST_GROUP, "-33")                                                                    \
    X("-Q2", REST_GROUP, "-34")                                                                    \
    X("-Q3", REST_GROUP, "-35")                                                                    \
    X("-Q4", REST_GROUP, "-36")                                                                    \
    X("-H1", REST_GROUP, "-40")                                                                    \
    X("-H2", REST_GROUP, "-41")                                                                    \
    X("-QX", REST_YEAR, "")                                                                        \
    X("-HX", REST_YEAR, "")                                                                        \
    X("-WXX", REST_YEAR, "")                                                                       \
    X("-WXX-@", REST_YEAR, "")                                                                     \
    X("-WXX-WE", REST_YEAR, "")                                                                    \
    X("-W##", REST_WEEK, "")                                                                       \
    X("-W##-X", REST_WEEK, "")                                                                     \
    X("-W##-#", REST_WEEK_DAY, "")                                                                 \
    X("-W##-WE", REST_WEEKEND, "")

enum rest_rule { REST_AS_IT_IS, REST_GROUP, REST_YEAR, REST_WEEK, REST_WEEK_DAY, REST_WEEKEND };

static const struct {
    const char *pattern;
    enum rest_rule rule;
    const char *edtf;
} rests[] = {
#define X(pattern, rule, edtf) {pattern, rule, edtf},
    REST_TABLE(X)
#undef X
};

/* X(pattern, rule): a time of day. EDTF has times to the second alone, so others fall away. */
#define CLOCK_TABLE(X)                                                                             \
    X("T##:##:##", CLOCK_SECOND)                                                                   \
    X("T##:##", CLOCK_MINUTE)                                                                      \
    X("T##", CLOCK_HOUR)                                                                           \
    X("T@@:@@:@@", CLOCK_PART)                                                                     \
    X("T@@:@@", CLOCK_PART)                                                                        \
    X("T@@", CLOCK_PART)                                                                           \
    X("TMO", CLOCK_PART)                                                                           \
    X("TMI", CLOCK_PART)                                                                           \
    X("TAF", CLOCK_PART)                                                                           \
    X("TEV", CLOCK_PART)                                                                           \
    X("TNI", CLOCK_PART)                                                                           \
    X("TDT", CLOCK_PART)                                                                           \
    X("TAM", CLOCK_PART)                                                                           \
    X("TPM", CLOCK_PART)

enum clock_rule { CLOCK_NONE, CLOCK_SECOND, CLOCK_MINUTE, CLOCK_HOUR, CLOCK_PART, CLOCK_BAD };

static const struct {
    const char *pattern;
    enum clock_rule rule;
} clocks[] = {
#define X(pattern, rule) {pattern, rule},
    CLOCK_TABLE(X)
#undef X
};

/* X(modifier, rule): what a date becomes. Those of durations change no date. */
#define MOD_TABLE(X)                                                                               \
    X("", MOD_NONE)                                                                                \
    X("APPROX", MOD_APPROXIMATE)                                                                   \
    X("START", MOD_PART)                                                                           \
    X("MID", MOD_PART)                                                                             \
    X("END", MOD_PART)                                                                             \
    X("BEFORE", MOD_UNTIL)                                                                         \
    X("ON_OR_BEFORE", MOD_UNTIL)                                                                   \
    X("AFTER", MOD_SINCE)                                                                          \
    X("ON_OR_AFTER", MOD_SINCE)

enum mod_rule { MOD_NONE, MOD_APPROXIMATE, MOD_PART, MOD_UNTIL, MOD_SINCE };

static const struct {
    str mod;
    enum mod_rule rule;
} mods[] = {
#define X(mod, rule) {STR_INIT(mod), rule},
    MOD_TABLE(X)
#undef X
};

/* ---- values that are no dates ---- */

/* X(pattern, class) */
#define NO_DATE_TABLE(X)                                                                           \
    X("PRESENT_REF", TIMEX_REFERENCE)                                                              \
    X("PAST_REF", TIMEX_REFERENCE)                                                                 \
    X("FUTURE_REF", TIMEX_REFERENCE)                                                               \
    X("FY##", TIMEX_FISCAL)                                                                        \
    X("FY####", TIMEX_FISCAL)                                                                      \
    X("FY####-Q#", TIMEX_FISCAL)                                                                   \
    X("FY####-H#", TIMEX_FISCAL)

static const struct {
    const char *pattern;
    enum timex_class is;
} no_dates[] = {
#define X(pattern, is) {pattern, is},
    NO_DATE_TABLE(X)
#undef X
};

/* "P6M", "PT2H", "P0.5Y", "PXD", "P1Y6M": P, then numbers and units. */
static bool is_duration(str value)
{
    bool number = false, unit = false;
    if (value.n < 2 || value.p[0] != 'P')
        return false;
    for (size_t i = 1; i < value.n; i++) {
        char c = value.p[i];
        if (is_mask(c) || (c == '.' && number)) {
            number = true;
        } else if (c == 'T' && !number) {
            continue;
        } else if (c >= 'A' && c <= 'Z' && (number || unit)) {
            number = false;
            unit = true;
        } else {
            return false;
        }
    }
    return unit && !number;
}

/* "KA10", "MA2.5", "GA4", alone: so many thousands, millions, billions of years ago. */
static bool is_geological(str value)
{
    if (value.n < 3 || value.p[1] != 'A' || str_find(STR("KMG"), value.p[0]) == 3)
        return false;
    for (size_t i = 2; i < value.n; i++)
        if (!is_mask(value.p[i]) && value.p[i] != '.')
            return false;
    return true;
}

/* ---- years ---- */

struct years {
    bool written; /* text is the year in EDTF */
    str text;
    int64_t first, last; /* where not: some year from first to last; and where a week is counted */
    bool unknown;        /* no digit is given */
};

static bool all_masked(str digits)
{
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] != 'X')
            return false;
    return digits.n > 0;
}

/* The least and the largest number that one to four digits, X for any, can be; what is missing
 * behind them can be any as well. */
static void spread(str digits, int64_t *least, int64_t *most)
{
    *least = *most = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = i < digits.n ? digits.p[i] : 'X';
        *least = *least * 10 + (c == 'X' ? 0 : c - '0');
        *most = *most * 10 + (c == 'X' ? 9 : c - '0');
    }
}

/*
 * Takes the year at the start of a value. "196" is a decade and "19" a century, as the guidelines
 * have it; a century, decade or masked year before Christ does not begin with a round number in
 * EDTF (BC046 is 469 to 460 BC, -0468 to -0459), so these are ranges. False: no year stands there.
 */
static bool take_years(str value, struct years *out, str *rest, struct arena *a)
{
    bool before = str_starts(value, STR("BC")), minus = str_starts(value, STR("-"));
    str digits = str_sub(value, before ? 2 : minus, value.n);
    size_t n = 0;
    while (n < digits.n && n < 5 && is_mask(digits.p[n]))
        n++;
    *rest = str_sub(digits, n, digits.n);
    digits = str_sub(digits, 0, n);
    *out = (struct years){.unknown = all_masked(digits)};
    if (n == 0 || n > 4 || (n < 4 && minus))
        return false;
    spread(digits, &out->first, &out->last);
    if (before) {
        int64_t least = out->first > 1 ? out->first : 1, most = out->last;
        if (most == 0)
            return false;
        out->first = 1 - most;
        out->last = 1 - least;
        out->written = least == most;
        out->text = when_year(out->first, a);
    } else {
        out->written = true;
        out->text = arena_printf(a, "%s%.*s%.*s", minus ? "-" : "", STR_ARG(digits), (int)(4 - n),
                                 "XXXX");
        if (minus) {
            int64_t least = out->first;
            out->first = -out->last;
            out->last = -least;
        }
    }
    return true;
}

/* ---- dates ---- */

static bool some_year(const struct years *y, struct arena *a, struct when *out)
{
    if (y->written)
        return when_read(y->text, a, out);
    return when_read(arena_printf(a, "[%.*s..%.*s]", STR_ARG(when_year(y->first, a)),
                                  STR_ARG(when_year(y->last, a))),
                     a, out);
}

/* Days `from` to `to` (from 0, Monday) of a week of ISO 8601. */
static bool week(const struct years *y, str rest, int from, int to, struct arena *a,
                 struct when *out)
{
    int64_t number = 0;
    if (y->first != y->last)
        return some_year(y, a, out);
    if (!num_parse_range(str_sub(rest, rest.p[2] == '0' ? 3 : 2, rest.p[2] == '0' ? 1 : 2), 1, 53,
                         &number))
        return false;
    /* 4 January lies in week 1; 1970-01-01 was a Thursday. */
    int64_t fourth = period_days_from_civil(y->first, 1, 4);
    int64_t monday = fourth - (((fourth + 3) % 7) + 7) % 7 + 7 * (number - 1);
    int64_t year;
    int month, day;
    period_civil_from_days(monday + 3, &year, &month, &day);
    if (year != y->first)
        return false;
    return when_within((monday + from) * PERIOD_DAY_SECONDS,
                       (monday + to + 1) * PERIOD_DAY_SECONDS - 1, a, out);
}

static bool week_day(const struct years *y, str rest, struct arena *a, struct when *out)
{
    int day = rest.p[5] - '1';
    return day >= 0 && day <= 6 && week(y, rest, day, day, a, out);
}

static bool date_by(enum rest_rule rule, const char *edtf, const struct years *y, str rest,
                    struct arena *a, struct when *out)
{
    switch (rule) {
    case REST_AS_IT_IS:
        return y->written
                   ? when_read(arena_printf(a, "%.*s%.*s", STR_ARG(y->text), STR_ARG(rest)), a, out)
                   : some_year(y, a, out);
    case REST_GROUP:
        /* Of a range of years there is no season: it is the range. */
        return (y->written &&
                when_read(arena_printf(a, "%.*s%s", STR_ARG(y->text), edtf), a, out)) ||
               some_year(y, a, out);
    case REST_YEAR:
        return some_year(y, a, out);
    case REST_WEEK:
        return week(y, rest, 0, 6, a, out);
    case REST_WEEK_DAY:
        return week_day(y, rest, a, out);
    case REST_WEEKEND:
        return week(y, rest, 5, 6, a, out);
    }
    UNREACHABLE();
}

/* ---- times of day ---- */

/* Cuts an offset from UTC off a time with a clock: Z, +04, +04:00. */
static str cut_zone(str clock, str *zone)
{
    size_t at = clock.n;
    for (size_t i = 1; i < clock.n && at == clock.n; i++)
        if (clock.p[i] == 'Z' || clock.p[i] == '+' || clock.p[i] == '-')
            at = i;
    *zone = str_sub(clock, at, clock.n);
    str rest = str_sub(clock, 0, at), whole, fraction;
    str_cut(rest, '.', &whole, &fraction);
    return whole;
}

static enum clock_rule clock_of(str clock)
{
    if (clock.n == 0)
        return CLOCK_NONE;
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
        if (fits(clock, clocks[i].pattern))
            return clocks[i].rule;
    return CLOCK_BAD;
}

/* Whether hours, minutes and seconds are such, on some day. */
static bool is_clock(str clock, enum clock_rule rule, str zone, struct arena *a)
{
    struct when some;
    const char *missing = rule == CLOCK_HOUR ? ":00:00" : rule == CLOCK_MINUTE ? ":00" : "";
    return rule == CLOCK_NONE || rule == CLOCK_PART ||
           (rule != CLOCK_BAD && when_read(arena_printf(a, "2000-01-01%.*s%s%.*s", STR_ARG(clock),
                                                        missing, STR_ARG(zone)),
                                           a, &some));
}

/* ---- all together ---- */

static void modify(struct timex *t, str mod, struct arena *a)
{
    enum mod_rule rule = MOD_NONE;
    struct when changed;
    const struct period *p = &t->when.date.bounds;
    for (size_t i = 0; i < sizeof mods / sizeof *mods; i++)
        if (str_eq(mod, mods[i].mod))
            rule = mods[i].rule;
    t->narrowed = rule == MOD_PART;
    if (rule == MOD_APPROXIMATE)
        when_qualify(&t->when, EDTF_APPROXIMATE, a);
    if (rule != MOD_UNTIL && rule != MOD_SINCE)
        return;
    if (when_within(rule == MOD_UNTIL ? PERIOD_NO_START : p->earliest,
                    rule == MOD_UNTIL ? p->latest : PERIOD_NO_END, a, &changed))
        t->when = changed;
}

/* Whether months and days are such in some year. */
static bool is_rest(enum rest_rule rule, str day, struct arena *a)
{
    struct when some;
    return rule != REST_AS_IT_IS || when_read(arena_printf(a, "2000%.*s", STR_ARG(day)), a, &some);
}

/* The basic form of a day, 19910506, as the extended one. */
static str extended(str value, struct arena *a)
{
    if (!fits(str_sub(value, 0, 8), "########") || (value.n > 8 && value.p[8] != 'T'))
        return value;
    return arena_printf(a, "%.4s-%.2s-%.2s%.*s", value.p, value.p + 4, value.p + 6,
                        STR_ARG(str_sub(value, 8, value.n)));
}

static struct timex read_date(str value, struct arena *a)
{
    struct timex bad = {.is = TIMEX_BAD}, t = {.is = TIMEX_DATED};
    struct years years;
    str rest, day, clock, zone, tail;
    if (!take_years(value, &years, &rest, a))
        return bad;
    str_cut(rest, 'T', &day, &tail);
    clock = cut_zone(str_sub(rest, day.n, rest.n), &zone);
    enum clock_rule at = clock_of(clock);
    if (!is_clock(clock, at, zone, a) || (day.n < rest.n && day.n == 0))
        return bad;
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
        if (!fits(day, rests[i].pattern))
            continue;
        if ((years.unknown || !years.written) && !is_rest(rests[i].rule, day, a))
            return bad;
        if (years.unknown)
            return (struct timex){.is = TIMEX_YEARLESS};
        if (!date_by(rests[i].rule, rests[i].edtf, &years, day, a, &t.when))
            return bad;
        struct when exact;
        t.coarser = at != CLOCK_NONE;
        if (at == CLOCK_SECOND && when_read(arena_printf(a, "%.*s%.*s%.*s", STR_ARG(t.when.text),
                                                         STR_ARG(clock), STR_ARG(zone)),
                                            a, &exact)) {
            t.when = exact;
            t.coarser = false;
        }
        return t;
    }
    return bad;
}

/* A time of a day that is not named. */
static bool is_time_alone(str value, struct arena *a)
{
    str zone, clock = cut_zone(value, &zone);
    enum clock_rule rule = clock_of(clock);
    return rule != CLOCK_NONE && is_clock(clock, rule, zone, a);
}

struct timex timex_read(str value, str type, str mod, struct arena *a)
{
    value = str_trim(value);
    if (value.n == 0)
        return (struct timex){.is = TIMEX_EMPTY};
    if (value.n > 64)
        return (struct timex){.is = TIMEX_BAD};
    value = extended(value, a);
    if (str_eq(type, STR("SET")))
        return (struct timex){.is = TIMEX_RECURRING};
    if (is_duration(value))
        return (struct timex){.is = TIMEX_DURATION};
    for (size_t i = 0; i < sizeof no_dates / sizeof *no_dates; i++)
        if (fits(value, no_dates[i].pattern))
            return (struct timex){.is = no_dates[i].is};
    if (is_geological(value))
        return (struct timex){.is = TIMEX_GEOLOGICAL};
    if (str_starts(value, STR("UNDEF-"))) /* HeidelTime writes UNDEF-year-05-12, UNDEF-this-day */
        return (struct timex){.is = TIMEX_UNRESOLVED};
    if (is_time_alone(value, a))
        return (struct timex){.is = TIMEX_YEARLESS};
    struct timex t = read_date(value, a);
    if (t.is == TIMEX_DATED)
        modify(&t, str_trim(mod), a);
    return t;
}

const char *timex_words(enum timex_class c)
{
    static const char *const words[] = {
#define X(value, words) words,
        TIMEX_TABLE(X)
#undef X
    };
    ENSURE(c < TIMEX_CLASSES);
    return words[c];
}
