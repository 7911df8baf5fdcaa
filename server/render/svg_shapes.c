#include "render/svg_shapes.h"

#include "base/check.h"
#include "render/svg_text.h"

/*
 * Light by default and on paper, dark where the reader's screen is: colours that hold a contrast of
 * 4.5 to 1 against their ground as text. s: certain, p: possible, with an outline because so pale a
 * fill has no contrast of 3 to 1, d: dashed, g: ground, x: lines.
 */
const char svg_shapes_style[] =
    "text{font:12px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,"
    "\"DejaVu Sans\",sans-serif;fill:#1c1d20}"
    ".t{font-size:17px;font-weight:700}.l{font-weight:700;fill:currentColor}"
    ".m{font-size:11px;fill:#5c5a55}.k{font-size:11px;font-weight:700;fill:#1c1d20}"
    "text.m.u{font-size:12px}.e{text-anchor:end}"
    ".g{fill:#fffdf8}.b{fill:currentColor;fill-opacity:.07}"
    ".x{stroke:#1c1d20;stroke-opacity:.13}.y{stroke:#1c1d20;stroke-opacity:.3}"
    ".a{stroke:#1c1d20;stroke-opacity:.7}"
    ".s{fill:currentColor}.p{fill:currentColor;fill-opacity:.3;stroke:currentColor;"
    "stroke-width:.8}.f{fill:currentColor;fill-opacity:.3}.o{stroke:currentColor;stroke-width:.8}"
    ".q{fill:currentColor;fill-opacity:.65}"
    ".d{fill:none;stroke:currentColor;stroke-width:1.2;stroke-dasharray:3 2}"
    ".c0{color:#1f7a70}.c1{color:#3a68b0}.c2{color:#b03a35}.c3{color:#7a6518}"
    ".c4{color:#a8541a}.c5{color:#6d45a0}.c6{color:#47722c}.c7{color:#55626f}"
    ".n{color:#5c5a55}"
    "@media screen and (prefers-color-scheme:dark){"
    "text,.k{fill:#ececea}.l{fill:currentColor}.m{fill:#a9a7a2}.g{fill:#17181b}"
    ".b{fill-opacity:.11}.x,.y,.a{stroke:#fff}.p,.f{fill-opacity:.36}"
    ".c0{color:#5cb8ac}.c1{color:#82a9e6}.c2{color:#ea7f78}.c3{color:#cdb14e}"
    ".c4{color:#e59a5f}.c5{color:#b795e2}.c6{color:#92c270}.c7{color:#a3b1bf}"
    ".n{color:#a9a7a2}}"
    "@media print{.g{fill:#fff}}";

#define CORNER 2.0
#define ARROW 7.0
#define FADES 5 /* steps in which a bar fades into what is not known */
#define FADE_SHARE 0.5
#define FADE_LONGEST 60.0

static void close_shape(struct buf *out, const char *class)
{
    buf_printf(out, " class=\"%s\"/>", class);
}

static void rect(struct buf *out, double x, double w, const struct svg_box *like, const char *class)
{
    struct svg_box box = {x, like->y, w, like->h};
    svg_text_rect(out, &box, w > 4 * CORNER ? CORNER : 0);
    close_shape(out, class);
}

static void point(struct buf *out, double x, double y, double r)
{
    buf_add(out, STR("<circle"));
    svg_text_attribute(out, "cx", x);
    svg_text_attribute(out, "cy", y);
    svg_text_attribute(out, "r", r);
    close_shape(out, "s");
}

/* A head that points to the right (w > 0) or left, its base at x. */
static void arrow(struct buf *out, double x, double w, const struct svg_box *like,
                  const char *class)
{
    buf_add(out, STR("<path d=\"M"));
    svg_text_number(out, x);
    buf_add_char(out, ' ');
    svg_text_number(out, like->y - 1);
    buf_add(out, STR("L"));
    svg_text_number(out, x + w);
    buf_add_char(out, ' ');
    svg_text_number(out, like->y + like->h / 2);
    buf_add(out, STR("L"));
    svg_text_number(out, x);
    buf_add_char(out, ' ');
    svg_text_number(out, like->y + like->h + 1);
    buf_add(out, STR("Z\""));
    close_shape(out, class);
}

/* A pale bar from x on for w, fainter and fainter: to the right (w > 0) or to the left. */
static void fade(struct buf *out, double x, double w, const struct svg_box *like)
{
    for (int i = 0; i < FADES; i++) {
        double from = x + w * i / FADES, step = w / FADES;
        struct svg_box box = {step > 0 ? from : from + step, like->y, step > 0 ? step : -step,
                              like->h};
        svg_text_rect(out, &box, 0);
        buf_printf(out, " fill-opacity=\".%02d\"", 30 - (i + 1) * 26 / FADES);
        buf_add(out, STR(" fill=\"currentColor\"/>"));
    }
}

/* A pale bar that is not closed at its ends. */
static void open_rect(struct buf *out, double x, double w, const struct svg_box *like)
{
    struct svg_box box = {x, like->y, w, like->h};
    svg_text_rect(out, &box, 0);
    close_shape(out, "f");
    for (int side = 0; side < 2; side++) {
        buf_add(out, STR("<path d=\"M"));
        svg_text_number(out, x);
        buf_add_char(out, ' ');
        svg_text_number(out, like->y + side * like->h);
        buf_add_char(out, 'h');
        svg_text_number(out, w);
        buf_add_char(out, '"');
        close_shape(out, "o");
    }
}

