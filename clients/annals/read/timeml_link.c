#include "annals/read/timeml_link.h"

#include "annals/read/sentence.h"

/* What a link says of an event whose other end is a time. */
enum bound {
    BOUND_NOTHING,
    BOUND_WITHIN, /* it lies in the time */
    BOUND_UNTIL,  /* it was over by the end of the time */
    BOUND_SINCE,  /* it began no earlier than the time */
    BOUND_STARTS, /* it began in the time */
    BOUND_ENDS    /* it ended in the time */
};

/* Which way the relation runs: from the first end to the second, or back. */
enum way { WAY_NONE, WAY_ON, WAY_BACK };

/*
 * X(relType, of an event to a time, of a time to an event, relation between events, its way)
 * TimeML 1.2.1, section 2.3.6, and the names of TempEval-2. A date is never sharper than the link:
 * of what includes a time EDTF can say nothing, and BEFORE goes up to the end of the time.
 */
#define LINK_TABLE(X)                                                                              \
    X("BEFORE", BOUND_UNTIL, BOUND_SINCE, "follows", WAY_BACK)                                     \
    X("IBEFORE", BOUND_UNTIL, BOUND_SINCE, "follows", WAY_BACK)                                    \
    X("AFTER", BOUND_SINCE, BOUND_UNTIL, "follows", WAY_ON)                                        \
    X("IAFTER", BOUND_SINCE, BOUND_UNTIL, "follows", WAY_ON)                                       \
    X("IS_INCLUDED", BOUND_WITHIN, BOUND_NOTHING, "part_of", WAY_ON)                               \
    X("INCLUDES", BOUND_NOTHING, BOUND_WITHIN, "part_of", WAY_BACK)                                \
    X("BEGINS", BOUND_WITHIN, BOUND_STARTS, "part_of", WAY_ON)                                     \
    X("BEGUN_BY", BOUND_STARTS, BOUND_WITHIN, "part_of", WAY_BACK)                                 \
    X("ENDS", BOUND_WITHIN, BOUND_ENDS, "part_of", WAY_ON)                                         \
    X("ENDED_BY", BOUND_ENDS, BOUND_WITHIN, "part_of", WAY_BACK)                                   \
    X("DURING", BOUND_WITHIN, BOUND_NOTHING, "", WAY_NONE)                                         \
    X("DURING_INV", BOUND_NOTHING, BOUND_WITHIN, "", WAY_NONE)                                     \
    X("SIMULTANEOUS", BOUND_WITHIN, BOUND_WITHIN, "", WAY_NONE)                                    \
    X("IDENTITY", BOUND_WITHIN, BOUND_WITHIN, "", WAY_NONE)                                        \
    X("OVERLAP", BOUND_NOTHING, BOUND_NOTHING, "", WAY_NONE)                                       \
    X("BEFORE-OR-OVERLAP", BOUND_NOTHING, BOUND_NOTHING, "", WAY_NONE)                             \
    X("OVERLAP-OR-AFTER", BOUND_NOTHING, BOUND_NOTHING, "", WAY_NONE)                              \
    X("VAGUE", BOUND_NOTHING, BOUND_NOTHING, "", WAY_NONE)                                         \
    X("NONE", BOUND_NOTHING, BOUND_NOTHING, "", WAY_NONE)

struct rule {
    str type;
    enum bound bound, back;
    str relation;
    enum way way;
};

static const struct rule rules[] = {
#define X(type, bound, back, relation, way) {STR_INIT(type), bound, back, STR_INIT(relation), way},
    LINK_TABLE(X)
#undef X
};

static const struct rule *rule_of(str type)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (str_eq_nocase(type, rules[i].type))
            return &rules[i];
    return NULL;
}

/* ---- dates ---- */

static void narrow(struct timeml_event *e, struct when *side, const struct when *by,
                   struct arena *a)
{
    if (!when_any(side))
        *side = *by;
    else if (!when_meet(side, by, a, side))
        e->torn = true;
}

static void bind(struct timeml_parts *p, struct timeml_event *e, enum bound bound,
                 struct timeml_time *t)
{
    const struct when *when = &t->timex.when;
    struct arena *a = p->ask->arena;
    switch (bound) {
    case BOUND_NOTHING:
        return;
    case BOUND_WITHIN:
        narrow(e, &e->within, when, a);
        break;
    case BOUND_STARTS:
        narrow(e, &e->starts, when, a);
        break;
    case BOUND_ENDS:
        narrow(e, &e->finishes, when, a);
        break;
    case BOUND_UNTIL:
        if (when->date.bounds.latest < e->until)
            e->until = when->date.bounds.latest;
        break;
    case BOUND_SINCE:
        if (when->date.bounds.earliest > e->since)
            e->since = when->date.bounds.earliest;
        break;
    }
    struct timeml_ground *ground = ARENA_NEW(a, struct timeml_ground);
    *ground = (struct timeml_ground){t, NULL};
    if (e->grounds == NULL)
        e->grounds = ground;
    else
        e->last_ground->next = ground;
    e->last_ground = ground;
    t->used = true;
}

