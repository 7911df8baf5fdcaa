#include "render/column.h"

#include "base/check.h"
#include "base/jout.h"
#include "render/address.h"

static const struct {
    str name;
    enum column_kind kind;
} all[] = {
#define X(value, name, kind, write) {STR_INIT(name), kind},
    COLUMN_TABLE(X)
#undef X
};

const char *column_name(enum column c)
{
    ENSURE(c < COLUMNS);
    return all[c].name.p;
}

enum column_kind column_kind(enum column c)
{
    ENSURE(c < COLUMNS);
    return all[c].kind;
}

static void write_bound(struct buf *out, const struct event_row *row, int64_t bound,
                        enum period_side side)
{
    if (row->dated)
        edtf_write_bound(out, bound, side, row->precision);
}

static void write_year(struct buf *out, const struct event_row *row)
{
    if (!row->dated || period_unbounded(row->bounds.earliest))
        return;
    int64_t year;
    int month, day;
    period_civil_from_days(period_day_of(row->bounds.earliest), &year, &month, &day);
    buf_add_i64(out, year);
}

static void write_day(struct buf *out, const struct event_row *row, int64_t bound)
{
    if (row->dated && !period_unbounded(bound))
        buf_add_i64(out, period_day_of(bound));
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

/* "certain" or "possible" under date=. */
static void write_match(struct buf *out, const struct event_row *row)
{
    if (row->match != PERIOD_NO_MATCH)
        buf_add(out, row->match == PERIOD_CERTAIN ? STR("certain") : STR("possible"));
}

static void write_url(struct buf *out, const struct page_about *about, const struct event_row *row)
{
    address_write_thing(out, about, "events", row->id);
}

void column_write(struct buf *out, const struct page_about *about, const struct event_row *row,
                  enum column c)
{
    switch (c) {
#define X(value, name, kind, write)                                                                \
    case value:                                                                                    \
        write;                                                                                     \
        break;
        COLUMN_TABLE(X)
#undef X
    case COLUMNS:
        UNREACHABLE();
    }
}

size_t column_choose(const struct strs *fields, enum column columns[COLUMNS])
{
    size_t n = 0;
    bool chosen[COLUMNS] = {false};
    for (unsigned c = 0; c + 1 < COLUMNS && fields->n == 0; c++)
        columns[n++] = (enum column)c;
    for (size_t i = 0; i < fields->n; i++) {
        for (unsigned c = 0; c < COLUMNS; c++) {
            if (chosen[c] || !str_eq(fields->items[i], all[c].name))
                continue;
            columns[n++] = (enum column)c;
            chosen[c] = true;
        }
    }
    return n;
}
