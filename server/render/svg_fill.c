#include "render/svg_fill.h"

#include <string.h>

#include "render/svg_colour.h"
#include "render/svg_pack.h"

#define BIN 4.0 /* pixels that a bin holds together */
#define BIN_WIDTH 3.0
/* Shares of the plot that a title takes at most: usually, and where not all have room so. */
#define WIDE_LABEL 1.0
#define CROWDED_LABEL 0.28
/* A bar without a certain part that takes more than this share of the plot is vague. */
#define VAGUE 0.15

void svg_fill_gather(const struct svg_fill *m)
{
    const struct drawing *d = m->d;
    struct svg_lane *lanes = ARENA_ARRAY(m->arena, struct svg_lane, d->lane_count);
    for (size_t i = 0; i < d->n; i++) {
        struct svg_lane *lane = &lanes[d->marks[i].lane];
        lane->placed_count += d->marks[i].fate == DRAWING_SHOWN;
        lane->wide += d->marks[i].fate == DRAWING_WIDE;
    }
    for (size_t i = 0; i < d->lane_count; i++) {
        lanes[i].placed = ARENA_ARRAY(m->arena, struct svg_placed, lanes[i].placed_count);
        lanes[i].placed_count = 0;
        lanes[i].number = i;
        lanes[i].colour = svg_colour(d->lanes[i].id);
    }
    for (size_t i = 0; i < d->n; i++) {
        struct svg_lane *lane = &lanes[d->marks[i].lane];
        if (d->marks[i].fate == DRAWING_SHOWN)
            lane->placed[lane->placed_count++].mark = &d->marks[i];
    }
    size_t kept = 0;
    for (size_t i = 0; i < d->lane_count; i++) {
        if (lanes[i].placed_count + lanes[i].wide == 0)
            continue;
        svg_pack_measure(lanes[i].placed, lanes[i].placed_count, m->left, m->inner, WIDE_LABEL,
                         m->arena);
        lanes[kept++] = lanes[i];
    }
    m->l->lanes = lanes;
    m->l->lane_count = kept;
}

/* How many rows each lane may have, so that all have as many as they need or the same. */
static size_t share_rows(const struct svg_fill *m)
{
    size_t share = SVG_LAYOUT_MOST_ROWS, total = 0, ignored;
    struct svg_layout *l = m->l;
    for (size_t i = 0; i < l->lane_count; i++) {
        struct svg_lane *lane = &l->lanes[i];
        struct svg_placed *copy = ARENA_ARRAY(m->arena, struct svg_placed, lane->placed_count);
        if (lane->placed_count > 0)
            memcpy(copy, lane->placed, lane->placed_count * sizeof *copy);
        lane->rows = svg_pack_rows(copy, lane->placed_count, SVG_LAYOUT_MOST_ROWS, m->left,
                                   m->inner, m->arena, &ignored);
    }
    do {
        total = 0;
        for (size_t i = 0; i < l->lane_count; i++)
            total += l->lanes[i].rows < share ? l->lanes[i].rows : share;
    } while (total > SVG_LAYOUT_MOST_ROWS && --share > 2);
    return share;
}

/* Puts the n marks without room into bins along the foot of the lane. */
static void fill_bins(const struct svg_fill *m, struct svg_lane *lane,
                      const struct svg_placed *rest, size_t n)
{
    size_t slots = (size_t)(m->inner / BIN) + 1;
    struct svg_bin *bins = ARENA_ARRAY(m->arena, struct svg_bin, slots);
    lane->more = n;
    for (size_t i = 0; i < n; i++) {
        size_t slot = (size_t)((rest[i].box.x - m->left) / BIN);
        struct svg_bin *bin = &bins[slot < slots ? slot : slots - 1];
        if (bin->count < SVG_BIN_SOME)
            bin->some[bin->count] = rest[i].mark;
        bin->count++;
    }
    for (size_t slot = 0; slot < slots; slot++) {
        if (bins[slot].count == 0)
            continue;
        bins[slot].box.x = m->left + (double)slot * BIN;
        bins[slot].box.w = BIN_WIDTH;
        if (bins[slot].box.x > m->left + m->inner - BIN_WIDTH)
            bins[slot].box.x = m->left + m->inner - BIN_WIDTH;
        bins[lane->bin_count++] = bins[slot];
    }
    lane->bins = bins;
}

/*
 * Where not all have room, those that may have been at any time of a long stretch leave it to the
 * others. They come last afterwards; answers how many the others are.
 */
static size_t put_vague_last(const struct svg_fill *m, struct svg_placed *placed, size_t n)
{
    struct svg_placed *vague = ARENA_ARRAY(m->arena, struct svg_placed, n);
    size_t exact = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        if (placed[i].mark->sure || placed[i].point || placed[i].box.w < VAGUE * m->inner)
            placed[exact++] = placed[i];
        else
            vague[last++] = placed[i];
    }
    if (last > 0)
        memcpy(placed + exact, vague, last * sizeof *vague);
    return exact;
}

size_t svg_fill_pack(const struct svg_fill *m, size_t *rows)
{
    struct svg_layout *l = m->l;
    size_t share = share_rows(m), most = 1;
    *rows = 0;
    for (size_t i = 0; i < l->lane_count; i++) {
        struct svg_lane *lane = &l->lanes[i];
        size_t n = lane->placed_count;
        lane->rows = svg_pack_rows(lane->placed, n, share, m->left, m->inner, m->arena,
                                   &lane->placed_count);
        if (lane->placed_count < n) {
            size_t exact = put_vague_last(m, lane->placed, n);
            exact = exact < share ? n : exact;
            svg_pack_measure(lane->placed, exact, m->left, m->inner, CROWDED_LABEL, m->arena);
            lane->rows = svg_pack_rows(lane->placed, exact, share, m->left, m->inner, m->arena,
                                       &lane->placed_count);
        }
        *rows += lane->rows;
        fill_bins(m, lane, lane->placed + lane->placed_count, n - lane->placed_count);
        for (size_t k = 0; k < lane->bin_count; k++)
            most = lane->bins[k].count > most ? lane->bins[k].count : most;
    }
    return most;
}
