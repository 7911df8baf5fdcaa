/* The parameters that say which events are asked for, and as of when. */
#include "api/area.h"
#include "api/instant.h"
#include "api/question_set.h"
#include "base/nearest.h"
#include "base/num.h"

/* ---- dates ---- */

/* False with a problem. examples: dates that are right. */
bool question_date(struct question_reading *r, const struct argument *a, const char *examples,
                   struct dated *out)
{
    str text = a->values.items[0];
    struct edtf value;
    struct edtf_error error;
    if (edtf_parse(text, &value, &error)) {
        *out = (struct dated){text, value};
        return true;
    }
    struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER, a->name, text,
                                    "not an EDTF date: %s (at character %zu)", error.detail,
                                    error.position + 1);
    if (str_find(text, ' ') < text.n)
        problem_hint(r->problems, p, "in an address, \"+\" is written %%2B");
    else
        problem_hint(r->problems, p, "such as %s", examples);
    return false;
}

static void set_date(struct question_reading *r, const struct argument *a)
{
    question_date(r, a, "2021-03-24, 2021-03, 2021, 2020-09/2020-11 or 2021-06-15/..",
                  &r->q->query.date);
}

static void set_when(struct question_reading *r, const struct argument *a)
{
    size_t index;
    if (question_word(r, a, a->values.items[0], words_when, &index))
        r->q->query.when = (enum match_when)index;
}

static void set_certainty(struct question_reading *r, const struct argument *a)
{
    size_t index;
    if (question_word(r, a, a->values.items[0], words_certainty, &index))
        r->q->query.certain = index == 1;
}

static void set_undated(struct question_reading *r, const struct argument *a)
{
    size_t index;
    if (question_word(r, a, a->values.items[0], words_undated, &index))
        r->q->query.undated = (enum query_undated)(index + 1);
}

static void read_version(struct question_reading *r, const struct argument *a,
                         enum question_as_of *how, int64_t *number)
{
    str text = a->values.items[0];
    if (num_parse_range(text, 0, INT64_MAX, number)) {
        *how = AS_OF_VERSION;
        return;
    }
    if (instant_parse(text, number)) {
        *how = AS_OF_INSTANT;
        return;
    }
    struct problem *p = question_refuse(r, a, text,
                                        "neither the number of a version nor an instant");
    problem_hint(r->problems, p, "such as 7, 2026-11-24 or 2026-11-24T08:15:00Z");
}

static void set_as_of(struct question_reading *r, const struct argument *a)
{
    r->q->as_of_text = a->values.items[0];
    read_version(r, a, &r->q->as_of, &r->q->as_of_number);
}

static void set_until(struct question_reading *r, const struct argument *a)
{
    r->q->until_text = a->values.items[0];
    read_version(r, a, &r->q->until, &r->q->until_number);
}

/* ---- the reading ---- */

/* What stands before a colon and is no "source", or nothing behind it. */
static void refuse_policy(struct question_reading *r, const struct argument *a, str word, str id)
{
    struct nearest near = {.word = word};
    nearest_try(&near, STR("source"));
    struct problem *p = question_refuse(r, a, a->text,
                                        id.n == 0 ? "it does not say which source"
                                                  : "only a source can stand behind a colon");
    if (id.n > 0 && near.best.n > 0)
        problem_hint(r->problems, p, "did you mean \"source:%.*s\"?", STR_ARG(id));
    else
        problem_hint(r->problems, p, "such as source:ID; /v1/sources lists the ids that there are");
}

static void set_policy(struct question_reading *r, const struct argument *a)
{
    struct reading *to = &r->q->query.reading;
    size_t index;
    str word, id, source = STR("source");
    bool colon = str_cut(a->values.items[0], ':', &word, &id);
    if (!colon && !str_eq(word, source)) {
        if (question_word(r, a, word, words_policy, &index))
            to->policy = (enum policy)index;
        return;
    }
    if (!str_eq(word, source) || id.n == 0) {
        refuse_policy(r, a, word, id);
        return;
    }
    to->policy = POLICY_SOURCE;
    to->source = id;
}

/* What was known by then: by the last second that the date can mean. */
static void set_known_at(struct question_reading *r, const struct argument *a)
{
    struct reading *to = &r->q->query.reading;
    if (!question_date(r, a, "2022-02-21, 2022-02 or 2022", &to->known_as_asked))
        return;
    to->known_at = to->known_as_asked.value.bounds.latest;
    to->known = !period_unbounded(to->known_at);
    if (to->known)
        return;
    struct problem *p = question_refuse(r, a, a->text,
                                        "it has no end, so that nothing is certain to lie past it");
    problem_hint(r->problems, p, "leave it out for all that is known, or name a day: 2022-02-21");
}

/* ---- filters ---- */

