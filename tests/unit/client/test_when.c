/* Dates put together by the readers: never sharper than what went in, and always EDTF. */
#include "annals/read/when.h"
#include "base/num.h"
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

static struct when when(const char *edtf)
{
    struct when w = {0};
    ck_assert_msg(*edtf == '\0' || when_read(str_from(edtf), arena, &w), "%s is no date", edtf);
    return w;
}

static void is(const char *what, bool made, const struct when *got, const char *wanted)
{
    ck_assert_msg(made == (wanted != NULL) && (!made || str_eq(got->text, str_from(wanted))),
                  "%s is %.*s, not %s", what, STR_ARG(got->text), wanted);
}

/* Some time from the first second of one date to the last of another. */
static const struct {
    const char *from, *to, *edtf;
} spans[] = {
    {"1990", "1999", "[1990..1999]"},
    {"1990", "1990", "1990"},
    {"1990-05", "1990-05", "1990-05"},
    {"1990-01", "1990-12", "1990"},
    {"1990-05-06", "1990-05-06", "1990-05-06"},
    {"1990-05-01", "1990-06-30", "[1990-05..1990-06]"},
    {"1990-02-01", "1990-02-27", "[1990-02-01..1990-02-27]"},
    {"1991-02-01", "1991-02-28", "1991-02"},
    {"1992-02-01", "1992-02-28", "[1992-02-01..1992-02-28]"},
    {"1990-05-06T10:00:00", "1990-05-06T11:00:00", "1990-05-06"},
    {"-0468", "-0459", "[-0468..-0459]"},
    {"-0098", "0000", "[-0098..0000]"},
    {"1990", "", "[1990..]"},
    {"", "1990-05", "[..1990-05]"},
    {"1990-05-06", "", "[1990-05-06..]"},
    {"", "", NULL},
    {"1991", "1990", NULL},
    {"Y12345", "Y12345", "Y12345"},
    {"Y-12345", "Y-12345", "Y-12345"},
};

START_TEST(within)
{
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct when from = when(spans[i].from), to = when(spans[i].to), out;
        bool made = when_within(when_any(&from) ? from.date.bounds.earliest : PERIOD_NO_START,
                                when_any(&to) ? to.date.bounds.latest : PERIOD_NO_END, arena, &out);
        is(spans[i].from, made, &out, spans[i].edtf);
        ck_assert_int_eq(made, when_any(&out));
    }
}
END_TEST

static const struct {
    const char *from, *to, *edtf;
} intervals[] = {
    {"1990", "1991-05", "1990/1991-05"},
    {"1990~", "1991?", "1990~/1991?"},
    {"1990", "", "1990/"},
    {"", "1991", "/1991"},
    {"[1990..1992]", "1995", "[1990..1995]"},
    {"1990", "[1992..1995]", "[1990..1995]"},
    {"[1990..]", "1995", "[1990..1995]"},
    {"1990/1991", "1995/..", "[1990..]"},
    {"1991", "1990", NULL},
    {"", "", NULL},
};

START_TEST(interval)
{
    for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) {
        struct when from = when(intervals[i].from), to = when(intervals[i].to), out;
        is(intervals[i].from, when_interval(&from, &to, arena, &out), &out, intervals[i].edtf);
    }
}
END_TEST

static const struct {
    const char *date;
    enum edtf_qualifier q;
    const char *edtf;
} qualified[] = {
    {"1990", EDTF_UNCERTAIN, "1990?"},
    {"1990", EDTF_APPROXIMATE, "1990~"},
    {"1990", EDTF_BOTH, "1990%"},
    {"1990", EDTF_PLAIN, "1990"},
    {"1990~", EDTF_UNCERTAIN, "1990%"},
    {"1990-05-06", EDTF_UNCERTAIN, "1990-05-06?"},
    {"199X", EDTF_UNCERTAIN, "199X?"},
    {"1990/1991-05", EDTF_UNCERTAIN, "1990?/1991-05?"},
    {"1990/..", EDTF_UNCERTAIN, "1990?/.."},
    {"../1990", EDTF_UNCERTAIN, "../1990?"},
    {"/1990", EDTF_UNCERTAIN, "/1990?"},
    {"[1990..1995]", EDTF_APPROXIMATE, "[1990~..1995~]"},
    {"[1990..]", EDTF_APPROXIMATE, "[1990~..]"},
    {"[..1990]", EDTF_APPROXIMATE, "[..1990~]"},
    {"[1990,1995-05]", EDTF_APPROXIMATE, "[1990~,1995-05~]"},
    {"{1990,1995}", EDTF_APPROXIMATE, "{1990~,1995~}"},
    {"1990-05-06T10:00:00", EDTF_APPROXIMATE, "1990-05-06T10:00:00"},
};

START_TEST(qualify)
{
    for (size_t i = 0; i < sizeof qualified / sizeof *qualified; i++) {
        struct when w = when(qualified[i].date);
        when_qualify(&w, qualified[i].q, arena);
        is(qualified[i].date, true, &w, qualified[i].edtf);
    }
}
END_TEST

static const struct {
    const char *a, *b, *edtf;
} meetings[] = {
    {"1990", "1990-05~", "1990-05~"},
    {"1990-05", "1990", "1990-05"},
    {"1990", "1990", "1990"},
    {"1990", "1991", NULL},
    {"[..1990]", "[1985..]", "[1985..1990]"},
    {"[..1990]", "1990-05", "1990-05"},
    {"1990-05/1990-07", "[1990-06..1990-09]", "[1990-06..1990-07]"},
    {"1990/", "[..1995]", "[1990..1995]"},
    {"..", NULL, NULL},
};

START_TEST(meet)
{
    for (size_t i = 0; meetings[i].b != NULL; i++) {
        struct when a = when(meetings[i].a), b = when(meetings[i].b), out = {0}, back = {0};
        is(meetings[i].a, when_meet(&a, &b, arena, &out), &out, meetings[i].edtf);
        ck_assert_int_eq(when_meet(&b, &a, arena, &back), meetings[i].edtf != NULL);
        ck_assert(out.date.bounds.earliest == back.date.bounds.earliest);
        ck_assert(out.date.bounds.latest == back.date.bounds.latest);
    }
}
END_TEST

CHECK_MAIN_WITH("when", set_up, tear_down, within, interval, qualify, meet)
