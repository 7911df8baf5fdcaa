#include "render/svg_pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "render/glyph.h"

/* A title may always take so many pixels. */
#define SHORTEST_LABEL 160.0
/* What a dashed outline takes on each side of a mark. */
#define OUTLINE 3.0
/* Titles above a bar stay so far from the edge. */
#define INSET 4.0
/* A bar that is less long is drawn as a point. */
#define SHORTEST_BAR SVG_DOT

static int by_start(const void *a, const void *b)
{
    const struct svg_placed *x = a, *y = b;
    if (x->box.x != y->box.x)
        return x->box.x < y->box.x ? -1 : 1;
    if (x->box.w != y->box.w)
        return x->box.w > y->box.w ? -1 : 1;
    /* Marks stand in one array, in the order of the page. */
    return (x->mark > y->mark) - (x->mark < y->mark);
}

static double outline(const struct svg_placed *p)
{
    return p->mark->rough ? OUTLINE : 0;
}

/* The room for a title on the longer side of a mark. */
static double beside(const struct svg_placed *p, double left, double width)
{
    double before = p->box.x - left, after = left + width - p->box.x - p->box.w;
    return (before > after ? before : after) - SVG_PACK_LABEL_GAP - outline(p) - 0.1;
}

static void measure_one(struct svg_placed *p, double left, double width, double share,
                        struct arena *a)
{
    const struct drawing_mark *m = p->mark;
    double from = left + m->from * width, to = left + m->to * width;
    p->point = to - from < SHORTEST_BAR && !m->open_start && !m->open_end && !m->unknown_start &&
               !m->unknown_end;
    if (p->point || to - from < SHORTEST_BAR) {
        double middle = (from + to) / 2;
        from = middle - SVG_DOT / 2;
        if (from < left)
            from = left;
        if (from > left + width - SVG_DOT)
            from = left + width - SVG_DOT;
        to = from + SVG_DOT;
    }
    p->box = (struct svg_box){.x = from, .w = to - from, .h = p->point ? SVG_DOT : SVG_BAR};
    if (m->sure && !p->point) {
        p->sure_x = left + m->sure_from * width;
        p->sure_w = left + m->sure_to * width - p->sure_x;
        if (p->sure_x < from)
            p->sure_x = from;
        if (p->sure_w < 1)
            p->sure_w = 1;
        if (p->sure_x + p->sure_w > to)
            p->sure_x = to - p->sure_w;
    }
    double most = width * share;
    if (most < SHORTEST_LABEL)
        most = SHORTEST_LABEL;
    /* A point's title stands beside it; a bar's may stand above, but is rather cut a little. */
    double room = beside(p, left, width);
    if (room < most && (p->point || (share < 1 && room >= SHORTEST_LABEL)))
        most = room;
    str title = m->title;
    if (m->disputed.n > 0)
        title = arena_printf(a, "‡ %.*s", STR_ARG(title));
    p->text = glyph_cut(title, SVG_LABEL_SIZE, most, a);
    p->label.w = glyph_width(p->text, SVG_LABEL_SIZE);
    p->label.h = SVG_LABEL_SIZE + 2;
}

void svg_pack_measure(struct svg_placed *placed, size_t n, double left, double width, double share,
                      struct arena *a)
{
    for (size_t i = 0; i < n; i++)
        measure_one(&placed[i], left, width, share, a);
    if (n > 0)
        qsort(placed, n, sizeof *placed, by_start);
}

struct rows {
    double end[SVG_LAYOUT_MOST_ROWS + 1]; /* where the last thing in each row ends */
    size_t used, most;
    double left, right;
};

static void use(struct rows *rows, size_t row, double end)
{
    rows->end[row] = end;
    if (row + 1 > rows->used)
        rows->used = row + 1;
}

/* Into the first row where [from, to) is free. */
static bool place_beside(struct rows *rows, struct svg_placed *p, double label_x)
{
    double from = label_x < p->box.x ? label_x : p->box.x - outline(p);
    double mark_end = p->box.x + p->box.w + outline(p), label_end = label_x + p->label.w;
    double to = label_end > mark_end ? label_end : mark_end;
    if (label_x < rows->left || label_end > rows->right)
        return false;
    if (from < rows->left)
        from = rows->left;
    for (size_t row = 0; row < rows->most; row++) {
        if (rows->end[row] > from)
            continue;
        use(rows, row, to + SVG_PACK_GAP);
        p->row = row;
        p->label.x = label_x;
        p->label.y = 0;
        p->before = label_x < p->box.x;
        return true;
    }
    return false;
}

/* The title in one row and the bar in the next: for bars that leave no room beside them. */
static bool place_above(struct rows *rows, struct svg_placed *p)
{
    double x = p->box.x;
    if (x + p->label.w > rows->right)
        x = rows->right - p->label.w;
    if (x < rows->left + INSET)
        x = rows->left + INSET;
    if (x + p->label.w > rows->right)
        return false;
    for (size_t row = 0; row + 1 < rows->most; row++) {
        if (rows->end[row] > x ||
            (rows->end[row + 1] > p->box.x - outline(p) && rows->end[row + 1] > rows->left))
            continue;
        use(rows, row, x + p->label.w + SVG_PACK_GAP);
        use(rows, row + 1, p->box.x + p->box.w + outline(p) + SVG_PACK_GAP);
        p->row = row + 1;
        p->label.x = x;
        p->label.y = -SVG_ROW;
        p->before = false;
        return true;
    }
    return false;
}

size_t svg_pack_rows(struct svg_placed *placed, size_t n, size_t most_rows, double left,
                     double width, struct arena *a, size_t *fitting)
{
    ENSURE(most_rows <= SVG_LAYOUT_MOST_ROWS);
    struct rows rows = {.most = most_rows, .left = left, .right = left + width};
    struct svg_placed *rest = ARENA_ARRAY(a, struct svg_placed, n);
    size_t in = 0, out = 0;
    for (size_t row = 0; row < most_rows; row++)
        rows.end[row] = left;
    for (size_t i = 0; i < n; i++) {
        struct svg_placed *p = &placed[i];
        double right_of = p->box.x + p->box.w + SVG_PACK_LABEL_GAP + outline(p);
        double left_of = p->box.x - SVG_PACK_LABEL_GAP - outline(p) - p->label.w;
        bool beside = right_of + p->label.w <= rows.right || left_of >= rows.left;
        if (place_beside(&rows, p, right_of) || place_beside(&rows, p, left_of) ||
            (!beside && place_above(&rows, p)))
            placed[in++] = *p;
        else
            rest[out++] = *p;
    }
    if (out > 0)
        memcpy(placed + in, rest, out * sizeof *rest);
    *fitting = in;
    return rows.used;
}
