/*
 * Dates of every kind, and windows of every kind, by chance: what the store answers is what
 * model/match.h says of each event, in the right order, whatever drives the walk, page by page.
 */
#include <string.h>

#include "alone.h"
#include "world.h"

#define EVENTS 2000
#define QUESTIONS 140 /* times 2,000 events: 280,000 comparisons */
#define SEED 19181111u

struct told {
    char id[8];
    char date[64]; /* empty: undated */
    struct period bounds;
    bool gapped;
};

static struct world world;
static struct told events[EVENTS];

static void set_up(void)
{
    world_open(&world, SEED);
}

static void tear_down(void)
{
    world_close(&world);
}

static unsigned any(unsigned n)
{
    return world_any(&world, n);
}

/* ---- dates by chance ---- */

static int year(void)
{
    switch (any(8)) {
    case 0:
        return (int)any(9000) - 4000;
    case 1:
        return 1900 + (int)any(120);
    default:
        return 2015 + (int)any(8);
    }
}

static void day(char *out, size_t size)
{
    int y = year();
    const char *sign = y < 0 ? "-" : "";
    int n = y < 0 ? -y : y;
    switch (any(6)) {
    case 0:
        snprintf(out, size, "%s%04d", sign, n);
        return;
    case 1:
        snprintf(out, size, "%s%04d-%02u", sign, n, 1 + any(12));
        return;
    case 2:
        snprintf(out, size, "%s%04d-%02u-%02uT%02u:00:00", sign, n, 1 + any(12), 1 + any(28),
                 any(24));
        return;
    default:
        snprintf(out, size, "%s%04d-%02u-%02u", sign, n, 1 + any(12), 1 + any(28));
        return;
    }
}

static void masked(char *out, size_t size)
{
    unsigned form = any(8);
    unsigned first = form == 2 || form == 4 || form == 5 ? 1 + any(12)
                     : form == 3                         ? any(3)
                     : form == 6                         ? any(2)
                                                         : 2010 + any(12);
    unsigned second = form == 7 ? 1 + any(12) : 1 + any(28);
    switch (form) {
    case 0:
        snprintf(out, size, "%u-XX-%02u", first, second);
        break;
    case 1:
        snprintf(out, size, "%u-XX", first);
        break;
    case 2:
        snprintf(out, size, "XXXX-%02u-%02u", first, second);
        break;
    case 3:
        snprintf(out, size, "20%uX", first);
        break;
    case 4:
        snprintf(out, size, "201X-%02u", first);
        break;
    case 5:
        snprintf(out, size, "19X1-%02u-%02u", first, second);
        break;
    case 6:
        snprintf(out, size, "2%uXX", first);
        break;
    default:
        snprintf(out, size, "%u-%02u-XX", first, second);
        break;
    }
}

static void make_date(char out[64])
{
    /* The ends of what can be written, and days that share a key with the outermost. */
    static const char *const far[] = {
        "Y-292277022656", "Y292277026595",    "Y-292277022656/Y292277026595",
        "Y170000002/..",  "Y-170000002/2019", "../Y170000002",
        "Y91001",         "Y91002/Y91003",    "Y-91002",
        "../.."};
    char a[28], b[28];
    day(a, sizeof a);
    day(b, sizeof b);
    switch (any(14)) {
    case 0:
        snprintf(out, 64, "%s/..", a);
        return;
    case 1:
        snprintf(out, 64, "../%s", a);
        return;
    case 2:
        snprintf(out, 64, "%s/", a);
        return;
    case 3:
        snprintf(out, 64, "/%s", a);
        return;
    case 4:
        snprintf(out, 64, "[%.10s, %.10s]", a, b);
        return;
    case 5:
        snprintf(out, 64, "{%.10s, %.10s}", a, b);
        return;
    case 6:
        masked(out, 64);
        return;
    case 13:
        snprintf(out, 64, "%s", far[any(sizeof far / sizeof far[0])]);
        return;
    case 7:
    case 8:
    case 9:
        snprintf(out, 64, "%s/%s", a, b);
        return;
    default:
        snprintf(out, 64, "%s", a);
        return;
    }
}

/* Until it is valid: an interval may end before it begins. */
static struct period any_date(char out[64])
{
    struct edtf value;
    struct edtf_error where;
    do
        make_date(out);
    while (!edtf_parse(str_from(out), &value, &where));
    return value.bounds;
}

