#include "render/disagreement_list.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/width.h"
#include "render/cell.h"

#define COLUMNS 80

/* ---- pieces ---- */

/* A list of texts, joined by "; "; of participants "actor=role". */
static void join(struct buf *out, str list)
{
    bool first = true;
    str one;
    if (!jvalue_says(list) || list.p[0] != '[') {
        jvalue_decode(out, list);
        return;
    }
    for (size_t at = 0; jscan_element(list, &at, &one); first = false) {
        if (!first)
            buf_add(out, STR("; "));
        if (one.p[0] != '{') {
            jvalue_decode(out, one);
            continue;
        }
        jvalue_decode(out, jvalue_member(one, "actor"));
        buf_add_char(out, '=');
        jvalue_decode(out, jvalue_member(one, "role"));
    }
}

/* The text of a member, in a buf of its own that is used again. */
static str text_of(struct buf *scratch, str object, const char *name)
{
    buf_clear(scratch);
    join(scratch, jvalue_member(object, name));
    return buf_str(scratch);
}

void disagreement_list_apart(struct buf *out, str spread)
{
    if (!jvalue_says(spread))
        return;
    str least = jvalue_member(spread, "least"), greatest = jvalue_member(spread, "greatest");
    bool open = !jvalue_says(greatest), exact = str_eq(least, greatest);
    buf_add(out, open ? STR("at least ") : STR(""));
    buf_add(out, least);
    if (!open && !exact) {
        buf_add(out, STR(" to "));
        buf_add(out, greatest);
    }
    bool one = str_eq(least, STR("1")) && (open || exact);
    buf_add(out, one ? STR(" day apart") : STR(" days apart"));
}

/* ---- csv ---- */

/* X(name, object that has it, member, whether it came from outside) */
#define COLUMN_TABLE(X)                                                                            \
    X("event", item, "event", true)                                                                \
    X("title", item, "title", true)                                                                \
    X("property", item, "property", true)                                                          \
    X("value", value, "value", false) /* dates and ids: a date of the year -0044 stays one */      \
    X("display", value, "display", true)                                                           \
    X("sources", value, "sources", true)                                                           \
    X("reports", value, "reports", false)                                                          \
    X("spread_least", spread, "least", false)                                                      \
    X("spread_greatest", spread, "greatest", false)

const char *const disagreement_list_columns[] = {
#define X(name, object, member, outside) name,
    COLUMN_TABLE(X)
#undef X
        NULL};

static void write_cell(struct buf *out, str column, str item, str value)
{
    str spread = jvalue_member(item, "spread_days");
    struct buf scratch;
    buf_init(&scratch, out->cap);
#define X(name, object, member, outside)                                                           \
    if (str_eq(column, STR(name)))                                                                 \
        (outside ? cell_write_free : cell_write)(out, text_of(&scratch, object, member));
    COLUMN_TABLE(X)
#undef X
    out->failed = out->failed || buf_failed(&scratch);
    buf_free(&scratch);
}

/* A row of the columns that are asked for; of their names where there is no item. */
static void csv_row(struct buf *out, const struct strs *fields, str item, str value)
{
    bool all = fields->n == 0;
    for (size_t i = 0; all ? disagreement_list_columns[i] != NULL : i < fields->n; i++) {
        str column = all ? str_from(disagreement_list_columns[i]) : fields->items[i];
        if (i > 0)
            buf_add_char(out, ',');
        if (item.n == 0)
            buf_add(out, column);
        else
            write_cell(out, column, item, value);
    }
    buf_add(out, STR("\r\n"));
}

void disagreement_list_csv(struct buf *out, const struct page *page)
{
    str value;
    csv_row(out, &page->fields, STR(""), STR(""));
    for (size_t i = 0; i < page->n; i++) {
        str item = page->items[i].document, values = jvalue_member(item, "values");
        for (size_t at = 0; jscan_element(values, &at, &value);)
            csv_row(out, &page->fields, item, value);
    }
}

/* ---- txt ---- */

/* Text in lines of at most so many columns; the first goes on where the line is, all others begin
 * after `indent` blanks. */
static void wrap(struct buf *out, str text, size_t indent, size_t columns)
{
    struct buf clean;
    buf_init(&clean, out->cap);
    width_clean(&clean, text);
    size_t room = columns > indent + 20 ? columns - indent : 20;
    str rest = buf_str(&clean);
    for (bool first = true; first || rest.n > 0; first = false) {
        str line = rest.n > 0 ? width_line(rest, room, &rest) : STR("");
        for (size_t i = 0; !first && i < indent; i++)
            buf_add_char(out, ' ');
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
    buf_free(&clean);
}

static void txt_value(struct buf *out, struct buf *line, struct buf *scratch, str value,
                      size_t columns)
{
    str reports = jvalue_member(value, "reports");
    buf_clear(line);
    buf_add(line, text_of(scratch, value, "display"));
    buf_add(line, STR(": "));
    buf_add(line, text_of(scratch, value, "sources"));
    if (str_eq(reports, STR("0")))
        buf_add(line, STR(" (reprinted)"));
    buf_add(out, STR("    - "));
    wrap(out, buf_str(line), 6, columns);
}

static void txt_item(struct buf *out, struct buf *line, struct buf *scratch, str item,
                     size_t columns)
{
    str spread = jvalue_member(item, "spread_days"), values = jvalue_member(item, "values"), value;
    wrap(out, text_of(scratch, item, "title"), 0, columns);
    buf_add(out, STR("  "));
    buf_add(out, text_of(scratch, item, "event"));
    buf_add(out, STR(": "));
    buf_add(out, text_of(scratch, item, "property"));
    if (jvalue_says(spread)) {
        buf_add(out, STR(", "));
        disagreement_list_apart(out, spread);
    }
    buf_add_char(out, '\n');
    for (size_t at = 0; jscan_element(values, &at, &value);)
        txt_value(out, line, scratch, value, columns);
}

void disagreement_list_txt(struct buf *out, const struct page *page, int width)
{
    struct buf line, scratch;
    buf_init(&line, out->cap);
    buf_init(&scratch, out->cap);
    if (page->n == 0)
        buf_add(out, STR("No accounts contradict each other here.\n"));
    for (size_t i = 0; i < page->n; i++) {
        if (i > 0)
            buf_add_char(out, '\n');
        txt_item(out, &line, &scratch, page->items[i].document,
                 width > 0 ? (size_t)width : COLUMNS);
    }
    if (page->next.n > 0)
        buf_add(out, STR("\nMore follow: see the Link header.\n"));
    out->failed = out->failed || buf_failed(&line) || buf_failed(&scratch);
    buf_free(&line);
    buf_free(&scratch);
}
