#include "base/utf8.h"
#include "check_main.h"
#include "event_case.h"

static struct arena *a;

static void set_up(void)
{
    a = arena_new();
}

static void tear_down(void)
{
    arena_free(a);
}

/* Content lines put together again. */
static const char *unfolded(const char *text)
{
    struct buf out;
    buf_init(&out, strlen(text) + 1);
    for (const char *p = text; *p != '\0'; p++) {
        if (strncmp(p, "\r\n ", 3) == 0)
            p += 2;
        else
            buf_add_char(&out, *p);
    }
    str whole = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return whole.p;
}

static const char *calendar(const struct event *e, const struct page_about *about)
{
    return unfolded(event_case_written(a, FORMAT_ICS, e, about));
}

/* A date, and what stands in the calendar for it; NULL where it is left out. */
static const struct {
    const char *date;
    const char *has;
    const char *comment;
} dates[] = {
    {"2021-06-15", "DTSTART;VALUE=DATE:20210615\r\nDTEND;VALUE=DATE:20210616\r\n", NULL},
    {"2021-03", "DTSTART;VALUE=DATE:20210301\r\nDTEND;VALUE=DATE:20210401\r\n", NULL},
    {"2020", "DTSTART;VALUE=DATE:20200101\r\nDTEND;VALUE=DATE:20210101\r\n", NULL},
    {"2020-02-28/2020-02-29", "DTSTART;VALUE=DATE:20200228\r\nDTEND;VALUE=DATE:20200301\r\n", NULL},
    {"2021-22", "DTSTART;VALUE=DATE:20210601\r\nDTEND;VALUE=DATE:20210901\r\n", NULL},
    {"0001", "DTSTART;VALUE=DATE:00010101\r\nDTEND;VALUE=DATE:00020101\r\n", NULL},
    {"9999-12-30", "DTSTART;VALUE=DATE:99991230\r\nDTEND;VALUE=DATE:99991231\r\n", NULL},
    {"2021-03-01T14:30:00", "DTSTART:20210301T143000\r\nSUMMARY", NULL},
    {"2021-03-01T00:00:00+04:00", "DTSTART:20210301T000000\r\nSUMMARY", NULL},
    {"2021-03-01T14:30:00Z/2021-03-01T16:00:00Z",
     "DTSTART:20210301T143000\r\nDTEND:20210301T160000\r\n", NULL},
    {"2021-03-01/..", "DTSTART;VALUE=DATE:20210301\r\nDTEND;VALUE=DATE:20210302\r\n",
     "COMMENT:1 event without a known end is shown at its start"},
    {"2021-03/", "DTSTART;VALUE=DATE:20210301\r\nDTEND;VALUE=DATE:20210401\r\n",
     "COMMENT:1 event without a known end is shown at its start"},
    {"../2021", NULL, "COMMENT:Left out: 1 event has no known start"},
    {"/2021", NULL, "COMMENT:Left out: 1 event has no known start"},
    {"0000", NULL, "COMMENT:Left out: 1 event lies before the year 1"},
    {"-0043-03-15", NULL, "COMMENT:Left out: 1 event lies before the year 1"},
    {"9999-12-31", NULL, "COMMENT:Left out: 1 event lies past the year 9999"},
    {"Y17101", NULL, "COMMENT:Left out: 1 event lies past the year 9999"},
    {NULL, NULL, "COMMENT:Left out: 1 event has no date"},
};

START_TEST(dates_are_days_or_floating_times)
{
    struct event e = event_case(dates[_i].date, "X");
    const char *text = calendar(&e, NULL);
    bool left_out = dates[_i].has == NULL;
    ck_assert_uint_eq(event_case_count(text, "BEGIN:VEVENT\r\n"), left_out ? 0 : 1);
    if (!left_out)
        ASSERT_HAS(text, dates[_i].has);
    ASSERT_HAS(text, left_out ? "X-ANNALS-OMITTED:1\r\n" : "X-ANNALS-OMITTED:0\r\n");
    ck_assert_uint_eq(event_case_count(text, "COMMENT:"), dates[_i].comment != NULL);
    if (dates[_i].comment != NULL)
        ASSERT_HAS(text, dates[_i].comment);
    /* There is a component in any case. */
    ck_assert(left_out == (strstr(text, "BEGIN:VTIMEZONE") != NULL));
}
END_TEST

