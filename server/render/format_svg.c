/*
 * svg: a drawn timeline, for papers, READMEs and <img>. A document of its own without script, font
 * or picture from elsewhere; light and dark by the reader's preference; with a description in words
 * for those who cannot see it.
 */
#include <stdio.h>

#include "base/check.h"
#include "render/drawing.h"
#include "render/format.h"
#include "render/svg_layout.h"
#include "render/svg_shapes.h"
#include "render/svg_text.h"
#include "render/xml.h"

/* The description has so many events, each with no more of its text than this, bytes. */
#define MOST_DESCRIBED 100
#define LONGEST_DESCRIBED 400

static void escaped_words(struct buf *out, const struct buf *words)
{
    xml_text(out, buf_str(words));
}

static void write_description(struct buf *out, const struct drawing *d)
{
    struct buf line;
    buf_init(&line, SIZE_MAX / 2);
    buf_add(out, STR("<desc id=\"desc\">"));
    drawing_say_count(&line, d);
    buf_add(&line, STR(".\n"));
    for (size_t i = 0; i < d->n && i < MOST_DESCRIBED; i++) {
        struct buf event;
        buf_init(&event, SIZE_MAX / 2);
        drawing_say(&event, &d->marks[i]);
        size_t cut = event.n < LONGEST_DESCRIBED ? event.n : LONGEST_DESCRIBED;
        while (cut < event.n && ((unsigned char)event.p[cut] & 0xC0) == 0x80)
            cut--;
        buf_add(&line, str_sub(buf_str(&event), 0, cut));
        buf_add(&line, cut < event.n ? STR("….\n") : STR(".\n"));
        buf_free(&event);
    }
    if (d->n > MOST_DESCRIBED)
        buf_printf(&line, "And %zu more.\n", d->n - MOST_DESCRIBED);
    escaped_words(out, &line);
    buf_add(out, STR("</desc>\n"));
    buf_free(&line);
}

static void write_head(struct buf *out, const struct svg_layout *l, const struct drawing *d,
                       struct arena *a)
{
    buf_add(out, STR("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
                     "aria-labelledby=\"title desc\""));
    svg_text_attribute(out, "width", l->width);
    svg_text_attribute(out, "height", l->height);
    buf_add(out, STR(" viewBox=\"0 0 "));
    svg_text_number(out, l->width);
    buf_add_char(out, ' ');
    svg_text_number(out, l->height);
    buf_add(out, STR("\">\n<title id=\"title\">"));
    xml_text(out, drawing_title(d->page, a));
    buf_add(out, STR("</title>\n"));
    write_description(out, d);
    /* The style sheet has quotes, and nothing else that XML would mind. */
    buf_printf(out, "<style>%s</style>\n", svg_shapes_style);
    svg_text_rect(out, &(struct svg_box){0, 0, l->width, l->height}, 0);
    buf_add(out, STR(" class=\"g\"/>\n"));
}

static void line(struct buf *out, double x, double y, double dx, double dy, const char *class)
{
    buf_add(out, STR("<path d=\"M"));
    svg_text_number(out, x);
    buf_add_char(out, ' ');
    svg_text_number(out, y);
    buf_add_char(out, dx > 0 ? 'h' : 'v');
    svg_text_number(out, dx > 0 ? dx : dy);
    buf_printf(out, "\" class=\"%s\"/>\n", class);
}

/* The grounds of the lanes, the lines of the axis above them. */
static void write_ground(struct buf *out, const struct svg_layout *l)
{
    for (size_t i = 0; i < l->lane_count; i++) {
        buf_printf(out, "<g class=\"c%zu\">", l->lanes[i].colour);
        svg_text_rect(out, &l->lanes[i].box, 0);
        buf_add(out, STR(" class=\"b\"/></g>\n"));
    }
    if (l->lane_count == 0)
        return;
    double foot = l->plot.y + l->plot.h;
    for (size_t i = 0; i < l->tick_count; i++)
        line(out, l->plot.x + l->ticks[i].at * l->plot.w, l->plot.y, 0, l->plot.h + 4,
             l->ticks[i].major ? "y" : "x");
    line(out, l->plot.x, foot, l->plot.w, 0, "a");
}

static void write_placed(struct buf *out, const struct svg_placed *p, const struct svg_box *plot)
{
    struct buf words;
    buf_init(&words, SIZE_MAX / 2);
    drawing_say(&words, p->mark);
    buf_add(out, STR("<g><title>"));
    escaped_words(out, &words);
    buf_add(out, STR("</title>"));
    svg_shapes_mark(out, p, plot);
    svg_text_line(out, &p->label, SVG_LABEL_SIZE, p->before ? "e" : NULL, p->text);
    buf_add(out, STR("</g>\n"));
    buf_free(&words);
}

static void write_bin(struct buf *out, const struct svg_bin *bin)
{
    size_t told = 0;
    struct buf words;
    buf_init(&words, SIZE_MAX / 2);
    for (; told < SVG_BIN_SOME && bin->some[told] != NULL; told++) {
        if (told > 0)
            buf_add(&words, STR("\n"));
        drawing_say(&words, bin->some[told]);
    }
    if (bin->count > told)
        buf_printf(&words, "\nand %zu more", bin->count - told);
    buf_add(out, STR("<g><title>"));
    escaped_words(out, &words);
    buf_add(out, STR("</title>"));
    svg_shapes_bin(out, &bin->box);
    buf_add(out, STR("</g>\n"));
    buf_free(&words);
}

static void write_lanes(struct buf *out, const struct svg_layout *l)
{
    for (size_t i = 0; i < l->lane_count; i++) {
        const struct svg_lane *lane = &l->lanes[i];
        buf_printf(out, "<g class=\"c%zu\">\n", lane->colour);
        for (size_t k = 0; k < lane->placed_count; k++)
            write_placed(out, &lane->placed[k], &l->plot);
        for (size_t k = 0; k < lane->bin_count; k++)
            write_bin(out, &lane->bins[k]);
        buf_add(out, STR("</g>\n"));
    }
}

static void write_texts(struct buf *out, const struct svg_layout *l)
{
    for (size_t i = 0; i < l->text_count; i++) {
        const struct svg_text *t = &l->texts[i];
        char class[32];
        const char *plain = svg_layout_class(t->kind);
        snprintf(class, sizeof class, "%s c%zu", plain, t->colour);
        svg_text_line(out, &t->box, svg_layout_size(t->kind),
                      t->kind == SVG_TEXT_LANE ? class : plain, t->text);
        buf_add_char(out, '\n');
    }
}

static void write_legend(struct buf *out, const struct svg_layout *l)
{
    buf_add(out, STR("<g class=\"n\">\n"));
    for (unsigned bit = 0; bit < SVG_SIGNS; bit++) {
        if (l->legend[bit].w <= 0)
            continue;
        svg_shapes_sign(out, (enum svg_sign_bit)bit, &l->legend[bit]);
        buf_add_char(out, '\n');
    }
    buf_add(out, STR("</g>\n"));
}

void format_svg(struct buf *out, const struct page *page)
{
    static const struct drawing_options options = {LANES_TYPE, SVG_LAYOUT_MOST_LANES, false};
    struct arena *a = arena_new();
    struct drawing d;
    struct svg_layout l;
    drawing_make(page, &options, a, &d);
    svg_layout_make(&d, page->about != NULL ? page->about->width : 0, a, &l);
    write_head(out, &l, &d, a);
    write_ground(out, &l);
    write_lanes(out, &l);
    write_texts(out, &l);
    write_legend(out, &l);
    buf_add(out, STR("</svg>\n"));
    arena_free(a);
}
