#include "annals/read/table_date.h"

#include "annals/read/moment.h"
#include "base/check.h"
#include "base/num.h"
#include "model/edtf.h"

enum when_kind { WHEN_MISSING, WHEN_FAULT, WHEN_TEXT, WHEN_MOMENT, WHEN_RANGE };

/* What a date came to. */
struct when {
    enum when_kind kind;
    str text;               /* WHEN_TEXT: EDTF as it stood */
    struct moment from, to; /* WHEN_MOMENT: from alone; WHEN_RANGE: some time between the two */
    enum moment_unit unit;  /* of WHEN_MOMENT */
    const char *mark;       /* "~", "?", "%" or "" */
};

/* A precision as it stands in a row. */
struct precision {
    enum moment_unit unit;
    bool week, between, interval, unknown;
    const char *mark;
};

static struct when refuse(struct table_context *x, const struct table_value *v, str text,
                          const char *what)
{
    table_cell_refuse(x, v, text, what);
    return (struct when){.kind = WHEN_FAULT};
}

/* ---- precision ---- */

static const char *mark_of(str word)
{
    static const char *const marks[] = {"~", "?", "%"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_ends(word, str_from(marks[i])))
            return marks[i];
    return "";
}

/* False: the word is none, and a problem now. */
static bool read_precision(struct table_context *x, const struct table_date_choice *d,
                           struct precision *out)
{
    str word, mark;
    *out = (struct precision){.unit = MOMENT_EXACT, .mark = ""};
    if (table_cell_value(x, &d->qualifier, &mark)) {
        out->mark = mark_of(mark);
        if (mark.n != 1 || out->mark[0] == '\0') {
            table_cell_refuse(x, &d->qualifier, mark, "is no qualifier: ~, ? or %");
            return false;
        }
    }
    if (!table_cell_value(x, &d->precision, &word))
        return !x->refused;
    str bare = word;
    if (mark_of(word)[0] != '\0') {
        out->mark = mark_of(word);
        bare = str_sub(word, 0, word.n - 1);
    }
    out->unit = moment_unit_from(bare);
    out->week = str_eq(bare, STR("week"));
    out->between = str_eq(bare, STR("between"));
    out->interval = str_eq(bare, STR("interval"));
    out->unknown = str_eq(bare, STR("unknown"));
    if (out->unit != MOMENT_UNITS)
        return true;
    out->unit = MOMENT_EXACT;
    if (out->week || out->between || out->interval || out->unknown)
        return true;
    table_cell_refuse(x, &d->precision, word,
                      "is no precision: exact, day, week, month, year, decade, century, between, "
                      "interval or unknown");
    return false;
}

/* A moment as precise as the row says. */
static struct when precise(struct table_context *x, const struct table_date_choice *d,
                           const struct moment *m, const struct precision *p)
{
    const struct table_value *v = d->value.n > 0 ? &d->value : &d->year;
    if (p->unknown)
        return (struct when){.kind = WHEN_MISSING};
    if (p->between)
        return refuse(x, v, (str){0}, "the precision \"between\" needs a start and an end");
    if (p->week && m->day == 0)
        return refuse(x, v, (str){0}, "the precision \"week\" needs a day");
    if (p->week)
        return (struct when){.kind = WHEN_RANGE,
                             .from = moment_days_later(m, -6),
                             .to = moment_days_later(m, 6),
                             .mark = p->mark};
    struct when w = {.kind = WHEN_MOMENT, .from = *m, .unit = p->unit, .mark = p->mark};
    if (p->unit >= MOMENT_DAY)
        w.from.timed = false;
    if (p->unit >= MOMENT_MONTH)
        w.from.day = 0;
    if (p->unit >= MOMENT_YEAR)
        w.from.month = 0;
    return w;
}

/* ---- one date ---- */

/* A value that is EDTF, as far as it is a plain date. */
static struct when from_edtf(struct table_context *x, const struct table_date_choice *d, str text,
                             const struct precision *p)
{
    struct moment m;
    if (moment_iso(text, &m) && str_find(text, ' ') == text.n && moment_valid(&m))
        return precise(x, d, &m, p);
    if (p->unknown)
        return (struct when){.kind = WHEN_MISSING};
    if (p->unit != MOMENT_EXACT || p->week || p->between || p->mark[0] != '\0')
        return refuse(x, &d->value, text, "cannot be made less precise; it is no plain date");
    return (struct when){.kind = WHEN_TEXT, .text = text, .mark = ""};
}

static bool reads_as(str text, str format, struct moment *m)
{
    bool read = str_eq(format, STR("iso")) ? moment_iso(text, m) : moment_pattern(text, format, m);
    return read && moment_valid(m);
}

