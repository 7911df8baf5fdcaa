#include "check_main.h"
#include "render/format.h"

#include <stdlib.h>
#include <string.h>

static struct event_row a_row(void)
{
    return (struct event_row){
        .id = STR("farrukh"),
        .title = STR("Farrukh"),
        .type = STR("assault"),
        .dated = true,
        .date = STR("2022-03-24"),
        .precision = EDTF_DAY,
        .bounds = {1648080000, 1648166399, 1648080000, 1648166399},
        .place = STR("farrukh"),
        .has_point = true,
        .lat = 40.05,
        .lon = -46.5,
        .actors = STR("aze; rus"),
        .sources = STR("s1"),
        .document = STR("{\"id\":\"farrukh\"}"),
    };
}

static char *written(enum format f, const struct page *page)
{
    struct buf out;
    buf_init(&out, 10000);
    format_write(f)(&out, page);
    buf_add_char(&out, '\0');
    ck_assert(!buf_failed(&out));
    size_t n;
    return buf_take(&out, &n);
}

#define HEADER                                                                                     \
    "id,title,type,date,earliest,start_latest,end_earliest,latest,start_year,start_day,end_day,"   \
    "precision,qualifier,place,lat,lon,actors,sources,url\r\n"

START_TEST(csv_has_the_columns_of_the_contract)
{
    struct event_row row = a_row();
    struct page_item item = {.document = row.document, .row = &row};
    struct page page = {.items = &item, .n = 1};
    char *text = written(FORMAT_CSV, &page);
    ck_assert_str_eq(text, HEADER "farrukh,Farrukh,assault,2022-03-24,2022-03-24,2022-03-24,"
                                  "2022-03-24,2022-03-24,2022,19075,19075,day,,farrukh,40.05,"
                                  "-46.5,aze; rus,s1,/v1/events/farrukh\r\n");
    free(text);
    page.n = 0;
    text = written(FORMAT_CSV, &page);
    ck_assert_str_eq(text, HEADER);
    free(text);
}
END_TEST

START_TEST(csv_leaves_empty_what_is_unknown)
{
    struct event_row row = {.id = STR("x"), .title = STR("X")};
    struct page_item item = {.document = STR("{}"), .row = &row};
    struct page page = {.items = &item, .n = 1};
    char *text = written(FORMAT_CSV, &page);
    ck_assert_str_eq(text, HEADER "x,X,,,,,,,,,,,,,,,,,/v1/events/x\r\n");
    free(text);
}
END_TEST

START_TEST(csv_writes_old_and_open_dates)
{
    struct event_row row = a_row();
    str columns[] = {STR("earliest"), STR("latest"), STR("start_year"), STR("start_day"),
                     STR("end_day")};
    struct page_item item = {.document = row.document, .row = &row};
    struct page page = {.items = &item, .n = 1, .fields = {columns, 5}};
    row.bounds.earliest = period_days_from_civil(-44, 3, 15) * PERIOD_DAY_SECONDS;
    row.bounds.latest = PERIOD_NO_END;
    char *text = written(FORMAT_CSV, &page);
    ck_assert_str_eq(text, "earliest,latest,start_year,start_day,end_day\r\n"
                           "-0044-03-15,,-44,-735525,\r\n");
    free(text);
}
END_TEST

static const struct {
    const char *title;
    const char *cell;
} cells[] = {
    {"plain", "plain"},
    {"a,b", "\"a,b\""},
    {"say \"no\"", "\"say \"\"no\"\"\""},
    {"two\nlines", "\"two\nlines\""},
    {"two\r\nlines", "\"two\r\nlines\""},
    {"=1+1", "'=1+1"},
    {"  =1+1", "'  =1+1"},
    {"\u00A0-1", "'\u00A0-1"},
    {"  no formula", "  no formula"},
    {"+1", "'+1"},
    {"-1", "'-1"},
    {"@SUM(A1)", "'@SUM(A1)"},
    {"\t=1", "'\t=1"},
    {"\r=1", "\"'\r=1\""},
    {"=cmd|'/c calc'!A0,1", "\"'=cmd|'/c calc'!A0,1\""},
    {"\xEF\xBC\x9D"
     "1",
     "'\xEF\xBC\x9D"
     "1"},
    {"a=b", "a=b"},
    {"Şuşa", "Şuşa"},
    {"", ""},
};

START_TEST(csv_cells_are_quoted_and_no_formula)
{
    struct event_row row = {.id = STR("x"), .title = str_from(cells[_i].title)};
    str column = STR("title");
    struct page_item item = {.document = STR("{}"), .row = &row};
    struct page page = {.items = &item, .n = 1, .fields = {&column, 1}};
    char *text = written(FORMAT_CSV, &page);
    char want[200] = "title\r\n";
    strcat(strcat(want, cells[_i].cell), "\r\n");
    ck_assert_str_eq(text, want);
    free(text);
}
END_TEST

START_TEST(json_has_its_envelope)
{
    struct page_item items[] = {{.document = STR("{\"id\":1}")}, {.document = STR("{\"id\":2}")}};
    struct page page = {.items = items,
                        .n = 2,
                        .matched = 5,
                        .version = 7,
                        .next = STR("/n"),
                        .query = STR("{}"),
                        .links = STR("[]")};
    char *text = written(FORMAT_JSON, &page);
    ck_assert_str_eq(text, "{\"items\":[{\"id\":1},{\"id\":2}],\"returned\":2,\"matched\":5,"
                           "\"next\":\"/n\",\"version\":7,\"query\":{},\"links\":[]}");
    free(text);
    page.array = true;
    text = written(FORMAT_JSON, &page);
    ck_assert_str_eq(text, "[{\"id\":1},{\"id\":2}]");
    free(text);
    text = written(FORMAT_NDJSON, &page);
    ck_assert_str_eq(text, "{\"id\":1}\n{\"id\":2}\n");
    free(text);
    page.array = false;
    page.n = 0;
    page.matched = -1;
    page.next = page.query = STR("");
    text = written(FORMAT_JSON, &page);
    ck_assert_str_eq(text,
                     "{\"items\":[],\"returned\":0,\"next\":null,\"version\":7,\"links\":[]}");
    free(text);
    page.single = true;
    page.n = 1;
    text = written(FORMAT_JSON, &page);
    ck_assert_str_eq(text, "{\"id\":1}");
    free(text);
}
END_TEST

START_TEST(names_lead_to_formats)
{
    enum format f;
    for (unsigned i = 0; i < FORMATS; i++) {
        ck_assert(format_find(format_name((enum format)i), &f));
        ck_assert_uint_eq(f, i);
    }
    ck_assert(!format_find(STR("yaml"), &f));
    ck_assert(!format_find(STR(""), &f));
    ck_assert(!format_find(STR("JSON"), &f));
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("format");
    tcase_add_test(t, csv_has_the_columns_of_the_contract);
    tcase_add_test(t, csv_leaves_empty_what_is_unknown);
    tcase_add_test(t, csv_writes_old_and_open_dates);
    tcase_add_loop_test(t, csv_cells_are_quoted_and_no_formula, 0, sizeof cells / sizeof *cells);
    tcase_add_test(t, json_has_its_envelope);
    tcase_add_test(t, names_lead_to_formats);
    Suite *s = suite_create("format");
    suite_add_tcase(s, t);
    return check_main(s);
}
