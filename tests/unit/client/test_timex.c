/* Values of temporal expressions as dates: the forms of the guidelines and those of real corpora.
 */
#include "annals/read/timex.h"
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
    const char *value;
    const char *edtf;
    const char *mod; /* NULL for none */
} dates[] = {
    {"1991", "1991", NULL},
    {"1991-05", "1991-05", NULL},
    {"1991-05-06", "1991-05-06", NULL},
    {" 1991-05-06 ", "1991-05-06", NULL},
    {"19910506", "1991-05-06", NULL},
    {"19910506TNI", "1991-05-06", NULL},
    {"199", "199X", NULL},
    {"19", "19XX", NULL},
    {"2", "2XXX", NULL},
    {"199X", "199X", NULL},
    {"19XX", "19XX", NULL},
    {"XX44", "XX44", NULL},
    {"1991-XX", "1991-XX", NULL},
    {"1991-XX-XX", "1991-XX-XX", NULL},
    {"1991-05-XX", "1991-05-XX", NULL},
    {"1991-0X", "1991-0X", NULL},
    /* weeks of ISO 8601 */
    {"1991-W05", "[1991-01-28..1991-02-03]", NULL},
    {"1991-W01", "[1990-12-31..1991-01-06]", NULL},
    {"2020-W53", "[2020-12-28..2021-01-03]", NULL},
    {"1991-W05-3", "1991-01-30", NULL},
    {"1991-W05-X", "[1991-01-28..1991-02-03]", NULL},
    {"1991-W05-WE", "[1991-02-02..1991-02-03]", NULL},
    {"1991-WXX", "1991", NULL},
    {"1991-WXX-6", "1991", NULL},
    {"1991-WXX-WE", "1991", NULL},
    {"199X-W05", "199X", NULL},
    /* parts of years */
    {"1991-SP", "1991-21", NULL},
    {"1991-SU", "1991-22", NULL},
    {"1991-FA", "1991-23", NULL},
    {"1991-WI", "1991-24", NULL},
    {"199X-SU", "199X-22", NULL},
    {"196-SU", "196X-22", NULL},
    {"1991-Q2", "1991-34", NULL},
    {"1991-QX", "1991", NULL},
    {"1991-H1", "1991-40", NULL},
    {"1991-H2", "1991-41", NULL},
    {"1991-HX", "1991", NULL},
    /* times of day: a date of EDTF has them to the second or not at all */
    {"1991-05-06T09:30:15", "1991-05-06T09:30:15", NULL},
    {"1991-05-06T09:30:15Z", "1991-05-06T09:30:15Z", NULL},
    {"1991-05-06T09:30:15+04:00", "1991-05-06T09:30:15+04:00", NULL},
    {"1991-05-06T09:30:15.25", "1991-05-06T09:30:15", NULL},
    {"1991-05-06T24:00:00", "1991-05-06T24:00:00", NULL},
    {"1991-05-06T09:30", "1991-05-06", NULL},
    {"1991-05-06T09", "1991-05-06", NULL},
    {"1991-05-06TXX:XX", "1991-05-06", NULL},
    {"1991-05-06TMO", "1991-05-06", NULL},
    {"1991-05-06TNI", "1991-05-06", NULL},
    {"1991-WXX-5TEV", "1991", NULL},
    /* before Christ: 1 BC is the year 0 */
    {"BC0001", "0000", NULL},
    {"BC0492", "-0491", NULL},
    {"BC0492-SP", "-0491-21", NULL},
    {"BC0480-08", "-0479-08", NULL},
    {"BC0480-08-XX", "-0479-08-XX", NULL},
    {"BC0480-09-XXTNI", "-0479-09-XX", NULL},
    {"BC0480-XX", "-0479-XX", NULL},
    {"BC0479-08-27", "-0478-08-27", NULL},
    {"BC046", "[-0468..-0459]", NULL},
    {"BC04", "[-0498..-0399]", NULL},
    {"BC00", "[-0098..0000]", NULL},
    {"BC0", "[-0998..0000]", NULL},
    {"BC0X4", "[-0948..-0039]", NULL},
    {"BC04XX", "[-0498..-0399]", NULL},
    {"BC049X-05", "[-0498..-0489]", NULL},
    {"-0044", "-0044", NULL},
    {"-0044-03-15", "-0044-03-15", NULL},
    /* modifiers */
    {"1991", "1991~", "APPROX"},
    {"1991-05-06", "1991-05-06~", "APPROX"},
    {"199X", "199X~", "APPROX"},
    {"BC0466", "-0465~", "APPROX"},
    {"BC046", "[-0468~..-0459~]", "APPROX"},
    {"1991-SU", "1991-22~", "APPROX"},
    {"1991", "1991", "START"},
    {"1991", "1991", "MID"},
    {"1991", "1991", "END"},
    {"1991", "[..1991]", "BEFORE"},
    {"1991-05", "[..1991-05]", "ON_OR_BEFORE"},
    {"1991-05-06", "[1991-05-06..]", "AFTER"},
    {"199X", "[1990..]", "ON_OR_AFTER"},
    {"1991", "1991", "MORE_THAN"},
    {"1991", "1991", "NO_SUCH_WORD"},
};

