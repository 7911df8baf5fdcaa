/* annals diff: what differs between two versions of the store. */
#include <inttypes.h>
#include <stdio.h>

#include "annals/command.h"
#include "annals/diff_show.h"
#include "annals/server.h"
#include "annals/term.h"
#include "base/jout.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/num.h"
#include "model/difference.h"

#define LONGEST_TARGET ((size_t)64 * 1024)
#define IDS_AT_ONCE 40 /* of events in one question: an address has 8 KiB */

struct diff {
    const struct arguments *args;
    struct arena *arena;
    struct http *http;
    int64_t before, after;
    str filters; /* "&actor=aze": all of them */
    str reading; /* policy= and known_at= alone */
    bool json;
    int width;
    struct diff_ids ids;
    int64_t counts[DIFF_KINDS][DIFF_ACTIONS];
    bool shown[DIFF_KINDS]; /* its heading */
};

/* ---- what was asked ---- */

/* A reading says how events are read, and is needed wherever they are. */
static bool is_reading(str name)
{
    return str_eq(name, STR("policy")) || str_eq(name, STR("known_at"));
}

static bool take_filter(str argument, struct buf *filters, struct buf *reading, struct err *e)
{
    static const str refused[] = {STR_INIT("as_of"),  STR_INIT("limit"),  STR_INIT("cursor"),
                                  STR_INIT("fields"), STR_INIT("format"), STR_INIT("sort")};
    str name, value;
    if (!str_cut(argument, '=', &name, &value) || name.n == 0)
        return err_set(e, ERR_BAD_PARAMETER, "\"%.*s\" is not of the form PARAMETER=VALUE",
                       STR_ARG(argument));
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (str_eq(name, refused[i]))
            return err_set(e, ERR_BAD_PARAMETER,
                           "%.*s= says how an answer is given; to compare, only filters of events "
                           "are taken",
                           STR_ARG(name));
    struct buf *to[] = {filters, is_reading(name) ? reading : NULL};
    for (size_t i = 0; i < 2 && to[i] != NULL; i++) {
        buf_add_char(to[i], '&');
        http_encode(to[i], name);
        buf_add_char(to[i], '=');
        http_encode(to[i], value);
    }
    return !buf_failed(filters) || err_set(e, ERR_BAD_PARAMETER, "the filters are too long");
}

static bool take_filters(struct diff *d, int from, struct err *e)
{
    struct buf filters, reading;
    bool ok = true;
    buf_init(&filters, LONGEST_TARGET / 2);
    buf_init(&reading, LONGEST_TARGET / 2);
    for (int i = from; ok && i < d->args->rest_count; i++)
        ok = take_filter(str_from(d->args->rest[i]), &filters, &reading, e);
    d->filters = arena_copy(d->arena, buf_str(&filters));
    d->reading = arena_copy(d->arena, buf_str(&reading));
    buf_free(&filters);
    buf_free(&reading);
    return ok;
}

/* ---- the server ---- */

static enum command_exit refused(struct diff *d, const struct diff_failure *failure)
{
    if (failure->err.code == ERR_NONE && failure->answer.status != 200) {
        enum command_exit code = server_refused(&failure->answer, d->arena);
        return code == EXIT_FINDINGS ? EXIT_USAGE : code; /* 1 says that something differs */
    }
    term_error("%s", failure->err.code != ERR_NONE ? failure->err.detail
                                                   : "the server's answer is not what it promises");
    return EXIT_UNREACHABLE;
}

static bool is_object(str body)
{
    size_t at;
    return jscan_within(body, 32, SIZE_MAX, &at) && str_starts(body, STR("{")) &&
           str_ends(str_trim(body), STR("}"));
}

/* A version by its number or an instant; NULL for the newest. */
static enum command_exit find_version(struct diff *d, const char *text, int64_t *version)
{
    struct diff_failure failure = {0};
    struct buf target;
    buf_init(&target, LONGEST_TARGET);
    buf_add(&target, STR("/v1/events?limit=1"));
    if (text != NULL) {
        buf_add(&target, STR("&as_of="));
        http_encode(&target, str_from(text));
    }
    const struct http_request rq = {.method = "GET", .target = buf_str(&target), .repeat = true};
    bool ok = http_send(d->http, &rq, d->arena, &failure.answer, &failure.err) &&
              failure.answer.status == 200 && is_object(failure.answer.body) &&
              num_parse_i64(jvalue_member(failure.answer.body, "version"), version);
    buf_free(&target);
    return ok ? EXIT_FINE : refused(d, &failure);
}

