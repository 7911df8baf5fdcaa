/*
 * iCalendar (RFC 5545, with the calendar's properties of RFC 7986). A calendar knows whole days and
 * moments, from year 1 to 9999, and no doubt: an event stands on every day of its possible extent,
 * earliest to latest, and its description says in words what is certain. Times are those that the
 * source wrote, without a zone ("floating"). An event without a known end stands on the days of its
 * start alone. What a calendar cannot hold is left out, counted and named in a COMMENT.
 */
#include "base/jscan.h"
#include "render/address.h"
#include "render/civil.h"
#include "render/event_view.h"
#include "render/format.h"
#include "render/ics_line.h"

#define LAST_YEAR 9999
#define LARGEST_SEQUENCE INT32_MAX /* RFC 5545, section 3.3.8 */

/* X(value, what a COMMENT says of one, and of several): why an event is not, or not fully, held */
#define FATE_TABLE(X)                                                                              \
    X(FATE_UNDATED, "event has no date", "events have no date")                                    \
    X(FATE_NO_START, "event has no known start", "events have no known start")                     \
    X(FATE_TOO_EARLY, "event lies before the year 1", "events lie before the year 1")              \
    X(FATE_TOO_LATE, "event lies past the year 9999", "events lie past the year 9999")             \
    X(FATE_START_ALONE, "event without a known end is shown at its start",                         \
      "events without a known end are shown at their start")                                       \
    X(FATE_WHOLE, "event is shown", "events are shown")

enum fate {
#define X(value, one, several) value,
    FATE_TABLE(X)
#undef X
        FATES
};

/* What is to be shown of a date: its first and its last second. */
static enum fate judge(const struct event_row *row, int64_t *first, int64_t *last)
{
    const struct period *b = &row->bounds;
    if (!row->dated)
        return FATE_UNDATED;
    if (period_unbounded(b->earliest))
        return FATE_NO_START;
    bool ends = !period_unbounded(b->latest);
    *first = b->earliest;
    *last = ends ? b->latest : period_unbounded(b->start_latest) ? b->earliest : b->start_latest;
    if (civil_from_seconds(*first).year < 1)
        return FATE_TOO_EARLY;
    /* The day after the last one is written too. */
    struct civil end = civil_from_seconds(*last);
    if (end.year > LAST_YEAR || (end.year == LAST_YEAR && end.month == 12 && end.day == 31))
        return FATE_TOO_LATE;
    return ends ? FATE_WHOLE : FATE_START_ALONE;
}

/* ---- times ---- */

static void add_day(struct buf *out, int64_t seconds)
{
    struct civil c = civil_from_seconds(seconds);
    buf_printf(out, "%04d%02d%02d", (int)c.year, c.month, c.day);
}

static void add_time(struct buf *out, int64_t seconds)
{
    struct civil c = civil_from_seconds(seconds);
    add_day(out, seconds);
    buf_printf(out, "T%02d%02d%02d", c.hour, c.minute, c.second);
}

/* A recorded instant, UTC. */
static void write_instant(struct ics_line *l, const char *name, int64_t microseconds)
{
    struct buf *value = ics_line_begin(l, name);
    add_time(value, (microseconds > 0 ? microseconds : 0) / 1000000);
    buf_add_char(value, 'Z');
    ics_line_end(l);
}

static void write_extent(struct ics_line *l, const struct event_row *row, int64_t first,
                         int64_t last)
{
    if (row->precision == EDTF_SECOND) {
        add_time(ics_line_begin(l, "DTSTART"), first);
        ics_line_end(l);
        if (last <= first)
            return;
        add_time(ics_line_begin(l, "DTEND"), last);
        ics_line_end(l);
        return;
    }
    add_day(ics_line_begin(l, "DTSTART;VALUE=DATE"), first);
    ics_line_end(l);
    add_day(ics_line_begin(l, "DTEND;VALUE=DATE"), last + PERIOD_DAY_SECONDS); /* exclusive */
    ics_line_end(l);
}

/* ---- one event ---- */

static void write_uid(struct ics_line *l, const struct page_about *about, str id)
{
    struct buf *value = ics_line_begin(l, "UID");
    buf_add(value, id);
    if (about->store_id.n > 0)
        buf_printf(value, "@%.*s", STR_ARG(about->store_id));
    ics_line_end(l);
}

static void write_description(struct ics_line *l, const struct event_view *v, enum fate fate,
                              struct buf *scratch)
{
    buf_clear(scratch);
    event_view_story(scratch, v, false);
    if (fate == FATE_START_ALONE)
        buf_printf(scratch, "%sIts end is not known: only its start is shown here.",
                   scratch->n > 0 ? "\n" : "");
    ics_line_text(l, "DESCRIPTION", buf_str(scratch));
}

static void write_where(struct ics_line *l, const struct event_view *v, struct buf *scratch)
{
    struct event_view_place p;
    buf_clear(scratch);
    event_view_where(scratch, v);
    ics_line_text(l, "LOCATION", buf_str(scratch));
    if (!event_view_point(v, &p))
        return;
    buf_printf(ics_line_begin(l, "GEO"), "%.*s;%.*s", STR_ARG(p.lat), STR_ARG(p.lon));
    ics_line_end(l);
}

static void write_categories(struct ics_line *l, const struct event_view *v, struct buf *scratch)
{
    str tag;
    struct buf *value = ics_line_begin(l, "CATEGORIES");
    ics_line_escape(value, v->row->type);
    bool any = v->row->type.n > 0;
    for (size_t at = 0; jscan_element(v->tags, &at, &tag); any = true) {
        if (any)
            buf_add_char(value, ',');
        buf_clear(scratch);
        event_view_text(scratch, tag);
        ics_line_escape(value, buf_str(scratch));
    }
    if (any)
        ics_line_end(l);
}

