/* In which members two documents differ. */
#include "check_main.h"
#include "model/difference.h"

static const struct {
    const char *before, *after;
    const char *found; /* as difference_write writes it */
} rows[] = {
    {"{\"id\":\"a\",\"date\":1}", "{\"id\":\"a\",\"date\":1}", "[]"},
    {"{\"date\":1}", "{\"date\":2}", "[{\"property\":\"date\",\"before\":1,\"after\":2}]"},
    {"{\"a\":[1,2],\"b\":{\"c\":null}}", "{\"a\":[2,1],\"b\":{\"c\":null}}",
     "[{\"property\":\"a\",\"before\":[1,2],\"after\":[2,1]}]"},
    /* what says only when and where */
    {"{\"version\":1,\"updated\":\"x\",\"links\":[]}",
     "{\"version\":2,\"updated\":\"y\",\"links\":[1]}", "[]"},
    /* members that one has and the other has not */
    {"{\"a\":1}", "{\"b\":2}",
     "[{\"property\":\"b\",\"before\":null,\"after\":2},"
     "{\"property\":\"a\",\"before\":1,\"after\":null}]"},
    {"{}", "{\"a\":null}", "[]"},
    /* a thing that came and one that went: what says nothing is left out, and so is the id */
    {"", "{\"id\":\"a\",\"t\":\"x\",\"s\":null,\"l\":[],\"o\":{},\"n\":0}",
     "[{\"property\":\"t\",\"before\":null,\"after\":\"x\"},"
     "{\"property\":\"n\",\"before\":null,\"after\":0}]"},
    {"{\"id\":\"a\",\"t\":\"x\",\"s\":null}", "",
     "[{\"property\":\"t\",\"before\":\"x\",\"after\":null}]"},
    {"", "", "[]"},
    /* the same order is not needed */
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "[]"},
};

START_TEST(finds_what_differs)
{
    struct arena *a = arena_new();
    struct differences d;
    struct buf out;
    struct jout j;
    buf_init(&out, 4096);
    jout_init(&j, &out);
    difference_find(str_from(rows[_i].before), str_from(rows[_i].after), a, &d);
    difference_write(&j, &d);
    ck_assert_msg(str_eq(buf_str(&out), str_from(rows[_i].found)), "%.*s", STR_ARG(buf_str(&out)));
    buf_free(&out);
    arena_free(a);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("difference");
    tcase_add_loop_test(t, finds_what_differs, 0, sizeof rows / sizeof *rows);
    Suite *s = suite_create("difference");
    suite_add_tcase(s, t);
    return check_main(s);
}
