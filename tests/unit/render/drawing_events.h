/* drawing_events: pages of events for the tests of what draws them. */
#ifndef ANNALS_TESTS_DRAWING_EVENTS_H
#define ANNALS_TESTS_DRAWING_EVENTS_H

#include <check.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/edtf.h"
#include "render/page.h"

/* xorshift64: the same events on every run. */
static inline uint64_t drawing_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* An event with a date (EDTF, "" for none), a title, a type and a document. */
static inline struct page_item drawing_event(struct arena *a, str id, const char *date,
                                             const char *title, const char *type,
                                             const char *document)
{
    struct event_row *row = ARENA_NEW(a, struct event_row);
    struct edtf value;
    struct edtf_error error;
    *row = (struct event_row){.id = id,
                              .title = str_from(title),
                              .type = str_from(type),
                              .actors = STR("aze; tur"),
                              .sources = STR("gazette"),
                              .document = str_from(document)};
    if (*date != '\0') {
        row->date = arena_copy(a, str_from(date));
        ck_assert_msg(edtf_parse(row->date, &value, &error), "%s: %s", date, error.detail);
        row->dated = true;
        row->precision = value.precision;
        row->qualifier = value.qualifier;
        row->bounds = value.bounds;
    }
    return (struct page_item){.document = row->document, .row = row};
}

static inline str drawing_day(struct arena *a, uint64_t *state, int first, int years)
{
    int year = first + (int)(drawing_random(state) % (uint64_t)years);
    return arena_printf(a, "%s%04d-%02d-%02d", year < 0 ? "-" : "", year < 0 ? -year : year,
                        (int)(drawing_random(state) % 12) + 1,
                        (int)(drawing_random(state) % 28) + 1);
}

/* Any kind of date from `first` on for so many years. */
static inline str drawing_date(struct arena *a, uint64_t *state, int first, int years)
{
    str day = drawing_day(a, state, first, years), other = drawing_day(a, state, first, years);
    str year = str_sub(day, 0, day.n - 6);
    switch (drawing_random(state) % 12) {
    case 0:
        return STR("");
    case 1:
        return arena_printf(a, "%.*s~", STR_ARG(year));
    case 2:
        return arena_printf(a, "%.*s", STR_ARG(str_sub(day, 0, day.n - 3)));
    case 3:
        return arena_printf(a, "%.*s/..", STR_ARG(day));
    case 4:
        return arena_printf(a, "../%.*s", STR_ARG(day));
    case 5:
        return arena_printf(a, "%.*s/", STR_ARG(day));
    case 6: {
        struct edtf value;
        struct edtf_error ignored;
        str both = arena_printf(a, "%.*s/%.*s", STR_ARG(day), STR_ARG(other));
        return edtf_parse(both, &value, &ignored)
                   ? both
                   : arena_printf(a, "%.*s/%.*s", STR_ARG(other), STR_ARG(day));
    }
    case 7:
        return arena_printf(a, "%.*sT12:30:15", STR_ARG(day));
    default:
        return day;
    }
}

/* A page of n events of every kind. */
static inline struct page drawing_page(struct arena *a, uint64_t seed, size_t n, int first,
                                       int years)
{
    static const char *const titles[] = {
        "Battle",
        "A treaty between several powers that goes on for rather longer than anybody can read",
        "Şuşa bəyannaməsi & <more> \"quoted\"",
        "京都の条約と長い長い長い名前",
        "معاهدة السلام بين الطرفين",
        "Հայաստան և Վրաստան",
        "\x1b[31mred\x1b[0m \xE2\x80\xAE override \a\b",
        "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81 zalgo",
        "",
        "broken \xFF\xC0\xAF bytes",
    };
    static const char *const types[] = {"agree", "assault", "consult", "aid", ""};
    static const char *const documents[] = {"{}", "{\"disputed\":[\"date\",\"places\"]}"};
    uint64_t state = seed * 2654435761u + 88172645463325252u;
    struct page page = {
        .items = ARENA_ARRAY(a, struct page_item, n), .n = n, .matched = -1, .version = 7};
    for (size_t i = 0; i < n; i++) {
        str date = drawing_date(a, &state, first, years);
        page.items[i] = drawing_event(
            a, arena_printf(a, "event-%zu", i), date.p,
            titles[drawing_random(&state) % (sizeof titles / sizeof *titles)],
            types[drawing_random(&state) % (sizeof types / sizeof *types)],
            documents[drawing_random(&state) % 8 == 0]);
    }
    return page;
}

/* What random pages are made of: how many events, and when. */
static const struct {
    size_t n;
    int first, years;
} drawing_pages[] = {
    {1, 2020, 1},    {2, 1999, 2},   {5, -50, 100},  {12, 1846, 5},   {40, 2020, 3},
    {80, -500, 700}, {150, 1, 2000}, {300, 1900, 3}, {1000, 1846, 5}, {1000, -9000, 11000},
};
#define DRAWING_PAGES ((int)(sizeof drawing_pages / sizeof *drawing_pages))

#endif
