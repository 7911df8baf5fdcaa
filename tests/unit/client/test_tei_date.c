/* The dating attributes of TEI as dates. */
#include "annals/read/tei_date.h"
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

static const struct {
    const char *attributes;
    const char *edtf; /* NULL: no date */
    const char *said; /* some of the one note; NULL for none */
} rows[] = {
    {"when='1863'", "1863", NULL},
    {"when='1863-07'", "1863-07", NULL},
    {"when='1863-07-04'", "1863-07-04", NULL},
    {"when=' 1863-07-04 '", "1863-07-04", NULL},
    {"when='1863-07-04Z'", "1863-07-04", NULL},
    {"when='1863-07-04-05:00'", "1863-07-04", NULL},
    {"when='1863-07-04T10:30:00'", "1863-07-04T10:30:00", NULL},
    {"when='1863-07-04T10:30:00.5Z'", "1863-07-04T10:30:00Z", NULL},
    {"when='1863-07-04T10:30:00+02:00'", "1863-07-04T10:30:00+02:00", NULL},
    {"when='1863-07-04T10:30'", "1863-07-04", "kept as its day"},
    {"when='12345'", "Y12345", NULL},
    /* years before 1: XML Schema has no year 0, ISO 8601 has one */
    {"when='-0001'", "0000", NULL},
    {"when='-0044'", "-0043", NULL},
    {"when='-0044-03-15'", "-0043-03-15", NULL},
    {"when='-12345'", "Y-12344", NULL},
    {"when='0000'", NULL, "names the year 0"},
    {"when-iso='0000'", "0000", NULL},
    {"when-iso='-0043'", "-0043", NULL},
    {"when-iso='-0043-03-15'", "-0043-03-15", NULL},
    /* more forms of ISO 8601 */
    {"when-iso='18630704'", "1863-07-04", NULL},
    {"when-iso='18630704T103000'", NULL, "is no date of TEI"},
    {"when-iso='0044-075'", "0044-03-15", NULL},
    {"when='18630704'", "Y18630704", NULL},
    {"when-iso='1863-185'", "1863-07-04", NULL},
    {"when-iso='1864-366'", "1864-12-31", NULL},
    {"when-iso='1863-366'", NULL, "is no date of TEI"},
    {"when-iso='1863-W27'", "[1863-06-29..1863-07-05]", NULL},
    {"when-iso='1863-W27-6'", "1863-07-04", NULL},
    {"when-iso='18'", "18XX", NULL},
    {"when-iso='186X'", "186X", NULL},
    {"when-iso='1863/1865-04'", "1863/1865-04", NULL},
    {"when-iso='1865/1863'", NULL, "ends before it begins"},
    {"when='1863-W27'", NULL, "is no date of TEI"},
    {"when='186X'", NULL, "is no date of TEI"},
    {"when='18'", NULL, "is no date of TEI"},
    {"when='1863-SU'", NULL, "is no date of TEI"},
    {"when-iso='1863-SU'", NULL, "is no date of TEI"},
    {"when='1863-13'", NULL, "is no date of TEI"},
    {"when='1863-02-30'", NULL, "is no date of TEI"},
    {"when='1863-7-4'", NULL, "is no date of TEI"},
    {"when='July 1863'", NULL, "is no date of TEI"},
    {"when='P3M'", NULL, "is no date of TEI"},
    {"when='--07'", NULL, "without a year"},
    {"when='---04'", NULL, "without a year"},
    {"when='--07-04'", NULL, "without a year"},
    {"when='10:30:00'", NULL, "without a year"},
    {"when='x' when-iso='1863'", "1863", "is no date of TEI"},
    /* limits: some time between them */
    {"notBefore='1863-07' notAfter='1863-09'", "[1863-07..1863-09]", NULL},
    {"notBefore='1863' notAfter='1863-09-15'", "[1863-01-01..1863-09-15]", NULL},
    {"notBefore='1863-07-01' notAfter='1863-07-31'", "1863-07", NULL},
    {"notBefore='1863' notAfter='1863'", "1863", NULL},
    {"notBefore='-0044' notAfter='0014'", "[-0043..0014]", NULL},
    {"notBefore='1863-07'", "[1863-07..]", NULL},
    {"notAfter='1863-07-04'", "[..1863-07-04]", NULL},
    {"notBefore-iso='18630704' notAfter-iso='1863-W30'", "[1863-07-04..1863-07-26]", NULL},
    {"notBefore='1864' notAfter='1863'", NULL, "ends before it begins"},
    /* intervals */
    {"from='1863-07-04' to='1865'", "1863-07-04/1865", NULL},
    {"from='1863-07-04'", "1863-07-04/", NULL},
    {"to='1865'", "/1865", NULL},
    {"from='1863' notAfter='1865'", "[1863..1865]", NULL},
    {"notBefore='1863' to='1865'", "[1863..1865]", NULL},
    {"from='1865' to='1863'", NULL, "ends before it begins"},
    {"from='1863' to='1865' notBefore='1860' notAfter='1870'", "1863/1865", NULL},
    {"when='1864' notBefore='1863' notAfter='1865'", "1864", NULL},
    {"from='1863' to='x'", "1863/", "is no date of TEI"},
    /* how certain */
    {"when='1863' cert='low'", "1863?", NULL},
    {"when='1863' cert='medium'", "1863?", NULL},
    {"when='1863' cert='high'", "1863", NULL},
    {"when='1863' evidence='conjecture'", "1863?", NULL},
    {"when='1863' evidence='internal'", "1863", NULL},
    {"when='1863' precision='low'", "1863~", NULL},
    {"when='1863' precision='medium' cert='low'", "1863%", NULL},
    {"from='1863' to='1865' cert='low'", "1863?/1865?", NULL},
    {"from='1863' precision='low'", "1863~/", NULL},
    {"notBefore='1863' notAfter='1865' cert='low'", "[1863?..1865?]", NULL},
    {"when='1863-07-04T10:30:00' cert='low'", "1863-07-04T10:30:00", NULL},
    /* calendars of their own */
    {"when-custom='1863-06-22' datingMethod='#julian'", NULL, "a calendar of its own"},
    {"when-custom='1863~/1865' datingMethod='#edtf'", "1863~/1865", NULL},
    {"when-custom='1863~~' datingMethod='#EDTF'", NULL, "is no date in EDTF"},
    {"when='1863-07-04' when-custom='22 Haziran' datingMethod='#rumi'", "1863-07-04", NULL},
    {"dur='P3M'", NULL, NULL},
    {"", NULL, NULL},
};