/* What of a bar is neither certain nor an arrow: [from, to), faded where its end is not known. */
static void possible(struct buf *out, const struct svg_placed *p, double from, double to)
{
    const struct drawing_mark *m = p->mark;
    double longest = (to - from) * FADE_SHARE;
    longest = longest > FADE_LONGEST ? FADE_LONGEST : longest;
    double left = m->unknown_start ? longest : 0, right = m->unknown_end ? longest : 0;
    if (left > 0)
        fade(out, from + left, -left, &p->box);
    double body = to - from - left - right;
    if (body > 0 && left + right > 0)
        open_rect(out, from + left, body, &p->box);
    else if (body > 0)
        rect(out, from, body, &p->box, "p");
    if (right > 0)
        fade(out, to - right, right, &p->box);
    /* The one side that is known. */
    if (m->unknown_end && !m->unknown_start && !m->open_start && !m->before)
        rect(out, from, 2, &p->box, "s");
    if (m->unknown_start && !m->unknown_end && !m->open_end && !m->after)
        rect(out, to - 2, 2, &p->box, "s");
}

static void bar(struct buf *out, const struct svg_placed *p)
{
    const struct drawing_mark *m = p->mark;
    double from = p->box.x, to = p->box.x + p->box.w;
    double sure_from = p->sure_x, sure_to = p->sure_x + p->sure_w;
    bool sure_start = m->sure && sure_from - from < 1, sure_end = m->sure && to - sure_to < 1;
    double head = ARROW < p->box.w / 3 ? ARROW : p->box.w / 3;
    if (m->open_start) {
        arrow(out, from + head, -head, &p->box, sure_start ? "s" : "p");
        from += head;
    }
    if (m->open_end) {
        arrow(out, to - head, head, &p->box, sure_end ? "s" : "p");
        to -= head;
    }
    if (!m->sure || sure_from - from > 0.5 || to - sure_to > 0.5)
        possible(out, p, from, to);
    if (!m->sure)
        return;
    sure_from = sure_from < from ? from : sure_from;
    sure_to = sure_to > to ? to : sure_to;
    if (sure_to > sure_from)
        rect(out, sure_from, sure_to - sure_from, &p->box, "s");
}

/* A dashed outline, open where the bar goes on beyond the plot. */
static void outline(struct buf *out, const struct svg_placed *p, const struct svg_box *plot)
{
    struct svg_box around = {p->box.x - 2, p->box.y - 2, p->box.w + 4, p->box.h + 4};
    if (around.x < plot->x) {
        around.w -= plot->x - around.x;
        around.x = plot->x;
    }
    if (around.x + around.w > plot->x + plot->w)
        around.w = plot->x + plot->w - around.x;
    svg_text_rect(out, &around, p->point ? around.h / 2 : CORNER + 1);
    close_shape(out, "d");
}

void svg_shapes_mark(struct buf *out, const struct svg_placed *p, const struct svg_box *plot)
{
    if (p->point)
        point(out, p->box.x + p->box.w / 2, p->box.y + p->box.h / 2, p->box.w / 2);
    else
        bar(out, p);
    if (p->mark->rough)
        outline(out, p, plot);
}

void svg_shapes_bin(struct buf *out, const struct svg_box *box)
{
    svg_text_rect(out, box, 0);
    close_shape(out, "q");
}

void svg_shapes_sign(struct buf *out, enum svg_sign_bit bit, const struct svg_box *box)
{
    double middle = box->y + box->h / 2;
    struct drawing_mark m = {.rough = bit == SVG_ROUGH_NUMBER,
                             .open_end = bit == SVG_OPEN_NUMBER,
                             .unknown_end = bit == SVG_UNKNOWN_NUMBER,
                             .sure = bit == SVG_SURE_NUMBER || bit == SVG_OPEN_NUMBER};
    struct svg_placed p = {.mark = &m, .point = bit == SVG_POINT_NUMBER};
    struct svg_box bins[3] = {{box->x + 9, middle, 3, 5},
                              {box->x + 13, middle - 4, 3, 9},
                              {box->x + 17, middle + 2, 3, 3}};
    switch (bit) {
    case SVG_DISPUTED_NUMBER:
        svg_text_line(out, &(struct svg_box){box->x + 10, box->y, 9, box->h}, SVG_LABEL_SIZE, "m u",
                      STR("‡"));
        return;
    case SVG_MORE_NUMBER:
        for (size_t i = 0; i < 3; i++)
            svg_shapes_bin(out, &bins[i]);
        return;
    case SVG_POINT_NUMBER:
        p.box = (struct svg_box){box->x + 8, middle - SVG_DOT / 2, SVG_DOT, SVG_DOT};
        break;
    case SVG_SURE_NUMBER:
    case SVG_POSSIBLE_NUMBER:
    case SVG_ROUGH_NUMBER:
    case SVG_OPEN_NUMBER:
    case SVG_UNKNOWN_NUMBER:
        p.box = (struct svg_box){box->x + 2, middle - SVG_BAR / 2 + 1, box->w - 4, SVG_BAR - 2};
        p.sure_x = p.box.x;
        p.sure_w = p.box.w;
        break;
    case SVG_SIGNS:
        UNREACHABLE();
    }
    svg_shapes_mark(out, &p, box);
}
