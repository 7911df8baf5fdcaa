#include "render/svg_layout.h"

#include <string.h>

#include "base/check.h"
#include "render/axis_write.h"
#include "render/glyph.h"
#include "render/svg_fill.h"

#define MARGIN 16.0
#define HEADING 20.0     /* a lane's name and what is to be said of it */
#define LANE_GAP 3.0     /* between lanes */
#define LANE_PADDING 3.0 /* above the first and below the last row */
#define BIN_STEP 4.0     /* height of one event */
#define BIN_HIGHEST 28.0
#define AXIS 22.0 /* ticks' labels */
#define LEGEND_SIGN 24.0
#define LEGEND_ROW 17.0
#define TALL 24 /* plots of more rows have the labels of the axis above them too */

static const struct {
    const char *class;
    double size;
    bool bold;
} kinds[] = {
#define X(value, class, size, bold) {class, size, bold},
    SVG_TEXT_TABLE(X)
#undef X
};

double svg_layout_size(enum svg_text_kind kind)
{
    ENSURE(kind < SVG_TEXT_KINDS);
    return kinds[kind].size;
}

const char *svg_layout_class(enum svg_text_kind kind)
{
    ENSURE(kind < SVG_TEXT_KINDS);
    return kinds[kind].class;
}

/* ---- texts ---- */

struct maker {
    struct arena *arena;
    const struct drawing *d;
    struct svg_layout *l;
    double left, inner; /* of what stands between the margins */
    double y;
};

static double text_width(enum svg_text_kind kind, str text)
{
    return glyph_width(text, kinds[kind].size) * (kinds[kind].bold ? GLYPH_BOLD : 1);
}

/* The text, cut where it is wider. */
static str text_cut(struct maker *m, enum svg_text_kind kind, str text, double width)
{
    return glyph_cut(text, kinds[kind].size, width / (kinds[kind].bold ? GLYPH_BOLD : 1), m->arena);
}

static struct svg_text *add_text(struct maker *m, enum svg_text_kind kind, str text, double x,
                                 double y)
{
    struct svg_text *t = ARENA_PUSH(m->arena, m->l->texts, m->l->text_count, m->l->text_room);
    *t = (struct svg_text){.kind = kind, .text = text};
    t->box = (struct svg_box){x, y, text_width(kind, text), kinds[kind].size + 3};
    return t;
}

/* Lines of text, at most `most`, the last one cut; m->y goes below them. */
static void add_lines(struct maker *m, enum svg_text_kind kind, str text, size_t most)
{
    double line_height = kinds[kind].size * 1.35;
    double fits = m->inner / (kinds[kind].bold ? GLYPH_BOLD : 1);
    while (text.n > 0 && most-- > 0) {
        str line = glyph_fit(text, kinds[kind].size, fits);
        size_t cut = line.n;
        if (line.n < text.n)
            while (cut > 0 && text.p[cut] != ' ')
                cut--;
        line = cut > 0 && most > 0 ? str_sub(text, 0, cut) : text;
        text = str_trim(str_sub(text, cut > 0 ? cut : text.n, text.n));
        drawing_break(&line, &text);
        line = text_cut(m, kind, line, m->inner);
        add_text(m, kind, line, m->left, m->y);
        m->y += line_height;
    }
}

static str words(struct maker *m, struct buf *text)
{
    str copy = arena_copy(m->arena, buf_str(text));
    buf_free(text);
    return copy;
}

static void add_head(struct maker *m)
{
    struct buf line;
    buf_init(&line, SIZE_MAX / 2);
    add_lines(m, SVG_TEXT_TITLE, drawing_title(m->d->page, m->arena), 3);
    if (m->d->has_axis && m->d->n > 0) {
        axis_write_range(&line, &m->d->range);
        buf_add(&line, STR(" \xC2\xB7 "));
    }
    if (m->d->n > 0)
        drawing_say_count(&line, m->d);
    if (m->d->page->single && m->d->n == 1) {
        buf_clear(&line);
        drawing_say_who(&line, &m->d->marks[0]);
    }
    add_lines(m, SVG_TEXT_SUBTITLE, words(m, &line), 3);
    m->y += 8;
}

/* ---- lanes ---- */

