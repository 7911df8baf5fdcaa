#include "render/txt_chart.h"

#include "base/check.h"
#include "base/width.h"

static const struct {
    const char *sign, *meaning;
} signs[] = {
#define X(bit, sign, meaning) {sign, meaning},
    TXT_CHART_SIGN_TABLE(X)
#undef X
};

const char *txt_chart_sign(enum txt_chart_sign_bit bit)
{
    ENSURE(bit < TXT_CHART_SIGNS);
    return signs[bit].sign;
}

const char *txt_chart_meaning(enum txt_chart_sign_bit bit)
{
    ENSURE(bit < TXT_CHART_SIGNS);
    return signs[bit].meaning;
}

static double columns_of(const char *label)
{
    return (double)width_columns(str_from(label));
}

void txt_chart_init(struct txt_chart *c, const struct drawing *d, size_t columns)
{
    ENSURE(d->has_axis && columns >= TXT_CHART_NARROWEST && columns <= TXT_CHART_WIDEST);
    c->columns = columns;
    c->most = 0;
    c->signs = 0;
    c->tick_count = axis_ticks(&d->axis, (double)columns, 2, columns_of, c->ticks);
    /* Better a little narrow than hardly any. */
    if (c->tick_count < 3)
        c->tick_count = axis_ticks(&d->axis, (double)columns, 1, columns_of, c->ticks);
}

/* The cell in which a share of the axis lies. */
static size_t cell_of(const struct txt_chart *c, double share)
{
    size_t cell = (size_t)(share * (double)c->columns);
    return cell < c->columns ? cell : c->columns - 1;
}

/* The cells of [from, to), at least one. */
static void cells_of(const struct txt_chart *c, double from, double to, size_t *first, size_t *last)
{
    double columns = (double)c->columns;
    *first = cell_of(c, from);
    size_t after = (size_t)(to * columns);
    /* A cell counts once the event reaches a good way into it. */
    if (to * columns - (double)after > 0.2)
        after++;
    *last = after > *first ? after - 1 : *first;
    if (*last >= c->columns)
        *last = c->columns - 1;
}

void txt_chart_labels(struct buf *out, const struct txt_chart *c)
{
    size_t at = 0;
    for (size_t i = 0; i < c->tick_count; i++) {
        const struct axis_tick *t = &c->ticks[i];
        if (t->bare)
            continue;
        for (; at < (size_t)t->left; at++)
            buf_add_char(out, ' ');
        at += width_add(out, str_from(t->label), c->columns - at);
    }
}

void txt_chart_rule(struct buf *out, const struct txt_chart *c, const char *tee)
{
    for (size_t at = 0, i = 0; at < c->columns; at++) {
        bool tick = false;
        for (; i < c->tick_count && cell_of(c, c->ticks[i].at) == at; i++)
            tick = true;
        buf_add(out, tick ? str_from(tee) : STR("─"));
    }
}

void txt_chart_density(struct buf *out, struct txt_chart *c, const struct drawing *d)
{
    static const char *const levels[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    size_t change[TXT_CHART_WIDEST + 1] = {0}, counts[TXT_CHART_WIDEST];
    size_t first, last, most = 1, now = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (d->marks[i].fate != DRAWING_SHOWN)
            continue;
        cells_of(c, d->marks[i].from, d->marks[i].to, &first, &last);
        change[first]++;
        change[last + 1]--; /* wraps, and back again in the sum */
    }
    for (size_t at = 0; at < c->columns; at++) {
        now += change[at];
        counts[at] = now;
        most = now > most ? now : most;
    }
    c->most = most;
    for (size_t at = 0; at < c->columns; at++)
        buf_add(out, str_from(levels[(counts[at] * 8 + most - 1) / most]));
}

/* ---- a bar ---- */

struct cells {
    const char *text[TXT_CHART_WIDEST];
    unsigned sign[TXT_CHART_WIDEST]; /* enum txt_chart_sign, 0 for none */
};

static void put(struct cells *cells, size_t at, enum txt_chart_sign sign, const char *text)
{
    cells->text[at] = text;
    cells->sign[at] = (unsigned)sign;
}

static void put_ends(struct cells *cells, const struct drawing_mark *m, size_t first, size_t last)
{
    if (m->before)
        put(cells, first, TXT_BEYOND, "‹");
    if (m->after)
        put(cells, last, TXT_BEYOND, "›");
    if (m->open_start)
        put(cells, first, TXT_ENDLESS, "◀");
    if (m->open_end)
        put(cells, last, TXT_OPEN, "▶");
    if (m->unknown_start)
        put(cells, first, TXT_UNKNOWN, "?");
    if (m->unknown_end)
        put(cells, last, TXT_UNKNOWN, "?");
}

static void put_extent(const struct txt_chart *c, struct cells *cells, const struct drawing_mark *m)
{
    size_t first, last, sure_first, sure_last;
    cells_of(c, m->from, m->to, &first, &last);
    if (first == last) {
        put(cells, first, TXT_POINT, "●");
        put_ends(cells, m, first, last);
        return;
    }
    for (size_t at = first; at <= last; at++)
        put(cells, at, TXT_POSSIBLE, "░");
    if (m->sure) {
        cells_of(c, m->sure_from, m->sure_to, &sure_first, &sure_last);
        for (size_t at = sure_first; at <= sure_last; at++)
            put(cells, at, TXT_SURE, "█");
    }
    put_ends(cells, m, first, last);
}

static void draw(struct txt_chart *c, struct cells *cells, const struct drawing_mark *m)
{
    for (size_t at = 0; at < c->columns; at++)
        cells->text[at] = " ";
    for (size_t i = 0; i < c->tick_count; i++)
        cells->text[cell_of(c, c->ticks[i].at)] = "·";
    if (m != NULL && m->fate == DRAWING_OUTSIDE)
        put(cells, m->after ? c->columns - 1 : 0, TXT_BEYOND, m->after ? "›" : "‹");
    else if (m != NULL)
        put_extent(c, cells, m);
    for (size_t at = 0; at < c->columns; at++)
        c->signs |= cells->sign[at];
}

void txt_chart_extent(const struct txt_chart *c, const struct drawing_mark *m, size_t *first,
                      size_t *last)
{
    if (m->fate == DRAWING_OUTSIDE)
        *first = *last = m->after ? c->columns - 1 : 0;
    else
        cells_of(c, m->from, m->to, first, last);
}

void txt_chart_bar(struct buf *out, struct txt_chart *c, const struct drawing_mark *m, str label,
                   size_t left)
{
    struct cells cells = {0};
    size_t width = width_columns(label), right = left + width;
    ENSURE(right <= c->columns);
    draw(c, &cells, m);
    if (width > 0 && left > 0 && cells.sign[left - 1] == 0)
        cells.text[left - 1] = " ";
    if (width > 0 && right < c->columns && cells.sign[right] == 0)
        cells.text[right] = " ";
    for (size_t at = 0; at < c->columns; at++) {
        if (width > 0 && at == left)
            buf_add(out, label);
        if (at < left || at >= right)
            buf_add(out, str_from(cells.text[at]));
    }
}
