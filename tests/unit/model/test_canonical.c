/* The form of events that fingerprints are made of. */
#include "check_main.h"
#include "model/canonical.h"

#define EMPTY                                                                                      \
    "\"accounts\":null,\"date\":null,\"disputed\":[],\"id\":null,\"identifiers\":{},"              \
    "\"participants\":[],\"places\":[],\"summary\":null,\"tags\":[],"

static const struct {
    const char *document, *form;
} rows[] = {
    {"{}", "{" EMPTY "\"title\":null,\"type\":null}"},
    /* what is not among the members does not count, nor does the order of the document */
    {"{\"type\":\"t\",\"version\":7,\"match\":\"certain\",\"title\":\"x\",\"new\":{\"a\":[1]}}",
     "{" EMPTY "\"title\":\"x\",\"type\":\"t\"}"},
    /* strings are escaped no more than they must be */
    {"{\"title\":\"\\u0041\\/\\u00e9\\n\\u000b\\u007f\\\"\\\\ \\ud83d\\ude00\\b\\f\\r\\t\"}",
     "{" EMPTY
     "\"title\":\"A/\xc3\xa9\\n\\u000b\x7f\\\"\\\\ \xf0\x9f\x98\x80\\b\\f\\r\\t\",\"type\""
     ":null}"},
    {"{\"id\":\"e\",\"title\":\"T\",\"summary\":\"S\",\"date\":{\"edtf\":\"2021~\",\"display\":"
     "\"c. 2021\"},\"type\":\"agree\",\"participants\":[{\"actor\":\"b\",\"name\":\"B\",\"role\":"
     "null},{\"actor\":\"a\",\"name\":\"A\",\"role\":\"host\"}],\"places\":[{\"place\":\"p\","
     "\"name\":\"P\",\"lat\":1.50,\"lon\":null}],\"tags\":[\"z\",\"a\"],\"identifiers\":"
     "{\"wikidata\":\"Q1\",\"acled\":\"2\"},\"accounts\":2,\"disputed\":[\"date\"],\"version\":3,"
     "\"updated\":\"x\",\"links\":[]}",
     "{\"accounts\":2,\"date\":\"2021~\",\"disputed\":[\"date\"],\"id\":\"e\",\"identifiers\":"
     "{\"acled\":\"2\",\"wikidata\":\"Q1\"},\"participants\":[{\"actor\":\"b\",\"role\":null},"
     "{\"actor\":\"a\",\"role\":\"host\"}],\"places\":[\"p\"],\"summary\":\"S\",\"tags\":"
     "[\"z\",\"a\"],\"title\":\"T\",\"type\":\"agree\"}"},
};

START_TEST(events_have_one_form)
{
    struct buf out;
    buf_init(&out, 4096);
    canonical_event(&out, str_from(rows[_i].document));
    ck_assert_msg(str_eq(buf_str(&out), str_from(rows[_i].form)), "%.*s", STR_ARG(buf_str(&out)));
    buf_free(&out);
}
END_TEST

START_TEST(a_cap_is_kept)
{
    struct buf out;
    buf_init(&out, 50);
    canonical_event(&out, STR("{}"));
    ck_assert(buf_failed(&out));
    buf_free(&out);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("canonical");
    tcase_add_loop_test(t, events_have_one_form, 0, sizeof rows / sizeof *rows);
    tcase_add_test(t, a_cap_is_kept);
    Suite *s = suite_create("canonical");
    suite_add_tcase(s, t);
    return check_main(s);
}
