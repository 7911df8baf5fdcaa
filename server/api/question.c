#include "api/question.h"

#include "api/instant.h"
#include "base/nearest.h"
#include "base/num.h"
#include "model/vocabulary.h"

struct reading {
    struct arena *arena;
    struct problems *problems;
    struct problems *later;
    struct question *q;
    size_t filter_room;
    size_t term_room;
};

static struct problem *refuse(struct reading *r, const struct argument *a, str value,
                              const char *detail)
{
    return problem_add(r->problems, PROBLEM_PARAMETER, a->name, value, "%s", detail);
}

/* ---- words of a fixed list ---- */

/* Each answers word number i, and NULL after the last. */
static const char *sort_word(size_t i)
{
    return i <= SORT_TITLE ? question_sort_name((enum query_sort)i) : NULL;
}

static const char *include_word(size_t i)
{
    return i < QUESTION_PARTS ? question_part_name((enum event_part)i) : NULL;
}

static const char *precision_word(size_t i)
{
    return i <= EDTF_MILLENNIUM ? edtf_precision_name((enum edtf_precision)i) : NULL;
}

/* The words of a vocabulary that no document can add to. */
static const char *vocabulary_word(enum vocabulary v, size_t i)
{
    size_t n;
    const struct term *terms = vocabulary_terms(v, &n);
    return i < n ? terms[i].id : NULL;
}

static const char *kind_word(size_t i)
{
    return vocabulary_word(VOCABULARY_ACTOR_KIND, i);
}

static const char *stance_word(size_t i)
{
    return vocabulary_word(VOCABULARY_STANCE, i);
}

static const char *shape_word(size_t i)
{
    static const char *const words[] = {"array", NULL};
    return words[i];
}

static const char *flag_word(size_t i)
{
    static const char *const words[] = {"false", "true", NULL};
    return words[i];
}

/* Whether word is in the list; *index its place. Else a problem that names the list. */
static bool find_word(struct reading *r, const struct argument *a, str word,
                      const char *(*at)(size_t), size_t *index)
{
    struct nearest near = {.word = word};
    struct buf list;
    buf_init(&list, 400);
    for (size_t i = 0; at(i) != NULL; i++) {
        *index = i;
        if (str_eq(word, str_from(at(i)))) {
            buf_free(&list);
            return true;
        }
        nearest_try(&near, str_from(at(i)));
        buf_printf(&list, "%s%s", i ? ", " : "", at(i));
    }
    struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER, a->name, word,
                                    "it is one of: %.*s", STR_ARG(buf_str(&list)));
    if (near.best.n > 0)
        problem_hint(r->problems, p, "did you mean \"%.*s\"?", STR_ARG(near.best));
    buf_free(&list);
    return false;
}

const char *question_part_name(enum event_part part)
{
    static const char *const names[] = {
        [PART_ACCOUNTS] = "accounts",
        [PART_RELATIONS] = "relations",
        [PART_CLAIMS] = "claims",
        [PART_EVIDENCE] = "evidence",
    };
    return names[part];
}

const char *question_sort_name(enum query_sort sort)
{
    static const char *const names[] = {
        [SORT_DATE] = "date",       [SORT_DATE_DESC] = "-date", [SORT_RELEVANCE] = "relevance",
        [SORT_UPDATED] = "updated", [SORT_TITLE] = "title",
    };
    return names[sort];
}

/* ---- dates ---- */

/* Whether a masked date stands for days with others between them: XXXX-02-24. */
static bool has_gaps(str text)
{
    bool masked = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '/')
            masked = false;
        else if (c == 'X')
            masked = true;
        else if (masked && c >= '0' && c <= '9')
            return true;
    }
    return false;
}

