#include "api/localise.h"
#include "check_main.h"

#include <stdlib.h>

static const char document[] = "{\"id\":\"aze\",\"name\":\"Azerbaijan\",\"names\":["
                               "{\"name\":\"Азербайджан\",\"language\":\"ru\",\"script\":null},"
                               "{\"name\":\"Az\\u0259rbaycan\",\"language\":\"az\"},"
                               "{\"name\":\"Азәрбајҹан\",\"language\":\"az-Cyrl\"},"
                               "{\"name\":\"Azerbaycan \\\"Respublikası\\\"\",\"language\":\"az\"},"
                               "{\"name\":\"亞塞拜然\",\"language\":\"zh-Hant-TW\"},"
                               "{\"name\":\"Aserbaidschan\",\"language\":null}]}";

/* Languages, apart by blanks, and the name as it stands in the document; empty for the stored one.
 */
static const struct {
    const char *languages;
    const char *name;
} cases[] = {
    {"ru", "\"Азербайджан\""},
    {"az", "\"Az\\u0259rbaycan\""},
    {"AZ-cyrl", "\"Азәрбајҹан\""},
    {"az-Latn", "\"Az\\u0259rbaycan\""},
    {"az-Cyrl-AZ", "\"Азәрбајҹан\""},
    {"zh", "\"亞塞拜然\""},
    {"zh-Hans", ""},
    {"de", ""},
    {"de hy ru az", "\"Азербайджан\""},
    {"az ru", "\"Az\\u0259rbaycan\""},
    {"a", ""},
};

static struct strs split(const char *text, str *room)
{
    struct strs out = {room, 0};
    str rest = str_from(text);
    for (bool more = true; more;)
        more = str_cut(rest, ' ', &room[out.n++], &rest);
    return out;
}

START_TEST(picks_a_name)
{
    str room[8];
    struct strs languages = split(cases[_i].languages, room);
    str name = localise_pick(&languages, str_from(document));
    ck_assert_msg(str_eq(name, str_from(cases[_i].name)), "%.*s", STR_ARG(name));
}
END_TEST

START_TEST(picks_none_where_there_are_none)
{
    str room[8];
    struct strs languages = split("ru az", room), none = {0};
    ck_assert_uint_eq(localise_pick(&languages, STR("{\"id\":\"x\",\"name\":\"X\"}")).n, 0);
    ck_assert_uint_eq(localise_pick(&languages, STR("{\"names\":[]}")).n, 0);
    ck_assert_uint_eq(localise_pick(&none, str_from(document)).n, 0);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("localise");
    tcase_add_loop_test(t, picks_a_name, 0, sizeof cases / sizeof *cases);
    tcase_add_test(t, picks_none_where_there_are_none);
    Suite *s = suite_create("localise");
    suite_add_tcase(s, t);
    return check_main(s);
}
