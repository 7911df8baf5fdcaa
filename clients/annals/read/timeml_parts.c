#include "annals/read/timeml_parts.h"

#include "annals/read/sentence.h"
#include "model/period.h"

/* Links of which Annals has no use. */
static const char *const left_out[] = {"SLINK", "ALINK", "CLINK"};

/* ---- ids ---- */

/* Takes an id for number i. False, with a problem, where it is taken. */
static bool take_id(struct timeml_parts *p, struct strmap *ids, str id, size_t i,
                    const struct xml_node *n)
{
    int64_t taken;
    if (id.n == 0)
        return true;
    if (strmap_get(ids, id, &taken)) {
        problem_add_line(p->ask->problems, n->line, n->column,
                         "the id \"%.*s\" stands at another %.*s too",
                         STR_ARG(sentence_line(id, 40, p->ask->arena)), STR_ARG(n->name));
        return false;
    }
    strmap_set(ids, id, (int64_t)i);
    return true;
}

static size_t find_id(const struct strmap *ids, str id)
{
    int64_t i;
    return id.n > 0 && strmap_get(ids, id, &i) ? (size_t)i : TIMEML_NONE;
}

/* ---- times ---- */

static bool is_time(const struct xml_node *n)
{
    return xml_is(n, "TIMEX3") || xml_is(n, "TIMEX2") || xml_is(n, "TIMEX");
}

bool timeml_parts_dates(const struct xml_node *n)
{
    return xml_is(n, "DCT") || xml_is(n, "DATE_TIME") || xml_is(n, "DATETIME");
}

/* Whether it stands where files say when they were made. */
static bool dates_document(const struct xml_node *n)
{
    str function = xml_get(n, "functionInDocument");
    if (str_eq(function, STR("CREATION_TIME")) || str_eq(function, STR("PUBLICATION_TIME")))
        return true;
    for (const struct xml_node *up = n->parent; up != NULL; up = up->parent)
        if (timeml_parts_dates(up))
            return true;
    return false;
}

static void add_time(struct timeml_parts *p, const struct xml_node *n)
{
    str id = xml_get(n, "tid");
    if (!take_id(p, &p->time_ids, id, p->time_count, n))
        return;
    str value = xml_get_nocase(n, "value"), type = xml_get_nocase(n, "type");
    str mod = xml_get_nocase(n, "mod");
    if (value.n == 0)
        value = xml_get_nocase(n, "val");
    if (str_eq_nocase(xml_get_nocase(n, "set"), STR("YES")))
        type = STR("SET");
    *ARENA_PUSH(p->ask->arena, p->times, p->time_count, p->time_room) = (struct timeml_time){
        .node = n,
        .id = id,
        .timex = timex_read(value, type, mod, p->ask->arena),
        .creation = dates_document(n),
    };
}

/* A duration between two expressions that have dates is the interval between them. */
static void date_duration(struct timeml_parts *p, struct timeml_time *t)
{
    size_t from = find_id(&p->time_ids, xml_get(t->node, "beginPoint"));
    size_t to = find_id(&p->time_ids, xml_get(t->node, "endPoint"));
    if (t->timex.is != TIMEX_DURATION || from == TIMEML_NONE || to == TIMEML_NONE)
        return;
    const struct timex *first = &p->times[from].timex, *last = &p->times[to].timex;
    if (first->is == TIMEX_DATED && last->is == TIMEX_DATED &&
        when_interval(&first->when, &last->when, p->ask->arena, &t->timex.when))
        t->timex.is = TIMEX_DATED;
}

/* ---- events ---- */

static bool is_said(str value)
{
    return value.n > 0 && !str_eq_nocase(value, STR("NONE"));
}

static struct timeml_event *add_event(struct timeml_parts *p, const struct xml_node *n,
                                      const struct xml_node *instance, str id)
{
    struct timeml_event *e = ARENA_PUSH(p->ask->arena, p->events, p->event_count, p->event_room);
    *e = (struct timeml_event){
        .node = n,
        .instance = instance,
        .id = id,
        .negated = str_eq_nocase(xml_get(instance, "polarity"), STR("NEG")),
        .modal = is_said(xml_get(instance, "modality")),
        .since = PERIOD_NO_START,
        .until = PERIOD_NO_END,
    };
    return e;
}

