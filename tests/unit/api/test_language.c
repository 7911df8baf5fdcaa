#include "api/language.h"
#include "check_main.h"

#include <stdlib.h>

/* RFC 5646, appendix A, and what is next to it. */
static const char *const tags[] = {
    "de",
    "i-enochian",
    "zh-Hant",
    "zh-Hans",
    "sr-Cyrl",
    "zh-cmn",
    "zh-cmn-Hans-CN",
    "cmn-Hans-CN",
    "zh-yue-HK",
    "sr-Latn-RS",
    "sl-rozaj",
    "sl-rozaj-biske",
    "sl-nedis",
    "de-CH-1901",
    "sl-IT-nedis",
    "de-DE",
    "en-US",
    "es-419",
    "de-CH-x-phonebk",
    "az-Arab-x-AZE-derbend",
    "x-whatever",
    "x-a-b-c-1",
    "qaa-Qaaa-QM-x-southern",
    "hy-Latn-IT-arevela",
    "en-US-u-islamcal",
    "zh-CN-a-myext-x-private",
    "en-a-myext-b-another",
    "AZ",
    "art-lojban",
    "zh-min-nan",
    "sgn-BE-FR",
    "en-gb-oed",
    "root",
};

START_TEST(knows_tags)
{
    ck_assert_msg(language_is_tag(str_from(tags[_i])), "%s", tags[_i]);
}
END_TEST

static const char *const others[] = {
    "",
    "a",
    "-",
    "az-",
    "-az",
    "az--Latn",
    "az_AZ",
    "a-DE",
    "x",
    "x-",
    "de-419-DE",
    "en-a",
    "en-a-b",
    "en-u-",
    "english1",
    "abcdefghi",
    "az-Latn-Latn",
    "qaa-x",
    "de-x-abcdefghi",
    "ru,az",
    "аз",
    "*",
    "az;q=0.5",
    "az AZ",
    "i-unheard",
};

START_TEST(knows_what_is_no_tag)
{
    ck_assert_msg(!language_is_tag(str_from(others[_i])), "%s", others[_i]);
}
END_TEST

/* wanted, and tags from the best to the worst; the last serves not at all. */
static const char *const ranks[][5] = {
    {"az", "AZ", "az-Latn", "az-Latn-AZ", "azb"},
    {"az-Latn-AZ", "az-latn-az", "az-Latn", "az", "ru"},
    {"zh-Hant", "zh-hant", "zh-Hant-TW", "zh", "zh-Hans"},
};

START_TEST(ranks_names)
{
    const char *const *row = ranks[_i];
    for (int k = 1; k < 4; k++)
        ck_assert_msg(language_fit(str_from(row[0]), str_from(row[k])) >
                          language_fit(str_from(row[0]), str_from(row[k + 1])),
                      "%s: %s %s", row[0], row[k], row[k + 1]);
    ck_assert_int_eq(language_fit(str_from(row[0]), str_from(row[4])), 0);
    ck_assert_int_eq(language_fit(str_from(row[0]), STR("")), 0);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("language");
    tcase_add_loop_test(t, knows_tags, 0, sizeof tags / sizeof *tags);
    tcase_add_loop_test(t, knows_what_is_no_tag, 0, sizeof others / sizeof *others);
    tcase_add_loop_test(t, ranks_names, 0, sizeof ranks / sizeof *ranks);
    Suite *s = suite_create("language");
    suite_add_tcase(s, t);
    return check_main(s);
}
