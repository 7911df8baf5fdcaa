/*
 * txt: a timeline drawn for a terminal: one line an event with its date in words, a bar below a
 * common axis, and its title. One event alone is told in full.
 */
#include <string.h>

#include "base/check.h"
#include "base/width.h"
#include "model/edtf_calendar.h"
#include "render/drawing.h"
#include "render/format.h"
#include "render/txt_chart.h"
#include "render/txt_story.h"

#define COLUMNS 80
#define FEWEST_COLUMNS 40
#define MOST_COLUMNS TXT_CHART_WIDEST
#define MOST_LANES 200
#define GAP 2
/* Where a date is longer, all of them are said in fewer letters. */
#define LONG_DATE 24
/* Pictures of more events show how many there are at each time. */
#define DENSE 12
/* Longer lists have the axis below as well. */
#define LONG 24

struct txt {
    struct buf *out;
    struct arena *arena;
    const struct drawing *d;
    size_t width;
    size_t date, bar, title; /* columns */
    str *dates;              /* of the marks, in words that fit */
    struct txt_chart chart;
};

/* ---- dates that fit ---- */

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

/* "27 September 2020 to 10 November 2020" as "27 Sep – 10 Nov 2020". */
static str shorten(str words, struct arena *a)
{
    struct buf text;
    buf_init(&text, SIZE_MAX / 2);
    buf_add(&text, words);
    for (int month = 1; month <= 12; month++) {
        str name = str_from(edtf_calendar_month(month));
        replace(&text, name, str_sub(name, 0, 3), a);
    }
    replace(&text, STR(", end unknown"), STR(" – ?"), a);
    str whole = arena_copy(a, buf_str(&text));
    buf_free(&text);
    if (str_starts(whole, STR("from ")) && str_ends(whole, STR("?")))
        return str_sub(whole, 5, whole.n);
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

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Shares the line out between date, bar and title, which need no more than they have. */
static void share_out(struct txt *t)
{
    size_t most = t->width * 32 / 100, longest = 0, wanted = 0;
    bool brief = t->width < 100;
    for (size_t i = 0; i < t->d->n; i++)
        brief = brief || width_columns(t->d->marks[i].date) > LONG_DATE;
    t->dates = ARENA_ARRAY(t->arena, str, t->d->n);
    for (size_t i = 0; i < t->d->n; i++) {
        const struct drawing_mark *m = &t->d->marks[i];
        t->dates[i] = brief ? shorten(m->date, t->arena) : m->date;
        size_t columns = width_columns(t->dates[i]);
        wanted = columns > wanted ? columns : wanted;
        columns = width_columns(m->title) + (m->disputed.n > 0 ? 2 : 0);
        if (m->row->dated && columns > longest)
            longest = columns;
    }
    t->date = least(wanted, most);
    size_t rest = t->width - t->date - 2 * GAP;
    t->title = least(longest, rest * 58 / 100);
    t->bar = rest - t->title;
}

/* ---- lines ---- */

static void blanks(struct txt *t, size_t n)
{
    while (n-- > 0)
        buf_add_char(t->out, ' ');
}

/* Ends a line, without blanks before its end. */
static void end_line(struct txt *t)
{
    while (t->out->n > 0 && t->out->p[t->out->n - 1] == ' ')
        buf_truncate(t->out, t->out->n - 1);
    buf_add_char(t->out, '\n');
}

static void write_title(struct txt *t, struct drawing_mark const *m, size_t columns)
{
    if (m->disputed.n > 0) {
        buf_add(t->out, STR("‡ "));
        t->chart.signs |= TXT_DISPUTED;
        columns -= 2;
    }
    width_add(t->out, m->title, columns);
    end_line(t);
}

static void write_event(struct txt *t, size_t i)
{
    const struct drawing_mark *m = &t->d->marks[i];
    width_add_padded(t->out, t->dates[i], t->date);
    blanks(t, GAP);
    txt_chart_bar(t->out, &t->chart, m);
    blanks(t, GAP);
    write_title(t, m, t->title);
}

static void write_axis(struct txt *t, bool below)
{
    blanks(t, t->date + GAP);
    if (below) {
        txt_chart_rule(t->out, &t->chart, "┴");
        end_line(t);
        blanks(t, t->date + GAP);
    }
    txt_chart_labels(t->out, &t->chart);
    end_line(t);
    if (below)
        return;
    blanks(t, t->date + GAP);
    txt_chart_rule(t->out, &t->chart, "┬");
    end_line(t);
}

static void write_heading(struct txt *t, str name, size_t count)
{
    struct buf tail;
    buf_init(&tail, 64);
    buf_printf(&tail, " · %zu", count);
    buf_add_char(t->out, '\n');
    width_add(t->out, name, t->width - width_columns(buf_str(&tail)));
    buf_add(t->out, buf_str(&tail));
    end_line(t);
    buf_free(&tail);
}

static bool is_dated(const struct drawing_mark *m)
{
    return m->fate != DRAWING_UNDATED;
}

/* The marks in the order of their lanes; *starts has where each lane begins, and the end. */
static size_t *by_lane(struct txt *t, size_t **starts)
{
    const struct drawing *d = t->d;
    size_t *order = ARENA_ARRAY(t->arena, size_t, d->n), at = 0;
    *starts = ARENA_ARRAY(t->arena, size_t, d->lane_count + 1);
    size_t *next = ARENA_ARRAY(t->arena, size_t, d->lane_count);
    for (size_t i = 0; i < d->n; i++)
        next[d->marks[i].lane] += is_dated(&d->marks[i]);
    for (size_t lane = 0; lane < d->lane_count; lane++) {
        (*starts)[lane] = at;
        at += next[lane];
        next[lane] = (*starts)[lane];
    }
    (*starts)[d->lane_count] = at;
    for (size_t i = 0; i < d->n; i++)
        if (is_dated(&d->marks[i]))
            order[next[d->marks[i].lane]++] = i;
    return order;
}

static void write_dated(struct txt *t)
{
    const struct drawing *d = t->d;
    size_t dated = d->n - d->fates[DRAWING_UNDATED];
    if (dated == 0 || !d->has_axis)
        return;
    txt_chart_init(&t->chart, d, t->bar);
    if (dated > DENSE) {
        blanks(t, t->date + GAP);
        txt_chart_density(t->out, &t->chart, d);
        end_line(t);
    }
    write_axis(t, false);
    size_t *starts, *order = by_lane(t, &starts);
    for (size_t lane = 0; lane < d->lane_count; lane++) {
        if (d->lanes[lane].name.n > 0 && starts[lane + 1] > starts[lane])
            write_heading(t, d->lanes[lane].name, starts[lane + 1] - starts[lane]);
        for (size_t i = starts[lane]; i < starts[lane + 1]; i++)
            write_event(t, order[i]);
    }
    if (dated > LONG)
        write_axis(t, true);
}

static void write_undated(struct txt *t)
{
    if (t->d->fates[DRAWING_UNDATED] == 0)
        return;
    write_heading(t, STR("Undated"), t->d->fates[DRAWING_UNDATED]);
    for (size_t i = 0; i < t->d->n; i++) {
        if (is_dated(&t->d->marks[i]))
            continue;
        blanks(t, GAP);
        write_title(t, &t->d->marks[i], t->width - GAP);
    }
}

/* ---- head and foot ---- */

static void rule(struct txt *t)
{
    for (size_t i = 0; i < t->width; i++)
        buf_add(t->out, STR("─"));
    buf_add_char(t->out, '\n');
}

static void write_head(struct txt *t)
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

static void write_legend(struct txt *t)
{
    size_t column = 0;
    for (unsigned bit = 0; bit < TXT_CHART_SIGNS; bit++) {
        if (!(t->chart.signs & 1u << bit))
            continue;
        str sign = str_from(txt_chart_sign((enum txt_chart_sign_bit)bit));
        str meaning = str_from(txt_chart_meaning((enum txt_chart_sign_bit)bit));
        size_t columns = width_columns(sign) + 1 + width_columns(meaning);
        if (column > 0 && column + 3 + columns > t->width) {
            end_line(t);
            column = 0;
        }
        buf_printf(t->out, "%s%.*s %.*s", column > 0 ? "   " : "", STR_ARG(sign), STR_ARG(meaning));
        column += columns + (column > 0 ? 3 : 0);
    }
    if (column > 0)
        end_line(t);
}

static void write_foot(struct txt *t)
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
static void write_single(struct txt *t)
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
    end_line(t);
    txt_chart_rule(t->out, &t->chart, "┬");
    end_line(t);
    txt_chart_bar(t->out, &t->chart, m);
    end_line(t);
}

void format_txt(struct buf *out, const struct page *page)
{
    static const struct drawing_options options = {LANES_NONE, MOST_LANES, true};
    struct drawing d;
    struct txt t = {.out = out, .arena = arena_new(), .d = &d, .width = COLUMNS};
    int width = page->about != NULL ? page->about->width : 0;
    if (width > 0)
        t.width = width < FEWEST_COLUMNS ? FEWEST_COLUMNS : least((size_t)width, MOST_COLUMNS);
    drawing_make(page, &options, t.arena, &d);
    write_head(&t);
    if (page->single && page->n == 1) {
        write_single(&t);
    } else if (page->n == 0) {
        buf_add(out, STR("No event answers this question.\n"));
    } else {
        share_out(&t);
        write_dated(&t);
        write_undated(&t);
    }
    write_foot(&t);
    arena_free(t.arena);
}