static void mark_event(struct timeml_parts *p, const struct xml_node *n)
{
    str id = xml_get(n, "eid");
    p->marked++;
    if (id.n == 0)
        id = arena_printf(p->ask->arena, "e-%zu", p->marked);
    if (take_id(p, &p->event_ids, id, p->event_count, n))
        add_event(p, n, n, id);
}

/* The first instance stands for its event; each further one is an event of its own. */
static void add_instance(struct timeml_parts *p, const struct xml_node *n)
{
    str id = xml_get(n, "eiid");
    size_t at = find_id(&p->event_ids, xml_get(n, "eventID"));
    if (at == TIMEML_NONE) {
        problem_add_line(p->ask->notes, n->line, n->column,
                         "the event \"%.*s\" of this instance is nowhere: left out",
                         STR_ARG(sentence_line(xml_get(n, "eventID"), 40, p->ask->arena)));
        return;
    }
    struct timeml_event *e = &p->events[at];
    if (e->instance == e->node) {
        if (!take_id(p, &p->instance_ids, id, at, n))
            return;
        e->instance = n;
        e->negated = str_eq_nocase(xml_get(n, "polarity"), STR("NEG"));
        e->modal = is_said(xml_get(n, "modality"));
        return;
    }
    if (take_id(p, &p->instance_ids, id, p->event_count, n))
        add_event(p, e->node, n,
                  arena_printf(p->ask->arena, "%.*s-%.*s", STR_ARG(e->id), STR_ARG(id)));
}

/* ---- links ---- */

static size_t find_event(const struct timeml_parts *p, str instance, str event)
{
    size_t at = find_id(&p->instance_ids, instance);
    if (at == TIMEML_NONE)
        at = find_id(&p->event_ids, instance);
    return at != TIMEML_NONE ? at : find_id(&p->event_ids, event);
}

static void add_link(struct timeml_parts *p, const struct xml_node *n)
{
    struct timeml_link l = {
        .node = n,
        .type = xml_get(n, "relType"),
        .time = find_id(&p->time_ids, xml_get(n, "timeID")),
        .event = find_event(p, xml_get(n, "eventInstanceID"), xml_get(n, "eventID")),
        .other_time = find_id(&p->time_ids, xml_get(n, "relatedToTime")),
        .other_event = find_event(p, xml_get(n, "relatedToEventInstance"),
                                  xml_get(n, "relatedToEvent")),
    };
    bool whole = (l.time != TIMEML_NONE || l.event != TIMEML_NONE) &&
                 (l.other_time != TIMEML_NONE || l.other_event != TIMEML_NONE);
    if (whole)
        *ARENA_PUSH(p->ask->arena, p->links, p->link_count, p->link_room) = l;
    else
        problem_add_line(p->ask->notes, n->line, n->column,
                         "an end of this TLINK is nowhere in the file: left out");
}

static void count_left_out(struct timeml_parts *p, const struct xml_node *n)
{
    if (xml_is(n, "TIMEX3INTERVAL"))
        leftover_add(&p->leftover, n->line, n->column,
                     "left out: the bounds that a TIMEX3INTERVAL gives its expression");
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (xml_is(n, left_out[i]))
            leftover_add(&p->leftover, n->line, n->column, "left out: the link %s", left_out[i]);
}

void timeml_parts_find(struct timeml_parts *p, const struct xml_node *root,
                       const struct reading_ask *ask)
{
    *p = (struct timeml_parts){.ask = ask};
    leftover_init(&p->leftover, ask->arena);
    strmap_init(&p->time_ids, ask->arena);
    strmap_init(&p->event_ids, ask->arena);
    strmap_init(&p->instance_ids, ask->arena);
    for (const struct xml_node *n = root; n != NULL; n = xml_after(n, root)) {
        if (is_time(n))
            add_time(p, n);
        else if (xml_is(n, "EVENT"))
            mark_event(p, n);
        else if (n->kind == XML_ELEMENT)
            count_left_out(p, n);
    }
    /* These name what may stand behind them. */
    for (const struct xml_node *n = root; n != NULL; n = xml_after(n, root))
        if (xml_is(n, "MAKEINSTANCE"))
            add_instance(p, n);
    for (const struct xml_node *n = root; n != NULL; n = xml_after(n, root))
        if (xml_is(n, "TLINK"))
            add_link(p, n);
    for (size_t i = 0; i < p->time_count; i++)
        date_duration(p, &p->times[i]);
}
