/*
 * txt: a timeline drawn for a terminal: one line an event with its date in words, a bar below a
 * common axis, and its title. One event alone is told in full.
 */
#include "base/width.h"
#include "render/axis_write.h"
#include "render/drawing.h"
#include "render/format.h"
#include "render/txt_chart.h"
#include "render/txt_story.h"
#include "render/txt_table.h"

#define COLUMNS 80
#define MOST_LANES 200

/* ---- head and foot ---- */

static void rule(struct txt_table *t)
{
    for (size_t i = 0; i < t->width; i++)
        buf_add(t->out, STR("─"));
    buf_add_char(t->out, '\n');
}

static void write_head(struct txt_table *t)
{
    struct buf line;
    buf_init(&line, SIZE_MAX / 2);
    txt_story_wrap(t->out, drawing_title(t->d->page, t->arena), 0, t->width, t->arena);
    if (!t->d->page->single && t->d->n > 0) {
        if (t->d->has_axis) {
            axis_write_range(&line, &t->d->range);
            buf_add(&line, STR(" · "));
        }
        drawing_say_count(&line, t->d);
        txt_story_wrap(t->out, buf_str(&line), 0, t->width, t->arena);
    }
    rule(t);
    buf_free(&line);
}

/* One entry of the legend behind those that end at *column. */
static void write_entry(struct txt_table *t, size_t *column, const char *sign, const char *meaning)
{
    size_t columns = width_columns(str_from(sign)) + 1 + width_columns(str_from(meaning));
    if (*column > 0 && *column + 3 + columns > t->width) {
        txt_table_end_line(t->out);
        *column = 0;
    }
    buf_printf(t->out, "%s%s %s", *column > 0 ? "   " : "", sign, meaning);
    *column += columns + (*column > 0 ? 3 : 0);
}

static void write_legend(struct txt_table *t)
{
    size_t column = 0;
    for (unsigned i = 0; i < TXT_CHART_SIGNS; i++) {
        enum txt_chart_sign_bit bit = (enum txt_chart_sign_bit)i;
        if (t->chart.signs & 1u << i)
            write_entry(t, &column, txt_chart_sign(bit), txt_chart_meaning(bit));
    }
    if (t->chart.most > 0) {
        str meaning = arena_printf(t->arena, "up to %zu at a time", t->chart.most);
        write_entry(t, &column, "▁█", meaning.p);
    }
    if (column > 0)
        txt_table_end_line(t->out);
}

static void write_foot(struct txt_table *t)
{
    struct buf line;
    buf_init(&line, SIZE_MAX / 2);
    rule(t);
    write_legend(t);
    if (t->d->page->next.n > 0) {
        buf_add(&line, STR("More: "));
        if (t->d->page->about != NULL)
            buf_add(&line, t->d->page->about->base);
        buf_add(&line, t->d->page->next);
        txt_story_wrap(t->out, buf_str(&line), 0, t->width, t->arena);
        buf_clear(&line);
    }
    drawing_say_source(&line, t->d->page);
    txt_story_wrap(t->out, buf_str(&line), 0, t->width, t->arena);
    buf_free(&line);
}

/* One event: its story, and where it stands in time. */
static void write_single(struct txt_table *t)
{
    struct drawing_mark *m = &t->d->marks[0];
    txt_story_write(t->out, m, t->width, t->arena);
    if (!m->row->dated || !t->d->has_axis)
        return;
    t->date = 0;
    t->bar = t->width;
    txt_chart_init(&t->chart, t->d, t->bar);
    buf_add_char(t->out, '\n');
    txt_chart_labels(t->out, &t->chart);
    txt_table_end_line(t->out);
    txt_chart_rule(t->out, &t->chart, "┬");
    txt_table_end_line(t->out);
    txt_chart_bar(t->out, &t->chart, m, STR(""), 0);
    txt_table_end_line(t->out);
}

void format_txt(struct buf *out, const struct page *page)
{
    static const struct drawing_options options = {LANES_NONE, MOST_LANES, true};
    struct drawing d;
    struct txt_table t = {.out = out, .arena = arena_new(), .d = &d, .width = COLUMNS};
    int width = page->about != NULL ? page->about->width : 0;
    if (width > 0)
        t.width = width < TXT_TABLE_NARROWEST ? TXT_TABLE_NARROWEST
                  : width > TXT_TABLE_WIDEST  ? TXT_TABLE_WIDEST
                                              : (size_t)width;
    drawing_make(page, &options, t.arena, &d);
    write_head(&t);
    if (page->single && page->n == 1) {
        write_single(&t);
    } else if (page->n == 0) {
        buf_add(out, STR("No event answers this question.\n"));
    } else {
        txt_table_write(&t);
    }
    write_foot(&t);
    arena_free(t.arena);
}
