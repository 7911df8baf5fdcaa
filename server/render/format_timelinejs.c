/*
 * TimelineJS 3 (timeline.knightlab.com/docs/json-format.html). A date has as many members as it is
 * known to: of a whole month no day, of a whole year no month; its words are always ours, with
 * every doubt. Years are astronomical, as JavaScript counts them. A timeline whose years leave what
 * JavaScript's Date can hold has the scale "cosmological", where years alone count. An event
 * without a known start stands at its end; those without a date are left out and counted in
 * "annals", which TimelineJS does not read. Text is HTML there, so all of it is escaped.
 */
#include "base/jout.h"
#include "render/address.h"
#include "render/civil.h"
#include "render/event_view.h"
#include "render/format.h"
#include "render/xml.h"

/* Whole years that a Date of JavaScript holds. */
#define FIRST_HUMAN_YEAR (-271820)
#define LAST_HUMAN_YEAR 275759

/* ---- dates ---- */

enum known { KNOWN_YEAR, KNOWN_MONTH, KNOWN_DAY, KNOWN_TIME };

/* What is known of one side of a date that lies in [low, high]; either may be unbounded. */
static enum known known_of(const struct event_row *row, int64_t low, int64_t high)
{
    if (row->precision == EDTF_SECOND)
        return KNOWN_TIME;
    if (period_unbounded(low) || period_unbounded(high))
        return KNOWN_DAY;
    struct civil a = civil_from_seconds(low), b = civil_from_seconds(high);
    bool from_first = a.day == 1;
    bool to_last = b.day == period_days_in_month(b.year, b.month);
    if (!from_first || !to_last)
        return KNOWN_DAY;
    return a.month == 1 && b.month == 12 ? KNOWN_YEAR : KNOWN_MONTH;
}

static void write_date(struct jout *j, const char *key, int64_t seconds, enum known known)
{
    struct civil c = civil_from_seconds(seconds);
    jout_key(j, key);
    jout_object(j);
    jout_member_i64(j, "year", c.year);
    if (known >= KNOWN_MONTH)
        jout_member_i64(j, "month", c.month);
    if (known >= KNOWN_DAY)
        jout_member_i64(j, "day", c.day);
    if (known == KNOWN_TIME) {
        jout_member_i64(j, "hour", c.hour);
        jout_member_i64(j, "minute", c.minute);
        jout_member_i64(j, "second", c.second);
    }
    jout_object_end(j);
}

static bool can_stand(const struct event_row *row)
{
    return row->dated &&
           !(period_unbounded(row->bounds.earliest) && period_unbounded(row->bounds.latest));
}

static bool same_to(struct civil a, struct civil b, enum known known)
{
    return a.year == b.year && (known < KNOWN_MONTH || a.month == b.month) &&
           (known < KNOWN_DAY || a.day == b.day) &&
           (known < KNOWN_TIME ||
            (a.hour == b.hour && a.minute == b.minute && a.second == b.second));
}

static void write_dates(struct jout *j, const struct event_row *row)
{
    const struct period *b = &row->bounds;
    enum known start = known_of(row, b->earliest, b->start_latest);
    enum known end = known_of(row, b->end_earliest, b->latest);
    if (period_unbounded(b->earliest)) {
        write_date(j, "start_date", b->latest, end);
        return;
    }
    write_date(j, "start_date", b->earliest, start);
    if (period_unbounded(b->latest))
        return;
    bool same = start == end &&
                same_to(civil_from_seconds(b->earliest), civil_from_seconds(b->latest), start);
    if (!same)
        write_date(j, "end_date", b->latest, end);
}

static bool is_human(int64_t bound)
{
    if (period_unbounded(bound))
        return true;
    int64_t year = civil_from_seconds(bound).year;
    return year >= FIRST_HUMAN_YEAR && year <= LAST_HUMAN_YEAR;
}

static bool is_cosmological(const struct page *page)
{
    for (size_t i = 0; i < page->n; i++) {
        const struct event_row *row = page->items[i].row;
        if (row->dated && !(is_human(row->bounds.earliest) && is_human(row->bounds.latest)))
            return true;
    }
    return false;
}

/* ---- text ---- */

/* TimelineJS draws a lane for each group: more of them leave no room for the slides. */
#define MOST_GROUPS 6

struct slide {
    struct jout j;
    const struct page *page;
    bool grouped; /* by type */
    struct buf plain, html;
};

/* A member whose value TimelineJS puts into the page as HTML. */
static void write_html(struct slide *s, const char *key, str text)
{
    buf_clear(&s->html);
    xml_text(&s->html, text);
    jout_member_str(&s->j, key, buf_str(&s->html));
}

