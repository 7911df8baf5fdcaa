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

static void csv_value(struct buf *out, struct buf *scratch, str item, str value)
{
    static const char *const of_item[] = {"event", "title", "property"};
    static const char *const of_value[] = {"value", "display", "sources"};
    str spread = jvalue_member(item, "spread_days");
    for (size_t i = 0; i < sizeof of_item / sizeof *of_item; i++) {
        cell_write_free(out, text_of(scratch, item, of_item[i]));
        buf_add_char(out, ',');
    }
    for (size_t i = 0; i < sizeof of_value / sizeof *of_value; i++) {
        str text = text_of(scratch, value, of_value[i]);
        /* Values are dates and ids: a date of the year -0044 stays one. */
        i == 0 ? cell_write(out, text) : cell_write_free(out, text);
        buf_add_char(out, ',');
    }
    buf_add(out, jvalue_member(value, "reports"));
    buf_add_char(out, ',');
    buf_add(out, text_of(scratch, spread, "least"));
    buf_add_char(out, ',');
    buf_add(out, text_of(scratch, spread, "greatest"));
    buf_add(out, STR("\r\n"));
}

void disagreement_list_csv(struct buf *out, const struct page *page)
{
    struct buf scratch;
    str value;
    buf_init(&scratch, out->cap);
    buf_add(out, STR("event,title,property,value,display,sources,reports,spread_least,"
                     "spread_greatest\r\n"));
    for (size_t i = 0; i < page->n; i++) {
        str item = page->items[i].document, values = jvalue_member(item, "values");
        for (size_t at = 0; jscan_element(values, &at, &value);)
            csv_value(out, &scratch, item, value);
    }
    out->failed = out->failed || buf_failed(&scratch);
    buf_free(&scratch);
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
