#include "render/txt_table.h"

#include "base/width.h"
#include "render/txt_date.h"

#define GAP 2
/* A line of fewer columns has no room for titles among the bars: each has a line of its own. */
#define FEWEST_BESIDE 64
/* A column of dates wider than this is broken into lines; on wide lines, a share of them. */
#define BROKEN_DATE 17
#define DATE_SHARE 26 / 100
/* From so many columns on dates that are not longer than LONG_DATE are said in full. */
#define WIDE 100
#define LONG_DATE 24
/* A title takes at most so many lines, and beside a bar at least so many columns. */
#define TITLE_LINES 4
#define FEWEST_TITLE 24
/* Pictures of more events show how many there are at each time. */
#define DENSE 12
/* Longer lists have the axis below as well. */
#define LONG 24

static size_t greatest(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* ---- columns ---- */

/* The longest line of the dates when none takes more than `most`. */
static size_t date_columns(const struct txt_table *t, size_t most)
{
    str lines[TXT_DATE_LINES];
    size_t longest = 0;
    for (size_t i = 0; i < t->d->n; i++)
        for (size_t n = txt_date_lines(t->dates[i], most, lines); n > 0; n--)
            longest = greatest(longest, width_columns(lines[n - 1]));
    return longest < most ? longest : most;
}

static void choose_dates(struct txt_table *t)
{
    bool brief = t->width < WIDE;
    for (size_t i = 0; i < t->d->n; i++)
        brief = brief || width_columns(t->d->marks[i].date) > LONG_DATE;
    t->dates = ARENA_ARRAY(t->arena, str, t->d->n);
    for (size_t i = 0; i < t->d->n; i++)
        t->dates[i] = brief ? txt_date_brief(t->d->marks[i].date, t->arena) : t->d->marks[i].date;
}

static void share_out(struct txt_table *t)
{
    choose_dates(t);
    t->date = date_columns(t, greatest(BROKEN_DATE, t->width * DATE_SHARE));
    t->bar = t->width - t->date - GAP;
}

/* ---- lines ---- */

static void blanks(struct txt_table *t, size_t n)
{
    while (n-- > 0)
        buf_add_char(t->out, ' ');
}

void txt_table_end_line(struct buf *out)
{
    while (out->n > 0 && out->p[out->n - 1] == ' ')
        buf_truncate(out, out->n - 1);
    buf_add_char(out, '\n');
}

static str title_of(struct txt_table *t, const struct drawing_mark *m)
{
    if (m->disputed.n == 0)
        return m->title;
    t->chart.signs |= TXT_DISPUTED;
    return arena_printf(t->arena, "‡ %.*s", STR_ARG(m->title));
}

/* The title as lines of at most `columns`; the last one may have to be cut. */
static size_t title_lines(str title, size_t columns, str lines[TITLE_LINES])
{
    size_t n = 0;
    while (n + 1 < TITLE_LINES && width_columns(title) > columns)
        lines[n++] = width_line(title, columns, &title);
    lines[n++] = title;
    return n;
}

static void write_title(struct txt_table *t, const struct drawing_mark *m, size_t indent)
{
    str lines[TITLE_LINES];
    size_t columns = t->width - indent, n = title_lines(title_of(t, m), columns, lines);
    for (size_t i = 0; i < n; i++) {
        blanks(t, indent);
        width_add(t->out, lines[i], columns);
        txt_table_end_line(t->out);
    }
}

/* ---- one event ---- */

/* Its lines: the bar in one of them, pieces of its title in some. */
struct lines {
    str dates[TXT_DATE_LINES];
    size_t date_count;
    str titles[TITLE_LINES];
    size_t left[TITLE_LINES]; /* the columns where they begin */
    size_t title_count;
    size_t room; /* the columns that each may take */
    size_t bar;  /* which line has it */
};

/* The title broken into lines beside the bar, on the side with more room. */
static void put_beside(struct lines *l, str title, const struct txt_table *t, size_t first,
                       size_t last)
{
    size_t after = t->bar > last + 2 ? t->bar - last - 2 : 0, before = first > 0 ? first - 1 : 0;
    size_t columns = width_columns(title);
    bool right = columns <= after || (columns > before && after >= before);
    l->room = right ? after : before;
    l->title_count = title_lines(title, l->room, l->titles);
    for (size_t i = 0; i < l->title_count; i++) {
        columns = width_columns(l->titles[i]);
        l->left[i] = right ? last + 2 : columns < before ? before - columns : 0;
    }
}

/* The title above the bar, from its beginning on or as far before it as it needs. */
static void put_above(struct lines *l, str title, const struct txt_table *t, size_t first)
{
    size_t columns = width_columns(title);
    l->room = greatest(t->bar - first, columns < t->bar ? columns : t->bar);
    l->title_count = title_lines(title, l->room, l->titles);
    l->bar = l->title_count;
    for (size_t i = 0; i < l->title_count; i++)
        l->left[i] = t->bar - l->room < first ? t->bar - l->room : first;
}

static void lay_out(struct lines *l, struct txt_table *t, size_t i)
{
    const struct drawing_mark *m = &t->d->marks[i];
    size_t first, last;
    *l = (struct lines){0};
    l->date_count = txt_date_lines(t->dates[i], t->date, l->dates);
    if (t->width < FEWEST_BESIDE) {
        write_title(t, m, 0);
        return;
    }
    str title = title_of(t, m);
    txt_chart_extent(&t->chart, m, &first, &last);
    size_t room = greatest(t->bar - last, first + 1), columns = width_columns(title);
    if (room >= columns + 2 || room >= FEWEST_TITLE + 2)
        put_beside(l, title, t, first, last);
    else
        put_above(l, title, t, first);
}

static void write_event(struct txt_table *t, size_t i)
{
    struct lines l;
    lay_out(&l, t, i);
    size_t count = greatest(greatest(l.date_count, l.title_count), l.bar + 1);
    for (size_t line = 0; line < count; line++) {
        struct buf title;
        bool titled = line < l.title_count;
        size_t left = titled ? l.left[line] : 0;
        buf_init(&title, SIZE_MAX / 2);
        if (titled)
            width_add(&title, l.titles[line], l.room);
        width_add_padded(t->out, line < l.date_count ? l.dates[line] : STR(""), t->date);
        blanks(t, GAP);
        txt_chart_bar(t->out, &t->chart, line == l.bar ? &t->d->marks[i] : NULL, buf_str(&title),
                      left);
        txt_table_end_line(t->out);
        buf_free(&title);
    }
}

/* ---- the table ---- */

static void write_axis(struct txt_table *t, bool below)
{
    blanks(t, t->date + GAP);
    if (below) {
        txt_chart_rule(t->out, &t->chart, "┴");
        txt_table_end_line(t->out);
        blanks(t, t->date + GAP);
    }
    txt_chart_labels(t->out, &t->chart);
    txt_table_end_line(t->out);
    if (below)
        return;
    blanks(t, t->date + GAP);
    txt_chart_rule(t->out, &t->chart, "┬");
    txt_table_end_line(t->out);
}

static void write_heading(struct txt_table *t, str name, size_t count)
{
    struct buf tail;
    buf_init(&tail, 64);
    buf_printf(&tail, " · %zu", count);
    buf_add_char(t->out, '\n');
    width_add(t->out, name, t->width - width_columns(buf_str(&tail)));
    buf_add(t->out, buf_str(&tail));
    txt_table_end_line(t->out);
    buf_free(&tail);
}

static bool is_dated(const struct drawing_mark *m)
{
    return m->fate != DRAWING_UNDATED;
}

/* The marks in the order of their lanes; *starts has where each lane begins, and the end. */
static size_t *by_lane(struct txt_table *t, size_t **starts)
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

static void write_dated(struct txt_table *t)
{
    const struct drawing *d = t->d;
    size_t dated = d->n - d->fates[DRAWING_UNDATED];
    if (dated == 0 || !d->has_axis)
        return;
    txt_chart_init(&t->chart, d, t->bar);
    if (dated > DENSE) {
        blanks(t, t->date + GAP);
        txt_chart_density(t->out, &t->chart, d);
        txt_table_end_line(t->out);
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

static void write_undated(struct txt_table *t)
{
    if (t->d->fates[DRAWING_UNDATED] == 0)
        return;
    write_heading(t, STR("Undated"), t->d->fates[DRAWING_UNDATED]);
    for (size_t i = 0; i < t->d->n; i++)
        if (!is_dated(&t->d->marks[i]))
            write_title(t, &t->d->marks[i], GAP);
}

void txt_table_write(struct txt_table *t)
{
    share_out(t);
    write_dated(t);
    write_undated(t);
}
