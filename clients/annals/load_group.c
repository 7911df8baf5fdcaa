/* Files of which earlier ones refer to what only later ones describe: one request for all. */
#include "annals/answer.h"
#include "annals/load.h"
#include "base/num.h"

/* One file of those that go in one request. */
struct member {
    struct outcome o;
};

/* A document as one line: outside of strings a line's end is a blank, and inside there is none. */
static void add_line(struct buf *out, str json)
{
    for (size_t i = 0; i < json.n; i++)
        buf_add_char(out, json.p[i] == '\n' || json.p[i] == '\r' ? ' ' : json.p[i]);
    buf_add_char(out, '\n');
}

/* "/1/events/0/date" is of document number 1; its pointer there is the rest. */
static struct problem of_member(const struct problem *p, size_t *index)
{
    struct problem own = *p;
    str number, rest;
    int64_t value = 0;
    *index = 0;
    if (p->place != PROBLEM_POINTER || p->at.n == 0)
        return own;
    bool deeper = str_cut(str_sub(p->at, 1, p->at.n), '/', &number, &rest);
    if (num_parse_range(number, 0, INT32_MAX, &value))
        *index = (size_t)value;
    own.at = deeper ? str_sub(p->at, 1 + number.n, p->at.n) : STR("");
    return own;
}

/* All of it or nothing: where one is refused, the others are not loaded either. */
static void take_group_refusal(struct load *l, struct member *all, size_t n,
                               const struct http_answer *answer)
{
    struct problems found;
    problem_init(&found, l->file);
    str summary = answer_refusal(answer, l->file, &found);
    for (size_t i = 0; i < found.n; i++) {
        size_t index;
        struct problem own = of_member(&found.items[i], &index);
        struct outcome *o = &all[index < n ? index : 0].o;
        struct problem *kept = problem_add_line(&o->input.problems, 0, 0, "%s", "");
        *kept = input_place(&o->input, &own);
    }
    l->stopped = answer->status == 401 || answer->status == 403 || answer->status >= 500;
    enum command_exit code = answer->status == 401 || answer->status == 403 ? EXIT_USAGE
                             : answer->status >= 500                        ? EXIT_UNREACHABLE
                                                                            : EXIT_FINDINGS;
    for (size_t i = 0; i < n; i++)
        load_ends(l, &all[i].o, OUTCOME_REFUSED, code,
                  problem_any(&all[i].o.input.problems)
                      ? (str){0}
                      : arena_printf(l->file, "goes together with files that refer to it: %.*s",
                                     STR_ARG(summary)));
}

static void send_group(struct load *l, struct member *all, size_t n, str body)
{
    const char *const headers[] = {"Content-Type: application/x-ndjson", "Accept: application/json",
                                   load_idempotency(l->file), NULL};
    struct http_request rq = {.method = "POST",
                              .target = arena_printf(l->file, "/v1/sources%.*s", STR_ARG(l->query)),
                              .headers = headers,
                              .body = body,
                              .repeat = true};
    struct http_answer answer;
    struct answer_write w;
    struct err e = {0};
    if (!http_send(l->http, &rq, l->file, &answer, &e)) {
        l->stopped = true;
        for (size_t i = 0; i < n; i++)
            load_ends(l, &all[i].o, OUTCOME_NOT_SENT, EXIT_UNREACHABLE,
                      arena_copy(l->file, str_from(e.detail)));
        return;
    }
    if (answer.status < 200 || answer.status >= 300) {
        take_group_refusal(l, all, n, &answer);
        return;
    }
    bool changed = !answer_write(answer.body, l->file, &w) || w.change_count > 0;
    for (size_t i = 0; i < n; i++) {
        all[i].o.kind = changed ? OUTCOME_LOADED : OUTCOME_UNCHANGED;
        all[i].o.with = i + 1 < n ? all[n - 1].o.path : NULL;
        all[i].o.answer = i + 1 < n ? (str){0} : answer.body;
    }
}

/* Files that refer to what only later ones describe go in one request. */
void load_group(struct load *l, const char *const *paths, size_t n)
{
    struct member *all;
    struct buf body;
    bool good = true;
    arena_reset(l->file);
    all = ARENA_ARRAY(l->file, struct member, n);
    buf_init(&body, SIZE_MAX);
    for (size_t i = 0; i < n; i++) {
        load_outcome(l, paths[i], &all[i].o);
        bool ready = load_prepare(l, &all[i].o);
        if (ready && l->stopped)
            load_ends(l, &all[i].o, OUTCOME_NOT_SENT, l->code, (str){0});
        good = ready && !l->stopped && load_match(l, &all[i].o) && good;
        if (good)
            add_line(&body, all[i].o.input.json);
        else if (ready && all[i].o.kind == OUTCOME_LOADED)
            load_ends(l, &all[i].o, OUTCOME_NOT_SENT, EXIT_FINDINGS,
                      STR("it refers to files that have problems"));
    }
    if (good)
        send_group(l, all, n, buf_str(&body));
    for (size_t i = 0; i < n; i++) {
        if (!good && all[i].o.kind == OUTCOME_LOADED)
            load_ends(l, &all[i].o, OUTCOME_NOT_SENT, EXIT_FINDINGS,
                      STR("it goes together with files that have problems"));
        load_tell(l, &all[i].o);
    }
    buf_free(&body);
}
