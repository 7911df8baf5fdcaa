#include "render/txt_date.h"

#include "base/width.h"
#include "check_main.h"
#include "model/edtf.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

/* A date as EDTF, what it is in few letters, and its lines in 17 columns. */
static const struct {
    const char *date, *brief, *lines;
} dates[] = {
    {"2021-06-15", "15 Jun 2021", "15 Jun 2021"},
    {"2020-09-27/2020-11-10", "27 Sep – 10 Nov 2020", "27 Sep –|10 Nov 2020"},
    {"2020-11-10/2024-06-12", "10 Nov 2020 – 12 Jun 2024", "10 Nov 2020 –|12 Jun 2024"},
    {"2022-09-13/2022-09-14", "13 – 14 Sep 2022", "13 – 14 Sep 2022"},
    {"2022-02-26~/..", "from c. 26 Feb 2022", "from c. 26 Feb|2022"},
    {"2021-05-12/", "12 May 2021 – ?", "12 May 2021 – ?"},
    {"-0048-01-10/-0044-03-17", "10 Jan 49 – 17 Mar 45 BCE", "10 Jan 49 –|17 Mar 45 BCE"},
    {"-0026/0014", "27 BCE – 14 CE", "27 BCE – 14 CE"},
    {"Y-66000000~", "c. 66 million BCE", "c. 66 million BCE"},
    {"Y-4540000000", "4.54 billion BCE", "4.54 billion BCE"},
    {"Y-201400000/Y-145000000", "201.4 – 145 million BCE", "201.4 –|145 million BCE"},
    {"Y-300000", "300,000 BCE", "300,000 BCE"},
    /* not round: the exact year */
    {"Y-66000123", "66,000,124 BCE", "66,000,124 BCE"},
    {"Y5000000", "5,000,000", "5,000,000"},
};

START_TEST(dates_are_brief)
{
    struct buf words, lines;
    str parts[TXT_DATE_LINES];
    buf_init(&words, 1000);
    buf_init(&lines, 1000);
    edtf_display(&words, str_from(dates[_i].date));
    str brief = txt_date_brief(width_clean_copy(buf_str(&words), arena), arena);
    ck_assert_msg(str_eq(brief, str_from(dates[_i].brief)), "%.*s", STR_ARG(brief));
    size_t n = txt_date_lines(brief, 17, parts);
    for (size_t i = 0; i < n; i++)
        buf_printf(&lines, "%s%.*s", i > 0 ? "|" : "", STR_ARG(parts[i]));
    ck_assert_msg(str_eq(buf_str(&lines), str_from(dates[_i].lines)), "%.*s",
                  STR_ARG(buf_str(&lines)));
    buf_free(&words);
    buf_free(&lines);
}
END_TEST

START_TEST(lines_are_bounded)
{
    str parts[TXT_DATE_LINES];
    str text = STR("one of 1 Jan 2021, 2 Jan 2021, 3 Jan 2021, 4 Jan 2021, 5 Jan 2021 or 6 Jan");
    ck_assert_uint_eq(txt_date_lines(text, 12, parts), TXT_DATE_LINES);
    for (size_t i = 0; i + 1 < TXT_DATE_LINES; i++)
        ck_assert_uint_le(width_columns(parts[i]), 12);
    /* What is left is in the last one. */
    ck_assert(str_ends(parts[TXT_DATE_LINES - 1], STR("or 6 Jan")));
    ck_assert_uint_eq(txt_date_lines(STR(""), 12, parts), 1);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("txt_date");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, dates_are_brief, 0, (int)(sizeof dates / sizeof *dates));
    tcase_add_test(t, lines_are_bounded);
    Suite *s = suite_create("txt_date");
    suite_add_tcase(s, t);
    return check_main(s);
}