START_TEST(an_event_says_all_of_itself)
{
    struct page_about about = event_case_about();
    struct event e = event_case_full("2021-06~", "A; B");
    const char *text = calendar(&e, &about);
    ASSERT_HAS(text, "X-WR-CALNAME:A store: events with Azerbaijan\r\n");
    ASSERT_HAS(text, "SOURCE;VALUE=URI:https://example.org/v1/events?actor=aze\r\n");
    ASSERT_HAS(text, "BEGIN:VEVENT\r\nUID:e@0123456789abcdef\r\nDTSTAMP:20251125T080000Z\r\n");
    ASSERT_HAS(text, "SUMMARY:A\\; B\r\n");
    ASSERT_HAS(text,
               "DESCRIPTION:One & two.\\nThree.\\nWhen: c. June 2021\\nWho: Azərbaycan (signatory)"
               "\\, \"Türkiye\"\\nWhere: Bakı\\, Şuşa\\nSources disagree on: date\\nSources: "
               "first\\; second\r\n");
    ASSERT_HAS(text, "LOCATION:Bakı\\, Şuşa\r\nGEO:39.76;46.75\r\n");
    ASSERT_HAS(text, "CATEGORIES:agree,a\\,b\\;c,Ə\r\nURL:https://example.org/v1/events/e\r\n");
    ASSERT_HAS(text, "LAST-MODIFIED:20251125T080000Z\r\nSEQUENCE:3\r\nTRANSP:TRANSPARENT\r\n");
    ASSERT_HAS(text, "X-ANNALS-EDTF:2021-06~\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}
END_TEST

START_TEST(an_exact_day_needs_no_words)
{
    struct event e = event_case("2021-06-15", "X");
    ASSERT_HAS_NOT(calendar(&e, NULL), "When:");
    e = event_case("2021-06-15?", "X");
    ASSERT_HAS(calendar(&e, NULL), "When:");
}
END_TEST

START_TEST(lines_are_folded_between_characters)
{
    struct buf title;
    buf_init(&title, 10000);
    for (int i = 0; i < 200; i++)
        buf_add(&title, i % 3 ? STR("\xF0\x9F\x95\x8A") : STR("aə"));
    buf_add_char(&title, '\0');
    struct event e = event_case("2021", title.p);
    const char *text = event_case_written(a, FORMAT_ICS, &e, NULL);
    size_t longest = 0;
    for (const char *line = text; *line != '\0';) {
        size_t n = strcspn(line, "\r");
        ck_assert(line[n] == '\r' && line[n + 1] == '\n');
        ck_assert(utf8_valid((str){line, n}));
        longest = n > longest ? n : longest;
        line += n + 2;
    }
    ck_assert_uint_le(longest, 75);
    ck_assert_uint_ge(longest, 72);
    ASSERT_HAS(unfolded(text), title.p);
    buf_free(&title);
}
END_TEST

START_TEST(hard_text_is_escaped)
{
    struct event e = event_case("2021", EVENT_CASE_HARD "\r\nlast");
    const char *text = calendar(&e, NULL);
    event_case_no_controls(text);
    ASSERT_HAS(text, "SUMMARY:Şuşa\\, \"X\"\\; <b>&\\\\\\n\xF0\x9F\x95\x8A ");
    ASSERT_HAS(text, "[31m\\nlast\r\n");
}
END_TEST

START_TEST(a_page_among_others_says_so)
{
    struct page_about about = event_case_about();
    struct page page = {.about = &about, .matched = -1, .next = STR("/v1/events.ics?cursor=x")};
    ASSERT_HAS(unfolded(event_case_page(a, FORMAT_ICS, &page)),
               "COMMENT:This is one page\\; more events follow at "
               "https://example.org/v1/events.ics?cursor=x\r\n");
}
END_TEST

START_TEST(many_events_are_all_there)
{
    ck_assert_uint_eq(event_case_count(event_case_many(a, FORMAT_ICS), "BEGIN:VEVENT\r\n"),
                      EVENT_CASE_MANY);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("format_ics");
    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_loop_test(all, dates_are_days_or_floating_times, 0,
                        (int)(sizeof dates / sizeof *dates));
    tcase_add_test(all, an_event_says_all_of_itself);
    tcase_add_test(all, an_exact_day_needs_no_words);
    tcase_add_test(all, lines_are_folded_between_characters);
    tcase_add_test(all, hard_text_is_escaped);
    tcase_add_test(all, a_page_among_others_says_so);
    tcase_add_test(all, many_events_are_all_there);
    Suite *suite = suite_create("format_ics");
    suite_add_tcase(suite, all);
    return check_main(suite);
}
