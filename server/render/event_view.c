#include "render/event_view.h"

#include "base/check.h"
#include "base/jscan.h"
#include "base/jvalue.h"

/* The value, unless it says nothing. */
static str said(str value)
{
    return jvalue_says(value) ? value : (str){0};
}

static void take(struct event_view *v, str key, str value)
{
#define X(member, name)                                                                            \
    if (str_eq(key, STR(name)))                                                                    \
        v->member = said(value);
    EVENT_VIEW_TABLE(X)
#undef X
}

void event_view_read(const struct page_item *item, struct event_view *out)
{
    str key, value;
    ENSURE(item->row != NULL);
    *out = (struct event_view){.row = item->row};
    for (size_t at = 0; jscan_member(item->document, &at, &key, &value);)
        take(out, key, value);
    for (size_t i = 0; i < item->member_count; i++)
        take(out, item->members[i].key, item->members[i].value);
    for (size_t at = 0; jscan_member(out->date, &at, &key, &value);)
        if (str_eq(key, STR("display")))
            out->display = said(value);
}

bool event_view_participant(const struct event_view *v, size_t *at,
                            struct event_view_participant *out)
{
    str element, key, value;
    if (!jscan_element(v->participants, at, &element))
        return false;
    *out = (struct event_view_participant){0};
    for (size_t in = 0; jscan_member(element, &in, &key, &value);) {
        if (str_eq(key, STR("actor")))
            out->actor = said(value);
        else if (str_eq(key, STR("name")))
            out->name = said(value);
        else if (str_eq(key, STR("role")))
            out->role = said(value);
    }
    return true;
}

bool event_view_place(const struct event_view *v, size_t *at, struct event_view_place *out)
{
    str element, key, value;
    if (!jscan_element(v->places, at, &element))
        return false;
    *out = (struct event_view_place){0};
    for (size_t in = 0; jscan_member(element, &in, &key, &value);) {
        if (str_eq(key, STR("place")))
            out->place = said(value);
        else if (str_eq(key, STR("name")))
            out->name = said(value);
        else if (str_eq(key, STR("lat")))
            out->lat = said(value);
        else if (str_eq(key, STR("lon")))
            out->lon = said(value);
    }
    if (out->lat.n == 0 || out->lon.n == 0)
        out->lat = out->lon = (str){0};
    return true;
}

bool event_view_point(const struct event_view *v, struct event_view_place *out)
{
    for (size_t at = 0; event_view_place(v, &at, out);)
        if (out->lat.n > 0)
            return true;
    return false;
}

void event_view_text(struct buf *out, str json)
{
    if (jvalue_is_text(json))
        jvalue_decode(out, json);
}

void event_view_people(struct buf *out, const struct event_view *v)
{
    struct event_view_participant p;
    const char *between = "";
    for (size_t at = 0; event_view_participant(v, &at, &p); between = ", ") {
        buf_add(out, str_from(between));
        event_view_text(out, p.name.n > 0 ? p.name : p.actor);
        if (p.role.n == 0)
            continue;
        buf_add(out, STR(" ("));
        event_view_text(out, p.role);
        buf_add_char(out, ')');
    }
}

void event_view_where(struct buf *out, const struct event_view *v)
{
    struct event_view_place p;
    const char *between = "";
    for (size_t at = 0; event_view_place(v, &at, &p); between = ", ") {
        buf_add(out, str_from(between));
        event_view_text(out, p.name.n > 0 ? p.name : p.place);
    }
}

void event_view_list(struct buf *out, str array)
{
    str element;
    const char *between = "";
    for (size_t at = 0; jscan_element(array, &at, &element); between = ", ") {
        buf_add(out, str_from(between));
        event_view_text(out, element);
    }
}

bool event_view_inexact(const struct event_row *row)
{
    const struct period *b = &row->bounds;
    if (!row->dated || row->qualifier != EDTF_PLAIN || period_unbounded(b->earliest) ||
        period_unbounded(b->latest))
        return true;
    return row->precision == EDTF_SECOND ? b->earliest != b->latest
                                         : period_day_of(b->earliest) != period_day_of(b->latest);
}

/* Begins a line: "With: ". */
static void begin(struct buf *out, size_t start, const char *label)
{
    if (out->n > start)
        buf_add_char(out, '\n');
    buf_add(out, str_from(label));
}

void event_view_story(struct buf *out, const struct event_view *v, bool always_when)
{
    size_t start = out->n;
    event_view_text(out, v->summary);
    if (v->row->dated && (always_when || event_view_inexact(v->row))) {
        begin(out, start, "When: ");
        if (v->display.n > 0)
            event_view_text(out, v->display);
        else
            buf_add(out, v->row->date);
    }
    if (v->participants.n > 0) {
        begin(out, start, "Who: ");
        event_view_people(out, v);
    }
    if (v->places.n > 0) {
        begin(out, start, "Where: ");
        event_view_where(out, v);
    }
    if (v->disputed.n > 0) {
        begin(out, start, "Sources disagree on: ");
        event_view_list(out, v->disputed);
    }
    if (v->row->sources.n > 0) {
        begin(out, start, "Sources: ");
        buf_add(out, v->row->sources);
    }
}

bool event_view_next_id(str *rest, str *id)
{
    if (rest->n == 0)
        return false;
    size_t end = str_search(*rest, STR("; "), 0);
    *id = str_sub(*rest, 0, end);
    *rest = end < rest->n ? str_sub(*rest, end + 2, rest->n) : (str){0};
    return true;
}