static void set_date(struct reading *r, const struct argument *a)
{
    str text = a->values.items[0];
    struct edtf value;
    struct edtf_error error;
    if (!edtf_parse(text, &value, &error)) {
        struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER, a->name, text,
                                        "not an EDTF date: %s (at character %zu)", error.detail,
                                        error.position + 1);
        if (str_find(text, ' ') < text.n)
            problem_hint(r->problems, p, "in an address, \"+\" is written %%2B");
        else
            problem_hint(r->problems, p,
                         "such as 2021-03-24, 2021-03, 2021, 2020-09/2020-11 or "
                         "2021-06-15/..");
        return;
    }
    if (value.kind == EDTF_ONE_OF || value.kind == EDTF_ALL_OF) {
        struct problem *p = refuse(r, a, text, "a set of dates is not one stretch of time");
        problem_hint(r->problems, p, "ask for a date or for an interval, such as 2021/2022");
        return;
    }
    if (has_gaps(text)) {
        problem_add(r->later, PROBLEM_PARAMETER, a->name, text,
                    "dates with gaps, such as \"on this day\", are not built yet");
        return;
    }
    r->q->query.date = (struct dated){text, value};
}

static void set_as_of(struct reading *r, const struct argument *a)
{
    str text = a->values.items[0];
    r->q->as_of_text = text;
    if (num_parse_range(text, 0, INT64_MAX, &r->q->as_of_number)) {
        r->q->as_of = AS_OF_VERSION;
        return;
    }
    if (instant_parse(text, &r->q->as_of_number)) {
        r->q->as_of = AS_OF_INSTANT;
        return;
    }
    struct problem *p = refuse(r, a, text, "neither the number of a version nor an instant");
    problem_hint(r->problems, p, "such as 7, 2026-11-24 or 2026-11-24T08:15:00Z");
}

/* ---- filters ---- */

static void add_filter(struct reading *r, const struct argument *a, enum filter_kind kind)
{
    struct query *q = &r->q->query;
    *ARENA_PUSH(r->arena, q->filters, q->filter_count, r->filter_room) = (struct filter){
        .kind = kind, .negate = a->negate, .values = a->values, .parameter = a->name};
}

#define FILTER_SETTER(name, kind)                                                                  \
    static void set_##name(struct reading *r, const struct argument *a)                            \
    {                                                                                              \
        add_filter(r, a, kind);                                                                    \
    }
FILTER_SETTER(actor, FILTER_ACTOR)
FILTER_SETTER(place, FILTER_PLACE)
FILTER_SETTER(type, FILTER_TYPE)
FILTER_SETTER(tag, FILTER_TAG)
FILTER_SETTER(source, FILTER_SOURCE)
FILTER_SETTER(id, FILTER_ID)

/* Whether all values are words of a list. */
static bool are_words(struct reading *r, const struct argument *a, const char *(*at)(size_t))
{
    bool good = true;
    size_t index;
    for (size_t i = 0; i < a->values.n; i++)
        good = find_word(r, a, a->values.items[i], at, &index) && good;
    return good;
}

static void set_precision(struct reading *r, const struct argument *a)
{
    if (are_words(r, a, precision_word))
        add_filter(r, a, FILTER_PRECISION);
}

static void set_role(struct reading *r, const struct argument *a)
{
    if (a->negate)
        r->q->query.roles_not = a->values;
    else
        r->q->query.roles = a->values;
}

static void set_term(struct reading *r, const struct argument *a)
{
    struct question *q = r->q;
    if (str_eq(a->term, STR("kind")) && !are_words(r, a, kind_word))
        return;
    if (str_eq(a->term, STR("stance")) && !are_words(r, a, stance_word))
        return;
    *ARENA_PUSH(r->arena, q->terms, q->term_count, r->term_room) = (struct item_filter){
        .term = a->term, .negate = a->negate, .values = a->values};
}

static void set_q(struct reading *r, const struct argument *a)
{
    r->q->query.text = a->values.items[0];
}

/* ---- the shape of the answer ---- */

static void set_sort(struct reading *r, const struct argument *a)
{
    size_t index;
    if (find_word(r, a, a->values.items[0], sort_word, &index))
        r->q->query.sort = (enum query_sort)index;
}

