#include "annals/read/tei_date.h"

#include "annals/read/sentence.h"
#include "annals/read/timex.h"

/* X(slot, attribute) */
#define SLOT_TABLE(X)                                                                              \
    X(SLOT_WHEN, "when")                                                                           \
    X(SLOT_NOT_BEFORE, "notBefore")                                                                \
    X(SLOT_NOT_AFTER, "notAfter")                                                                  \
    X(SLOT_FROM, "from")                                                                           \
    X(SLOT_TO, "to")

enum slot {
#define X(value, name) value,
    SLOT_TABLE(X)
#undef X
        SLOTS
};

static const char *const slot_names[] = {
#define X(value, name) name,
    SLOT_TABLE(X)
#undef X
};

struct dating {
    const struct xml_node *node;
    const struct reading_ask *ask;
    struct arena *arena;
    struct leftover *leftover;
    struct when slots[SLOTS];
};

static str attribute(const struct dating *d, enum slot s, const char *ending)
{
    return str_trim(xml_get(d->node, arena_printf(d->arena, "%s%s", slot_names[s], ending).p));
}

bool tei_date_any(const struct xml_node *n)
{
    static const char *const names[] = {
#define X(value, name) name, name "-iso", name "-custom",
        SLOT_TABLE(X)
#undef X
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_get(n, names[i]).n > 0)
            return true;
    return false;
}

/* ---- one value ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(str s)
{
    size_t n = 0;
    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n;
}

/* Cuts a time zone off a date without a time: 2001-05-03Z, 2001-05-03+02:00. */
static str without_zone(str value)
{
    if (str_find(value, 'T') < value.n)
        return value;
    if (str_ends(value, STR("Z")))
        return str_sub(value, 0, value.n - 1);
    str tail = str_sub(value, value.n > 6 ? value.n - 6 : 0, value.n);
    bool zone = tail.n == 6 && (tail.p[0] == '+' || tail.p[0] == '-') && tail.p[3] == ':';
    return zone ? str_sub(value, 0, value.n - 6) : value;
}

/*
 * A value whose year is counted as EDTF does. XML Schema's years before 1 move on by one; false
 * for its year 0.
 */
static bool astronomical(str value, struct arena *a, str *out)
{
    bool minus = str_starts(value, STR("-"));
    str rest = str_sub(value, minus, value.n);
    size_t n = digits(rest);
    int64_t year = 0;
    for (size_t i = 0; i < n && i < 15; i++)
        year = year * 10 + (rest.p[i] - '0');
    *out = value;
    if (n < 4 || n > 15 || (n == 4 && !minus && year != 0))
        return true;
    if (year == 0)
        return false;
    *out = arena_printf(a, "%.*s%.*s", STR_ARG(when_year(minus ? 1 - year : year, a)),
                        STR_ARG(str_sub(rest, n, rest.n)));
    return true;
}

/* An ordinal day of ISO 8601, 1863-185, as one of a month. */
static str calendar_day(str value, struct arena *a)
{
    str rest = str_sub(value, 5, value.n);
    int64_t year = 0;
    int month = 0, at = 0;
    if (value.n != 8 || digits(value) != 4 || value.p[4] != '-' || digits(rest) != 3)
        return value;
    int day = (rest.p[0] - '0') * 100 + (rest.p[1] - '0') * 10 + (rest.p[2] - '0');
    for (size_t i = 0; i < 4; i++)
        year = year * 10 + (value.p[i] - '0');
    if (day < 1 || day > (period_leap_year(year) ? 366 : 365))
        return value;
    period_civil_from_days(period_days_from_civil(year, 1, 1) + day - 1, &year, &month, &at);
    return arena_printf(a, "%.4s-%02d-%02d", value.p, month, at);
}

/* --05, ---03, --05-03 and 12:30:00: no year is named. */
static bool is_yearless(str value)
{
    return str_starts(value, STR("--")) ||
           (value.n >= 5 && digits(value) == 2 && value.p[2] == ':');
}

/* Whether it begins with a year, and has no letters but those of the two standards: seasons and
 * the like are TimeML's. */
static bool is_numeric(str value, bool iso)
{
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        bool letter = c >= 'A' && c <= 'Z';
        if (letter && c != 'T' && c != 'Z' && (!iso || (c != 'W' && c != 'X')))
            return false;
    }
    return digits(str_sub(value, str_starts(value, STR("-")), value.n)) >= (iso ? 2 : 4);
}

static void complain(const struct dating *d, enum slot s, str value, const char *why)
{
    problem_add_line(d->ask->notes, d->node->line, d->node->column, "%s=\"%.*s\" %s: left out",
                     slot_names[s], STR_ARG(sentence_line(value, 40, d->arena)), why);
}

