/* Files of which earlier ones refer to what only later ones describe: one request for all. */
#include "annals/answer.h"
#include "annals/load.h"
#include "annals/server.h"
#include "base/num.h"

/* One file of those that go in one request. */
struct member {
    struct outcome o;
    bool ready;
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

/* The ready ones among them, in their order. */
struct group {
    struct member **items;
    size_t n;
    struct buf body;
};

static void gather(struct group *g, struct member *all, size_t n)
{
    g->n = 0;
    buf_clear(&g->body);
    for (size_t i = 0; i < n; i++) {
        if (!all[i].ready)
            continue;
        g->items[g->n++] = &all[i];
        add_line(&g->body, all[i].o.input.json);
    }
}

/*
 * All of it or nothing: where one is refused, the others are not loaded either. In a dry run those
 * in which nothing was found stay ready, to be judged without it. True: there are some.
 */
static bool take_group_refusal(struct load *l, struct group *g, const struct http_answer *answer)
{
    struct problems found;
    size_t left = 0;
    problem_init(&found, l->file);
    str summary = answer_refusal(answer, l->file, &found);
    enum command_exit code = server_code(answer->status);
    for (size_t i = 0; i < found.n; i++) {
        size_t index;
        struct problem own = of_member(&found.items[i], &index);
        struct outcome *o = &g->items[index < g->n ? index : 0]->o;
        struct problem *kept = problem_add_line(&o->input.problems, 0, 0, "%s", "");
        *kept = input_place(&o->input, &own);
    }
    l->stopped = code > EXIT_FINDINGS;
    bool again = l->dry_run && !l->stopped && found.n > 0;
    for (size_t i = 0; i < g->n; i++) {
        struct member *x = g->items[i];
        bool wrong = problem_any(&x->o.input.problems);
        x->ready = again && !wrong;
        left += x->ready;
        if (!x->ready)
            load_ends(l, &x->o, OUTCOME_REFUSED, code,
                      wrong
                          ? (str){0}
                          : arena_printf(l->file, "goes together with files that refer to it: %.*s",
                                         STR_ARG(summary)));
    }
    return left > 0;
}

static void take_group(struct load *l, struct group *g, str answer)
{
    struct answer_write w;
    bool changed = !answer_write(answer, l->file, &w) || w.change_count > 0;
    for (size_t i = 0; i < g->n; i++) {
        struct outcome *o = &g->items[i]->o;
        bool last = i + 1 == g->n;
        o->kind = changed ? OUTCOME_LOADED : OUTCOME_UNCHANGED;
        o->with = last ? NULL : g->items[g->n - 1]->o.path;
        o->answer = last ? answer : (str){0};
    }
}

/* True: it is to be asked again, with those that are ready still. */
static bool send_group(struct load *l, struct group *g)
{
    const char *const headers[] = {"Content-Type: application/x-ndjson", "Accept: application/json",
                                   load_idempotency(l->file), NULL};
    struct http_request rq = {.method = "POST",
                              .target = arena_printf(l->file, "/v1/sources%.*s", STR_ARG(l->query)),
                              .headers = headers,
                              .body = buf_str(&g->body),
                              .repeat = true};
    struct http_answer answer;
    struct err e = {0};
    if (!http_send(l->http, &rq, l->file, &answer, &e)) {
        l->stopped = true;
        for (size_t i = 0; i < g->n; i++)
            load_ends(l, &g->items[i]->o, OUTCOME_NOT_SENT, EXIT_UNREACHABLE,
                      arena_copy(l->file, str_from(e.detail)));
        return false;
    }
    if (answer.status < 200 || answer.status >= 300)
        return take_group_refusal(l, g, &answer);
    take_group(l, g, answer.body);
    return false;
}

/* Reads and judges all of them. False: one has problems. */
static bool prepare_group(struct load *l, const char *const *paths, struct member *all, size_t n)
{
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        struct outcome *o = &all[i].o;
        load_outcome(l, paths[i], o);
        bool read = load_prepare(l, o);
        if (read && l->stopped)
            load_ends(l, o, OUTCOME_NOT_SENT, l->code, (str){0});
        all[i].ready = read && !l->stopped && load_match(l, o);
        good = good && all[i].ready;
    }
    return good;
}

/* Of a group in which one has problems none is sent. */
static void hold_back(struct load *l, struct member *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].ready)
            load_ends(l, &all[i].o, OUTCOME_NOT_SENT, EXIT_FINDINGS,
                      STR("it goes together with files that have problems"));
}

/* Files that refer to what only later ones describe go in one request. */
void load_group(struct load *l, const char *const *paths, size_t n)
{
    arena_reset(l->file);
    struct member *all = ARENA_ARRAY(l->file, struct member, n);
    struct group g = {.items = ARENA_ARRAY(l->file, struct member *, n)};
    buf_init(&g.body, SIZE_MAX);
    if (!prepare_group(l, paths, all, n) && !l->dry_run)
        hold_back(l, all, n);
    else
        do
            gather(&g, all, n);
        while (g.n > 0 && send_group(l, &g));
    for (size_t i = 0; i < n; i++)
        load_tell(l, &all[i].o);
    buf_free(&g.body);
}