/* ---- both sides of a thing ---- */

/* Things of one kind at both versions. */
struct sides {
    str before[IDS_AT_ONCE], after[IDS_AT_ONCE];
};

static void file_event(str line, const str *ids, size_t n, str *out)
{
    str id = jvalue_member(line, "id");
    if (!is_object(line) || !jvalue_is_text(id))
        return;
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_sub(id, 1, id.n - 2), ids[i]))
            out[i] = line;
}

static bool read_events(struct diff *d, const str *ids, size_t n, int64_t version, str *out,
                        struct arena *a, struct diff_failure *failure)
{
    struct buf target;
    str line, rest;
    buf_init(&target, LONGEST_TARGET);
    buf_printf(&target,
               "/v1/events.ndjson?limit=%d&undated=include&as_of=%" PRId64 "%.*s&id=", IDS_AT_ONCE,
               version, STR_ARG(d->reading));
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_char(&target, ',');
        http_encode(&target, ids[i]);
    }
    const struct http_request rq = {.method = "GET", .target = buf_str(&target), .repeat = true};
    bool ok = http_send(d->http, &rq, a, &failure->answer, &failure->err) &&
              failure->answer.status == 200;
    buf_free(&target);
    for (rest = ok ? failure->answer.body : STR(""); rest.n > 0;) {
        str_cut(rest, '\n', &line, &rest);
        file_event(line, ids, n, out);
    }
    return ok;
}

/* One thing of another kind; one that is not there stays empty. */
static bool read_item(struct diff *d, enum diff_kind kind, str id, int64_t version, str *out,
                      struct arena *a, struct diff_failure *failure)
{
    struct buf target;
    buf_init(&target, LONGEST_TARGET);
    buf_printf(&target, "/v1/%s/", diff_ids_segment(kind));
    http_encode(&target, id);
    buf_printf(&target, "?as_of=%" PRId64, version);
    const struct http_request rq = {.method = "GET", .target = buf_str(&target), .repeat = true};
    bool ok = http_send(d->http, &rq, a, &failure->answer, &failure->err);
    int status = failure->answer.status;
    buf_free(&target);
    if (ok && status == 200 && is_object(failure->answer.body))
        *out = failure->answer.body;
    return ok && (status == 404 || status == 410 || (status == 200 && out->n > 0));
}

static bool read_sides(struct diff *d, enum diff_kind kind, const str *ids, size_t n,
                       struct sides *out, struct arena *a, struct diff_failure *failure)
{
    if (kind == DIFF_EVENTS)
        return read_events(d, ids, n, d->before, out->before, a, failure) &&
               read_events(d, ids, n, d->after, out->after, a, failure);
    for (size_t i = 0; i < n; i++)
        if (!read_item(d, kind, ids[i], d->before, &out->before[i], a, failure) ||
            !read_item(d, kind, ids[i], d->after, &out->after[i], a, failure))
            return false;
    return true;
}

/* ---- what differs ---- */

static bool same(const struct diff_thing *t, struct arena *a)
{
    struct differences found;
    if (t->before.n == 0 || t->after.n == 0)
        return t->before.n == t->after.n;
    difference_find(t->before, t->after, a, &found);
    return found.n == 0;
}

static void tell(struct diff *d, struct diff_thing *t, struct arena *a)
{
    if (same(t, a))
        return;
    t->action = t->before.n == 0 ? DIFF_ADDED : t->after.n == 0 ? DIFF_REMOVED : DIFF_CHANGED;
    d->counts[t->kind][t->action]++;
    if (d->json) {
        diff_show_json(t, a);
        return;
    }
    if (!d->shown[t->kind]) {
        term_text(stdout, TERM_BOLD, str_from(diff_ids_segment(t->kind)));
        putchar('\n');
    }
    d->shown[t->kind] = true;
    diff_show(t, d->width, a);
}