static struct when from_value(struct table_context *x, const struct table_date_choice *d,
                              const struct precision *p)
{
    str text;
    struct moment m;
    if (!table_cell_value(x, &d->value, &text))
        return (struct when){.kind = x->refused ? WHEN_FAULT : WHEN_MISSING};
    if (d->formats.n == 0)
        return from_edtf(x, d, text, p);
    for (size_t i = 0; i < d->formats.n; i++) {
        if (str_eq(d->formats.items[i], STR("edtf")))
            return from_edtf(x, d, text, p);
        if (reads_as(text, d->formats.items[i], &m))
            return precise(x, d, &m, p);
    }
    return refuse(x, &d->value, text,
                  d->formats.n == 1 ? "is no date in the mapping's format"
                                    : "is no date in any of the mapping's formats");
}

/* A number of a part. False: missing, or refused. */
static bool part_number(struct table_context *x, const struct table_value *v, int64_t least,
                        int64_t most, int *out)
{
    str text;
    int64_t number;
    if (!table_cell_value(x, v, &text))
        return false;
    while (text.n > 1 && text.p[0] == '0')
        text = str_sub(text, 1, text.n);
    if (num_parse_range(text, least, most, &number)) {
        *out = (int)number;
        return true;
    }
    table_cell_refuse(x, v, text, "is no such part of a date");
    return false;
}

/* A number whose thousands are set off by commas, without these. */
static str without_commas(str digits, struct arena *a)
{
    size_t first = str_find(digits, ',');
    if (first == digits.n || first == 0 || first > 3 || (digits.n - first) % 4 != 0)
        return digits;
    char *plain = arena_alloc(a, digits.n);
    size_t n = 0;
    for (size_t i = 0; i < digits.n; i++) {
        bool due = i >= first && (i - first) % 4 == 0;
        if ((digits.p[i] == ',') != due)
            return digits;
        if (!due)
            plain[n++] = digits.p[i];
    }
    return (str){plain, n};
}

static bool year_number(struct table_context *x, const struct table_date_choice *d, str text,
                        int64_t *out)
{
    bool negative = text.n > 1 && text.p[0] == '-';
    str digits = without_commas(str_sub(text, negative, text.n), x->arena);
    while (digits.n > 1 && digits.p[0] == '0')
        digits = str_sub(digits, 1, digits.n);
    if (!num_parse_range(digits, 0, PERIOD_LAST_YEAR / 2, out)) {
        table_cell_refuse(x, &d->year, text, "is no year");
        return false;
    }
    *out = negative ? -*out : *out;
    if (d->historical && *out == 0) {
        table_cell_refuse(x, &d->year, text, "is no year: before the year 1 comes -1");
        return false;
    }
    *out += d->historical && *out < 0;
    return true;
}

static void take_clock(struct table_context *x, const struct table_date_choice *d, struct moment *m)
{
    str text;
    if (table_cell_value(x, &d->time, &text) && !moment_time(text, m))
        table_cell_refuse(x, &d->time, text, "is no time, such as 14:30 or 2:30 pm");
    if (d->hour.n == 0 || !part_number(x, &d->hour, 0, 24, &m->hour))
        return;
    /* An hour alone is coarser than any time that a date can have. */
    m->timed = part_number(x, &d->minute, 0, 59, &m->minute);
    if (m->timed)
        part_number(x, &d->second, 0, 59, &m->second);
}

static struct when from_parts(struct table_context *x, const struct table_date_choice *d,
                              const struct precision *p)
{
    str year, month;
    struct moment m = {0};
    if (!table_cell_value(x, &d->year, &year))
        return (struct when){.kind = x->refused ? WHEN_FAULT : WHEN_MISSING};
    if (!year_number(x, d, year, &m.year))
        return (struct when){.kind = WHEN_FAULT};
    if (table_cell_value(x, &d->month, &month) && (m.month = moment_month(month)) == 0)
        return refuse(x, &d->month, month, "is no month");
    part_number(x, &d->day, 1, 31, &m.day);
    take_clock(x, d, &m);
    if (x->refused)
        return (struct when){.kind = WHEN_FAULT};
    if (m.day > 0 && m.month == 0)
        return refuse(x, &d->day, (str){0}, "a day stands here without a month");
    if (m.timed && m.day == 0)
        return refuse(x, &d->year, (str){0}, "a time stands here without a day");
    if (!moment_valid(&m))
        return refuse(x, &d->year, (str){0}, "there is no such day");
    return precise(x, d, &m, p);
}

/* ---- between two ---- */

static bool is_midnight(const struct moment *m)
{
    return m->timed && m->hour == 0 && m->minute == 0 && m->second == 0;
}

/* The last day that a range ends on: one that ends at midnight ends with the day before. */
static struct moment last_day(const struct when *w)
{
    struct moment to = w->to;
    if (is_midnight(&to) && moment_compare(&w->from, &to) < 0)
        return moment_days_later(&to, -1);
    to.timed = false;
    return to;
}

