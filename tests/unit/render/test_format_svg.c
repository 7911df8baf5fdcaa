#include "check_main.h"

#include "drawing_events.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/width.h"
#include "render/format.h"
#include "render/glyph.h"
#include "render/svg_layout.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

static str written(const struct page *page)
{
    struct buf out;
    buf_init(&out, (size_t)1 << 25);
    format_svg(&out, page);
    ck_assert(!buf_failed(&out));
    str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* ---- XML ---- */

#define DEEPEST 16

static size_t count(str text, const char *what)
{
    size_t n = 0;
    str needle = str_from(what);
    for (size_t at = 0; (at = str_search(text, needle, at)) < text.n; at += needle.n)
        n++;
    return n;
}

/* Text or the value of an attribute: no markup but the entities that every parser knows. */
static void check_text(str text)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;"};
    for (size_t at = 0, length; at < text.n; at += length) {
        uint32_t c = width_decode(str_sub(text, at, text.n), &length);
        ck_hold(c == '\n' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF));
        bool known = c != '&';
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
            known = known || str_starts(str_sub(text, at, text.n), str_from(entities[i]));
        ck_hold(known && c != '<');
    }
}

/* name="value" name="value" … */
static void check_attributes(str rest)
{
    while (rest.n > 0) {
        str name, value;
        ck_hold(str_cut(rest, '=', &name, &rest));
        for (size_t i = 0; i < name.n; i++)
            ck_hold(name.p[i] == '-' || (name.p[i] >= 'A' && name.p[i] <= 'z'));
        ck_hold(name.n > 0 && rest.n > 1 && rest.p[0] == '"');
        ck_hold(str_cut(str_sub(rest, 1, rest.n), '"', &value, &rest));
        check_text(value);
        ck_hold(rest.n == 0 || rest.p[0] == ' ');
        rest = str_sub(rest, 1, rest.n);
    }
}

/* Well-formed XML 1.0 of the kind that we write: elements, attributes and text alone. */
static void check_xml(str text)
{
    str open[DEEPEST];
    size_t depth = 0;
    ck_hold(utf8_valid(text) && str_starts(text, STR("<svg ")));
    while (text.n > 0) {
        str words, tag;
        bool more = str_cut(text, '<', &words, &text);
        check_text(words);
        if (!more)
            break;
        ck_hold(str_cut(text, '>', &tag, &text));
        if (str_starts(tag, STR("/"))) {
            ck_hold(depth > 0 && str_eq(open[depth - 1], str_sub(tag, 1, tag.n)));
            depth--;
            ck_hold(depth > 0 || str_eq(text, STR("\n")));
            continue;
        }
        bool empty = str_ends(tag, STR("/"));
        str name, attributes;
        str_cut(str_sub(tag, 0, tag.n - empty), ' ', &name, &attributes);
        check_attributes(attributes);
        if (empty)
            continue;
        ck_hold(depth < DEEPEST);
        open[depth++] = name;
    }
    ck_assert_uint_eq(depth, 0);
}

/* ---- the layout ---- */

struct boxes {
    struct svg_box *items;
    size_t n, room;
};

static void add(struct boxes *boxes, struct svg_box box)
{
    *ARENA_PUSH(arena, boxes->items, boxes->n, boxes->room) = box;
}

static int by_x(const void *a, const void *b)
{
    const struct svg_box *x = a, *y = b;
    return (x->x > y->x) - (x->x < y->x);
}

/* No two boxes share more than a hair. */
static void check_apart(struct boxes *boxes)
{
    qsort(boxes->items, boxes->n, sizeof *boxes->items, by_x);
    for (size_t i = 0; i < boxes->n; i++) {
        const struct svg_box *a = &boxes->items[i];
        for (size_t k = i + 1; k < boxes->n && boxes->items[k].x < a->x + a->w - 0.01; k++) {
            const struct svg_box *b = &boxes->items[k];
            ck_hold_msg(b->y >= a->y + a->h - 0.01 || a->y >= b->y + b->h - 0.01,
                        "%.1f %.1f %.1f %.1f and %.1f %.1f %.1f %.1f", a->x, a->y, a->w, a->h, b->x,
                        b->y, b->w, b->h);
        }
    }
}

static void check_within(const struct svg_box *inner, double x, double y, double w, double h)
{
    ck_hold(inner->w > 0 && inner->h > 0);
    ck_hold_msg(inner->x >= x - 0.01 && inner->x + inner->w <= x + w + 0.01 &&
                    inner->y >= y - 0.01 && inner->y + inner->h <= y + h + 0.01,
                "%.1f %.1f %.1f %.1f not in %.1f %.1f %.1f %.1f", inner->x, inner->y, inner->w,
                inner->h, x, y, w, h);
}