static void add_filter(struct question_reading *r, const struct argument *a, enum filter_kind kind)
{
    struct query *q = &r->q->query;
    *ARENA_PUSH(r->arena, q->filters, q->filter_count, r->filter_room) = (struct filter){
        .kind = kind, .negate = a->negate, .values = a->values, .parameter = a->name};
}

#define FILTER_SETTER(name, kind)                                                                  \
    static void set_##name(struct question_reading *r, const struct argument *a)                   \
    {                                                                                              \
        add_filter(r, a, kind);                                                                    \
    }
FILTER_SETTER(actor, FILTER_ACTOR)
FILTER_SETTER(place, FILTER_PLACE)
FILTER_SETTER(type, FILTER_TYPE)
FILTER_SETTER(tag, FILTER_TAG)
FILTER_SETTER(source, FILTER_SOURCE)
FILTER_SETTER(id, FILTER_ID)
FILTER_SETTER(related_to, FILTER_RELATED_TO)
FILTER_SETTER(claimed_by, FILTER_CLAIMED_BY)

static void set_precision(struct question_reading *r, const struct argument *a)
{
    if (question_words(r, a, words_precision))
        add_filter(r, a, FILTER_PRECISION);
}

static void set_role(struct question_reading *r, const struct argument *a)
{
    if (a->negate)
        r->q->query.roles_not = a->values;
    else
        r->q->query.roles = a->values;
}

static void set_relation(struct question_reading *r, const struct argument *a)
{
    if (a->negate)
        r->q->query.relations_not = a->values;
    else
        r->q->query.relations = a->values;
}

static void set_stance(struct question_reading *r, const struct argument *a)
{
    if (!question_words(r, a, words_stance))
        return;
    if (a->negate)
        r->q->query.stances_not = a->values;
    else
        r->q->query.stances = a->values;
}

static void set_disputed(struct question_reading *r, const struct argument *a)
{
    bool disputed;
    if (question_flag(r, a, &disputed))
        r->q->query.disputed = disputed ? WHETHER_YES : WHETHER_NO;
}

typedef bool area_reader(str text, struct query_area *out, const char **wrong);

static void add_area(struct question_reading *r, const struct argument *a, area_reader *read,
                     const char *example)
{
    struct query *q = &r->q->query;
    struct query_area area;
    const char *wrong;
    str text = a->values.items[0];
    if (!read(text, &area, &wrong)) {
        problem_hint(r->problems, question_refuse(r, a, text, wrong), "such as %s", example);
        return;
    }
    if (q->area_count == QUERY_MOST_AREAS) {
        problem_add(r->problems, PROBLEM_PARAMETER, a->name, text,
                    "at most %d areas fit into one question", QUERY_MOST_AREAS);
        return;
    }
    area.parameter = a->name;
    *ARENA_PUSH(r->arena, q->areas, q->area_count, r->area_room) = area;
}

static void set_bbox(struct question_reading *r, const struct argument *a)
{
    add_area(r, a, area_read_box, "44.5,38.4,50.5,41.9; 170,-20,-170,20 crosses 180°");
}

static void set_near(struct question_reading *r, const struct argument *a)
{
    add_area(r, a, area_read_circle, "39.76,46.75,50");
}

void question_filter_term(struct question_reading *r, const struct argument *a)
{
    struct question *q = r->q;
    if (str_eq(a->term, STR("kind")) && !question_words(r, a, words_kind))
        return;
    if (str_eq(a->term, STR("stance")) && !question_words(r, a, words_stance))
        return;
    *ARENA_PUSH(r->arena, q->terms, q->term_count, r->term_room) = (struct item_filter){
        .term = a->term, .negate = a->negate, .values = a->values};
}

static void set_members(struct question_reading *r, const struct argument *a)
{
    question_flag(r, a, &r->q->query.members);
}

static void set_q(struct question_reading *r, const struct argument *a)
{
    r->q->query.text = a->values.items[0];
}

question_setter *question_filter_setter(enum parameter p)
{
#define S(PARAM, name) [PARAM_##PARAM] = set_##name
    static question_setter *const setters[PARAMETERS] = {
        S(DATE, date),
        S(WHEN, when),
        S(CERTAINTY, certainty),
        S(UNDATED, undated),
        S(ACTOR, actor),
        S(ROLE, role),
        S(MEMBERS, members),
        S(PLACE, place),
        S(BBOX, bbox),
        S(NEAR, near),
        S(TYPE, type),
        S(TAG, tag),
        S(SOURCE, source),
        S(ID, id),
        S(PRECISION, precision),
        S(RELATED_TO, related_to),
        S(RELATION, relation),
        S(DISPUTED, disputed),
        S(CLAIMED_BY, claimed_by),
        S(STANCE, stance),
        S(Q, q),
        S(POLICY, policy),
        S(KNOWN_AT, known_at),
        S(AS_OF, as_of),
        S(UNTIL, until),
    };
#undef S
    return p < PARAMETERS ? setters[p] : NULL;
}
