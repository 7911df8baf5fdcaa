/*
 * Random events and questions on a small axis of days, against a brute force that knows nothing of
 * digits or bounds: it spells out every day, gathers those that read like a date into stretches,
 * and tries the table of the contract on every stretch of the one with every stretch of the other.
 * ANNALS_SEED sets the choices. What is checked very often is checked with `if`, because every
 * ck_assert leaves a note in a file.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "model/edtf.h"
#include "model/match.h"

#define SEED 19180528u
#define ROUNDS CHECK_ROUNDS(20000) /* times the five kinds of `when` */
#define FIRST_YEAR 2020
#define YEARS 10
#define DAYS 3653 /* of 2020 to 2029 */
#define STRETCHES 400
#define MEMBERS 3

static uint64_t state;

/* splitmix64, Sebastiano Vigna's */
static unsigned pick(unsigned n)
{
    uint64_t z = (state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ (z >> 31)) % n);
}

static unsigned seed(void)
{
    const char *given = getenv("ANNALS_SEED");
    return given ? (unsigned)strtoul(given, NULL, 10) : SEED;
}

static char axis[DAYS][11];

static void spell_axis(void)
{
    int n = 0;
    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= period_days_in_month(year, month); day++, n++) {
                char text[40];
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                memcpy(axis[n], text, sizeof axis[n]);
            }
    ck_assert_int_eq(n, DAYS);
}

/* ---- dates, as text and as the stretches that they are ---- */

struct member {
    struct period bounds;
    int count;
    struct window stretch[STRETCHES];
};

struct date {
    char text[200];
    enum edtf_kind kind;
    int count;
    struct member member[MEMBERS];
    struct period bounds; /* as edtf_parse has them */
};

static int64_t first_second(int day)
{
    return (period_days_from_civil(FIRST_YEAR, 1, 1) + day) * PERIOD_DAY_SECONDS;
}

static int64_t last_second(int day)
{
    return first_second(day + 1) - 1;
}

static bool reads_like(const char *mask, const char *day)
{
    for (size_t i = 0; mask[i]; i++)
        if (mask[i] != 'X' && mask[i] != day[i])
            return false;
    return true;
}

/* The runs of days that are set; 0 where there is none. */
static int runs(const bool *day, struct window *out)
{
    int n = 0;
    for (int i = 0; i < DAYS; i++) {
        if (!day[i])
            continue;
        if (i == 0 || !day[i - 1])
            out[n++].from = first_second(i);
        out[n - 1].to = last_second(i);
        if (n == STRETCHES)
            ck_abort_msg("more than %d stretches", STRETCHES);
    }
    return n;
}

static void settle(struct member *m)
{
    int64_t first = m->stretch[0].from, last = m->stretch[m->count - 1].to;
    m->bounds = (struct period){first, last, first, last};
}

static bool from_mask(const char *mask, struct member *out)
{
    bool day[DAYS];
    for (int i = 0; i < DAYS; i++)
        day[i] = reads_like(mask, axis[i]);
    out->count = runs(day, out->stretch);
    if (out->count > 0)
        settle(out);
    return out->count > 0;
}

/* A date of 2020 to 2029; short ones more often than not, as they leave wide gaps. */
static void random_mask(char *out, bool masked)
{
    static const size_t lengths[] = {4, 7, 10, 10};
    memcpy(out, axis[pick(DAYS)], 11);
    out[lengths[pick(4)]] = '\0';
    for (size_t i = 3; masked && out[i]; i++)
        if (out[i] != '-' && pick(3) == 0)
            out[i] = 'X';
}

static struct member random_date(struct date *d, bool masked)
{
    struct member m;
    char mask[11];
    do
        random_mask(mask, masked);
    while (!from_mask(mask, &m));
    strcat(d->text, mask);
    return m;
}

/* An interval or a range: it begins in the one and ends in the other. */
static struct member random_range(struct date *d, const char *between, bool one_of)
{
    size_t start = strlen(d->text);
    for (;;) {
        struct member a = random_date(d, pick(4) == 0);
        size_t length = strlen(d->text) - start;
        strcat(d->text, between);
        struct member b = random_date(d, pick(4) == 0);
        size_t other = strlen(d->text) - start - length - strlen(between);
        struct period p = {a.bounds.earliest, a.bounds.latest, b.bounds.earliest, b.bounds.latest};
        if (p.earliest > p.latest || (between[0] != '/' && length != other)) {
            d->text[start] = '\0';
            continue;
        }
        p.start_latest = p.start_latest < p.latest ? p.start_latest : p.latest;
        p.end_earliest = p.end_earliest > p.earliest ? p.end_earliest : p.earliest;
        if (one_of)
            p = (struct period){p.earliest, p.latest, p.earliest, p.latest};
        return (struct member){p, 1, {{p.earliest, p.latest}}};
    }
}

