#include "render/txt_story.h"

#include <inttypes.h>

#include "base/jscan.h"
#include "base/width.h"

#define LABEL_COLUMNS 10

static void blanks(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_add_char(out, ' ');
}

void txt_story_wrap(struct buf *out, str text, size_t indent, size_t width, struct arena *a)
{
    str rest = width_clean_copy(text, a);
    while (rest.n > 0) {
        str line = width_line(rest, width - indent, &rest);
        drawing_break(&line, &rest);
        blanks(out, indent);
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
}

/* "When      15 June 2021", with further lines below the first. */
static void field(struct buf *out, const char *label, const struct buf *value, size_t width,
                  struct arena *a)
{
    str rest = width_clean_copy(buf_str(value), a);
    while (rest.n > 0) {
        str line = width_line(rest, width - LABEL_COLUMNS, &rest);
        width_add_padded(out, str_from(label), LABEL_COLUMNS);
        buf_add(out, line);
        buf_add_char(out, '\n');
        label = "";
    }
}

/* "begins 2021-03-01", "ends between 2021-05-01 and 2021-05-31", "ends 2021-05-12 or later". */
static void add_bounds(struct buf *out, const char *word, int64_t from, int64_t to,
                       enum edtf_precision precision)
{
    bool since = !period_unbounded(from), until = !period_unbounded(to);
    struct buf first, second;
    buf_init(&first, 64);
    buf_init(&second, 64);
    if (since)
        edtf_write_bound(&first, from, PERIOD_START, precision);
    if (until)
        edtf_write_bound(&second, to, PERIOD_END, precision);
    str low = buf_str(&first), high = buf_str(&second);
    if (!since && !until)
        buf_printf(out, "%s nobody knows when", word);
    else if (!since || !until)
        buf_printf(out, "%s %.*s or %s", word, STR_ARG(since ? low : high),
                   since ? "later" : "earlier");
    else if (str_eq(low, high))
        buf_printf(out, "%s %.*s", word, STR_ARG(low));
    else
        buf_printf(out, "%s between %.*s and %.*s", word, STR_ARG(low), STR_ARG(high));
    buf_free(&first);
    buf_free(&second);
}

/* The four bounds, where the words leave room. */
static void write_bounds(struct buf *out, const struct event_row *row)
{
    const struct period *p = &row->bounds;
    if (p->earliest == p->end_earliest && p->start_latest == p->latest) {
        if (!period_unbounded(p->earliest) && !period_unbounded(p->latest) &&
            period_day_of(p->earliest) == period_day_of(p->latest))
            return;
        add_bounds(out, "some time", p->earliest, p->latest, row->precision);
        return;
    }
    if (p->start_latest == PERIOD_NO_START)
        buf_add(out, STR("has no beginning"));
    else
        add_bounds(out, "begins", p->earliest, p->start_latest, row->precision);
    buf_add(out, STR("; "));
    if (p->end_earliest == PERIOD_NO_END)
        buf_add(out, STR("has no end"));
    else
        add_bounds(out, "ends", p->end_earliest, p->latest, row->precision);
}

static void write_when(struct buf *out, const struct drawing_mark *m, size_t width, struct arena *a)
{
    struct buf value;
    buf_init(&value, SIZE_MAX / 2);
    if (!m->row->dated) {
        buf_add(&value, STR("no date is known"));
        field(out, "When", &value, width, a);
        buf_free(&value);
        return;
    }
    buf_add(&value, m->date);
    field(out, "When", &value, width, a);
    buf_clear(&value);
    write_bounds(&value, m->row);
    field(out, "", &value, width, a);
    buf_free(&value);
}

static void write_participants(struct buf *out, const struct event_view *v, size_t width,
                               struct arena *a)
{
    struct event_view_participant p;
    const char *label = "Who";
    struct buf value;
    buf_init(&value, SIZE_MAX / 2);
    for (size_t at = 0; event_view_participant(v, &at, &p); label = "") {
        buf_clear(&value);
        event_view_text(&value, p.name.n > 0 ? p.name : p.actor);
        if (p.role.n > 0) {
            buf_add(&value, STR(", "));
            event_view_text(&value, p.role);
        }
        field(out, label, &value, width, a);
    }
    buf_clear(&value);
    if (*label != '\0')
        buf_add(&value, v->row->actors);
    field(out, "Who", &value, width, a);
    buf_free(&value);
}

static void write_places(struct buf *out, const struct event_view *v, size_t width, struct arena *a)
{
    struct event_view_place p;
    const char *label = "Where";
    struct buf value;
    buf_init(&value, SIZE_MAX / 2);
    for (size_t at = 0; event_view_place(v, &at, &p); label = "") {
        buf_clear(&value);
        event_view_text(&value, p.name.n > 0 ? p.name : p.place);
        if (p.lat.n > 0)
            buf_printf(&value, " (%.*s, %.*s)", STR_ARG(p.lat), STR_ARG(p.lon));
        field(out, label, &value, width, a);
    }
    buf_clear(&value);
    if (*label != '\0')
        buf_add(&value, v->row->place);
    field(out, "Where", &value, width, a);
    buf_free(&value);
}

static void write_identifiers(struct buf *out, const struct event_view *v, size_t width,
                              struct arena *a)
{
    const char *label = "Ids";
    str key, text;
    struct buf value;
    buf_init(&value, SIZE_MAX / 2);
    for (size_t at = 0; jscan_member(v->identifiers, &at, &key, &text); label = "") {
        buf_clear(&value);
        buf_printf(&value, "%.*s ", STR_ARG(key));
        event_view_text(&value, text);
        field(out, label, &value, width, a);
    }
    buf_free(&value);
}

void txt_story_write(struct buf *out, const struct drawing_mark *m, size_t width, struct arena *a)
{
    struct event_view v;
    struct buf value;
    event_view_read(m->item, &v);
    buf_init(&value, SIZE_MAX / 2);
    event_view_text(&value, v.summary);
    if (value.n > 0) {
        txt_story_wrap(out, buf_str(&value), 0, width, a);
        buf_add_char(out, '\n');
    }
    write_when(out, m, width, a);
    buf_clear(&value);
    buf_add(&value, m->row->type);
    field(out, "Type", &value, width, a);
    write_participants(out, &v, width, a);
    write_places(out, &v, width, a);
    buf_clear(&value);
    event_view_list(&value, v.tags);
    field(out, "Tags", &value, width, a);
    write_identifiers(out, &v, width, a);
    buf_clear(&value);
    buf_add(&value, m->row->sources);
    field(out, "Sources", &value, width, a);
    buf_clear(&value);
    if (m->disputed.n > 0)
        buf_printf(&value, "sources disagree on %.*s", STR_ARG(m->disputed));
    field(out, "Disputed", &value, width, a);
    buf_clear(&value);
    buf_add(&value, m->row->id);
    field(out, "Id", &value, width, a);
    buf_free(&value);
}