static bool read_value(struct dating *d, enum slot s, str value, bool iso, struct when *out)
{
    str counted = without_zone(value);
    if (is_yearless(counted)) {
        leftover_add(d->leftover, d->node->line, d->node->column,
                     "without a date: a day or time without a year");
        return false;
    }
    if (!iso && !astronomical(counted, d->arena, &counted)) {
        complain(d, s, value, "names the year 0, which XML Schema does not have");
        return false;
    }
    if (str_starts(counted, STR("Y")) && when_read(counted, d->arena, out))
        return true;
    if (iso)
        counted = calendar_day(counted, d->arena);
    struct timex t = {.is = TIMEX_BAD};
    if (is_numeric(counted, iso))
        t = timex_read(counted, (str){0}, (str){0}, d->arena);
    if (t.is != TIMEX_DATED) {
        complain(d, s, value, "is no date of TEI");
        return false;
    }
    if (t.coarser)
        leftover_add(d->leftover, d->node->line, d->node->column,
                     "kept as its day: a time that EDTF has no form for");
    *out = t.when;
    return true;
}

/* ISO 8601 has intervals in one value too. */
static bool read_iso(struct dating *d, enum slot s, str value, struct when *out)
{
    str from, to;
    struct when first, last;
    if (!str_cut(value, '/', &from, &to))
        return read_value(d, s, value, true, out);
    if (!read_value(d, s, from, true, &first) || !read_value(d, s, to, true, &last))
        return false;
    if (when_interval(&first, &last, d->arena, out))
        return true;
    complain(d, s, value, "ends before it begins");
    return false;
}

static void read_slot(struct dating *d, enum slot s)
{
    str plain = attribute(d, s, ""), iso = attribute(d, s, "-iso");
    str custom = attribute(d, s, "-custom");
    struct when *out = &d->slots[s];
    if (plain.n > 0 && read_value(d, s, plain, false, out))
        return;
    if (iso.n > 0 && read_iso(d, s, iso, out))
        return;
    *out = (struct when){0};
    if (plain.n > 0 || iso.n > 0 || custom.n == 0)
        return;
    str method = xml_get(d->node, "datingMethod");
    bool edtf = str_ends(method, STR("edtf")) || str_ends(method, STR("EDTF"));
    if (!edtf)
        leftover_add(d->leftover, d->node->line, d->node->column,
                     "left out: a date in a calendar of its own (%s-custom)", slot_names[s]);
    else if (!when_read(custom, d->arena, out))
        complain(d, s, custom, "is no date in EDTF");
}

/* ---- all of them ---- */

static bool combine(struct dating *d, struct when *out)
{
    const struct when *s = d->slots;
    const struct when *first = &s[when_any(&s[SLOT_FROM]) ? SLOT_FROM : SLOT_NOT_BEFORE];
    const struct when *last = &s[when_any(&s[SLOT_TO]) ? SLOT_TO : SLOT_NOT_AFTER];
    *out = s[SLOT_WHEN];
    if (when_any(out))
        return true;
    if (!when_any(first) && !when_any(last))
        return false;
    /* An interval where both ends are told, or one and nothing of the other; else some time
     * between the limits, which is never sharper. */
    bool from = when_any(&s[SLOT_FROM]), to = when_any(&s[SLOT_TO]);
    bool interval = (from && to) || (from && !when_any(last)) || (to && !when_any(first));
    if (interval
            ? when_interval(first, last, d->arena, out)
            : when_within(when_any(first) ? first->date.bounds.earliest : PERIOD_NO_START,
                          when_any(last) ? last->date.bounds.latest : PERIOD_NO_END, d->arena, out))
        return true;
    problem_add_line(d->ask->notes, d->node->line, d->node->column,
                     "this date ends before it begins: left out");
    return false;
}

static bool is_one_of(str word, const char *a, const char *b, const char *c)
{
    return str_eq(word, str_from(a)) || str_eq(word, str_from(b)) || str_eq(word, str_from(c));
}

static enum edtf_qualifier qualifier(const struct xml_node *n)
{
    bool uncertain = is_one_of(xml_get(n, "cert"), "low", "medium", "unknown") ||
                     str_eq(xml_get(n, "evidence"), STR("conjecture"));
    bool approximate = is_one_of(xml_get(n, "precision"), "low", "medium", "unknown");
    return (enum edtf_qualifier)((uncertain ? EDTF_UNCERTAIN : 0) |
                                 (approximate ? EDTF_APPROXIMATE : 0));
}

bool tei_date_read(const struct xml_node *n, const struct reading_ask *ask,
                   struct leftover *leftover, struct when *out)
{
    struct dating d = {.node = n, .ask = ask, .arena = ask->arena, .leftover = leftover};
    *out = (struct when){0};
    if (!tei_date_any(n))
        return false;
    for (int s = 0; s < SLOTS; s++)
        read_slot(&d, (enum slot)s);
    if (!combine(&d, out))
        return false;
    when_qualify(out, qualifier(n), ask->arena);
    return true;
}