/* Marks, labels, bins and texts: all where they may be, none on another. Answers the events. */
static size_t check_layout(const struct svg_layout *l)
{
    struct boxes boxes = {0};
    size_t events = 0;
    ck_hold(l->height > 0 && l->height <= SVG_LAYOUT_HIGHEST);
    for (size_t i = 0; i < l->lane_count; i++) {
        const struct svg_lane *lane = &l->lanes[i];
        const struct svg_box *in = &lane->box;
        size_t binned = 0;
        check_within(in, l->plot.x, l->plot.y, l->plot.w, l->plot.h);
        for (size_t k = 0; k < lane->placed_count; k++) {
            const struct svg_placed *p = &lane->placed[k];
            double outline = p->mark->rough ? 2 : 0;
            struct svg_box around = {p->box.x - outline, p->box.y - outline, p->box.w + 2 * outline,
                                     p->box.h + 2 * outline};
            check_within(&p->box, in->x, in->y, in->w, in->h);
            check_within(&p->label, in->x, in->y, in->w, in->h);
            ck_hold(glyph_width(p->text, SVG_LABEL_SIZE) <= p->label.w + 0.01);
            ck_hold(p->mark->fate == DRAWING_SHOWN && p->row < lane->rows);
            add(&boxes, around);
            add(&boxes, p->label);
        }
        for (size_t k = 0; k < lane->bin_count; k++) {
            check_within(&lane->bins[k].box, in->x, in->y, in->w, in->h);
            add(&boxes, lane->bins[k].box);
            binned += lane->bins[k].count;
        }
        ck_hold(binned == lane->more);
        events += lane->placed_count + lane->more + lane->wide;
    }
    for (size_t i = 0; i < l->text_count; i++) {
        check_within(&l->texts[i].box, 0, 0, l->width, l->height);
        ck_hold(l->texts[i].text.n > 0);
        add(&boxes, l->texts[i].box);
    }
    for (size_t i = 0; i < SVG_SIGNS; i++) {
        ck_hold((l->legend[i].w > 0) == ((l->signs & 1u << i) != 0));
        if (l->legend[i].w > 0)
            add(&boxes, l->legend[i]);
    }
    check_apart(&boxes);
    return events;
}

/* A random page, with and without a window that cuts through it. */
static struct page page_number(int i, struct page_about *about, int round)
{
    struct page page = drawing_page(arena, (uint64_t)(i * 10 + round) + 1, drawing_pages[i].n,
                                    drawing_pages[i].first, drawing_pages[i].years);
    *about = (struct page_about){.title = STR("events of <several> \"kinds\" & more"),
                                 .self = STR("/v1/events.svg?q=a%20b&limit=1000"),
                                 .base = STR("https://annals.example"),
                                 .lanes = round % (LANES_SOURCE + 1)};
    if (round % 2 == 1) {
        int64_t first = drawing_pages[i].first + drawing_pages[i].years / 3;
        about->has_window = true;
        about->window.from = period_days_from_civil(first, 1, 1) * PERIOD_DAY_SECONDS;
        about->window.to = about->window.from + (round % 4 == 1 ? 3600 : 100000000);
    }
    page.next = round % 3 == 0 ? STR("/v1/events.svg?cursor=x") : (str){0};
    page.about = about;
    return page;
}

static const int widths[] = {0, 300, 301, 640, 960, 1600, 4000};

START_TEST(nothing_overlaps_and_nothing_is_lost)
{
    static const struct drawing_options options = {LANES_TYPE, SVG_LAYOUT_MOST_LANES, false};
    for (int round = 0; round < 8; round++) {
        struct page_about about;
        struct page page = page_number(_i, &about, round);
        for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
            struct drawing d;
            struct svg_layout l;
            drawing_make(&page, &options, arena, &d);
            svg_layout_make(&d, widths[i], arena, &l);
            ck_assert_double_eq(l.width, widths[i] ? widths[i] : SVG_LAYOUT_WIDTH);
            size_t events = check_layout(&l);
            ck_assert_uint_eq(events + d.fates[DRAWING_OUTSIDE] + d.fates[DRAWING_UNDATED], d.n);
        }
        arena_reset(arena);
    }
}
END_TEST

START_TEST(what_is_written_is_xml)
{
    for (int round = 0; round < 4; round++) {
        struct page_about about;
        struct page page = page_number(_i, &about, round);
        about.width = widths[round];
        str text = written(&page);
        check_xml(text);
        ck_assert_uint_eq(count(text, " role=\"img\""), 1);
        ck_assert_uint_eq(count(text, "<desc id=\"desc\">"), 1);
        ck_assert_uint_eq(count(text, "<script"), 0);
        ck_assert_uint_eq(count(text, "href"), 0);
        ck_assert_uint_eq(count(text, "url("), 0);
        arena_reset(arena);
    }
}
END_TEST