static enum command_exit tell_kind(struct diff *d, enum diff_kind kind)
{
    const struct diff_list *list = &d->ids.kinds[kind];
    enum command_exit code = EXIT_FINE;
    for (size_t from = 0; code == EXIT_FINE && from < list->n; from += IDS_AT_ONCE) {
        size_t n = list->n - from < IDS_AT_ONCE ? list->n - from : IDS_AT_ONCE;
        struct arena *scratch = arena_new();
        struct diff_failure failure = {0};
        struct sides sides = {0};
        if (!read_sides(d, kind, list->ids + from, n, &sides, scratch, &failure))
            code = refused(d, &failure);
        for (size_t i = 0; code == EXIT_FINE && i < n; i++) {
            struct diff_thing thing = {.kind = kind,
                                       .id = list->ids[from + i],
                                       .before = sides.before[i],
                                       .after = sides.after[i]};
            tell(d, &thing, scratch);
        }
        arena_free(scratch);
    }
    return code;
}

/* ---- the end ---- */

static void write_summary(const struct diff *d)
{
    struct buf out;
    struct jout j;
    buf_init(&out, 4096);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_i64(&j, "from", d->before);
    jout_member_i64(&j, "to", d->after);
    for (int k = 0; k < DIFF_KINDS; k++) {
        jout_key(&j, diff_ids_segment((enum diff_kind)k));
        jout_object(&j);
        for (int x = 0; x < DIFF_ACTIONS; x++)
            jout_member_i64(&j, diff_show_word((enum diff_action)x), d->counts[k][x]);
        jout_object_end(&j);
    }
    jout_object_end(&j);
    fwrite(out.p, 1, out.n, stdout);
    putchar('\n');
    buf_free(&out);
}

/* "2 events added, 1 changed; 1 source added" */
static void show_summary(const struct diff *d)
{
    bool any = false;
    printf("%sfrom version %" PRId64 " to %" PRId64 ": ", term_on(stdout, TERM_BOLD), d->before,
           d->after);
    for (int k = 0; k < DIFF_KINDS; k++) {
        bool named = false;
        for (int x = 0; x < DIFF_ACTIONS; x++) {
            int64_t n = d->counts[k][x];
            if (n == 0)
                continue;
            fputs(named ? ", " : any ? "; " : "", stdout);
            printf("%" PRId64, n);
            if (!named)
                printf(" %s", n == 1 ? diff_ids_singular((enum diff_kind)k)
                                     : diff_ids_segment((enum diff_kind)k));
            printf(" %s", diff_show_word((enum diff_action)x));
            named = any = true;
        }
    }
    printf("%s%s\n", any ? "" : "no difference", term_off(stdout));
}

static enum command_exit compare(struct diff *d)
{
    struct diff_failure failure;
    bool forward = d->before < d->after;
    bool ok = d->filters.n > 0
                  ? diff_ids_matching(d->http, d->filters, d->before, d->after, d->arena, &d->ids,
                                      &failure)
                  : diff_ids_changed(d->http, forward ? d->before : d->after,
                                     forward ? d->after : d->before, d->arena, &d->ids, &failure);
    enum command_exit code = ok ? EXIT_FINE : refused(d, &failure);
    int64_t all = 0;
    for (int k = 0; code == EXIT_FINE && k < DIFF_KINDS; k++)
        code = tell_kind(d, (enum diff_kind)k);
    if (code != EXIT_FINE)
        return code;
    if (d->json)
        write_summary(d);
    else
        show_summary(d);
    for (int k = 0; k < DIFF_KINDS; k++)
        for (int x = 0; x < DIFF_ACTIONS; x++)
            all += d->counts[k][x];
    return all > 0 ? EXIT_FINDINGS : EXIT_FINE;
}

enum command_exit command_diff(const struct arguments *args, struct arena *a)
{
    struct diff d = {.args = args,
                     .arena = a,
                     .json = command_option(args, "json") != NULL,
                     .width = term_width(stdout)};
    struct err e = {0};
    bool second = args->rest_count > 1 &&
                  str_find(str_from(args->rest[1]), '=') == str_from(args->rest[1]).n;
    if (!take_filters(&d, second ? 2 : 1, &e) || !server_open(args, a, &d.http, &e)) {
        term_error("%s", e.detail);
        return EXIT_USAGE;
    }
    enum command_exit code = find_version(&d, args->rest[0], &d.before);
    if (code == EXIT_FINE)
        code = find_version(&d, second ? args->rest[1] : NULL, &d.after);
    if (code == EXIT_FINE)
        code = compare(&d);
    http_close(d.http);
    return code;
}