static void set_limit(struct reading *r, const struct argument *a)
{
    str text = a->values.items[0];
    if (str_eq(text, STR("all"))) {
        problem_add(r->later, PROBLEM_PARAMETER, a->name, text, "\"limit=all\" is not built yet");
        return;
    }
    if (num_parse_range(text, 1, QUERY_LARGEST_LIMIT, &r->q->query.limit))
        return;
    struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER, a->name, text,
                                    "it is a whole number from 1 to %d", QUERY_LARGEST_LIMIT);
    problem_hint(r->problems, p, "for more rows follow `next` from page to page");
}

static void set_cursor(struct reading *r, const struct argument *a)
{
    r->q->cursor = a->values.items[0];
}

static void set_format(struct reading *r, const struct argument *a)
{
    r->q->format = a->values.items[0];
}

static void set_fields(struct reading *r, const struct argument *a)
{
    r->q->fields = a->values;
}

static void set_include(struct reading *r, const struct argument *a)
{
    size_t index;
    for (size_t i = 0; i < a->values.n; i++)
        if (find_word(r, a, a->values.items[i], include_word, &index))
            r->q->include |= 1u << index;
}

static void set_shape(struct reading *r, const struct argument *a)
{
    size_t index;
    r->q->array = find_word(r, a, a->values.items[0], shape_word, &index);
}

static void set_message(struct reading *r, const struct argument *a)
{
    r->q->message = a->values.items[0];
    if (a->text.n > QUESTION_LONGEST_MESSAGE)
        problem_add(r->problems, PROBLEM_PARAMETER, a->name, a->text, "it is at most %d bytes long",
                    QUESTION_LONGEST_MESSAGE);
}

#define FLAG_SETTER(name, member)                                                                  \
    static void set_##name(struct reading *r, const struct argument *a)                            \
    {                                                                                              \
        size_t index;                                                                              \
        if (find_word(r, a, a->values.items[0], flag_word, &index))                                \
            r->q->member = index == 1;                                                             \
    }
FLAG_SETTER(count, query.count)
FLAG_SETTER(pretty, pretty)
FLAG_SETTER(dry_run, dry_run)

/* ---- all of them ---- */

typedef void setter(struct reading *r, const struct argument *a);

static setter *const setters[PARAMETERS] = {
    [PARAM_DATE] = set_date,           [PARAM_ACTOR] = set_actor,
    [PARAM_ROLE] = set_role,           [PARAM_PLACE] = set_place,
    [PARAM_TYPE] = set_type,           [PARAM_TAG] = set_tag,
    [PARAM_SOURCE] = set_source,       [PARAM_ID] = set_id,
    [PARAM_PRECISION] = set_precision, [PARAM_Q] = set_q,
    [PARAM_AS_OF] = set_as_of,         [PARAM_SORT] = set_sort,
    [PARAM_LIMIT] = set_limit,         [PARAM_CURSOR] = set_cursor,
    [PARAM_COUNT] = set_count,         [PARAM_FIELDS] = set_fields,
    [PARAM_INCLUDE] = set_include,     [PARAM_PRETTY] = set_pretty,
    [PARAM_FORMAT] = set_format,       [PARAM_SHAPE] = set_shape,
    [PARAM_DRY_RUN] = set_dry_run,     [PARAM_MESSAGE] = set_message,
};

void question_read(const struct arguments *arguments, struct arena *a, struct problems *problems,
                   struct problems *later, struct question *out)
{
    *out = (struct question){.query = {.limit = QUESTION_LIMIT}};
    struct reading r = {a, problems, later, out, 0, 0};
    for (size_t i = 0; i < arguments->n; i++) {
        const struct argument *argument = &arguments->items[i];
        if (argument->which == PARAM_TERM)
            set_term(&r, argument);
        else
            setters[argument->which](&r, argument);
    }
    if (out->query.date.text.p != NULL)
        match_prepare(out->query.date.text, out->query.when, a, &out->query.match);
    if (out->query.sort == SORT_RELEVANCE && out->query.text.n == 0) {
        struct problem *p = problem_add(problems, PROBLEM_PARAMETER, STR("sort"), STR("relevance"),
                                        "there is nothing to be relevant to without q=");
        problem_hint(problems, p, "add q=, or sort by date");
    }
}