/* Every mark says what it is. */
START_TEST(marks_have_titles)
{
    struct page_item items[] = {
        drawing_event(arena, STR("a"), "2021-06-15", "Shusha <Declaration>", "agree", "{}"),
        drawing_event(arena, STR("b"), "2021-07~", "", "agree", "{\"disputed\":[\"date\"]}"),
        drawing_event(arena, STR("c"), "", "Never", "agree", "{}"),
    };
    struct page page = {.items = items, .n = 3, .matched = 3, .version = 2};
    str text = written(&page);
    static const char *const parts[] = {
        "<g><title>15 June 2021: Shusha &lt;Declaration&gt; (agree)</title><circle ",
        "<g><title>c. July 2021: b (agree; sources disagree on date)</title><rect ",
        ">Shusha &lt;Declaration&gt;</text></g>",
        ">‡ b</text></g>",
        " class=\"d\"/>",
        ">1 without a date</text>",
        ">Annals · version 2</text>",
        ">3 events.\n15 June 2021: Shusha &lt;Declaration&gt; (agree).\n",
        "Undated: Never (agree).\n</desc>",
        ">15 June to 31 July 2021 · 3 events</text>",
        "prefers-color-scheme:dark",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        ck_assert_msg(str_search(text, str_from(parts[i]), 0) < text.n, "%s in:\n%s", parts[i],
                      text.p);
    check_xml(text);
}
END_TEST

/* What would swamp the picture is counted, where there is something else to see. */
START_TEST(wider_dates_are_counted)
{
    struct page_item items[] = {
        drawing_event(arena, STR("a"), "2021-06-15", "A day", "", "{}"),
        drawing_event(arena, STR("b"), "20XX", "A century", "", "{}"),
        drawing_event(arena, STR("c"), "2000~/2030~", "In force for certain", "", "{}"),
    };
    struct page_about about = {.has_window = true,
                               .window = {INT64_C(1609459200), INT64_C(1640995199)}};
    struct page page = {.items = items, .n = 3, .matched = 3, .about = &about};
    str text = written(&page);
    ck_assert_uint_eq(count(text, ">1 dated only to a wider period</text>"), 1);
    ck_assert_uint_eq(count(text, ">A century</text>"), 0);
    ck_assert_uint_eq(count(text, ">In force for certain</text>"), 1);
    page.n = 1;
    page.items = &items[1];
    text = written(&page);
    ck_assert_uint_eq(count(text, ">A century</text>"), 1);
}
END_TEST

START_TEST(no_events_are_said_to_be_none)
{
    struct page page = {.matched = 0};
    str text = written(&page);
    check_xml(text);
    ck_assert_uint_eq(count(text, ">No event answers this question.</text>"), 1);
}
END_TEST

/* All on one day: one stack, the rest in one bin. */
START_TEST(a_thousand_at_once_stay_bounded)
{
    struct page page = {.items = ARENA_ARRAY(arena, struct page_item, 1000), .n = 1000};
    for (size_t i = 0; i < page.n; i++)
        page.items[i] = drawing_event(arena, arena_printf(arena, "e%zu", i), "2021-06-15",
                                      "Something with a rather long title", "agree", "{}");
    str text = written(&page);
    check_xml(text);
    ck_assert_uint_lt(text.n, 200000);
    ck_assert_uint_gt(count(text, " more</text>"), 0);
}
END_TEST

START_TEST(widths_are_no_less_than_those_of_the_font)
{
    /* Advances of DejaVu Sans, in 1/2048 of the size. */
    static const struct {
        const char *text;
        double advance;
    } known[] = {{"A", 1401}, {"i", 569},  {"m", 1995}, {"W", 2025}, {" ", 651},
                 {"ə", 1260}, {"Щ", 2240}, {"Ա", 1569}, {"…", 2048}, {"—", 2048}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        double width = glyph_width(str_from(known[i].text), 2048);
        ck_assert_msg(width >= known[i].advance, "%s: %.0f", known[i].text, width);
        ck_assert_msg(width <= known[i].advance * 1.05 + 25, "%s: %.0f", known[i].text, width);
    }
    str cut = glyph_cut(STR("Shusha Declaration"), 12, 60, arena);
    ck_assert(str_ends(cut, STR("…")) && glyph_width(cut, 12) <= 60);
    /* Marks take no room of their own. */
    ck_assert_double_eq(glyph_width(STR("e\xCC\x81"), 12), glyph_width(STR("e"), 12));
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("format_svg");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, nothing_overlaps_and_nothing_is_lost, 0, DRAWING_PAGES);
    tcase_add_loop_test(t, what_is_written_is_xml, 0, DRAWING_PAGES);
    tcase_add_test(t, marks_have_titles);
    tcase_add_test(t, wider_dates_are_counted);
    tcase_add_test(t, no_events_are_said_to_be_none);
    tcase_add_test(t, a_thousand_at_once_stay_bounded);
    tcase_add_test(t, widths_are_no_less_than_those_of_the_font);
    Suite *s = suite_create("format_svg");
    suite_add_tcase(s, t);
    return check_main(s);
}