START_TEST(values_with_a_date)
{
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct timex t = timex_read(str_from(dates[i].value), STR("DATE"), str_from(dates[i].mod),
                                    arena);
        ck_assert_msg(t.is == TIMEX_DATED, "%s has no date: %s", dates[i].value, timex_words(t.is));
        ck_assert_msg(str_eq(t.when.text, str_from(dates[i].edtf)), "%s is %.*s, not %s",
                      dates[i].value, STR_ARG(t.when.text), dates[i].edtf);
    }
}
END_TEST

static const struct {
    const char *value;
    const char *type;
    enum timex_class is;
} others[] = {
    {"", "DATE", TIMEX_EMPTY},
    {"  ", "DATE", TIMEX_EMPTY},
    {"PRESENT_REF", "DATE", TIMEX_REFERENCE},
    {"PAST_REF", "DATE", TIMEX_REFERENCE},
    {"FUTURE_REF", "DATE", TIMEX_REFERENCE},
    {"P6M", "DATE", TIMEX_DURATION},
    {"P6M", "DURATION", TIMEX_DURATION},
    {"PXD", "DURATION", TIMEX_DURATION},
    {"PT2H", "DURATION", TIMEX_DURATION},
    {"PTXM", "DURATION", TIMEX_DURATION},
    {"P1Y6M", "DURATION", TIMEX_DURATION},
    {"P2.5Y", "DURATION", TIMEX_DURATION},
    {"P1DT12H", "DURATION", TIMEX_DURATION},
    {"PXDE", "DURATION", TIMEX_DURATION},
    {"P1Y", "SET", TIMEX_RECURRING},
    {"1991-10", "SET", TIMEX_RECURRING},
    {"XXXX-10", "SET", TIMEX_RECURRING},
    {"XXXX", "DATE", TIMEX_YEARLESS},
    {"XXXX-06", "DATE", TIMEX_YEARLESS},
    {"XXXX-XX-XX", "DATE", TIMEX_YEARLESS},
    {"XXXX-WXX", "DATE", TIMEX_YEARLESS},
    {"XXXX-WXX-3", "DATE", TIMEX_YEARLESS},
    {"XXXX-W12", "DATE", TIMEX_YEARLESS},
    {"XXXX-SP", "DATE", TIMEX_YEARLESS},
    {"XXXX-XX-XXTEV", "TIME", TIMEX_YEARLESS},
    {"BCXXXX-XX-XX", "DATE", TIMEX_YEARLESS},
    {"T09:20", "TIME", TIMEX_YEARLESS},
    {"T09:20:30", "TIME", TIMEX_YEARLESS},
    {"TXX:XX", "TIME", TIMEX_YEARLESS},
    {"TNI", "TIME", TIMEX_YEARLESS},
    {"FY1998", "DATE", TIMEX_FISCAL},
    {"FY98", "DATE", TIMEX_FISCAL},
    {"FY1998-Q3", "DATE", TIMEX_FISCAL},
    {"FY1998-H1", "DATE", TIMEX_FISCAL},
    {"UNDEF-year-05-12", "DATE", TIMEX_UNRESOLVED},
    {"UNDEF-this-day", "DATE", TIMEX_UNRESOLVED},
    {"UNDEF-REF-year", "SET", TIMEX_RECURRING},
    {"UNDEF", "DATE", TIMEX_BAD},
    {"KA10", "DATE", TIMEX_GEOLOGICAL},
    {"MA2.5", "DATE", TIMEX_GEOLOGICAL},
    {"1789-10--5", "DATE", TIMEX_BAD},
    {"1954-11-1", "DATE", TIMEX_BAD},
    {"1945-05-09-T00:43", "DATE", TIMEX_BAD},
    {"1964-08-2T21:30", "TIME", TIMEX_BAD},
    {"1991-13", "DATE", TIMEX_BAD},
    {"1991-02-30", "DATE", TIMEX_BAD},
    {"XXXX-13", "DATE", TIMEX_BAD},
    {"BC04-13", "DATE", TIMEX_BAD},
    {"1991-W54", "DATE", TIMEX_BAD},
    {"1991-W53", "DATE", TIMEX_BAD},
    {"1991-W00", "DATE", TIMEX_BAD},
    {"1991-W05-8", "DATE", TIMEX_BAD},
    {"1991-W05-0", "DATE", TIMEX_BAD},
    {"1991-Q5", "DATE", TIMEX_BAD},
    {"1991-05-06T25:00", "DATE", TIMEX_BAD},
    {"1991-05-06T09:61", "DATE", TIMEX_BAD},
    {"1991-05-06T", "DATE", TIMEX_BAD},
    {"1991T09:30", "DATE", TIMEX_BAD},
    {"T25:00", "TIME", TIMEX_BAD},
    {"T", "TIME", TIMEX_BAD},
    {"BC0000", "DATE", TIMEX_BAD},
    {"BC", "DATE", TIMEX_BAD},
    {"19911", "DATE", TIMEX_BAD},
    {"19911306", "DATE", TIMEX_BAD},
    {"199105067", "DATE", TIMEX_BAD},
    {"-44", "DATE", TIMEX_BAD},
    {"May 1991", "DATE", TIMEX_BAD},
    {"P", "DURATION", TIMEX_BAD},
    {"PT", "DURATION", TIMEX_BAD},
    {"P6", "DURATION", TIMEX_BAD},
    {"FY9X", "DATE", TIMEX_BAD},
    {"KA", "DATE", TIMEX_BAD},
    {"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", "DATE", TIMEX_BAD},
};

START_TEST(values_without_a_date)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct timex t = timex_read(str_from(others[i].value), str_from(others[i].type), (str){0},
                                    arena);
        ck_assert_msg(t.is == others[i].is, "%s \"%s\" is %s (%.*s)", others[i].type,
                      others[i].value, timex_words(t.is), STR_ARG(t.when.text));
    }
}
END_TEST

/* What a date cannot hold is told, so that the reader can say so. */
START_TEST(what_is_lost)
{
    ck_assert(timex_read(STR("1991-05-06TNI"), (str){0}, (str){0}, arena).coarser);
    ck_assert(timex_read(STR("1991-05-06T09:30"), (str){0}, (str){0}, arena).coarser);
    ck_assert(!timex_read(STR("1991-05-06T09:30:00"), (str){0}, (str){0}, arena).coarser);
    ck_assert(timex_read(STR("1991"), (str){0}, STR("END"), arena).narrowed);
    ck_assert(!timex_read(STR("1991"), (str){0}, STR("APPROX"), arena).narrowed);
}
END_TEST

CHECK_MAIN_WITH("timex", set_up, tear_down, values_with_a_date, values_without_a_date, what_is_lost)