static void read_link(struct timeml_parts *p, const struct timeml_link *l)
{
    bool back = l->event == TIMEML_NONE;
    size_t event = back ? l->other_event : l->event;
    size_t time = back ? l->time : l->other_time;
    const struct rule *rule = rule_of(l->type);
    if (rule == NULL) {
        problem_add_line(p->ask->notes, l->node->line, l->node->column,
                         "TimeML has no relType \"%.*s\": left out",
                         STR_ARG(sentence_line(l->type, 40, p->ask->arena)));
        return;
    }
    if (event == TIMEML_NONE) {
        leftover_add(&p->leftover, l->node->line, l->node->column,
                     "left out: a link between times");
        return;
    }
    enum bound bound = back ? rule->back : rule->bound;
    if (time == TIMEML_NONE || !p->events[event].kept)
        return;
    if (bound == BOUND_NOTHING || p->times[time].timex.is != TIMEX_DATED)
        leftover_add(&p->leftover, l->node->line, l->node->column,
                     "left out: a link to a time that bounds no date");
    else
        bind(p, &p->events[event], bound, &p->times[time]);
}

/* All that the links say, together; torn where this cannot be. */
static void conclude(struct timeml_event *e, struct arena *a)
{
    struct when bounds, span;
    if (when_any(&e->starts) || when_any(&e->finishes)) {
        if (!when_interval(&e->starts, &e->finishes, a, &span)) {
            e->torn = true;
            return;
        }
        narrow(e, &e->within, &span, a);
    }
    e->when = e->within;
    if (e->since == PERIOD_NO_START && e->until == PERIOD_NO_END)
        return;
    if (e->since > e->until)
        e->torn = true;
    else if (when_within(e->since, e->until, a, &bounds))
        narrow(e, &e->when, &bounds, a);
}

void timeml_link_dates(struct timeml_parts *p)
{
    for (size_t i = 0; i < p->link_count; i++)
        read_link(p, &p->links[i]);
    for (size_t i = 0; i < p->event_count; i++) {
        struct timeml_event *e = &p->events[i];
        conclude(e, p->ask->arena);
        if (!e->torn)
            continue;
        e->when = (struct when){0};
        e->grounds = NULL;
        problem_add_line(p->ask->notes, e->node->line, e->node->column,
                         "the links of the event %.*s to times contradict each other: no date",
                         STR_ARG(sentence_line(e->id, 40, p->ask->arena)));
    }
}

/* ---- relations ---- */

/* What a link between two events is in Annals, by the mapping or the table. False: nothing. */
static bool relation_of(struct timeml_parts *p, const struct timeml_link *l,
                        struct timeml_relation *r)
{
    struct mapping_meaning said = mapping_label(p->ask->map, l->type);
    const struct rule *rule = rule_of(l->type);
    if (rule == NULL)
        return false;
    bool back = rule->way == WAY_BACK && said.label != MAPPING_RELATION;
    *r = (struct timeml_relation){.from = &p->events[back ? l->other_event : l->event],
                                  .to = &p->events[back ? l->event : l->other_event],
                                  .type = rule->relation,
                                  .node = l->node};
    if (said.label == MAPPING_RELATION)
        r->type = said.value;
    else if (said.label != MAPPING_UNKNOWN)
        return false;
    if (r->type.n > 0)
        return true;
    leftover_add(&p->leftover, l->node->line, l->node->column,
                 "left out: a link %.*s between events", STR_ARG(rule->type));
    return false;
}

void timeml_link_relations(struct timeml_parts *p,
                           void (*take)(void *context, const struct timeml_relation *r),
                           void *context)
{
    struct strmap seen;
    int64_t ignored;
    strmap_init(&seen, p->ask->arena);
    for (size_t i = 0; i < p->link_count; i++) {
        const struct timeml_link *l = &p->links[i];
        struct timeml_relation r;
        if (l->event == TIMEML_NONE || l->other_event == TIMEML_NONE || l->event == l->other_event)
            continue;
        if (!p->events[l->event].kept || !p->events[l->other_event].kept || !relation_of(p, l, &r))
            continue;
        str key = arena_printf(p->ask->arena, "%zu %zu %.*s", (size_t)(r.from - p->events),
                               (size_t)(r.to - p->events), STR_ARG(r.type));
        if (strmap_get(&seen, key, &ignored))
            continue;
        strmap_set(&seen, key, 1);
        take(context, &r);
    }
}