static void load(void)
{
    struct buf json;
    struct jout j;
    buf_init(&json, 1 << 24);
    jout_init(&j, &json);
    jout_object(&j);
    jout_member_i64(&j, "annals", 1);
    jout_key(&j, "source");
    jout_object(&j);
    jout_member_text(&j, "id", "s");
    jout_member_text(&j, "title", "S");
    jout_object_end(&j);
    jout_key(&j, "events");
    jout_array(&j);
    for (unsigned i = 0; i < EVENTS; i++) {
        struct told *x = &events[i];
        snprintf(x->id, sizeof x->id, "e%u", (i * 7919u) % EVENTS);
        x->date[0] = '\0';
        /* Many undated ones and many of one day: more than a walk holds at once. */
        if (i % 3 == 0) {
            x->bounds = any_date(x->date);
            x->gapped = match_gapped(str_from(x->date));
        } else if (i % 3 == 1) {
            struct edtf value;
            struct edtf_error where;
            if (i % 2)
                snprintf(x->date, sizeof x->date, "../2019-%02u", 1 + any(12));
            else
                snprintf(x->date, sizeof x->date, "2019");
            ck_assert(edtf_parse(str_from(x->date), &value, &where));
            x->bounds = value.bounds;
        }
        jout_object(&j);
        jout_member_text(&j, "id", x->id);
        jout_member_text(&j, "title", i % 9 == 0 ? "rare word" : "word");
        if (x->date[0] != '\0')
            jout_member_text(&j, "date", x->date);
        jout_object_end(&j);
    }
    jout_array_end(&j);
    jout_object_end(&j);
    world_put(&world, &json);
    buf_free(&json);
}

/* ---- what should come ---- */

struct expected {
    const struct told *event;
    enum period_match match;
};

static bool down;

static int in_order(const void *a, const void *b)
{
    const struct told *x = ((const struct expected *)a)->event;
    const struct told *y = ((const struct expected *)b)->event;
    bool x_dated = x->date[0] != '\0', y_dated = y->date[0] != '\0';
    if (x_dated != y_dated)
        return x_dated ? -1 : 1;
    if (!x_dated)
        return strcmp(x->id, y->id);
    int order = x->bounds.earliest != y->bounds.earliest
                    ? (x->bounds.earliest < y->bounds.earliest ? -1 : 1)
                    : strcmp(x->id, y->id);
    return down ? -order : order;
}

static size_t expect(const struct query *q, struct expected *out)
{
    size_t n = 0;
    bool windowed = q->date.text.p != NULL;
    for (size_t i = 0; i < EVENTS; i++) {
        const struct told *x = &events[i];
        enum period_match match = PERIOD_NO_MATCH;
        if (q->text.n > 4 && i % 9 != 0)
            continue;
        if (x->date[0] == '\0') {
            bool wanted = q->undated == UNDATED_ONLY || q->undated == UNDATED_INCLUDE ||
                          (q->undated == UNDATED_DEFAULT && !windowed);
            if (!wanted)
                continue;
        } else if (q->undated == UNDATED_ONLY) {
            continue;
        } else if (windowed) {
            match = match_event(&q->match, &x->bounds, x->gapped ? str_from(x->date) : STR(""));
            if (match == PERIOD_NO_MATCH || (q->certain && match != PERIOD_CERTAIN))
                continue;
        }
        out[n++] = (struct expected){x, match};
    }
    down = q->sort == SORT_DATE_DESC;
    qsort(out, n, sizeof out[0], in_order);
    return n;
}

/* ---- questions ---- */

static void ask(struct query *q, char window[64])
{
    *q = (struct query){.version = store_version(world.store),
                        .bare = true,
                        .count = true,
                        .limit = 1 + any(3) * 400,
                        .undated = (enum query_undated)any(4),
                        .certain = any(2) == 0,
                        .sort = any(2) ? SORT_DATE : SORT_DATE_DESC};
    if (any(3) == 0)
        q->text = any(2) ? STR("word") : STR("rare word");
    if (q->limit == 1)
        q->limit = 97;
    q->when = (enum match_when)any(MATCH_WHENS);
    if (any(12) == 0) {
        q->certain = false;
        return;
    }
    struct edtf_error where;
    any_date(window);
    q->date.text = str_from(window);
    ck_assert(edtf_parse(q->date.text, &q->date.value, &where));
    match_prepare(q->date.text, q->when, world.arena, &q->match);
}

