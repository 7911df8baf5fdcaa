#include "check_main.h"
#include "render/splice.h"

#include <stdlib.h>

#define OBJECT "{\"id\":\"a\",\"accounts\":2,\"o\":{\"id\":[1,\"}\"]}}"

static const struct {
    const char *object;
    const char *fields[3];
    const char *add;     /* value of a new member "match" */
    const char *replace; /* value in place of "accounts" */
    const char *want;
} cases[] = {
    {OBJECT, {NULL}, NULL, NULL, OBJECT},
    {"{}", {NULL}, NULL, NULL, "{}"},
    {"{}", {NULL}, "1", NULL, "{\"match\":1}"},
    {"{\"id\":1}", {NULL}, "\"x\"", NULL, "{\"id\":1,\"match\":\"x\"}"},
    {OBJECT, {"id"}, NULL, NULL, "{\"id\":\"a\"}"},
    {OBJECT, {"o", "id"}, NULL, NULL, "{\"id\":\"a\",\"o\":{\"id\":[1,\"}\"]}}"},
    {OBJECT, {"id"}, "1", NULL, "{\"id\":\"a\"}"},
    {OBJECT, {"id", "match"}, "1", NULL, "{\"id\":\"a\",\"match\":1}"},
    {OBJECT, {"match"}, "1", NULL, "{\"match\":1}"},
    {OBJECT, {"nothing"}, NULL, NULL, "{}"},
    {OBJECT, {NULL}, NULL, "[]", "{\"id\":\"a\",\"accounts\":[],\"o\":{\"id\":[1,\"}\"]}}"},
    {OBJECT, {"accounts"}, "1", "[7]", "{\"accounts\":[7]}"},
    {OBJECT, {"id"}, NULL, "[7]", "{\"id\":\"a\"}"},
};

START_TEST(shows_the_members_that_are_wanted)
{
    str names[3];
    struct strs fields = {names, 0};
    for (size_t i = 0; i < 3 && cases[_i].fields[i] != NULL; i++)
        names[fields.n++] = str_from(cases[_i].fields[i]);
    struct splice members[2];
    size_t n = 0;
    if (cases[_i].add != NULL)
        members[n++] = (struct splice){STR("match"), str_from(cases[_i].add), false};
    if (cases[_i].replace != NULL)
        members[n++] = (struct splice){STR("accounts"), str_from(cases[_i].replace), true};
    struct buf out;
    buf_init(&out, 1000);
    splice_write(&out, str_from(cases[_i].object), members, n, &fields);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, cases[_i].want);
    buf_free(&out);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("splice");
    tcase_add_loop_test(t, shows_the_members_that_are_wanted, 0, sizeof cases / sizeof *cases);
    Suite *s = suite_create("splice");
    suite_add_tcase(s, t);
    return check_main(s);
}