static void write_event(struct ics_line *l, const struct page_about *about,
                        const struct page_item *item, struct buf *scratch)
{
    struct event_view v;
    int64_t first = 0, last = 0;
    const struct event_row *row = item->row;
    enum fate fate = judge(row, &first, &last);
    if (fate < FATE_START_ALONE)
        return;
    event_view_read(item, &v);
    ics_line_plain(l, "BEGIN", STR("VEVENT"));
    write_uid(l, about, row->id);
    write_instant(l, "DTSTAMP", about->recorded > 0 ? about->recorded : row->updated);
    write_extent(l, row, first, last);
    ics_line_text(l, "SUMMARY", row->title);
    write_description(l, &v, fate, scratch);
    write_where(l, &v, scratch);
    write_categories(l, &v, scratch);
    if (about->base.n > 0) {
        address_write_thing(ics_line_begin(l, "URL"), about, "events", row->id);
        ics_line_end(l);
    }
    write_instant(l, "LAST-MODIFIED", row->updated);
    buf_add_i64(ics_line_begin(l, "SEQUENCE"),
                row->version < LARGEST_SEQUENCE ? row->version : LARGEST_SEQUENCE);
    ics_line_end(l);
    /* Days of history are nobody's working hours. */
    ics_line_plain(l, "TRANSP", STR("TRANSPARENT"));
    ics_line_text(l, "X-ANNALS-EDTF", row->date);
    ics_line_plain(l, "END", STR("VEVENT"));
}

/* ---- the calendar ---- */

static void write_fates(struct ics_line *l, const struct page *page)
{
    static const char *const words[][2] = {
#define X(value, one, several) {one, several},
        FATE_TABLE(X)
#undef X
    };
    int64_t count[FATES] = {0}, omitted = 0;
    int64_t first, last;
    for (size_t i = 0; i < page->n; i++)
        count[judge(page->items[i].row, &first, &last)]++;
    for (unsigned f = 0; f < FATE_START_ALONE; f++)
        omitted += count[f];
    buf_add_i64(ics_line_begin(l, "X-ANNALS-OMITTED"), omitted);
    ics_line_end(l);
    for (unsigned f = 0; f < FATE_WHOLE; f++) {
        if (count[f] == 0)
            continue;
        struct buf *value = ics_line_begin(l, "COMMENT");
        buf_printf(value, "%s%lld %s", f < FATE_START_ALONE ? "Left out: " : "",
                   (long long)count[f], words[f][count[f] > 1]);
        ics_line_end(l);
    }
}

static void write_head(struct ics_line *l, const struct page *page, const struct page_about *about,
                       struct buf *scratch)
{
    str store = about->store_title.n > 0 ? about->store_title : STR("Annals");
    buf_clear(scratch);
    buf_add(scratch, store);
    if (about->title.n > 0)
        buf_printf(scratch, ": %.*s", STR_ARG(about->title));
    ics_line_text(l, "NAME", buf_str(scratch));
    ics_line_text(l, "X-WR-CALNAME", buf_str(scratch));
    ics_line_text(l, "X-WR-CALDESC", about->description);
    ics_line_plain(l, "REFRESH-INTERVAL;VALUE=DURATION", STR("P1D"));
    ics_line_plain(l, "X-PUBLISHED-TTL", STR("P1D"));
    if (about->recorded > 0)
        write_instant(l, "LAST-MODIFIED", about->recorded);
    if (about->base.n > 0 && about->self.n > 0) {
        address_write(ics_line_begin(l, "SOURCE;VALUE=URI"), about, about->self);
        ics_line_end(l);
    }
    write_fates(l, page);
    if (page->next.n == 0)
        return;
    buf_clear(scratch);
    buf_add(scratch, STR("This is one page; more events follow at "));
    address_write(scratch, about, page->next);
    ics_line_text(l, "COMMENT", buf_str(scratch));
}

/* A calendar must hold one component at least: without an event, the zone that is no zone. */
static void write_zone(struct ics_line *l)
{
    ics_line_plain(l, "BEGIN", STR("VTIMEZONE"));
    ics_line_plain(l, "TZID", STR("UTC"));
    ics_line_plain(l, "BEGIN", STR("STANDARD"));
    ics_line_plain(l, "DTSTART", STR("19700101T000000"));
    ics_line_plain(l, "TZOFFSETFROM", STR("+0000"));
    ics_line_plain(l, "TZOFFSETTO", STR("+0000"));
    ics_line_plain(l, "END", STR("STANDARD"));
    ics_line_plain(l, "END", STR("VTIMEZONE"));
}

void format_ics(struct buf *out, const struct page *page)
{
    static const struct page_about nothing;
    const struct page_about *about = page->about != NULL ? page->about : &nothing;
    struct ics_line l;
    struct buf scratch;
    ics_line_init(&l, out);
    buf_init(&scratch, out->cap);
    ics_line_plain(&l, "BEGIN", STR("VCALENDAR"));
    ics_line_plain(&l, "VERSION", STR("2.0"));
    ics_line_plain(&l, "PRODID", STR("-//Annals//Annals//EN"));
    ics_line_plain(&l, "CALSCALE", STR("GREGORIAN"));
    write_head(&l, page, about, &scratch);
    size_t before = out->n;
    for (size_t i = 0; i < page->n; i++)
        write_event(&l, about, &page->items[i], &scratch);
    if (out->n == before)
        write_zone(&l);
    ics_line_plain(&l, "END", STR("VCALENDAR"));
    out->failed = out->failed || buf_failed(&scratch);
    buf_free(&scratch);
    ics_line_free(&l);
}
