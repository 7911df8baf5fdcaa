#include "api/describe_date.h"

#include "base/check.h"
#include "model/edtf.h"

/* ---- the date itself ---- */

/* "on 15 June 2021", "in June 2021", "at 15 June 2021, 14:30:00". */
static const char *preposition(const struct edtf *date)
{
    /* "starting c. 1846" */
    if (date->qualifier == EDTF_APPROXIMATE && date->kind == EDTF_DATE)
        return "";
    switch (date->precision) {
    case EDTF_SECOND:
        return "at ";
    case EDTF_DAY:
        return "on ";
    case EDTF_MONTH:
    case EDTF_SEASON:
    case EDTF_YEAR:
    case EDTF_DECADE:
    case EDTF_CENTURY:
    case EDTF_MILLENNIUM:
        break;
    }
    return "in ";
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a date ends in a day that is all there: 2021-06-05, XXXX-02-24. */
static bool ends_in_day(str text)
{
    return text.n >= 10 && text.p[text.n - 6] == '-' && text.p[text.n - 3] == '-' &&
           is_digit(text.p[text.n - 2]) && is_digit(text.p[text.n - 1]);
}

/* 2021-XX-05 and XXXX-XX-05: the number of the day; 0 for dates of other forms. */
static int day_of_any_month(str text)
{
    if (!ends_in_day(text) || !str_eq(str_sub(text, text.n - 6, 4), STR("-XX-")))
        return 0;
    return (text.p[text.n - 2] - '0') * 10 + (text.p[text.n - 1] - '0');
}

static void add_ordinal(struct buf *out, int n)
{
    const char *ending = n % 10 == 1 && n != 11   ? "st"
                         : n % 10 == 2 && n != 12 ? "nd"
                         : n % 10 == 3 && n != 13 ? "rd"
                                                  : "th";
    buf_printf(out, "%d%s", n, ending);
}

/* What is some day of an event is any such day of a question. */
static void add_any(struct buf *out, str words)
{
    static const struct {
        str of_event, of_question;
    } table[] = {
        {STR_INIT("in an unknown year"), STR_INIT("of any year")},
        {STR_INIT("an unknown year"), STR_INIT("any year")},
        {STR_INIT("in a year between"), STR_INIT("of any year between")},
        {STR_INIT("a year between"), STR_INIT("any year between")},
        {STR_INIT("a month "), STR_INIT("any month ")},
        {STR_INIT("a day "), STR_INIT("any day ")},
    };
    while (words.n > 0) {
        size_t k = 0, rows = sizeof table / sizeof *table;
        while (k < rows && !str_starts(words, table[k].of_event))
            k++;
        buf_add(out, k < rows ? table[k].of_question : str_sub(words, 0, 1));
        words = str_sub(words, k < rows ? table[k].of_event.n : 1, words.n);
    }
}

/* A date without "/" in words: 24 February of any year. */
static void add_words(struct buf *out, str text)
{
    struct buf words;
    int day = day_of_any_month(text);
    buf_init(&words, 4096);
    if (day > 0) {
        buf_add(out, STR("the "));
        add_ordinal(out, day);
        buf_add(out, STR(" of any month of "));
        text = str_sub(text, 0, text.n - 6);
    }
    edtf_display(&words, text);
    str said = buf_str(&words);
    if (said.n > 0 && is_digit(said.p[0]) && said.p[said.n - 1] == 's')
        buf_add(out, STR("the ")); /* 1990s */
    add_any(out, said);
    buf_free(&words);
}

/* ---- phrases ---- */

enum form {
    FORM_PLAIN, /* a date or a set */
    FORM_FROM,  /* a/.. */
    FORM_UPTO,  /* ../b */
    FORM_BETWEEN,
    FORM_ALWAYS, /* ../.. */
    FORMS
};

/* A and B stand for the sides of the date, O for the preposition of the side that follows it. */
static const char *const phrases[MATCH_WHENS][FORMS] = {
    [MATCH_OVERLAPS] = {"overlapping A", "overlapping the time from A on",
                        "overlapping the time up to B", "overlapping the time from A to B",
                        "with a date"},
    [MATCH_WITHIN] = {"within A", "wholly OA or later", "wholly OB or earlier",
                      "within the time from A to B", "with a date"},
    [MATCH_COVERS] = {"in force throughout A", "in force at all times from A on",
                      "in force at all times up to B", "in force at all times from A to B",
                      "in force at all times"},
    [MATCH_STARTS] = {"starting OA", "starting OA or later", "starting OB or earlier",
                      "starting between A and B", "that have a start"},
    [MATCH_ENDS] = {"ending OA", "ending OA or later", "ending OB or earlier",
                    "ending between A and B", "that have an end"},
};

struct sides {
    str a, b;
    const char *on_a, *on_b;
};

static void add_phrase(struct buf *out, const char *phrase, const struct sides *s)
{
    for (const char *p = phrase; *p != '\0'; p++) {
        if (*p == 'A')
            add_words(out, s->a);
        else if (*p == 'B')
            add_words(out, s->b);
        else if (*p == 'O')
            buf_add(out, str_from(p[1] == 'A' ? s->on_a : s->on_b));
        else
            buf_add_char(out, *p);
    }
}

static const char *preposition_of(str text)
{
    struct edtf value;
    struct edtf_error ignored;
    return edtf_parse(text, &value, &ignored) ? preposition(&value) : "in ";
}

static bool is_given(str side)
{
    return side.n > 0 && !str_eq(side, STR(".."));
}

static enum form form_of(const struct query *q, struct sides *s)
{
    *s = (struct sides){.a = q->date.text, .on_a = preposition(&q->date.value)};
    if (q->date.value.kind != EDTF_INTERVAL) {
        if (q->date.value.kind == EDTF_DATE && ends_in_day(q->date.text))
            s->on_a = "on ";
        return FORM_PLAIN;
    }
    str_cut(q->date.text, '/', &s->a, &s->b);
    s->on_a = is_given(s->a) ? preposition_of(s->a) : "";
    s->on_b = is_given(s->b) ? preposition_of(s->b) : "";
    if (is_given(s->a))
        return is_given(s->b) ? FORM_BETWEEN : FORM_FROM;
    return is_given(s->b) ? FORM_UPTO : FORM_ALWAYS;
}

void describe_date(struct buf *out, const struct query *q)
{
    struct sides sides;
    ENSURE(q->date.text.p != NULL && q->when < MATCH_WHENS);
    enum form form = form_of(q, &sides);
    if (q->certain)
        buf_add(out, STR("certainly "));
    add_phrase(out, phrases[q->when][form], &sides);
}

/* ---- the rule ---- */

static void add_bound(struct buf *out, const struct query *q, int64_t seconds,
                      enum period_side side)
{
    edtf_write_bound(out, seconds, side, q->date.value.precision);
}

/* What is to be true of one of the event's bounds: "starts no later than 2021-12-31". */
static void add_limit(struct buf *out, const struct query *q, enum match_bound bound, bool upto,
                      int64_t seconds, enum period_side side)
{
    static const char *const latest[] = {
        [MATCH_EARLIEST] = "may have started by ",
        [MATCH_START_LATEST] = "starts no later than ",
        [MATCH_END_EARLIEST] = "may have ended by ",
        [MATCH_LATEST] = "ends no later than ",
    };
    static const char *const earliest[] = {
        [MATCH_EARLIEST] = "starts no earlier than ",
        [MATCH_START_LATEST] = "may start as late as ",
        [MATCH_END_EARLIEST] = "ends no earlier than ",
        [MATCH_LATEST] = "may end as late as ",
    };
    buf_add(out, str_from(upto ? latest[bound] : earliest[bound]));
    add_bound(out, q, seconds, side);
}

void describe_date_rule(struct buf *out, const struct query *q, bool certain)
{
    struct match_rule rule = match_rule(q->when, certain);
    const struct window *w = &q->match.hull;
    int64_t low = rule.around ? w->from : w->to, high = rule.around ? w->to : w->from;
    bool bounded_low = low != PERIOD_NO_START && low != PERIOD_NO_END;
    bool bounded_high = high != PERIOD_NO_START && high != PERIOD_NO_END;
    buf_add(out, STR("the event "));
    if (bounded_low)
        add_limit(out, q, rule.low, true, low, rule.around ? PERIOD_START : PERIOD_END);
    if (bounded_low && bounded_high)
        buf_add(out, STR(" and "));
    if (bounded_high)
        add_limit(out, q, rule.high, false, high, rule.around ? PERIOD_END : PERIOD_START);
    const char *has = certain ? "has" : "may have";
    if (!bounded_low && !bounded_high && !rule.around)
        buf_add(out, STR("has a date"));
    else if (!bounded_low && !bounded_high)
        buf_printf(out, "%s neither a start nor an end", has);
    else if (rule.around && !bounded_low)
        buf_printf(out, " and %s no start", has);
    else if (rule.around && !bounded_high)
        buf_printf(out, " and %s no end", has);
}
