#include "api/argument.h"

#include "api/percent.h"
#include "base/nearest.h"

struct arguments_reader {
    const struct route *route;
    struct arena *arena;
    struct problems *problems;
    struct arguments *out;
    size_t room;
};

static bool takes(const struct route *route, enum parameter p)
{
    return (route->parameters & PARAMETER_BIT(p)) != 0;
}

static bool is_term(const struct route *route, str name)
{
    if (!route->terms)
        return false;
    size_t n;
    const char *const *terms = store_item_terms((enum item_kind)route->detail, &n);
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_from(terms[i]), name))
            return true;
    return false;
}

/* The parameter of this address that was probably meant; empty without one. */
static str nearest_name(const struct route *route, str name)
{
    struct nearest near = {.word = name};
    for (unsigned p = 0; p < PARAMETERS; p++)
        if (takes(route, (enum parameter)p))
            nearest_try(&near, str_from(parameter_name((enum parameter)p)));
    size_t n = 0;
    const char *const *terms = route->terms ? store_item_terms((enum item_kind)route->detail, &n)
                                            : NULL;
    for (size_t i = 0; i < n; i++)
        nearest_try(&near, str_from(terms[i]));
    return near.best;
}

static void refuse_name(struct arguments_reader *r, str name, str term)
{
    enum parameter elsewhere;
    bool known = parameter_find(term, &elsewhere);
    struct problem *p = known ? problem_add(r->problems, PROBLEM_PARAMETER, name, STR(""),
                                            "this address does not take \"%.*s\"", STR_ARG(term))
                              : problem_add(r->problems, PROBLEM_PARAMETER, name, STR(""),
                                            "there is no parameter of this name");
    str near = nearest_name(r->route, term);
    if (near.n > 0)
        problem_hint(r->problems, p, "did you mean \"%.*s\"?", STR_ARG(near));
}

/* Decodes one side of an argument; false with a problem. shown: the name to put it under. */
static bool decode(struct arguments_reader *r, str raw, str shown, str *out)
{
    char *p = arena_alloc(r->arena, raw.n + 1);
    size_t n;
    const char *wrong = percent_decode(raw, PERCENT_QUERY, p, &n);
    if (wrong != NULL) {
        struct problem *bad = problem_add(r->problems, PROBLEM_PARAMETER, shown, raw, "\"%.*s\" %s",
                                          STR_ARG(str_sub(raw, 0, 100)), wrong);
        problem_hint(r->problems, bad, "encode special characters of UTF-8 text as %%XX");
        return false;
    }
    *out = (str){p, n};
    return true;
}

/* Finds the parameter; false with a problem, also where it is not built yet. */
static bool identify(struct arguments_reader *r, struct argument *a)
{
    static const str not_suffix = STR_INIT("__not");
    a->negate = str_ends(a->name, not_suffix);
    a->term = a->negate ? str_sub(a->name, 0, a->name.n - not_suffix.n) : a->name;
    if (is_term(r->route, a->term)) {
        a->which = PARAM_TERM;
        return true;
    }
    if (!parameter_find(a->term, &a->which) || !takes(r->route, a->which)) {
        refuse_name(r, a->name, a->term);
        return false;
    }
    unsigned flags = parameter_flags(a->which);
    if (a->negate && !(flags & PARAMETER_NOT)) {
        problem_add(r->problems, PROBLEM_PARAMETER, a->name, a->text,
                    "\"%.*s\" cannot be negated with __not", STR_ARG(a->term));
        return false;
    }
    return true;
}

static bool is_repeated(const struct arguments_reader *r, const struct argument *a)
{
    for (size_t i = 0; i < r->out->n; i++) {
        const struct argument *b = &r->out->items[i];
        if (b->which == a->which && str_eq(b->name, a->name))
            return true;
    }
    return false;
}

/* Cuts the text at its commas. False with a problem where something is empty or too much. */
static bool split(struct arguments_reader *r, struct argument *a)
{
    unsigned flags = parameter_flags(a->which);
    size_t most = flags & PARAMETER_LIST ? QUERY_MOST_VALUES : 1;
    size_t room = 0;
    str rest = a->text;
    bool more = true;
    while (more && a->values.n < most) {
        str value = rest;
        more = flags & PARAMETER_LIST ? str_cut(rest, ',', &value, &rest) : false;
        value = str_trim(value);
        if (value.n == 0) {
            struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER, a->name, a->text,
                                            a->text.n ? "there is an empty value in the list"
                                                      : "it has no value");
            problem_hint(r->problems, p, "leave it out to ask for everything");
            return false;
        }
        *ARENA_PUSH(r->arena, a->values.items, a->values.n, room) = value;
    }
    if (more)
        problem_add(r->problems, PROBLEM_PARAMETER, a->name, a->text,
                    "at most %d values fit into one parameter", QUERY_MOST_VALUES);
    return !more;
}

static void read_one(struct arguments_reader *r, str piece)
{
    struct argument a = {0};
    str name, text;
    bool has_value = str_cut(piece, '=', &name, &text);
    if (!decode(r, name, name, &a.name) || !decode(r, text, a.name, &a.text))
        return;
    if (a.name.n == 0) {
        problem_add(r->problems, PROBLEM_PARAMETER, STR(""), a.text,
                    "a value stands here without the name of a parameter");
        return;
    }
    if (!identify(r, &a))
        return;
    unsigned flags = parameter_flags(a.which);
    if (!(flags & PARAMETER_MANY) && is_repeated(r, &a)) {
        struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER, a.name, a.text,
                                        "it may be given once and was given again");
        if (flags & PARAMETER_LIST)
            problem_hint(r->problems, p, "separate several values with commas");
        return;
    }
    if (!has_value && flags & PARAMETER_FLAG)
        a.text = STR("true");
    if (split(r, &a))
        *ARENA_PUSH(r->arena, r->out->items, r->out->n, r->room) = a;
}

void argument_read(str query, const struct route *route, struct arena *a, struct problems *problems,
                   struct arguments *out)
{
    *out = (struct arguments){.route = route};
    struct arguments_reader r = {route, a, problems, out, 0};
    size_t seen = 0;
    bool more = query.n > 0;
    while (more) {
        str piece;
        more = str_cut(query, '&', &piece, &query);
        if (piece.n == 0)
            continue;
        if (++seen > ARGUMENT_MOST) {
            problem_add(problems, PROBLEM_PARAMETER, STR(""), STR(""),
                        "at most %d parameters are read", ARGUMENT_MOST);
            return;
        }
        read_one(&r, piece);
    }
}