static void random_interval(struct date *d)
{
    static const char *const open[] = {"..", ""};
    unsigned side = pick(4);
    d->kind = EDTF_INTERVAL;
    d->count = 1;
    struct member *m = &d->member[0];
    if (side > 1) {
        *m = random_range(d, "/", false);
        return;
    }
    bool unknown = pick(2);
    strcat(d->text, side ? open[unknown] : "");
    strcat(d->text, side ? "/" : "");
    *m = random_date(d, pick(4) == 0);
    strcat(d->text, side ? "" : "/");
    strcat(d->text, side ? "" : open[unknown]);
    if (side) {
        m->bounds.earliest = PERIOD_NO_START;
        m->bounds.start_latest = unknown ? m->bounds.latest : PERIOD_NO_START;
    } else {
        m->bounds.latest = PERIOD_NO_END;
        m->bounds.end_earliest = unknown ? m->bounds.earliest : PERIOD_NO_END;
    }
    m->count = 1;
    m->stretch[0] = (struct window){m->bounds.earliest, m->bounds.latest};
}

static bool is_inside(const struct member *m, const struct member *plain)
{
    for (int i = 0; i < plain->count; i++)
        if (plain->stretch[i].from <= m->bounds.earliest &&
            plain->stretch[i].to >= m->bounds.latest)
            return true;
    return false;
}

/* One of these: those without gaps are one set of days, and what lies in it is nothing more. */
static void join(struct date *d)
{
    static struct member plain;
    bool day[DAYS] = {false};
    for (int i = 0; i < d->count; i++)
        for (int j = 0; j < DAYS && d->member[i].count == 1; j++)
            day[j] |= first_second(j) >= d->member[i].bounds.earliest &&
                      first_second(j) <= d->member[i].bounds.latest;
    plain.count = runs(day, plain.stretch);
    int kept = 0;
    for (int i = 0; i < d->count; i++)
        if (d->member[i].count > 1 && !is_inside(&d->member[i], &plain)) {
            if (kept != i)
                d->member[kept] = d->member[i];
            kept++;
        }
    d->count = kept + (plain.count > 0);
    if (plain.count > 0) {
        settle(&plain);
        d->member[kept] = plain;
    }
}

static void random_set(struct date *d)
{
    bool one_of = pick(2);
    d->kind = one_of ? EDTF_ONE_OF : EDTF_ALL_OF;
    d->count = 1 + (int)pick(MEMBERS);
    strcat(d->text, one_of ? "[" : "{");
    for (int i = 0; i < d->count; i++) {
        strcat(d->text, i ? "," : "");
        d->member[i] = pick(3) == 0 ? random_range(d, "..", one_of) : random_date(d, pick(3) == 0);
    }
    strcat(d->text, one_of ? "]" : "}");
    if (one_of)
        join(d);
    else if (d->count == 1)
        d->kind = EDTF_DATE;
}

static void random_any(struct date *d)
{
    struct edtf e;
    struct edtf_error error;
    d->text[0] = '\0';
    switch (pick(4)) {
    case 0:
        random_interval(d);
        break;
    case 1:
        random_set(d);
        break;
    default:
        d->kind = EDTF_DATE;
        d->count = 1;
        d->member[0] = random_date(d, pick(2));
    }
    if (!edtf_parse(str_from(d->text), &e, &error))
        ck_abort_msg("%s: %s", d->text, error.detail);
    d->bounds = e.bounds;
}

/* ---- the table of the contract, once more and by itself ---- */

static bool possible(enum match_when when, const struct period *p, const struct window *w)
{
    int64_t e = p->earliest, s = p->start_latest, f = p->end_earliest, l = p->latest;
    int64_t a = w->from, b = w->to;
    switch (when) {
    case MATCH_OVERLAPS:
        return e <= b && l >= a;
    case MATCH_WITHIN:
        return s >= a && f <= b && (e > a ? e : a) <= (l < b ? l : b);
    case MATCH_COVERS:
        return e <= a && l >= b;
    case MATCH_STARTS:
        return e <= b && s >= a;
    case MATCH_ENDS:
        return f <= b && l >= a;
    case MATCH_WHENS:
        break;
    }
    abort();
}

static bool certain(enum match_when when, const struct period *p, const struct window *w)
{
    int64_t e = p->earliest, s = p->start_latest, f = p->end_earliest, l = p->latest;
    int64_t a = w->from, b = w->to;
    switch (when) {
    case MATCH_OVERLAPS:
        return s <= b && f >= a;
    case MATCH_WITHIN:
        return e >= a && l <= b;
    case MATCH_COVERS:
        return s <= a && f >= b;
    case MATCH_STARTS:
        return e >= a && s <= b;
    case MATCH_ENDS:
        return f >= a && l <= b;
    case MATCH_WHENS:
        break;
    }
    abort();
}

typedef bool holds(enum match_when when, const struct period *p, const struct window *w);

static bool meets_member(holds *test, enum match_when when, const struct period *p,
                         const struct member *q)
{
    for (int i = 0; i < q->count; i++)
        if (test(when, p, &q->stretch[i]))
            return true;
    return false;
}

