/*
 * CSV: RFC 4180, CRLF, always with a header. Cells of free text that a spreadsheet would take for
 * a formula begin with an apostrophe (OWASP, "CSV Injection"); numbers and dates are written by us
 * and left as they are, so that a date of the year -0044 stays one.
 */
#include "base/check.h"
#include "base/jout.h"
#include "render/format.h"

/* X(value, column, what writes the cell of `row` to `out`) */
#define COLUMN_TABLE(X)                                                                            \
    X(CSV_ID, "id", write_text(out, row->id))                                                      \
    X(CSV_TITLE, "title", write_text(out, row->title))                                             \
    X(CSV_TYPE, "type", write_text(out, row->type))                                                \
    X(CSV_DATE, "date", write_cell(out, row->date))                                                \
    X(CSV_EARLIEST, "earliest", write_bound(out, row, row->bounds.earliest, PERIOD_START))         \
    X(CSV_START_LATEST, "start_latest",                                                            \
      write_bound(out, row, row->bounds.start_latest, PERIOD_END))                                 \
    X(CSV_END_EARLIEST, "end_earliest",                                                            \
      write_bound(out, row, row->bounds.end_earliest, PERIOD_START))                               \
    X(CSV_LATEST, "latest", write_bound(out, row, row->bounds.latest, PERIOD_END))                 \
    X(CSV_START_YEAR, "start_year", write_year(out, row))                                          \
    X(CSV_START_DAY, "start_day", write_day(out, row, row->bounds.earliest))                       \
    X(CSV_END_DAY, "end_day", write_day(out, row, row->bounds.latest))                             \
    X(CSV_PRECISION, "precision", write_precision(out, row))                                       \
    X(CSV_QUALIFIER, "qualifier", write_qualifier(out, row))                                       \
    X(CSV_PLACE, "place", write_text(out, row->place))                                             \
    X(CSV_LAT, "lat", write_degrees(out, row, row->lat))                                           \
    X(CSV_LON, "lon", write_degrees(out, row, row->lon))                                           \
    X(CSV_ACTORS, "actors", write_text(out, row->actors))                                          \
    X(CSV_SOURCES, "sources", write_text(out, row->sources))                                       \
    X(CSV_URL, "url", write_url(out, row))                                                         \
    X(CSV_MATCH, "match", write_match(out, row))

enum csv_column {
#define X(value, column, write) value,
    COLUMN_TABLE(X)
#undef X
        CSV_COLUMNS
};

const char *const format_csv_columns[] = {
#define X(value, column, write) column,
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

/* Signs that begin a formula, also behind blanks; the last four are the full-width ones. */
static bool looks_like_formula(str text)
{
    static const str signs[] = {STR_INIT("="),  STR_INIT("+"),  STR_INIT("-"),  STR_INIT("@"),
                                STR_INIT("\t"), STR_INIT("\r"), STR_INIT("\n"), STR_INIT("＝"),
                                STR_INIT("＋"), STR_INIT("－"), STR_INIT("＠")};
    static const str no_break = STR_INIT("\u00A0");
    while (str_starts(text, STR(" ")) || str_starts(text, no_break))
        text = str_sub(text, text.p[0] == ' ' ? 1 : no_break.n, text.n);
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

/* "certain" or "possible" under date=; of the columns the one that must be asked for. */
static void write_match(struct buf *out, const struct event_row *row)
{
    if (row->match != PERIOD_NO_MATCH)
        buf_add(out, row->match == PERIOD_CERTAIN ? STR("certain") : STR("possible"));
}

static void write_url(struct buf *out, const struct event_row *row)
{
    buf_printf(out, "/v1/events/%.*s", STR_ARG(row->id));
}

/* The columns to write: those of fields= in the order in which they were asked for, or all. */
static size_t choose(const struct page *page, enum csv_column columns[CSV_COLUMNS])
{
    size_t n = 0;
    for (size_t i = 0; i < CSV_MATCH && page->fields.n == 0; i++)
        columns[n++] = (enum csv_column)i;
    for (size_t i = 0; i < page->fields.n && n < CSV_COLUMNS; i++)
        for (size_t k = 0; k < CSV_COLUMNS; k++)
            if (str_eq(page->fields.items[i], str_from(format_csv_columns[k])))
                columns[n++] = (enum csv_column)k;
    return n;
}

static void write_column(struct buf *out, const struct event_row *row, enum csv_column column)
{
    switch (column) {
#define X(value, column, write)                                                                    \
    case value:                                                                                    \
        write;                                                                                     \
        break;
        COLUMN_TABLE(X)
#undef X
    case CSV_COLUMNS:
        UNREACHABLE();
    }
}

void format_csv(struct buf *out, const struct page *page)
{
    enum csv_column columns[CSV_COLUMNS];
    size_t n = choose(page, columns);
    for (size_t k = 0; k < n; k++)
        buf_printf(out, "%s%s", k > 0 ? "," : "", format_csv_columns[columns[k]]);
    buf_add(out, STR("\r\n"));
    for (size_t i = 0; i < page->n; i++) {
        ENSURE(page->items[i].row != NULL);
        for (size_t k = 0; k < n; k++) {
            if (k > 0)
                buf_add_char(out, ',');
            write_column(out, page->items[i].row, columns[k]);
        }
        buf_add(out, STR("\r\n"));
    }
}
