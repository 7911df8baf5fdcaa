#include "render/drawing.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/width.h"
#include "model/match.h"
#include "render/drawing_lane.h"
#include "render/drawing_time.h"

const char *drawing_fate_words(enum drawing_fate fate)
{
    static const char *const words[] = {
#define X(value, words) words,
        DRAWING_FATE_TABLE(X)
#undef X
    };
    ENSURE(fate < DRAWING_FATES);
    return words[fate];
}

/* ---- one event ---- */

static str clean_of(struct buf *scratch, struct arena *a)
{
    str clean = width_clean_copy(buf_str(scratch), a);
    buf_clear(scratch);
    return clean;
}

static void read_mark(struct drawing_mark *m, const struct page_item *item, struct buf *scratch,
                      struct arena *a)
{
    ENSURE(item->row != NULL);
    const struct event_row *row = item->row;
    struct event_view view;
    event_view_read(item, &view);
    *m = (struct drawing_mark){.item = item, .row = row};
    m->title = width_clean_copy(row->title, a);
    if (m->title.n == 0)
        m->title = width_clean_copy(row->id, a);
    event_view_list(scratch, view.disputed);
    m->disputed = clean_of(scratch, a);
    if (!row->dated) {
        m->fate = DRAWING_UNDATED;
        return;
    }
    edtf_display(scratch, row->date);
    m->date = clean_of(scratch, a);
    m->rough = row->qualifier != EDTF_PLAIN;
}

/* The sides of its date, and its shares of the axis. */
static void place_mark(struct drawing_mark *m, const struct axis *x)
{
    const struct period *p = &m->row->bounds;
    struct edtf date;
    struct edtf_error ignored;
    if (edtf_parse(m->row->date, &date, &ignored)) {
        m->unknown_start = date.unknown_start;
        m->unknown_end = date.unknown_end;
    }
    m->open_start = period_unbounded(p->earliest) && !m->unknown_start;
    m->open_end = period_unbounded(p->latest) && !m->unknown_end;
    m->before = !period_unbounded(p->earliest) && p->earliest < x->from;
    m->after = !period_unbounded(p->latest) && p->latest > x->to;
    m->from = axis_place(x, p->earliest, false);
    m->to = axis_place(x, p->latest, true);
    if (drawing_time_point(p, x))
        m->from = m->to = (m->from + m->to) / 2;
    struct window sure;
    if (drawing_time_certain(m->row, &sure) && sure.from <= x->to && sure.to >= x->from) {
        m->sure = true;
        m->sure_from = axis_place(x, sure.from, false);
        m->sure_to = axis_place(x, sure.to, true);
    }
    if (m->fate == DRAWING_SHOWN && (p->earliest > x->to || p->latest < x->from))
        m->fate = DRAWING_OUTSIDE;
}

/* ---- all of them ---- */

static void settle_fates(struct drawing *d, const struct drawing_options *o)
{
    size_t wide = 0, shown = 0;
    for (size_t i = 0; i < d->n; i++) {
        struct drawing_mark *m = &d->marks[i];
        if (m->fate == DRAWING_SHOWN && d->has_axis)
            place_mark(m, &d->axis);
        if (m->fate != DRAWING_SHOWN)
            continue;
        shown++;
        if (!m->sure && drawing_time_wider(&m->row->bounds, &d->axis)) {
            m->fate = DRAWING_WIDE;
            wide++;
        }
    }
    /* Where there is nothing else, they are the picture. */
    bool keep = o->show_wide || wide == shown;
    for (size_t i = 0; i < d->n; i++) {
        if (d->marks[i].fate == DRAWING_WIDE && keep)
            d->marks[i].fate = DRAWING_SHOWN;
        d->fates[d->marks[i].fate]++;
    }
}

void drawing_make(const struct page *page, const struct drawing_options *o, struct arena *a,
                  struct drawing *out)
{
    *out = (struct drawing){
        .page = page, .n = page->n, .marks = ARENA_ARRAY(a, struct drawing_mark, page->n)};
    struct buf scratch;
    buf_init(&scratch, SIZE_MAX / 2);
    for (size_t i = 0; i < page->n; i++)
        read_mark(&out->marks[i], &page->items[i], &scratch, a);
    buf_free(&scratch);
    out->has_axis = drawing_time_axis(page, a, &out->axis, &out->range);
    settle_fates(out, o);
    drawing_lane_sort(out, o, a);
}