/* The story, a paragraph a line, and the way to the event. */
static void write_story(struct slide *s, const struct event_view *v)
{
    const struct page_about *about = s->page->about;
    buf_clear(&s->plain);
    buf_clear(&s->html);
    event_view_story(&s->plain, v, false);
    str line, rest = buf_str(&s->plain);
    for (bool more = rest.n > 0; more;) {
        more = str_cut(rest, '\n', &line, &rest);
        buf_add(&s->html, STR("<p>"));
        xml_text(&s->html, line);
        buf_add(&s->html, STR("</p>"));
    }
    if (about != NULL && about->base.n > 0) {
        buf_clear(&s->plain);
        address_write_thing(&s->plain, about, "events", v->row->id);
        buf_add(&s->html, STR("<p><a"));
        xml_attribute(&s->html, "href", buf_str(&s->plain));
        buf_add(&s->html, STR(">Read more</a></p>"));
    }
    jout_member_str(&s->j, "text", buf_str(&s->html));
}

static void write_slide(struct slide *s, const struct page_item *item)
{
    struct event_view v;
    event_view_read(item, &v);
    jout_object(&s->j);
    jout_member_str(&s->j, "unique_id", v.row->id);
    write_dates(&s->j, v.row);
    buf_clear(&s->plain);
    event_view_text(&s->plain, v.display);
    write_html(s, "display_date", s->plain.n > 0 ? buf_str(&s->plain) : v.row->date);
    jout_key(&s->j, "text");
    jout_object(&s->j);
    write_html(s, "headline", v.row->title);
    write_story(s, &v);
    jout_object_end(&s->j);
    if (s->grouped && v.row->type.n > 0)
        write_html(s, "group", v.row->type);
    jout_member_bool(&s->j, "autolink", false);
    jout_object_end(&s->j);
}

static void write_title(struct slide *s)
{
    const struct page_about *about = s->page->about;
    if (about == NULL || s->page->single)
        return;
    jout_key(&s->j, "title");
    jout_object(&s->j);
    jout_key(&s->j, "text");
    jout_object(&s->j);
    write_html(s, "headline", about->store_title.n > 0 ? about->store_title : STR("Annals"));
    buf_clear(&s->plain);
    buf_add(&s->plain, about->title);
    if (about->licence.n > 0)
        buf_printf(&s->plain, "%s%.*s", s->plain.n > 0 ? " · " : "", STR_ARG(about->licence));
    write_html(s, "text", buf_str(&s->plain));
    jout_object_end(&s->j);
    jout_object_end(&s->j);
}

/* For who reads the file: what is not in it. */
static void write_remark(struct slide *s)
{
    const struct page *page = s->page;
    int64_t omitted = 0;
    for (size_t i = 0; i < page->n; i++)
        omitted += !can_stand(page->items[i].row);
    jout_key(&s->j, "annals");
    jout_object(&s->j);
    jout_member_i64(&s->j, "version", page->version);
    jout_member_i64(&s->j, "omitted", omitted);
    if (omitted > 0)
        jout_member_text(&s->j, "comment", "Left out: events without a known start or end.");
    jout_key(&s->j, "next");
    if (page->next.n > 0) {
        buf_clear(&s->plain);
        address_write(&s->plain, page->about, page->next);
        jout_str(&s->j, buf_str(&s->plain));
    } else {
        jout_null(&s->j);
    }
    jout_object_end(&s->j);
}

static bool has_few_types(const struct page *page)
{
    str types[MOST_GROUPS];
    size_t n = 0;
    for (size_t i = 0; i < page->n; i++) {
        str type = page->items[i].row->type;
        size_t at = 0;
        while (at < n && !str_eq(types[at], type))
            at++;
        if (at < n || type.n == 0)
            continue;
        if (n == MOST_GROUPS)
            return false;
        types[n++] = type;
    }
    return true;
}

void format_timelinejs(struct buf *out, const struct page *page)
{
    struct slide s = {.page = page, .grouped = has_few_types(page)};
    jout_init(&s.j, out);
    buf_init(&s.plain, out->cap);
    buf_init(&s.html, out->cap);
    jout_object(&s.j);
    write_title(&s);
    jout_key(&s.j, "events");
    jout_array(&s.j);
    for (size_t i = 0; i < page->n; i++) {
        if (!can_stand(page->items[i].row))
            continue;
        write_slide(&s, &page->items[i]);
        out->failed = out->failed || buf_failed(&s.plain) || buf_failed(&s.html);
    }
    jout_array_end(&s.j);
    if (is_cosmological(page))
        jout_member_text(&s.j, "scale", "cosmological");
    write_remark(&s);
    jout_object_end(&s.j);
    buf_free(&s.plain);
    buf_free(&s.html);
}