static void compare(struct query *q)
{
    static struct expected expected[EVENTS];
    size_t n = expect(q, expected), at = 0;
    struct arena *a = arena_new();
    char last[8];
    for (;;) {
        struct event_page page;
        struct problems problems;
        arena_reset(a);
        problem_init(&problems, a);
        ck_assert_msg(store_find_events(world.reader, q, a, &page, &problems, &world.err), "%s",
                      world.err.detail);
        ck_assert_msg(page.matched == (int64_t)n, "date=%.*s when=%s certain=%d: %lld, not %zu",
                      STR_ARG(q->date.text), match_when_name(q->when), q->certain,
                      (long long)page.matched, n);
        for (size_t i = 0; i < page.n; i++, at++) {
            const struct event_row *row = &page.rows[i];
            ck_assert_msg(at < n && str_eq(row->id, str_from(expected[at].event->id)) &&
                              row->match == expected[at].match,
                          "date=%.*s when=%s certain=%d undated=%d sort=%d text=%.*s: at %zu %.*s, "
                          "not %s (%s)",
                          STR_ARG(q->date.text), match_when_name(q->when), q->certain, q->undated,
                          q->sort, STR_ARG(q->text), at, STR_ARG(row->id),
                          at < n ? expected[at].event->id : "the end",
                          at < n ? expected[at].event->date : "");
        }
        ck_assert(page.more == (at < n));
        if (!page.more)
            break;
        const struct event_row *row = &page.rows[page.n - 1];
        snprintf(last, sizeof last, "%.*s", STR_ARG(row->id));
        q->after = (struct query_after){.given = true,
                                        .number = row->bounds.earliest,
                                        .undated = !row->dated,
                                        .id = str_from(last)};
    }
    ck_assert_uint_eq(at, n);
    arena_free(a);
}

/*
 * What SQL says of the window by itself: where neither date has gaps it is the possible match, no
 * more and no less; where one has, whatever matches is among it.
 */
static void expect_alone(const struct query *q)
{
    static bool given[EVENTS];
    struct arena *a = arena_new();
    struct strs ids = alone_ids(world.reader, q, a);
    memset(given, 0, sizeof given);
    for (size_t i = 0; i < ids.n; i++) {
        unsigned number = (unsigned)atoi(ids.items[i].p + 1);
        ck_assert_msg(!given[number], "e%u twice", number);
        given[number] = true;
    }
    for (unsigned i = 0; i < EVENTS; i++) {
        const struct told *x = &events[i];
        bool is = given[(i * 7919u) % EVENTS];
        if (x->date[0] == '\0' || q->date.text.p == NULL || q->undated == UNDATED_ONLY)
            continue;
        bool found = q->text.n <= 4 || i % 9 == 0;
        bool exact = q->match.parts == NULL && !x->gapped;
        bool matches = found &&
                       match_event(&q->match, &x->bounds,
                                   x->gapped ? str_from(x->date) : STR("")) != PERIOD_NO_MATCH;
        ck_assert_msg(exact ? is == matches : is || !matches, "date=%.*s when=%s: %s is %s",
                      STR_ARG(q->date.text), match_when_name(q->when), x->date,
                      is ? "there" : "missing");
    }
    arena_free(a);
}

/* Counting sees the same events, whatever their dates; a unit may be too fine for the range. */
static void expect_counted(const struct query *q, unsigned question)
{
    static struct expected expected[EVENTS];
    const struct histogram_ask ask = {.by = (enum histogram_by)(question % (HISTOGRAM_BINS + 1)),
                                      .bins = 1 + (int)question * 13,
                                      .split = FACETS};
    struct arena *a = arena_new();
    struct histogram h;
    struct problems problems;
    size_t n = expect(q, expected);
    problem_init(&problems, a);
    bool ok = store_histogram(world.reader, q, &ask, a, &h, &problems, &world.err);
    ck_assert_msg(ok || (world.err.code == ERR_BAD_PARAMETER && ask.by != HISTOGRAM_BINS), "%s",
                  world.err.detail);
    ck_assert(!ok || h.matched == (int64_t)n);
    for (size_t i = 0; ok && i < h.n; i++) {
        const struct histogram_bucket *b = &h.buckets[i];
        ck_assert(0 <= b->min && b->min <= b->max && b->max <= h.matched - h.undated);
        ck_assert(b->window.from <= b->window.to);
        ck_assert(i == 0 || b->window.from - 1 == h.buckets[i - 1].window.to);
    }
    arena_free(a);
}

START_TEST(the_store_matches_as_the_model_does)
{
    load();
    for (int i = 0; i < QUESTIONS; i++) {
        struct query q;
        char window[64];
        ask(&q, window);
        expect_alone(&q);
        expect_counted(&q, (unsigned)i);
        compare(&q);
    }
    world_expect_sound(&world);
}
END_TEST

CHECK_MAIN_WITH("window", set_up, tear_down, the_store_matches_as_the_model_does)