/* Members `from` to `to`, excluded, of the question: every one of them, or any. */
static bool meets(holds *test, enum match_when when, const struct period *p, const struct date *q,
                  int from, int to)
{
    bool every = q->kind == EDTF_ALL_OF;
    for (int i = from; i < to; i++)
        if (meets_member(test, when, p, &q->member[i]) != every)
            return !every;
    return every;
}

/* One stretch of the event's member, nobody knows which: 0 for none, 1 for some, 2 for each. */
static int meet_stretches(holds *test, enum match_when when, const struct member *m,
                          const struct date *q, int from, int to)
{
    if (m->count == 1)
        return meets(test, when, &m->bounds, q, from, to) ? 2 : 0;
    int met = 0;
    for (int i = 0; i < m->count; i++) {
        struct window w = m->stretch[i];
        struct period p = {w.from, w.to, w.from, w.to};
        met += meets(test, when, &p, q, from, to);
    }
    return met == m->count ? 2 : met > 0;
}

static enum period_match of_member(enum match_when when, const struct member *m,
                                   const struct date *q, int from, int to)
{
    if (meet_stretches(possible, when, m, q, from, to) == 0)
        return PERIOD_NO_MATCH;
    return meet_stretches(certain, when, m, q, from, to) == 2 ? PERIOD_CERTAIN : PERIOD_POSSIBLE;
}

static enum period_match of_all(enum match_when when, const struct date *event,
                                const struct date *q, int from, int to)
{
    if (when == MATCH_STARTS || when == MATCH_ENDS) {
        struct member hull = {.bounds = event->bounds, .count = 1};
        return of_member(when, &hull, q, from, to);
    }
    int worst = PERIOD_CERTAIN, best = PERIOD_NO_MATCH;
    for (int i = 0; i < event->count; i++) {
        int match = (int)of_member(when, &event->member[i], q, from, to);
        worst = match < worst ? match : worst;
        best = match > best ? match : best;
    }
    return (enum period_match)(when == MATCH_WITHIN ? worst : best);
}

static enum period_match brute(enum match_when when, const struct date *event, const struct date *q)
{
    if (event->kind == EDTF_ALL_OF) {
        int least = PERIOD_CERTAIN;
        if (q->kind != EDTF_ALL_OF)
            return of_all(when, event, q, 0, q->count);
        for (int i = 0; i < q->count; i++) {
            int match = (int)of_all(when, event, q, i, i + 1);
            least = match < least ? match : least;
        }
        return (enum period_match)least;
    }
    int first = (int)of_member(when, &event->member[0], q, 0, q->count);
    for (int i = 1; i < event->count; i++)
        if ((int)of_member(when, &event->member[i], q, 0, q->count) != first)
            return PERIOD_POSSIBLE;
    return (enum period_match)first;
}

/* ---- the comparison ---- */

static bool is_weakly_met(const struct match *m, const struct period *p)
{
    struct match_rule rule = match_rule(m->when, false);
    rule.around = false;
    return match_rule_holds(rule, p, &m->hull);
}

START_TEST(agrees_with_the_brute_force)
{
    static struct date event, question;
    struct arena *a = arena_new();
    int seen[MATCH_WHENS][3] = {{0}};
    state = seed();
    printf("ANNALS_SEED=%u\n", seed());
    for (int round = 0; round < ROUNDS; round++) {
        if (round % 8 == 0)
            random_any(&question);
        random_any(&event);
        for (int i = 0; i < MATCH_WHENS; i++) {
            enum match_when when = (enum match_when)i;
            struct match m;
            match_prepare(str_from(question.text), when, a, &m);
            str text = str_from(event.text);
            enum period_match match = match_event(&m, &event.bounds,
                                                  match_gapped(text) ? text : STR(""));
            enum period_match expected = brute(when, &event, &question);
            if (match != expected)
                ck_abort_msg("%s %s %s: %d, not %d", event.text, match_when_name(when),
                             question.text, (int)match, (int)expected);
            if (match != PERIOD_NO_MATCH && !is_weakly_met(&m, &event.bounds))
                ck_abort_msg("%s %s %s: the weak condition", event.text, match_when_name(when),
                             question.text);
            seen[i][match]++;
            arena_reset(a);
        }
    }
    for (int i = 0; i < MATCH_WHENS; i++)
        for (int j = 0; j < 3; j++)
            ck_assert_int_gt(seen[i][j], ROUNDS / 1000);
    arena_free(a);
}
END_TEST

/* What has gaps is what has more than one stretch, and a set of all of several. */
START_TEST(gaps_are_those_of_the_days)
{
    static struct date d;
    state = seed() + 1;
    for (int round = 0; round < ROUNDS; round++) {
        random_any(&d);
        bool gapped = d.kind == EDTF_ALL_OF || d.count > 1 || d.member[0].count > 1;
        if (match_gapped(str_from(d.text)) != gapped)
            ck_abort_msg("%s", d.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match_random");
    TCase *cases = tcase_create("match_random");
    tcase_set_timeout(cases, 300);
    tcase_add_unchecked_fixture(cases, spell_axis, NULL);
    tcase_add_test(cases, agrees_with_the_brute_force);
    tcase_add_test(cases, gaps_are_those_of_the_days);
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
