#include "model/edtf_parts.h"

#include "base/utf8.h"

/* ---- sides ---- */

static bool read_date(struct edtf_reader *r, struct edtf_side *side)
{
    side->end = EDTF_GIVEN;
    return edtf_date_read(r, &side->date) && edtf_extent_of(r, &side->date, &side->extent);
}

/* What may not be: an end before the start in every reading. `at` is where the end stands. */
static bool check_order(struct edtf_reader *r, const struct edtf_span *span, size_t at)
{
    if (span->left.end != EDTF_GIVEN || span->right.end != EDTF_GIVEN ||
        span->left.extent.first <= span->right.extent.last)
        return true;
    return edtf_reader_fail(r, at, "this end lies before the start: write the earlier date first");
}

/* ---- dates and intervals ---- */

/* What stands behind "/". */
static bool read_end(struct edtf_reader *r, struct edtf_span *span)
{
    size_t at = r->at;
    if (edtf_reader_peek(r) < 0) {
        span->right.end = EDTF_UNKNOWN;
        if (span->left.end != EDTF_UNKNOWN)
            return true;
        return edtf_reader_fail(r, at, "an interval has a date or .. on one side at least");
    }
    if (edtf_reader_take(r, STR(".."))) {
        span->right.end = EDTF_OPEN;
        return true;
    }
    return read_date(r, &span->right) && check_order(r, span, at);
}

static bool read_start(struct edtf_reader *r, struct edtf_side *left)
{
    if (edtf_reader_peek(r) == '/') {
        left->end = EDTF_UNKNOWN;
        return true;
    }
    if (!edtf_reader_take(r, STR("..")))
        return read_date(r, left);
    left->end = EDTF_OPEN;
    if (edtf_reader_peek(r) == '/')
        return true;
    return edtf_reader_unexpected(r, "an open start is written ../1991");
}

static bool read_end_of_text(struct edtf_reader *r)
{
    int c = edtf_reader_peek(r);
    if (c < 0)
        return true;
    if (c == '.')
        return edtf_reader_fail(r, r->at,
                                "dots belong into a set, as in [1670..1672], or into an open "
                                "interval, as in 1984/..");
    if (c == '/')
        return edtf_reader_fail(r, r->at, "an interval has two sides, and this is a third");
    return edtf_reader_unexpected(r, "the date is complete");
}

static bool read_single(struct edtf_reader *r, struct edtf_parts *parts)
{
    struct edtf_span *span = &parts->span[0];
    parts->count = 1;
    if (!read_start(r, &span->left))
        return false;
    span->range = edtf_reader_take(r, STR("/"));
    parts->kind = span->range ? EDTF_INTERVAL : EDTF_DATE;
    if (span->range && !read_end(r, span))
        return false;
    return read_end_of_text(r);
}

/* ---- sets ---- */

/* Both ends of a range in a set are years, or months, or days, or seasons. */
static bool same_form(const struct edtf_date *a, const struct edtf_date *b)
{
    return a->month.count == b->month.count && a->day.count == b->day.count &&
           a->has_time == b->has_time && (edtf_date_group(a) == 0) == (edtf_date_group(b) == 0);
}

static bool read_range_end(struct edtf_reader *r, struct edtf_span *span)
{
    size_t at = r->at;
    int c = edtf_reader_peek(r);
    if (c == ']' || c == '}') {
        span->right.end = EDTF_OPEN;
        return true;
    }
    if (c == ',')
        return edtf_reader_fail(r, at,
                                "dots after a date mean \"and later\": only the last may "
                                "have them");
    if (!read_date(r, &span->right))
        return false;
    if (!same_form(&span->left.date, &span->right.date))
        return edtf_reader_fail(r, at,
                                "both ends of a range in a set are as precise: two years, "
                                "two months or two days");
    return check_order(r, span, at);
}

static bool read_member(struct edtf_reader *r, bool is_first, struct edtf_span *span)
{
    size_t at = r->at;
    span->range = edtf_reader_take(r, STR(".."));
    if (span->range) {
        if (!is_first)
            return edtf_reader_fail(r, at,
                                    "dots before a date mean \"and earlier\": only the "
                                    "first may have them");
        span->left.end = EDTF_OPEN;
        return read_date(r, &span->right);
    }
    if (!read_date(r, &span->left))
        return false;
    span->range = edtf_reader_take(r, STR(".."));
    return !span->range || read_range_end(r, span);
}

static bool read_set(struct edtf_reader *r, struct edtf_parts *parts)
{
    bool one_of = parts->kind == EDTF_ONE_OF;
    parts->count = 0;
    do {
        if (parts->count > 0)
            (void)edtf_reader_take(r, STR(" "));
        if (parts->count == EDTF_MEMBERS)
            return edtf_reader_fail(r, r->at, "a set has at most %d members", EDTF_MEMBERS);
        if (!read_member(r, parts->count == 0, &parts->span[parts->count]))
            return false;
        parts->count++;
    } while (edtf_reader_take(r, STR(",")));
    if (!edtf_reader_take(r, one_of ? STR("]") : STR("}")))
        return edtf_reader_unexpected(r, one_of ? "a set goes on with a comma or ends with ]"
                                                : "a set goes on with a comma or ends with }");
    if (edtf_reader_peek(r) < 0)
        return true;
    return edtf_reader_unexpected(r, "the set is complete");
}

bool edtf_parts_read(str text, struct edtf_parts *out, struct edtf_error *error)
{
    struct edtf_reader r = {.text = text, .error = error};
    if (text.n > EDTF_LONGEST)
        return edtf_reader_fail(&r, utf8_count(str_sub(text, 0, EDTF_LONGEST)),
                                "a date has at most %d characters", EDTF_LONGEST);
    bool one_of = edtf_reader_take(&r, STR("["));
    if (!one_of && !edtf_reader_take(&r, STR("{")))
        return read_single(&r, out);
    out->kind = one_of ? EDTF_ONE_OF : EDTF_ALL_OF;
    return read_set(&r, out);
}

/* ---- bounds ---- */

/* The extents in which an open start or end lies is nowhere, that of an unknown one anywhere. */
static struct edtf_extent side_extent(const struct edtf_side *side, int64_t endless)
{
    if (side->end == EDTF_GIVEN)
        return side->extent;
    if (side->end == EDTF_OPEN)
        return (struct edtf_extent){endless, endless};
    return (struct edtf_extent){PERIOD_NO_START, PERIOD_NO_END};
}

struct period edtf_parts_bounds(enum edtf_kind kind, const struct edtf_span *span)
{
    struct edtf_extent from = side_extent(&span->left, PERIOD_NO_START);
    struct edtf_extent to = span->range ? side_extent(&span->right, PERIOD_NO_END) : from;
    /* One date somewhere in the whole stretch. */
    if (!span->range || kind == EDTF_ONE_OF)
        return (struct period){from.first, to.last, from.first, to.last};
    /* A start before the end, so neither reaches past the other's limit. */
    return (struct period){from.first, from.last < to.last ? from.last : to.last,
                           to.first > from.first ? to.first : from.first, to.last};
}