/* The height of the bins' strip and of each bin, which stand on y. */
static double raise_bins(struct svg_lane *lane, double most)
{
    double strip = most * BIN_STEP < BIN_HIGHEST ? most * BIN_STEP : BIN_HIGHEST;
    double highest = 0;
    for (size_t i = 0; i < lane->bin_count; i++) {
        struct svg_bin *bin = &lane->bins[i];
        bin->box.h = strip * (double)bin->count / most;
        if (bin->box.h < BIN_STEP - 1)
            bin->box.h = BIN_STEP - 1;
        highest = bin->box.h > highest ? bin->box.h : highest;
    }
    return highest;
}

static str lane_note(struct maker *m, const struct svg_lane *lane, bool brief)
{
    struct buf text;
    buf_init(&text, 256);
    if (lane->wide > 0)
        buf_printf(&text, "%zu %s", lane->wide, brief ? "wider" : drawing_fate_words(DRAWING_WIDE));
    if (lane->more > 0)
        buf_printf(&text, "%s%zu more", lane->wide > 0 ? " \xC2\xB7 " : "", lane->more);
    return words(m, &text);
}

static void add_heading(struct maker *m, const struct svg_lane *lane)
{
    str name = m->d->lanes[lane->number].name, note = lane_note(m, lane, false);
    if (name.n == 0 && note.n == 0)
        return;
    double room = m->inner - 2 * 8;
    if (text_width(SVG_TEXT_NOTE, note) > room - 80)
        note = lane_note(m, lane, true);
    double note_width = note.n > 0 ? text_width(SVG_TEXT_NOTE, note) : 0;
    name = text_cut(m, SVG_TEXT_LANE, name, room - (note_width > 0 ? note_width + 16 : 0));
    double y = m->y + 3;
    if (name.n > 0)
        add_text(m, SVG_TEXT_LANE, name, m->left + 8, y)->colour = lane->colour;
    if (note.n > 0)
        add_text(m, SVG_TEXT_NOTE, note, m->left + m->inner - 8 - note_width, y + 1);
    m->y += HEADING;
}

static unsigned signs_of(const struct svg_placed *p)
{
    const struct drawing_mark *m = p->mark;
    unsigned signs = p->point ? SVG_POINT : 0;
    if (!p->point && m->sure)
        signs |= SVG_SURE;
    if (!p->point && (!m->sure || p->sure_w + 1 < p->box.w))
        signs |= SVG_POSSIBLE;
    if (m->open_start || m->open_end)
        signs |= SVG_OPEN;
    if (m->unknown_start || m->unknown_end)
        signs |= SVG_UNKNOWN;
    if (m->rough)
        signs |= SVG_ROUGH;
    if (m->disputed.n > 0)
        signs |= SVG_DISPUTED;
    return signs;
}

/* One lane from m->y on, its marks packed already. */
static void stack_lane(struct maker *m, struct svg_lane *lane, double most)
{
    lane->box = (struct svg_box){.x = m->left, .y = m->y, .w = m->inner};
    add_heading(m, lane);
    m->y += LANE_PADDING;
    for (size_t i = 0; i < lane->placed_count; i++) {
        struct svg_placed *p = &lane->placed[i];
        double top = m->y + (double)p->row * SVG_ROW;
        p->box.y = top + (SVG_ROW - p->box.h) / 2;
        p->label.y += top + (SVG_ROW - p->label.h) / 2;
        m->l->signs |= signs_of(p);
    }
    m->y += (double)lane->rows * SVG_ROW + LANE_PADDING;
    if (lane->bin_count > 0) {
        m->y += raise_bins(lane, most);
        for (size_t i = 0; i < lane->bin_count; i++)
            lane->bins[i].box.y = m->y - lane->bins[i].box.h;
        m->y += 1;
        m->l->signs |= SVG_MORE;
    }
    lane->box.h = m->y - lane->box.y;
    m->y += LANE_GAP;
}

/* ---- axis ---- */

static double label_width(const char *label)
{
    /* Every label has room to be a bold one. */
    return text_width(SVG_TEXT_MAJOR, str_from(label));
}

static void add_labels(struct maker *m, double y)
{
    for (size_t i = 0; i < m->l->tick_count; i++) {
        const struct axis_tick *t = &m->l->ticks[i];
        enum svg_text_kind kind = t->major ? SVG_TEXT_MAJOR : SVG_TEXT_TICK;
        str label = str_from(t->label);
        if (t->bare)
            continue;
        double slack = t->width - text_width(kind, label), x = m->left + t->left;
        /* Centred below its tick, unless the end of the axis holds it. */
        if (t->left > 0)
            x += t->left + t->width >= m->inner ? slack : slack / 2;
        add_text(m, kind, text_cut(m, kind, label, m->inner), x, y);
    }
}

