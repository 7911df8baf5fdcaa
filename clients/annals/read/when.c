#include "annals/read/when.h"

#include "base/check.h"

bool when_read(str text, struct arena *a, struct when *out)
{
    struct edtf_error error;
    *out = (struct when){0};
    if (text.n == 0 || !edtf_parse(text, &out->date, &error))
        return false;
    out->text = arena_copy(a, text);
    return true;
}

str when_year(int64_t year, struct arena *a)
{
    if (year < -9999 || year > 9999)
        return arena_printf(a, "Y%lld", (long long)year);
    return arena_printf(a, "%s%04lld", year < 0 ? "-" : "", (long long)(year < 0 ? -year : year));
}

/* ---- from bounds ---- */

/* A side of a stretch as a day; open where it has none. */
struct edge {
    bool open;
    int64_t year;
    int month, day;
};

static struct edge edge_of(int64_t second)
{
    struct edge e = {.open = period_unbounded(second)};
    if (!e.open)
        period_civil_from_days(period_day_of(second), &e.year, &e.month, &e.day);
    return e;
}

static bool ends_month(const struct edge *e)
{
    return e->open || e->day == period_days_in_month(e->year, e->month);
}

static bool begins_month(const struct edge *e)
{
    return e->open || e->day == 1;
}

enum unit { BY_DAY, BY_MONTH, BY_YEAR };

static enum unit unit_of(const struct edge *from, const struct edge *to)
{
    if (!begins_month(from) || !ends_month(to))
        return BY_DAY;
    bool years = (from->open || from->month == 1) && (to->open || to->month == 12);
    return years ? BY_YEAR : BY_MONTH;
}

static str write_edge(const struct edge *e, enum unit unit, struct arena *a)
{
    if (e->open)
        return (str){0};
    str year = when_year(e->year, a);
    if (unit == BY_YEAR)
        return year;
    if (unit == BY_MONTH)
        return arena_printf(a, "%.*s-%02d", STR_ARG(year), e->month);
    return arena_printf(a, "%.*s-%02d-%02d", STR_ARG(year), e->month, e->day);
}

bool when_within(int64_t from, int64_t to, struct arena *a, struct when *out)
{
    struct edge first = edge_of(from), last = edge_of(to);
    *out = (struct when){0};
    if ((first.open && last.open) || from == PERIOD_NO_END || to == PERIOD_NO_START || from > to)
        return false;
    enum unit unit = unit_of(&first, &last);
    str head = write_edge(&first, unit, a), tail = write_edge(&last, unit, a);
    if (str_eq(head, tail))
        return when_read(head, a, out);
    return when_read(arena_printf(a, "[%.*s..%.*s]", STR_ARG(head), STR_ARG(tail)), a, out);
}

/* ---- putting together ---- */

bool when_interval(const struct when *from, const struct when *to, struct arena *a,
                   struct when *out)
{
    *out = (struct when){0};
    if (!when_any(from) && !when_any(to))
        return false;
    if (when_read(arena_printf(a, "%.*s/%.*s", STR_ARG(from->text), STR_ARG(to->text)), a, out))
        return true;
    int64_t first = when_any(from) ? from->date.bounds.earliest : PERIOD_NO_START;
    int64_t last = when_any(to) ? to->date.bounds.latest : PERIOD_NO_END;
    return when_within(first, last, a, out);
}

/* Whether a byte ends a date within a set or interval. */
static bool ends_date(str text, size_t at)
{
    return at == text.n || text.p[at] == ',' || text.p[at] == ']' || text.p[at] == '}' ||
           text.p[at] == '/' || (text.p[at] == '.' && at + 1 < text.n && text.p[at + 1] == '.');
}

static bool is_in_date(char c)
{
    return (c >= '0' && c <= '9') || c == 'X';
}

void when_qualify(struct when *w, enum edtf_qualifier q, struct arena *a)
{
    static const char marks[] = {
        [EDTF_UNCERTAIN] = '?', [EDTF_APPROXIMATE] = '~', [EDTF_BOTH] = '%'};
    struct buf out;
    struct when qualified;
    enum edtf_qualifier both = (enum edtf_qualifier)(w->date.qualifier | q);
    if (!when_any(w) || q == EDTF_PLAIN)
        return;
    buf_init(&out, (size_t)2 * EDTF_LONGEST);
    for (size_t i = 0; i <= w->text.n; i++) {
        if (i > 0 && ends_date(w->text, i) && is_in_date(w->text.p[i - 1]))
            buf_add_char(&out, marks[both]);
        bool old = i < w->text.n &&
                   (w->text.p[i] == '?' || w->text.p[i] == '~' || w->text.p[i] == '%');
        if (i < w->text.n && !old)
            buf_add_char(&out, w->text.p[i]);
        else if (old && ends_date(w->text, i + 1))
            buf_add_char(&out, marks[both]);
    }
    if (when_read(buf_str(&out), a, &qualified))
        *w = qualified;
    buf_free(&out);
}

static bool lies_within(const struct period *inner, const struct period *outer)
{
    return inner->earliest >= outer->earliest && inner->latest <= outer->latest;
}

bool when_meet(const struct when *a, const struct when *b, struct arena *arena, struct when *out)
{
    const struct period *p = &a->date.bounds, *q = &b->date.bounds;
    struct when met;
    if (period_disjoint(p, q))
        return false;
    bool inside = lies_within(p, q);
    if (!inside && lies_within(q, p))
        *out = *b;
    else if (!inside && when_within(p->earliest > q->earliest ? p->earliest : q->earliest,
                                    p->latest < q->latest ? p->latest : q->latest, arena, &met))
        *out = met;
    else
        *out = *a;
    return true;
}
