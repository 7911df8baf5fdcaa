#include "model/match.h"

#include "base/check.h"

const char *match_when_name(enum match_when when)
{
    static const char *const names[] = {
#define X(value, name) name,
        MATCH_WHEN_TABLE(X)
#undef X
    };
    ENSURE(when < MATCH_WHENS);
    return names[when];
}

struct match_rule match_rule(enum match_when when, bool certain)
{
    /*
     * The table of the contract. That of `within` has a third condition, max(e, a) <= min(l, b):
     * it follows from the other two, as e <= s, e <= f, s <= l and f <= l.
     */
    static const struct match_rule rules[MATCH_WHENS][2] = {
        [MATCH_OVERLAPS] = {{MATCH_EARLIEST, MATCH_LATEST, false},
                            {MATCH_START_LATEST, MATCH_END_EARLIEST, false}},
        [MATCH_WITHIN] = {{MATCH_END_EARLIEST, MATCH_START_LATEST, false},
                          {MATCH_LATEST, MATCH_EARLIEST, false}},
        [MATCH_COVERS] = {{MATCH_EARLIEST, MATCH_LATEST, true},
                          {MATCH_START_LATEST, MATCH_END_EARLIEST, true}},
        [MATCH_STARTS] = {{MATCH_EARLIEST, MATCH_START_LATEST, false},
                          {MATCH_START_LATEST, MATCH_EARLIEST, false}},
        [MATCH_ENDS] = {{MATCH_END_EARLIEST, MATCH_LATEST, false},
                        {MATCH_LATEST, MATCH_END_EARLIEST, false}},
    };
    ENSURE(when < MATCH_WHENS);
    return rules[when][certain];
}

static int64_t bound_of(const struct period *p, enum match_bound bound)
{
    switch (bound) {
    case MATCH_EARLIEST:
        return p->earliest;
    case MATCH_START_LATEST:
        return p->start_latest;
    case MATCH_END_EARLIEST:
        return p->end_earliest;
    case MATCH_LATEST:
        return p->latest;
    }
    UNREACHABLE();
}

bool match_rule_holds(struct match_rule rule, const struct period *p, const struct window *w)
{
    int64_t most = rule.around ? w->from : w->to, least = rule.around ? w->to : w->from;
    return bound_of(p, rule.low) <= most && bound_of(p, rule.high) >= least;
}

enum period_match match_period(enum match_when when, const struct period *p, const struct window *w)
{
    if (!match_rule_holds(match_rule(when, false), p, w))
        return PERIOD_NO_MATCH;
    return match_rule_holds(match_rule(when, true), p, w) ? PERIOD_CERTAIN : PERIOD_POSSIBLE;
}

void match_prepare(str date, enum match_when when, struct arena *a, struct match *out)
{
    struct edtf value;
    struct edtf_error error;
    bool valid = edtf_parse(date, &value, &error);
    ENSURE(valid);
    (void)a;
    *out = (struct match){.when = when, .hull = {value.bounds.earliest, value.bounds.latest}};
}

enum period_match match_event(const struct match *m, const struct period *bounds, str date)
{
    (void)date;
    return match_period(m->when, bounds, &m->hull);
}

bool match_gapped(str date)
{
    (void)date;
    return false;
}
