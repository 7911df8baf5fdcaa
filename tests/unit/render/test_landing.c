/* The first page for people. */
#include "render/landing.h"

#include "check_main.h"

START_TEST(the_page_leads_on_and_escapes)
{
    const struct landing_count counts[] = {{"events", 1234}};
    const struct landing_example examples[] = {{STR("What <b>?"), STR("/v1/events?q=\"x\"&y=1")}};
    const struct landing_word words[] = {{"date", "A date"}};
    const struct landing l = {.title = STR("A & B"),
                              .description = STR("d"),
                              .software_version = STR("9"),
                              .version = 3,
                              .first_date = STR("-0043-03-15"),
                              .counts = counts,
                              .count_count = 1,
                              .examples = examples,
                              .example_count = 1,
                              .filters = words,
                              .filter_count = 1,
                              .formats = STR("json")};
    static const char *const parts[] = {
        "<h1>A &amp; B</h1>",
        "From 15 March 44 BCE to an open end.",
        "<a href=\"/v1/events\"><b>1\u202F234</b> events</a>",
        "What &lt;b&gt;?",
        "href=\"/v1/events?q=%22x%22&amp;y=1\"",
        "action=\"/v1/events\"",
        "href=\"/docs#parameter-date\"",
        "href=\"/openapi.json\"",
    };
    struct buf out;
    buf_init(&out, 100000);
    landing_write_html(&out, &l);
    ck_assert(!buf_failed(&out));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        ck_assert_msg(str_search(buf_str(&out), str_from(parts[i]), 0) < out.n, "no %s", parts[i]);
    ck_assert(str_search(buf_str(&out), STR("<script"), 0) == out.n);
    buf_free(&out);
}
END_TEST

CHECK_MAIN("landing", the_page_leads_on_and_escapes)
