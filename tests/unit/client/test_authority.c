/* Addresses as identifiers, and names of schemes. */
#include "annals/read/authority.h"
#include "check_main.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

START_TEST(addresses)
{
    static const struct {
        const char *address;
        const char *scheme; /* NULL: none */
        const char *value;
    } rows[] = {
        {"https://www.wikidata.org/entity/Q227", "wikidata", "Q227"},
        {"http://www.wikidata.org/wiki/Q227?uselang=az#names", "wikidata", "Q227"},
        {"HTTPS://WWW.Wikidata.org/entity/Q227", "wikidata", "Q227"},
        {"https://sws.geonames.org/586523/", "geonames", "586523"},
        {"https://www.geonames.org/586523/baku.html", "geonames", "586523"},
        {"http://viaf.org/viaf/77", "viaf", "77"},
        {"https://d-nb.info/gnd/4004158-9", "gnd", "4004158-9"},
        {"https://pleiades.stoa.org/places/579885", "pleiades", "579885"},
        {"https://www.wikidata.org/entity/", "uri", "https://www.wikidata.org/entity/"},
        {"https://wikidata.org.example/entity/Q5", "uri", "https://wikidata.org.example/entity/Q5"},
        {"https://example.org/a", "uri", "https://example.org/a"},
        {"urn:isbn:9780", "uri", "urn:isbn:9780"},
        {"http://", NULL, NULL},
        {"Q227", NULL, NULL},
        {"mailto:a@example.org", NULL, NULL},
        {"https://example.org/a b", NULL, NULL},
        {"", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        str scheme, value;
        bool is = authority_of(str_from(rows[i].address), arena, &scheme, &value);
        ck_assert_msg(is == (rows[i].scheme != NULL), "%s", rows[i].address);
        if (is)
            ck_assert_msg(str_eq(scheme, str_from(rows[i].scheme)) &&
                              str_eq(value, str_from(rows[i].value)),
                          "%s: %.*s %.*s", rows[i].address, STR_ARG(scheme), STR_ARG(value));
    }
}
END_TEST

START_TEST(schemes)
{
    static const struct {
        const char *name;
        const char *scheme;
    } rows[] = {
        {"Wikipedia", "wikipedia"},
        {"Freebase.MID", "freebase-mid"},
        {"UMLS_2", "umls_2"},
        {"2cities", "cities"},
        {"12", ""},
        {"", ""},
        {"ə", ""},
        {"aəb", "a--b"},
        {"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        str scheme = authority_scheme(str_from(rows[i].name), arena);
        ck_assert_msg(str_eq(scheme, str_from(rows[i].scheme)), "%s: %.*s", rows[i].name,
                      STR_ARG(scheme));
    }
}
END_TEST

/* Whose identifiers are of places, whatever else is said. */
START_TEST(gazetteers)
{
    static const char *const are[] = {"geonames", "pleiades", "tgn"};
    static const char *const are_not[] = {"wikidata", "viaf", "gnd", "uri", "Geonames", ""};
    for (size_t i = 0; i < sizeof are / sizeof *are; i++)
        ck_assert_msg(authority_is_gazetteer(str_from(are[i])), "%s", are[i]);
    for (size_t i = 0; i < sizeof are_not / sizeof *are_not; i++)
        ck_assert_msg(!authority_is_gazetteer(str_from(are_not[i])), "%s", are_not[i]);
}
END_TEST

CHECK_MAIN_WITH("authority", set_up, tear_down, addresses, schemes, gazetteers)
