#include "render/txt_date.h"

#include "base/width.h"
#include "model/edtf_calendar.h"
#include "render/axis_write.h"

#define DASH STR(" – ")
/* Years from here on are said as people count them where they are round: 300,000 BCE. */
#define FAR_YEAR 100000
#define ROUND_YEAR 1000
#define MILLION 1000000

static void replace(struct buf *text, str from, str to, struct arena *a)
{
    size_t at = str_search(buf_str(text), from, 0);
    if (at == text->n)
        return;
    str whole = arena_copy(a, buf_str(text));
    buf_clear(text);
    size_t start = 0;
    for (; at < whole.n; at = str_search(whole, from, start)) {
        buf_add(text, str_sub(whole, start, at - start));
        buf_add(text, to);
        start = at + from.n;
    }
    buf_add(text, str_sub(whole, start, whole.n));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number at text[at], its digits in groups; *end is behind it. -1 where it is too long. */
static int64_t number_at(str text, size_t at, size_t *end)
{
    int64_t n = 0;
    for (*end = at; *end < text.n; ++*end) {
        char c = text.p[*end];
        bool comma = c == ',' && *end + 1 < text.n && is_digit(text.p[*end + 1]);
        if (!is_digit(c) && !comma)
            break;
        if (!comma && n >= 0 && n < INT64_MAX / 100)
            n = n * 10 + (c - '0');
        else if (!comma)
            n = -1;
    }
    return n;
}

/* "66,000,001 BCE" as "66 million BCE": the year 0 makes the odd one. */
static void scale_years(struct buf *text, struct arena *a)
{
    static const str era = STR_INIT(" BCE");
    str whole = arena_copy(a, buf_str(text));
    buf_clear(text);
    for (size_t at = 0; at < whole.n;) {
        size_t end = at + 1;
        int64_t n = is_digit(whole.p[at]) ? number_at(whole, at, &end) : 0;
        bool far = n >= FAR_YEAR && n % ROUND_YEAR <= 1;
        if (far && str_starts(str_sub(whole, end, whole.n), era)) {
            n -= n % ROUND_YEAR;
            axis_write_year(text, 1 - n, n % MILLION == 0 ? MILLION : ROUND_YEAR);
            end += era.n;
        } else {
            buf_add(text, str_sub(whole, at, end - at));
        }
        at = end;
    }
}

/* Takes off the last word of *left, where it is the last of right too: a year said twice. */
static void drop_common(str *left, str right)
{
    size_t at = right.n;
    while (at > 0 && right.p[at - 1] != ' ')
        at--;
    str last = str_sub(right, at > 0 ? at - 1 : 0, right.n);
    if (at > 0 && left->n > last.n && str_ends(*left, last))
        *left = str_sub(*left, 0, left->n - last.n);
}

/* "A to B" as "A – B", what both end in said once. */
static str join(str whole, struct arena *a)
{
    size_t at = str_search(whole, STR(" to "), 0);
    if (at == whole.n)
        return whole;
    str left = str_sub(whole, 0, at), right = str_sub(whole, at + 4, whole.n);
    drop_common(&left, right);
    size_t year = right.n;
    while (year > 0 && right.p[year - 1] != ' ')
        year--;
    if (left.n < at && year > 0)
        drop_common(&left, str_sub(right, 0, year - 1));
    return arena_printf(a, "%.*s – %.*s", STR_ARG(left), STR_ARG(right));
}

str txt_date_brief(str words, struct arena *a)
{
    struct buf text;
    buf_init(&text, SIZE_MAX / 2);
    buf_add(&text, words);
    for (int month = 1; month <= 12; month++) {
        str name = str_from(edtf_calendar_month(month));
        replace(&text, name, str_sub(name, 0, 3), a);
    }
    replace(&text, STR(", end unknown"), STR(" – ?"), a);
    scale_years(&text, a);
    str whole = arena_copy(a, buf_str(&text));
    buf_free(&text);
    whole = str_sub(whole, 0, str_search(whole, STR(", estimated "), 0));
    if (str_starts(whole, STR("from ")) && str_ends(whole, STR("?")))
        return str_sub(whole, 5, whole.n);
    return join(whole, a);
}

size_t txt_date_lines(str date, size_t columns, str lines[TXT_DATE_LINES])
{
    size_t n = 0;
    while (n + 1 < TXT_DATE_LINES && width_columns(date) > columns) {
        size_t dash = str_search(date, DASH, 0), before = dash + DASH.n - 1;
        str head = str_sub(date, 0, before);
        if (dash < date.n && width_columns(head) <= columns) {
            lines[n++] = head;
            date = str_sub(date, before + 1, date.n);
        } else {
            lines[n++] = width_line(date, columns, &date);
        }
    }
    lines[n++] = date;
    return n;
}
