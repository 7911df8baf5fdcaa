#include "api/question.h"

#include <inttypes.h>

#include "api/question_set.h"
#include "base/check.h"
#include "base/num.h"

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

/* ---- values ---- */

struct problem *question_refuse(struct question_reading *r, const struct argument *a, str value,
                                const char *detail)
{
    return problem_add(r->problems, PROBLEM_PARAMETER, a->name, value, "%s", detail);
}

bool question_word(struct question_reading *r, const struct argument *a, str word, words_list *at,
                   size_t *index)
{
    return words_find(r->problems, a->name, word, at, index);
}

bool question_words(struct question_reading *r, const struct argument *a, words_list *at)
{
    bool good = true;
    size_t index;
    for (size_t i = 0; i < a->values.n; i++)
        good = question_word(r, a, a->values.items[i], at, &index) && good;
    return good;
}

bool question_number(struct question_reading *r, const struct argument *a, int64_t least,
                     int64_t most, int64_t *out)
{
    str text = a->values.items[0];
    if (num_parse_range(text, least, most, out))
        return true;
    if (most == INT64_MAX)
        problem_add(r->problems, PROBLEM_PARAMETER, a->name, text,
                    "it is a whole number, %" PRId64 " or more", least);
    else
        problem_add(r->problems, PROBLEM_PARAMETER, a->name, text,
                    "it is a whole number from %" PRId64 " to %" PRId64, least, most);
    return false;
}

bool question_flag(struct question_reading *r, const struct argument *a, bool *out)
{
    size_t index;
    if (!question_word(r, a, a->values.items[0], words_flag, &index))
        return false;
    *out = index == 1;
    return true;
}

/* ---- what goes together ---- */

static bool has_problem(const struct question_reading *r, enum parameter p)
{
    for (size_t i = 0; i < r->problems->n; i++)
        if (str_eq(r->problems->items[i].at, str_from(parameter_name(p))))
            return true;
    return false;
}

/* Whether a parameter was given, well or badly. */
static bool was_given(const struct question_reading *r, const struct arguments *arguments,
                      enum parameter p)
{
    for (size_t i = 0; i < arguments->n; i++)
        if (arguments->items[i].which == p)
            return true;
    return has_problem(r, p);
}

/* `which` was given and says something only beside another parameter, which was not. */
static void check_needs(struct question_reading *r, const struct arguments *arguments,
                        enum parameter which, enum parameter needed, const char *detail,
                        const char *hint)
{
    if (has_problem(r, which))
        return;
    for (size_t i = 0; i < arguments->n; i++) {
        const struct argument *a = &arguments->items[i];
        if (a->which == which && !was_given(r, arguments, needed))
            problem_hint(r->problems, question_refuse(r, a, a->text, detail), "%s", hint);
    }
}

/* `which` was given and cannot be beside another parameter. */
static void check_excludes(struct question_reading *r, const struct arguments *arguments,
                           enum parameter which, const char *detail, const char *hint)
{
    for (size_t i = 0; i < arguments->n; i++) {
        const struct argument *a = &arguments->items[i];
        if (a->which == which)
            problem_hint(r->problems, question_refuse(r, a, a->text, detail), "%s", hint);
    }
}

/* Parameters that need another one, or cannot be beside it. */
static void check_together(struct question_reading *r, const struct arguments *arguments)
{
    const struct question *q = r->q;
    static const char example[] = "add date=, such as date=2021";
    check_needs(r, arguments, PARAM_WHEN, PARAM_DATE,
                "it says how events stand to date=, and there is none", example);
    check_needs(r, arguments, PARAM_CERTAINTY, PARAM_DATE,
                "it says how surely events stand to date=, and there is none", example);
    check_needs(r, arguments, PARAM_FINGERPRINT, PARAM_AS_OF,
                "a fingerprint is of one version, and none is named",
                "add as_of=, as the citation's link has it");
    check_needs(r, arguments, PARAM_UNTIL, PARAM_FINGERPRINT,
                "it says what a citation is compared with, and there is none",
                "add as_of= and fingerprint=, as the citation gives them");
    if (q->query.undated == UNDATED_ONLY && q->query.date.text.p != NULL)
        check_excludes(r, arguments, PARAM_UNDATED, "no undated event can answer to a date",
                       "leave out the date, or say undated=include");
    if (q->query.sort == SORT_RELEVANCE && q->query.text.n == 0 &&
        !was_given(r, arguments, PARAM_Q)) {
        struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER, STR("sort"),
                                        STR("relevance"),
                                        "there is nothing to be relevant to without q=");
        problem_hint(r->problems, p, "add q=, or sort by date");
    }
    if (q->histogram_given && q->histogram.bins > 0)
        check_excludes(r, arguments, PARAM_BINS, "by= says already what the buckets are",
                       "leave out one of them");
    if (!q->all)
        return;
    check_excludes(r, arguments, PARAM_CURSOR, "limit=all begins at the first row",
                   "leave out cursor=, or ask for pages");
    if (q->query.count)
        check_excludes(r, arguments, PARAM_COUNT, "limit=all gives every row and counts none",
                       "count the rows that come, or ask for limit=1&count=true");
}

void question_read(const struct arguments *arguments, struct arena *a, struct problems *problems,
                   struct question *out)
{
    const struct route *route = arguments->route;
    *out = (struct question){
        .query = {.limit = route->rows > 0 ? route->rows : QUESTION_LIMIT},
        .histogram = {.by = HISTOGRAM_YEAR, .split = FACETS},
        .facets = (1u << FACETS) - 1,
        .depth = 1,
        .listed = (route->parameters & PARAMETER_BIT(PARAM_SORT)) != 0,
    };
    struct question_reading r = {.route = route, .arena = a, .problems = problems, .q = out};
    for (size_t i = 0; i < arguments->n; i++) {
        const struct argument *argument = &arguments->items[i];
        question_setter *set = question_filter_setter(argument->which);
        if (argument->which == PARAM_TERM)
            set = question_filter_term;
        else if (set == NULL)
            set = question_shape_setter(argument->which);
        if (set == NULL)
            set = question_embed_setter(argument->which);
        ENSURE(set != NULL); /* every parameter that is built has one */
        set(&r, argument);
    }
    question_embed_window(&r);
    if (out->query.date.text.p != NULL)
        match_prepare(out->query.date.text, out->query.when, a, &out->query.match);
    check_together(&r, arguments);
    if (out->histogram.bins > 0) {
        out->histogram.by = HISTOGRAM_BINS;
        out->histogram_given = true;
    }
}