static void add_plot(struct maker *m)
{
    struct svg_layout *l = m->l;
    size_t rows;
    const struct svg_fill fill = {m->arena, m->d, l, m->left, m->inner};
    svg_fill_gather(&fill);
    if (l->lane_count == 0 || !m->d->has_axis)
        return;
    l->ticks = ARENA_ARRAY(m->arena, struct axis_tick, AXIS_MOST_TICKS);
    l->tick_count = axis_ticks(&m->d->axis, m->inner, 10, label_width, l->ticks);
    size_t most = svg_fill_pack(&fill, &rows);
    if (rows > TALL) {
        add_labels(m, m->y);
        m->y += AXIS - 3;
    }
    l->plot = (struct svg_box){.x = m->left, .y = m->y, .w = m->inner};
    for (size_t i = 0; i < l->lane_count; i++)
        stack_lane(m, &l->lanes[i], (double)most);
    l->plot.h = m->y - LANE_GAP - l->plot.y;
    add_labels(m, m->y + 5);
    m->y += AXIS + 6;
}

/* ---- foot ---- */

static void add_legend(struct maker *m)
{
    static const char *const meanings[] = {
#define X(bit, meaning) meaning,
        SVG_SIGN_TABLE(X)
#undef X
    };
    double x = m->left;
    bool any = false;
    for (unsigned bit = 0; bit < SVG_SIGNS; bit++) {
        if (!(m->l->signs & 1u << bit))
            continue;
        str text = text_cut(m, SVG_TEXT_LEGEND, str_from(meanings[bit]),
                            m->inner - LEGEND_SIGN - 6);
        double width = LEGEND_SIGN + 6 + text_width(SVG_TEXT_LEGEND, text);
        if (any && x + width > m->left + m->inner) {
            x = m->left;
            m->y += LEGEND_ROW;
        }
        m->l->legend[bit] = (struct svg_box){x, m->y, LEGEND_SIGN, LEGEND_ROW - 3};
        add_text(m, SVG_TEXT_LEGEND, text, x + LEGEND_SIGN + 6, m->y);
        x += width + 18;
        any = true;
    }
    m->y += any ? LEGEND_ROW + 4 : 0;
}

static void add_foot(struct maker *m)
{
    struct buf line;
    const char *between = "";
    buf_init(&line, SIZE_MAX / 2);
    add_legend(m);
    for (unsigned fate = DRAWING_OUTSIDE; fate <= DRAWING_UNDATED; fate++) {
        if (m->d->fates[fate] == 0)
            continue;
        buf_printf(&line, "%s%zu %s", between, m->d->fates[fate],
                   drawing_fate_words((enum drawing_fate)fate));
        between = " \xC2\xB7 ";
    }
    if (m->d->page->next.n > 0)
        buf_add(&line,
                *between != 0 ? STR(" \xC2\xB7 more events follow") : STR("More events follow"));
    if (m->d->n == 0)
        buf_add(&line, STR("No event answers this question."));
    add_lines(m, SVG_TEXT_FOOT, words(m, &line), 2);
    buf_init(&line, SIZE_MAX / 2);
    drawing_say_source(&line, m->d->page);
    add_lines(m, SVG_TEXT_FOOT, words(m, &line), 3);
}

void svg_layout_make(const struct drawing *d, int width, struct arena *a, struct svg_layout *out)
{
    *out = (struct svg_layout){.width = SVG_LAYOUT_WIDTH};
    if (width > 0)
        out->width = width < SVG_LAYOUT_NARROWEST ? SVG_LAYOUT_NARROWEST
                     : width > SVG_LAYOUT_WIDEST  ? SVG_LAYOUT_WIDEST
                                                  : width;
    struct maker m = {.arena = a, .d = d, .l = out, .left = MARGIN, .y = MARGIN - 2};
    m.inner = out->width - 2 * MARGIN;
    add_head(&m);
    add_plot(&m);
    add_foot(&m);
    out->height = m.y + MARGIN - 8;
    ENSURE(out->height <= SVG_LAYOUT_HIGHEST);
}