static bool same_month(const struct moment *a, const struct moment *b)
{
    return a->year == b->year && a->month == b->month;
}

static bool whole_days(const struct when *w)
{
    return (!w->from.timed || is_midnight(&w->from)) && (!w->to.timed || is_midnight(&w->to));
}

/* The unit of the calendar that is exactly the range; MOMENT_UNITS for none. */
static enum moment_unit exact_unit(const struct when *w)
{
    struct moment last = last_day(w);
    const struct moment *from = &w->from;
    if (moment_compare(from, &w->to) == 0)
        return MOMENT_EXACT;
    if (!whole_days(w) || from->day == 0 || last.day == 0 || w->from.timed != w->to.timed)
        return MOMENT_UNITS;
    if (same_month(from, &last) && from->day == last.day)
        return MOMENT_DAY;
    if (from->day != 1 || last.day != period_days_in_month(last.year, last.month))
        return MOMENT_UNITS;
    if (same_month(from, &last))
        return MOMENT_MONTH;
    return from->year == last.year && from->month == 1 && last.month == 12 ? MOMENT_YEAR
                                                                           : MOMENT_UNITS;
}

/* The smallest unit that holds all of the range; MOMENT_UNITS for none. */
static enum moment_unit holding_unit(const struct when *w)
{
    struct moment last = last_day(w);
    const struct moment *from = &w->from;
    bool years = from->year >= 0 && last.year >= 0 && last.year <= 9999;
    if (from->month > 0 && same_month(from, &last))
        return from->day > 0 && from->day == last.day ? MOMENT_DAY : MOMENT_MONTH;
    if (from->year == last.year)
        return MOMENT_YEAR;
    if (years && from->year / 10 == last.year / 10)
        return MOMENT_DECADE;
    return years && from->year / 100 == last.year / 100 ? MOMENT_CENTURY : MOMENT_UNITS;
}

static struct when from_between(struct table_context *x, const struct when *from,
                                const struct when *to, const struct table_date_choice *d)
{
    const struct table_value *v = d->earliest.n > 0 ? &d->earliest.choices->value
                                                    : &d->start.choices->value;
    if (from->kind != WHEN_MOMENT || to->kind != WHEN_MOMENT)
        return refuse(x, v, (str){0}, "these two dates make no range; both must be plain dates");
    struct when w = {.kind = WHEN_RANGE, .from = from->from, .to = to->from, .mark = ""};
    if (moment_compare(&w.from, &w.to) > 0)
        return refuse(x, v, (str){0}, "the earlier date lies after the later one");
    enum moment_unit unit = exact_unit(&w);
    if (unit == MOMENT_UNITS)
        return w;
    return (struct when){.kind = WHEN_MOMENT, .from = w.from, .unit = unit, .mark = from->mark};
}

/* ---- intervals ---- */

static str write_when(const struct when *w, struct arena *a)
{
    if (w->kind == WHEN_TEXT)
        return w->text;
    return arena_printf(a, "%.*s%s", STR_ARG(moment_write(&w->from, w->unit, a)), w->mark);
}

/* A range standing alone. */
static str write_range(const struct when *w, struct arena *a)
{
    bool days = whole_days(w);
    struct moment last = days ? last_day(w) : w->to;
    enum moment_unit unit = days ? MOMENT_DAY : MOMENT_EXACT;
    return arena_printf(a, "[%.*s..%.*s]", STR_ARG(moment_write(&w->from, unit, a)),
                        STR_ARG(moment_write(&last, unit, a)));
}

/* A side of an interval. */
static str write_side(const struct when *w, enum table_side without, bool *widened, struct arena *a)
{
    if (w->kind == WHEN_MISSING)
        return without == TABLE_SIDE_OPEN ? STR("..") : (str){0};
    if (w->kind != WHEN_RANGE)
        return write_when(w, a);
    enum moment_unit unit = holding_unit(w);
    *widened = true;
    return unit == MOMENT_UNITS ? (str){0} : moment_write(&w->from, unit, a);
}

static bool same_range(const struct when *a, const struct when *b)
{
    return a->kind == WHEN_RANGE && b->kind == WHEN_RANGE &&
           moment_compare(&a->from, &b->from) == 0 && moment_compare(&a->to, &b->to) == 0;
}

