/*
 * CSV: RFC 4180, CRLF, always with a header. Cells of free text that a spreadsheet would take for
 * a formula begin with an apostrophe (OWASP, "CSV Injection"); numbers and dates are written by us
 * and left as they are, so that a date of the year -0044 stays one.
 */
#include "base/check.h"
#include "render/cell.h"
#include "render/column.h"
#include "render/format.h"

const char *const format_csv_columns[] = {
#define X(value, name, kind, write) name,
    COLUMN_TABLE(X)
#undef X
        NULL};

/* The cell of a column; scratch is for its value. */
static void write_column(struct buf *out, struct buf *scratch, const struct page *page,
                         const struct event_row *row, enum column c)
{
    buf_clear(scratch);
    column_write(scratch, page->about, row, c);
    str value = buf_str(scratch);
    out->failed = out->failed || buf_failed(scratch);
    if (column_kind(c) == COLUMN_FREE)
        cell_write_free(out, value);
    else
        cell_write(out, value);
}

void format_csv(struct buf *out, const struct page *page)
{
    enum column columns[COLUMNS];
    size_t n = column_choose(&page->fields, columns);
    struct buf scratch;
    buf_init(&scratch, out->cap);
    for (size_t k = 0; k < n && !page->continues; k++)
        buf_printf(out, "%s%s", k > 0 ? "," : "", column_name(columns[k]));
    if (!page->continues)
        buf_add(out, STR("\r\n"));
    for (size_t i = 0; i < page->n; i++) {
        ENSURE(page->items[i].row != NULL);
        for (size_t k = 0; k < n; k++) {
            if (k > 0)
                buf_add_char(out, ',');
            write_column(out, &scratch, page, page->items[i].row, columns[k]);
        }
        buf_add(out, STR("\r\n"));
    }
    buf_free(&scratch);
}