/* ---- words ---- */

void drawing_say(struct buf *out, const struct drawing_mark *m)
{
    buf_add(out, m->date.n > 0 ? m->date : STR("Undated"));
    buf_add(out, STR(": "));
    buf_add(out, m->title);
    str type = m->row->type;
    if (type.n == 0 && m->disputed.n == 0)
        return;
    buf_add(out, STR(" ("));
    width_clean(out, type);
    if (m->disputed.n > 0)
        buf_printf(out, "%ssources disagree on %.*s", type.n > 0 ? "; " : "", STR_ARG(m->disputed));
    buf_add_char(out, ')');
}

static void add_part(struct buf *out, struct buf *part)
{
    if (part->n > 0 && out->n > 0)
        buf_add(out, STR(" \xC2\xB7 "));
    width_clean(out, buf_str(part));
    buf_clear(part);
}

void drawing_say_who(struct buf *out, const struct drawing_mark *m)
{
    struct event_view view;
    struct buf part;
    event_view_read(m->item, &view);
    buf_init(&part, SIZE_MAX / 2);
    buf_add(&part, m->date.n > 0 ? m->date : STR("no date is known"));
    add_part(out, &part);
    buf_add(&part, m->row->type);
    add_part(out, &part);
    event_view_people(&part, &view);
    add_part(out, &part);
    event_view_where(&part, &view);
    add_part(out, &part);
    buf_free(&part);
}

void drawing_break(str *line, str *rest)
{
    static const str dot = STR_INIT("\xC2\xB7");
    if (rest->n == 0)
        return;
    if (str_ends(*line, dot))
        *line = str_trim(str_sub(*line, 0, line->n - dot.n));
    if (str_starts(*rest, dot))
        *rest = str_trim(str_sub(*rest, dot.n, rest->n));
}

str drawing_title(const struct page *page, struct arena *a)
{
    const struct page_about *about = page->about;
    str title = {0};
    if (page->single && page->n == 1 && page->items[0].row != NULL)
        title = width_clean_copy(page->items[0].row->title, a);
    if (title.n == 0 && about != NULL)
        title = width_clean_copy(about->title, a);
    if (title.n == 0)
        return STR("Events");
    if (title.p[0] < 'a' || title.p[0] > 'z')
        return title;
    char first = (char)(title.p[0] - 'a' + 'A');
    return page->single ? title
                        : arena_printf(a, "%c%.*s", first, STR_ARG(str_sub(title, 1, title.n)));
}

void drawing_say_count(struct buf *out, const struct drawing *d)
{
    int64_t matched = d->page->matched;
    if (d->n == 0) {
        buf_add(out, STR("no events"));
        return;
    }
    if (matched > (int64_t)d->n)
        buf_printf(out, "%zu of %" PRId64 " events", d->n, matched);
    else
        buf_printf(out, "%s%zu event%s", d->page->next.n > 0 ? "the first " : "", d->n,
                   d->n == 1 ? "" : "s");
}

void drawing_say_source(struct buf *out, const struct page *page)
{
    const struct page_about *about = page->about;
    width_clean(out,
                about != NULL && about->store_title.n > 0 ? about->store_title : STR("Annals"));
    if (page->version > 0)
        buf_printf(out, " \xC2\xB7 version %" PRId64, page->version);
    if (about == NULL)
        return;
    if (page->version > 0 && about->recorded > 0) {
        buf_add(out, STR(" of "));
        period_write_bound(out, period_day_of(about->recorded / 1000000) * PERIOD_DAY_SECONDS,
                           PERIOD_START);
    }
    if (about->licence.n > 0) {
        buf_add(out, STR(" \xC2\xB7 "));
        width_clean(out, about->licence);
    }
    if (about->self.n > 0) {
        buf_add(out, STR(" \xC2\xB7 "));
        width_clean(out, about->base);
        width_clean(out, about->self);
    }
}
