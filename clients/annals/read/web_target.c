#include "annals/read/web_target.h"

#include "base/jvalue.h"
#include "base/num.h"

static struct web_anchor *new_anchor(struct web *w, str value)
{
    struct web_anchor *anchor = ARENA_NEW(w->ask->arena, struct web_anchor);
    *anchor = (struct web_anchor){.value = value, .start = -1, .end = -1};
    return anchor;
}

static bool points(const struct web_anchor *anchor)
{
    return anchor->start >= 0 || anchor->exact.n > 0;
}

/* "char=5,9" of RFC 5147; what follows a semicolon checks the text as a whole, and is passed over.
 */
static bool read_fragment(str fragment, struct web_anchor *out)
{
    str range, start, end, rest;
    str_cut(fragment, ';', &range, &rest);
    if (!str_starts(range, STR("char=")) || !str_cut(str_sub(range, 5, range.n), ',', &start, &end))
        return false;
    out->start = 0;
    if (start.n > 0 && !num_parse_range(start, 0, INT32_MAX, &out->start))
        out->start = -1;
    if (!num_parse_range(end, 0, INT32_MAX, &out->end))
        out->start = -1;
    out->is_points = true;
    return out->start >= 0;
}

static bool read_position(str selector, const char *name, int64_t *out)
{
    return num_parse_range(jvalue_member(selector, name), 0, INT32_MAX, out);
}

static void read_range(struct web *w, str selector, struct web_anchor *out)
{
    str from = jvalue_member(selector, "startSelector");
    str to = jvalue_member(selector, "endSelector");
    if (web_has_type(w, from, "TextPositionSelector") &&
        web_has_type(w, to, "TextPositionSelector") &&
        !(read_position(from, "start", &out->start) && read_position(to, "start", &out->end)))
        out->start = -1;
}

/* One selector by itself, added to what the others beside it say. */
static void read_selector(struct web *w, str selector, struct web_anchor *out)
{
    if (web_has_type(w, selector, "TextPositionSelector")) {
        if (!read_position(selector, "start", &out->start) ||
            !read_position(selector, "end", &out->end)) {
            struct problem *p = web_problem(w, selector, "this is no position in a text");
            problem_hint(w->ask->problems, p, "\"start\" and \"end\" are whole numbers from 0");
            out->start = -1;
        }
    } else if (web_has_type(w, selector, "TextQuoteSelector")) {
        out->exact = web_member(w, selector, "exact");
        out->prefix = web_member(w, selector, "prefix");
        out->suffix = web_member(w, selector, "suffix");
    } else if (web_has_type(w, selector, "annals:DigestSelector")) {
        out->digest = web_member(w, selector, "digest");
    } else if (web_has_type(w, selector, "RangeSelector") && out->start < 0) {
        read_range(w, selector, out);
    } else if (web_has_type(w, selector, "FragmentSelector") && out->start < 0) {
        read_fragment(web_member(w, selector, "value"), out);
    }
}

/*
 * A selector, or several that mean the same segment, with what refines them. Where the outer one
 * does not point into text, a quote within it may still be looked for; a position may not.
 */
static struct web_anchor *read_selectors(struct web *w, str value, str target, int deep)
{
    struct web_anchor *anchor = new_anchor(w, target), *inner = NULL;
    str item = {0};
    for (size_t at = 0; web_each(value, &at, &item);) {
        str refined = jvalue_member(item, "refinedBy");
        read_selector(w, item, anchor);
        if (refined.n > 0 && inner == NULL && deep < WEB_TARGET_DEEPEST)
            inner = read_selectors(w, refined, target, deep + 1);
    }
    if (inner == NULL)
        return points(anchor) ? anchor : NULL;
    if (points(anchor)) {
        struct web_anchor *outermost = inner;
        while (outermost->outer != NULL)
            outermost = outermost->outer;
        outermost->outer = anchor;
    } else if (inner->outer == NULL) {
        inner->start = inner->end = -1;
    }
    return points(inner) ? inner : NULL;
}

/* ---- targets ---- */

/* An address without its fragment. */
static str without_fragment(str address)
{
    return str_sub(address, 0, str_find(address, '#'));
}

static void add_segment(struct web *w, struct web_targets *out, struct web_anchor *anchor,
                        str source)
{
    *ARENA_PUSH(w->ask->arena, out->anchors, out->n, out->room) = anchor;
    if (source.n == 0)
        return; /* of the text beside the file */
    out->differ = out->differ || (out->source.n > 0 && !str_eq(out->source, source));
    out->source = source;
}

/* A target that is an address, and perhaps a fragment of characters. */
static void add_address(struct web *w, str value, str address, struct web_targets *out)
{
    str base = without_fragment(address);
    struct web_anchor *anchor = new_anchor(w, value);
    if (read_fragment(str_sub(address, base.n + 1, address.n), anchor))
        add_segment(w, out, anchor, base);
    else
        *ARENA_PUSH(w->ask->arena, out->wholes, out->whole_count, out->whole_room) = address;
}

static void read_one(struct web *w, str target, struct web_targets *out, int deep)
{
    str items = jvalue_member(target, "items"), selectors = jvalue_member(target, "selector");
    str source = jvalue_member(target, "source"), item = {0};
    if (items.n > 0) {
        for (size_t at = 0; deep < WEB_TARGET_DEEPEST && web_each(items, &at, &item);)
            read_one(w, item, out, deep + 1);
        return;
    }
    str address = web_address(w, source.n > 0 ? source : target);
    if (selectors.n == 0) {
        add_address(w, target, address, out);
        return;
    }
    struct web_anchor *anchor = read_selectors(w, selectors, target, 0);
    if (anchor != NULL)
        add_segment(w, out, anchor, without_fragment(address));
    else
        web_left_out(w, target, "target whose selectors do not point into text");
}

void web_target_read(struct web *w, str target, struct web_targets *out)
{
    str item = {0};
    for (size_t at = 0; web_each(target, &at, &item);)
        read_one(w, item, out, 0);
}