START_TEST(attributes)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct problems problems, notes;
        struct leftover leftover;
        struct when when;
        problem_init(&problems, arena);
        problem_init(&notes, arena);
        leftover_init(&leftover, arena);
        str xml = arena_printf(arena, "<date %s/>", rows[i].attributes);
        struct xml_node *n = xml_read(xml, arena, &problems);
        ck_assert_msg(n != NULL, "%s is no XML", rows[i].attributes);
        const struct reading_ask ask = {.arena = arena, .problems = &problems, .notes = &notes};
        bool dated = tei_date_read(n, &ask, &leftover, &when);
        leftover_tell(&leftover, &notes);
        str said = notes.n > 0 ? notes.items[0].detail : (str){0};
        ck_assert_msg(dated == (rows[i].edtf != NULL), "%s: \"%.*s\", %.*s", rows[i].attributes,
                      STR_ARG(when.text), STR_ARG(said));
        ck_assert_msg(str_eq(when.text, str_from(rows[i].edtf)), "%s is %.*s, not %s",
                      rows[i].attributes, STR_ARG(when.text), rows[i].edtf);
        ck_assert_msg(notes.n == (rows[i].said != NULL), "%s: %zu notes, \"%.*s\"",
                      rows[i].attributes, notes.n, STR_ARG(said));
        ck_assert_msg(rows[i].said == NULL || str_search(said, str_from(rows[i].said), 0) < said.n,
                      "%s: \"%.*s\"", rows[i].attributes, STR_ARG(said));
    }
}
END_TEST

CHECK_MAIN_WITH("tei_date", set_up, tear_down, attributes)