static struct when from_sides(struct table_context *x, const struct table_date_choice *d,
                              const struct when *start, const struct when *end, bool *widened)
{
    if (start->kind == WHEN_MISSING && end->kind == WHEN_MISSING)
        return (struct when){.kind = WHEN_MISSING};
    if (end->kind == WHEN_MISSING && d->without_end == TABLE_SIDE_NONE)
        return *start;
    if (start->kind == WHEN_MISSING && d->without_start == TABLE_SIDE_NONE)
        return *end;
    if (same_range(start, end))
        return *start;
    str from = write_side(start, d->without_start, widened, x->arena);
    str to = write_side(end, d->without_end, widened, x->arena);
    if (str_eq(from, to) && from.n > 2)
        return (struct when){.kind = WHEN_TEXT, .text = from, .mark = ""};
    if (from.n + to.n == 0)
        return (struct when){.kind = WHEN_MISSING};
    return (struct when){.kind = WHEN_TEXT,
                         .text = arena_printf(x->arena, "%.*s/%.*s", STR_ARG(from), STR_ARG(to)),
                         .mark = ""};
}

static struct when eval(struct table_context *x, const struct table_date *d, bool *widened);

/* The precision of an interval holds for both sides. */
static void apply(struct when *w, const struct precision *p)
{
    if (w->kind != WHEN_MOMENT)
        return;
    if (p->unit > w->unit)
        w->unit = p->unit;
    if (p->mark[0] != '\0')
        w->mark = p->mark;
}

/* Where midnight stands for an hour that is not known: the day that begins at the start, and the
 * day that ended at the end. */
static void drop_midnight(struct when *w, const struct when *start)
{
    if (w->kind != WHEN_MOMENT || !is_midnight(&w->from))
        return;
    if (start != NULL && moment_compare(&start->from, &w->from) < 0)
        w->from = moment_days_later(&w->from, -1);
    w->from.timed = false;
}

static struct when from_interval(struct table_context *x, const struct table_date_choice *d,
                                 const struct precision *p, bool *widened)
{
    struct when start = eval(x, &d->start, widened), end = eval(x, &d->end, widened);
    if (start.kind == WHEN_FAULT || end.kind == WHEN_FAULT)
        return (struct when){.kind = WHEN_FAULT};
    if (p->unknown)
        return (struct when){.kind = WHEN_MISSING};
    if (p->between && start.kind != WHEN_MISSING && end.kind != WHEN_MISSING)
        return from_between(x, &start, &end, d);
    if (d->whole_days) {
        drop_midnight(&end, start.kind == WHEN_MOMENT ? &start : NULL);
        drop_midnight(&start, NULL);
    }
    apply(&start, p);
    apply(&end, p);
    return from_sides(x, d, &start, &end, widened);
}

static struct when eval_choice(struct table_context *x, const struct table_date_choice *d,
                               bool *widened)
{
    struct precision p;
    if (!table_cell_tests(x, d->tests, d->test_count))
        return (struct when){.kind = x->refused ? WHEN_FAULT : WHEN_MISSING};
    if (!read_precision(x, d, &p))
        return (struct when){.kind = WHEN_FAULT};
    if (d->value.n > 0)
        return from_value(x, d, &p);
    if (d->year.n > 0)
        return from_parts(x, d, &p);
    if (d->start.n > 0)
        return from_interval(x, d, &p, widened);
    struct when earliest = eval(x, &d->earliest, widened), latest = eval(x, &d->latest, widened);
    if (earliest.kind == WHEN_FAULT || latest.kind == WHEN_FAULT)
        return (struct when){.kind = WHEN_FAULT};
    if (earliest.kind == WHEN_MISSING || latest.kind == WHEN_MISSING)
        return (struct when){.kind = WHEN_MISSING};
    return from_between(x, &earliest, &latest, d);
}

static struct when eval(struct table_context *x, const struct table_date *d, bool *widened)
{
    for (size_t i = 0; i < d->n; i++) {
        struct when w = eval_choice(x, &d->choices[i], widened);
        if (w.kind != WHEN_MISSING)
            return w;
    }
    return (struct when){.kind = WHEN_MISSING};
}

/* The value that a date takes first, for the place of a problem. */
static const struct table_value *first_value(const struct table_date *d)
{
    const struct table_date_choice *c = d->choices;
    while (c->value.n == 0 && c->year.n == 0)
        c = c->start.n > 0 ? c->start.choices : c->earliest.choices;
    return c->value.n > 0 ? &c->value : &c->year;
}

bool table_date_text(struct table_context *x, const struct table_date *d, str *out, bool *widened)
{
    struct edtf value;
    struct edtf_error error;
    *out = (str){0};
    struct when w = eval(x, d, widened);
    if (w.kind == WHEN_MISSING || w.kind == WHEN_FAULT)
        return false;
    *out = w.kind == WHEN_RANGE ? write_range(&w, x->arena) : write_when(&w, x->arena);
    if (edtf_parse(*out, &value, &error))
        return true;
    struct problem *p = table_cell_refuse(x, first_value(d), *out, "is no date");
    problem_hint(x->problems, p, "at character %zu: %s", error.position + 1, error.detail);
    return false;
}
