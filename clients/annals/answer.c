#include "annals/answer.h"

#include <jansson.h>

#include "base/buf.h"
#include "base/check.h"

static const char *const actions[ANSWER_ACTIONS] = {"added", "changed", "removed"};

const char *answer_action(int number)
{
    ENSURE(number >= 0 && number < ANSWER_ACTIONS);
    return actions[number];
}

static json_t *parse(str body)
{
    return body.n > 0 ? json_loadb(body.p, body.n, JSON_ALLOW_NUL, NULL) : NULL;
}

/* A string, or the empty str for anything else. Borrowed from the value. */
static str string_of(const json_t *value)
{
    return (str){json_string_value(value), json_string_length(value)};
}

static str text_of(const json_t *object, const char *key)
{
    return string_of(json_object_get(object, key));
}

static int64_t number_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key)); /* 0 where there is none */
}

/* ---- refusals ---- */

static void take_problem(const json_t *error, struct problems *problems)
{
    static const enum problem_place places[] = {PROBLEM_POINTER, PROBLEM_PARAMETER, PROBLEM_HEADER};
    enum problem_place place = PROBLEM_LINE;
    str at = {0};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *key = problem_place_name(places[i]);
        if (json_object_get(error, key) != NULL) {
            place = places[i];
            at = text_of(error, key);
        }
    }
    str detail = text_of(error, "detail");
    struct problem *p = problem_add(problems, place, at, text_of(error, "value"), "%.*s",
                                    STR_ARG(detail));
    p->line = number_of(error, "line");
    p->column = number_of(error, "column");
    str hint = text_of(error, "hint");
    if (hint.n > 0)
        problem_hint(problems, p, "%.*s", STR_ARG(hint));
}

str answer_refusal(const struct http_answer *answer, struct arena *a, struct problems *problems)
{
    json_t *root = parse(answer->body);
    str title = text_of(root, "title");
    str detail = text_of(root, "detail");
    str summary;
    if (title.n > 0 && detail.n > 0)
        summary = arena_printf(a, "%.*s: %.*s", STR_ARG(title), STR_ARG(detail));
    else if (title.n + detail.n > 0)
        summary = arena_copy(a, title.n > 0 ? title : detail);
    else
        summary = arena_printf(a, "the server answers with status %d", answer->status);
    const json_t *errors = json_object_get(root, "errors");
    for (size_t i = 0; i < json_array_size(errors); i++)
        take_problem(json_array_get(errors, i), problems);
    json_decref(root);
    return summary;
}

/* ---- writes ---- */

/* "id", or "id (date, title)" of something changed. */
static str name_of(const json_t *thing, struct arena *a)
{
    if (json_is_string(thing))
        return arena_copy(a, string_of(thing));
    struct buf out;
    buf_init(&out, 4096);
    buf_add(&out, text_of(thing, "id"));
    const json_t *properties = json_object_get(thing, "properties");
    for (size_t i = 0; i < json_array_size(properties); i++) {
        buf_add(&out, i == 0 ? STR(" (") : STR(", "));
        buf_add(&out, string_of(json_array_get(properties, i)));
    }
    if (json_array_size(properties) > 0)
        buf_add_char(&out, ')');
    str name = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return name;
}

/* Changes as they are gathered. */
struct gathered {
    struct answer_change *items;
    size_t n, room;
};

static void take_action(const json_t *root, const char *action, struct arena *a,
                        struct gathered *out)
{
    const char *kind;
    json_t *things;
    json_object_foreach(json_object_get(root, action), kind, things)
    {
        if (!json_is_array(things) || json_array_size(things) == 0)
            continue;
        struct answer_change *c = ARENA_PUSH(a, out->items, out->n, out->room);
        size_t n = json_array_size(things);
        *c = (struct answer_change){.action = action,
                                    .kind = arena_copy(a, str_from(kind)),
                                    .count = (int64_t)n,
                                    .names = ARENA_ARRAY(a, str, n),
                                    .name_count = n};
        for (size_t i = 0; i < n; i++)
            c->names[i] = name_of(json_array_get(things, i), a);
        int64_t all = number_of(json_object_get(root, action), arena_printf(a, "%s_count", kind).p);
        c->count = all > c->count ? all : c->count;
    }
}

static struct gathered take_changes(const json_t *root, struct arena *a)
{
    struct gathered all = {0};
    for (int i = 0; i < ANSWER_ACTIONS; i++)
        take_action(root, actions[i], a, &all);
    return all;
}

bool answer_write(str json, struct arena *a, struct answer_write *out)
{
    json_t *root = parse(json);
    *out = (struct answer_write){.changeset = number_of(root, "changeset")};
    bool fine = json_object_get(root, "changeset") != NULL;
    struct gathered all = take_changes(root, a);
    out->changes = all.items;
    out->change_count = all.n;
    const json_t *warnings = json_object_get(root, "warnings");
    out->warning_count = json_array_size(warnings);
    out->warnings = ARENA_ARRAY(a, str, out->warning_count);
    for (size_t i = 0; i < out->warning_count; i++) {
        const json_t *w = json_array_get(warnings, i);
        out->warnings[i] = arena_copy(a, json_is_string(w) ? string_of(w) : text_of(w, "detail"));
    }
    json_decref(root);
    return fine;
}

/* ---- batches ---- */

bool answer_batch_line(str line, struct arena *a, struct problems *problems,
                       struct answer_batch *out)
{
    json_t *root = parse(line);
    if (!json_is_object(root)) {
        json_decref(root);
        return false;
    }
    if (json_object_get(root, "changeset") == NULL) {
        take_problem(root, problems);
        out->told++;
        json_decref(root);
        return true;
    }
    const json_t *refused = json_object_get(root, "refused");
    for (size_t i = 0; i < json_array_size(refused) && out->told == 0; i++)
        take_problem(json_array_get(refused, i), problems);
    out->changeset = number_of(root, "changeset");
    out->version = number_of(root, "version");
    out->refused_lines = number_of(root, "refused_lines");
    struct gathered all = take_changes(root, a);
    out->changes = all.items;
    out->change_count = all.n;
    const json_t *warnings = json_object_get(root, "warnings");
    out->warning_count = json_array_size(warnings);
    out->warnings = ARENA_ARRAY(a, str, out->warning_count);
    for (size_t i = 0; i < out->warning_count; i++)
        out->warnings[i] = arena_copy(a, string_of(json_array_get(warnings, i)));
    json_decref(root);
    return true;
}

bool answer_landing_ask(struct http *http, struct arena *a, struct answer_landing *out)
{
    static const char *const headers[] = {"Accept: application/json", NULL};
    struct http_request rq = {
        .method = "GET", .target = STR("/"), .headers = headers, .repeat = true};
    struct http_answer answer;
    struct err e;
    if (!http_send(http, &rq, a, &answer, &e) || answer.status != 200)
        return false;
    json_t *root = parse(answer.body);
    *out = (struct answer_landing){.store = arena_copy(a, text_of(root, "store")),
                                   .version = number_of(root, "version")};
    json_decref(root);
    return out->store.n > 0;
}
