/*
 * CSV: RFC 4180, CRLF, always with a header. Cells of free text that a spreadsheet would take for
 * a formula begin with an apostrophe (OWASP, "CSV Injection"); numbers and dates are written by us
 * and left as they are, so that a date of the year -0044 stays one.
 */
#include "base/check.h"
#include "base/jout.h"
#include "render/format.h"

/* X(column, what writes the cell of `row` to `out`) */
#define COLUMN_TABLE(X)                                                                            \
    X("id", write_text(out, row->id))                                                              \
    X("title", write_text(out, row->title))                                                        \
    X("type", write_text(out, row->type))                                                          \
    X("date", write_cell(out, row->date))                                                          \
    X("earliest", write_bound(out, row, row->bounds.earliest, PERIOD_START))                       \
    X("start_latest", write_bound(out, row, row->bounds.start_latest, PERIOD_END))                 \
    X("end_earliest", write_bound(out, row, row->bounds.end_earliest, PERIOD_START))               \
    X("latest", write_bound(out, row, row->bounds.latest, PERIOD_END))                             \
    X("start_year", write_year(out, row))                                                          \
    X("start_day", write_day(out, row, row->bounds.earliest))                                      \
    X("end_day", write_day(out, row, row->bounds.latest))                                          \
    X("precision", write_precision(out, row))                                                      \
    X("qualifier", write_qualifier(out, row))                                                      \
    X("place", write_text(out, row->place))                                                        \
    X("lat", write_degrees(out, row, row->lat))                                                    \
    X("lon", write_degrees(out, row, row->lon))                                                    \
    X("actors", write_text(out, row->actors))                                                      \
    X("sources", write_text(out, row->sources))                                                    \
    X("url", write_url(out, row))

const char *const format_csv_columns[] = {
#define X(column, write) column,
    COLUMN_TABLE(X)
#undef X
        NULL};

/* A cell, in quotes where it needs them. */
static void write_cell(struct buf *out, str text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = text.p[i] == '"' || text.p[i] == ',' || text.p[i] == '\r' || text.p[i] == '\n';
    if (!quoted) {
        buf_add(out, text);
        return;
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.p[i]);
    }
    buf_add_char(out, '"');
}

/* Signs that begin a formula; the last four are the full-width ones. */
static bool looks_like_formula(str text)
{
    static const str signs[] = {STR_INIT("="),  STR_INIT("+"),  STR_INIT("-"),  STR_INIT("@"),
                                STR_INIT("\t"), STR_INIT("\r"), STR_INIT("\n"), STR_INIT("＝"),
                                STR_INIT("＋"), STR_INIT("－"), STR_INIT("＠")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(text, signs[i]))
            return true;
    return false;
}

static void write_text(struct buf *out, str text)
{
    if (!looks_like_formula(text)) {
        write_cell(out, text);
        return;
    }
    struct buf safe;
    buf_init(&safe, text.n + 1);
    buf_add_char(&safe, '\'');
    buf_add(&safe, text);
    write_cell(out, buf_str(&safe));
    buf_free(&safe);
}

static void write_bound(struct buf *out, const struct event_row *row, int64_t bound,
                        enum period_side side)
{
    if (row->dated)
        edtf_write_bound(out, bound, side, row->precision);
}

/* Days from 1970-01-01 of a bound, rounded down. */
static int64_t day_of(int64_t seconds)
{
    int64_t days = seconds / PERIOD_DAY_SECONDS;
    return seconds % PERIOD_DAY_SECONDS < 0 ? days - 1 : days;
}

static void write_year(struct buf *out, const struct event_row *row)
{
    if (!row->dated || period_unbounded(row->bounds.earliest))
        return;
    int64_t year;
    int month, day;
    period_civil_from_days(day_of(row->bounds.earliest), &year, &month, &day);
    buf_add_i64(out, year);
}

static void write_day(struct buf *out, const struct event_row *row, int64_t bound)
{
    if (row->dated && !period_unbounded(bound))
        buf_add_i64(out, day_of(bound));
}

static void write_precision(struct buf *out, const struct event_row *row)
{
    if (row->dated)
        buf_add(out, str_from(edtf_precision_name(row->precision)));
}

static void write_qualifier(struct buf *out, const struct event_row *row)
{
    if (row->dated)
        buf_add(out, str_from(edtf_qualifier_name(row->qualifier)));
}

static void write_degrees(struct buf *out, const struct event_row *row, double degrees)
{
    if (!row->has_point)
        return;
    struct jout j;
    jout_init(&j, out);
    jout_f64(&j, degrees);
}

static void write_url(struct buf *out, const struct event_row *row)
{
    buf_printf(out, "/v1/events/%.*s", STR_ARG(row->id));
}

static bool is_shown(const struct page *page, const char *column)
{
    for (size_t i = 0; i < page->fields.n; i++)
        if (str_eq(page->fields.items[i], str_from(column)))
            return true;
    return page->fields.n == 0;
}

static void write_header(struct buf *out, const struct page *page)
{
    const char *between = "";
    for (size_t i = 0; format_csv_columns[i] != NULL; i++) {
        if (!is_shown(page, format_csv_columns[i]))
            continue;
        buf_printf(out, "%s%s", between, format_csv_columns[i]);
        between = ",";
    }
    buf_add(out, STR("\r\n"));
}

static void write_row(struct buf *out, const struct page *page, const struct event_row *row)
{
    bool any = false;
#define X(column, write)                                                                           \
    if (is_shown(page, column)) {                                                                  \
        if (any)                                                                                   \
            buf_add_char(out, ',');                                                                \
        any = true;                                                                                \
        write;                                                                                     \
    }
    COLUMN_TABLE(X)
#undef X
    buf_add(out, STR("\r\n"));
}

void format_csv(struct buf *out, const struct page *page)
{
    write_header(out, page);
    for (size_t i = 0; i < page->n; i++) {
        ENSURE(page->items[i].row != NULL);
        write_row(out, page, page->items[i].row);
    }
}
