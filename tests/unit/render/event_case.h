/*
 * event_case: events for the tests of formats, made the way the store makes them: a date read as
 * EDTF and a document written by event_write_json.
 */
#ifndef ANNALS_TESTS_EVENT_CASE_H
#define ANNALS_TESTS_EVENT_CASE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/event.h"
#include "render/format.h"

#define EVENT_CASE_UPDATED INT64_C(1764057600000000) /* 2025-11-25T08:00:00Z */

/* The text of a title with all that a format has to escape. */
#define EVENT_CASE_HARD                                                                            \
    "Şuşa, \"X\"; <b>&\\\n\xF0\x9F\x95\x8A "                                                     \
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\x01\x1B[31m\x7F\xC2\x9B"

static inline struct page_about event_case_about(void)
{
    return (struct page_about){.store_id = STR("0123456789abcdef"),
                               .store_title = STR("A store"),
                               .licence = STR("CC0-1.0"),
                               .base = STR("https://example.org"),
                               .title = STR("events with Azerbaijan"),
                               .description = STR("events with Azerbaijan"),
                               .self = STR("/v1/events?actor=aze"),
                               .recorded = EVENT_CASE_UPDATED};
}

/* An event of the id "e", of a date (NULL for none) and a title, and nothing else. */
static inline struct event event_case(const char *date, const char *title)
{
    struct event e = {.id = STR("e"), .account_count = 1, .version = 3};
    struct edtf_error error;
    e.updated = EVENT_CASE_UPDATED;
    e.merged.title = str_from(title);
    if (date == NULL)
        return e;
    e.merged.date.text = str_from(date);
    ck_assert_msg(edtf_parse(e.merged.date.text, &e.merged.date.value, &error), "%s: %s", date,
                  error.detail);
    return e;
}

/* The same with all that an event can have. */
static inline struct event event_case_full(const char *date, const char *title)
{
    static struct event_participant people[] = {
        {.actor = STR_INIT("aze"), .name = STR_INIT("Azərbaycan"), .role = STR_INIT("signatory")},
        {.actor = STR_INIT("tur"), .name = STR_INIT("\"Türkiye\"")}};
    static struct event_place places[] = {{.place = STR_INIT("baku"), .name = STR_INIT("Bakı")},
                                          {.place = STR_INIT("shusha"),
                                           .name = STR_INIT("Şuşa"),
                                           .has_point = true,
                                           .lat = 39.76,
                                           .lon = 46.75}};
    static struct event_tag tags[] = {{.tag = STR_INIT("a,b;c")}, {.tag = STR_INIT("Ə")}};
    static struct identifier ids[] = {{STR_INIT("wikidata"), STR_INIT("Q107240246")}};
    struct event e = event_case(date, title);
    e.merged.summary = STR("One & two.\nThree.");
    e.merged.type = STR("agree");
    e.merged.participants = people;
    e.merged.participant_count = 2;
    e.merged.places = places;
    e.merged.place_count = 2;
    e.merged.tags = tags;
    e.merged.tag_count = 2;
    e.merged.identifiers = (struct identifiers){ids, 1};
    e.disputed = EVENT_DISPUTED_DATE;
    return e;
}

/* What the store hands out of an event; everything lives in the arena. */
static inline struct page_item event_case_item(struct arena *a, const struct event *e)
{
    struct event_row *row = ARENA_NEW(a, struct event_row);
    const struct account *m = &e->merged;
    struct buf document;
    buf_init(&document, 1 << 20);
    event_write_json(&document, e);
    row->id = e->id;
    row->title = m->title;
    row->type = m->type;
    row->dated = m->date.text.p != NULL;
    row->date = m->date.text;
    row->precision = m->date.value.precision;
    row->qualifier = m->date.value.qualifier;
    row->bounds = m->date.value.bounds;
    if (m->place_count > 0)
        row->place = m->places[0].place;
    if (m->participant_count > 0)
        row->actors = STR("aze; tur");
    row->sources = STR("first; second");
    row->version = e->version;
    row->updated = e->updated;
    row->document = arena_copy(a, buf_str(&document));
    buf_free(&document);
    return (struct page_item){.document = row->document, .row = row};
}

/* What a format writes of a page, as a C string in the arena. */
static inline const char *event_case_page(struct arena *a, enum format f, const struct page *page)
{
    struct buf out;
    buf_init(&out, (size_t)64 << 20);
    format_write(f)(&out, page);
    ck_assert(!buf_failed(&out));
    ck_assert(out.n == 0 || memchr(out.p, '\0', out.n) == NULL);
    str text = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return text.p;
}

/* What a format writes of a list of one event. */
static inline const char *event_case_written(struct arena *a, enum format f, const struct event *e,
                                             const struct page_about *about)
{
    struct page_item item = event_case_item(a, e);
    struct page page = {.about = about, .items = &item, .n = 1, .matched = -1, .version = 3};
    return event_case_page(a, f, &page);
}

static inline size_t event_case_count(const char *text, const char *needle)
{
    size_t n = 0;
    str all = str_from(text), wanted = str_from(needle);
    for (size_t at = str_search(all, wanted, 0); at < all.n;
         at = str_search(all, wanted, at + wanted.n))
        n++;
    return n;
}

/* Asserts with the whole text in the message. */
#define ASSERT_HAS(text, part)                                                                     \
    ck_assert_msg(strstr((text), (part)) != NULL, "no %s in\n%s", (part), (text))
#define ASSERT_HAS_NOT(text, part)                                                                 \
    ck_assert_msg(strstr((text), (part)) == NULL, "%s in\n%s", (part), (text))

/* No control character but the newline, CR only before it, and none of U+0080 to U+009F. */
static inline void event_case_no_controls(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p, next = (unsigned char)p[1];
        ck_assert_msg(c >= 0x20 || c == '\n' || (c == '\r' && next == '\n'), "%02x in\n%s", c,
                      text);
        ck_assert_msg(c != 0x7F && !(c == 0xC2 && next < 0xA0), "%02x %02x in\n%s", c, next, text);
    }
}

/* A page of ten thousand events. */
#define EVENT_CASE_MANY 10000
static inline const char *event_case_many(struct arena *a, enum format f)
{
    struct event e = event_case_full("2021-06-15", "Şuşa");
    struct page_about about = event_case_about();
    struct page page = {.about = &about, .n = EVENT_CASE_MANY, .matched = -1, .version = 3};
    page.items = ARENA_ARRAY(a, struct page_item, EVENT_CASE_MANY);
    struct page_item item = event_case_item(a, &e);
    for (size_t i = 0; i < page.n; i++)
        page.items[i] = item;
    return event_case_page(a, f, &page);
}

#endif
