#include "render/iso_date.h"

#include "check_main.h"

static const struct {
    const char *date;
    bool plain, html;
} dates[] = {
    {"2021", true, true},
    {"2021-03", true, true},
    {"2021-03-09", true, true},
    {"2021-12-31", true, true},
    {"2021-03-09T12:30:15", true, true},
    {"2021-03-09T12:30:15Z", true, true},
    {"2021-03-09T12:30:15+04:30", true, true},
    {"2021-03-09T12:30:15-00:00", true, true},
    {"2021-03-09T12:30:15+04", true, false},
    {"2021-03-09T24:00:00", true, false},
    {"0000", true, false},
    {"0000-02-29", true, false},
    {"", false, false},
    {"-0044", false, false},
    {"Y20210", false, false},
    {"202X", false, false},
    {"2021-21", false, false},
    {"2021-33", false, false},
    {"2021-03~", false, false},
    {"2021?", false, false},
    {"2021-03-XX", false, false},
    {"2021-03-09T12:30:15+4", false, false},
};

START_TEST(each_reader_takes_what_it_knows)
{
    ck_assert_msg(iso_date_is_plain(str_from(dates[_i].date)) == dates[_i].plain, "%s",
                  dates[_i].date);
    ck_assert_msg(iso_date_is_html(str_from(dates[_i].date)) == dates[_i].html, "%s",
                  dates[_i].date);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("iso_date");
    tcase_add_loop_test(t, each_reader_takes_what_it_knows, 0, (int)(sizeof dates / sizeof *dates));
    Suite *s = suite_create("iso_date");
    suite_add_tcase(s, t);
    return check_main(s);
}
