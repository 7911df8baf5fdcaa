/* annals export: the store, or what a question finds, as annotated source documents again. */
#include "annals/export.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>

#include "annals/command.h"
#include "annals/record_refs.h"
#include "annals/server.h"
#include "annals/term.h"
#include "base/jout.h"
#include "base/jscan.h"
#include "base/num.h"
#include "base/utf8.h"
#include "model/document_write.h"

#define LONGEST_TARGET ((size_t)64 * 1024)
#define LONGEST_LINE (8 * DOCUMENT_LARGEST)
#define PAGE "1000"

struct export
{
    struct arena *arena;
    struct arena *piece; /* of one record */
    struct http *http;
    const char *folder; /* NULL for the standard output */
    str version;        /* as_of, as it stands in addresses */
    str filters;        /* "actor=aze&…"; empty for the whole store */
    struct export_need *need;
    struct export_files *files;
    bool writing; /* the second reading */
    bool json;
    struct err err;
};

/* ---- lines ---- */

bool export_line_read(str line, struct export_line *out)
{
    size_t at = 0;
    str key, value, member, inner;
    *out = (struct export_line){.line = line, .kind = RECORD_KINDS};
    if (line.n == 0 || line.p[0] != '{' || !jscan_member(line, &at, &key, &value))
        return false;
    if (str_eq(key, STR("annals"))) {
        out->kind = RECORD_SOURCE;
        if (!jscan_member(line, &at, &key, &value))
            return false;
    }
    for (int k = 0; k < RECORD_KINDS && out->kind == RECORD_KINDS; k++)
        if (str_eq(key, str_from(record_key((enum record_kind)k))))
            out->kind = (enum record_kind)k;
    out->json = value;
    for (at = 0; jscan_member(value, &at, &member, &inner);)
        if (str_eq(member, STR("id")) && inner.n >= 2)
            out->id = str_sub(inner, 1, inner.n - 2);
    return out->kind != RECORD_KINDS && (out->id.n > 0 || out->kind == RECORD_RELATION);
}

/* What comes over the wire is cut into lines and each is handed on. */
struct lines {
    struct buf rest;
    bool (*take)(void *to, str line);
    void *to;
    size_t n;
};

static bool to_lines(void *to, str bytes)
{
    struct lines *l = to;
    str line, rest = bytes;
    while (str_find(rest, '\n') < rest.n) {
        str_cut(rest, '\n', &line, &rest);
        if (l->rest.n > 0) {
            buf_add(&l->rest, line);
            line = buf_str(&l->rest);
        }
        l->n++;
        if (buf_failed(&l->rest) || !l->take(l->to, line))
            return false;
        buf_clear(&l->rest);
    }
    buf_add(&l->rest, rest);
    return !buf_failed(&l->rest);
}

/* A GET whose answer is taken line by line. False: *code says how it ended, and it was said why. */
static bool get_lines(struct export *x, str target, bool (*take)(void *to, str line), void *to,
                      enum command_exit *code)
{
    static const char *const headers[] = {"Accept: application/x-ndjson", NULL};
    struct lines l = {.take = take, .to = to};
    struct http_request rq = {.method = "GET",
                              .target = target,
                              .headers = headers,
                              .repeat = true,
                              .sink = to_lines,
                              .to = &l};
    struct http_answer answer;
    struct err e = {0};
    buf_init(&l.rest, LONGEST_LINE);
    bool came = http_send(x->http, &rq, x->arena, &answer, &e);
    bool whole = l.rest.n == 0;
    buf_free(&l.rest);
    if (came && (answer.status < 200 || answer.status >= 300)) {
        *code = server_refused(&answer, x->arena);
        return false;
    }
    if (came && whole)
        return true;
    *code = EXIT_UNREACHABLE;
    term_error("%s", x->err.code != ERR_NONE ? x->err.detail
                     : came                  ? "the answer breaks off in the middle of a line"
                                             : e.detail);
    return false;
}

/* ---- what is asked ---- */

/* DIR, then PARAMETER=VALUE. */
static bool read_arguments(struct export *x, const struct arguments *args, struct err *e)
{
    struct buf out;
    str name, value;
    buf_init(&out, LONGEST_TARGET);
    for (int i = 0; i < args->rest_count; i++) {
        str word = str_from(args->rest[i]);
        if (!str_cut(word, '=', &name, &value)) {
            if (i > 0 || word.n == 0) {
                buf_free(&out);
                return err_set(e, ERR_BAD_PARAMETER, "\"%s\" is not of the form PARAMETER=VALUE",
                               args->rest[i]);
            }
            x->folder = str_eq(word, STR("-")) ? NULL : args->rest[i];
        } else if (str_eq(name, STR("as_of"))) {
            x->version = value;
        } else {
            if (out.n > 0)
                buf_add_char(&out, '&');
            http_encode(&out, name);
            buf_add_char(&out, '=');
            http_encode(&out, value);
        }
    }
    bool fits = !buf_failed(&out);
    x->filters = arena_copy(x->arena, buf_str(&out));
    buf_free(&out);
    return fits || err_set(e, ERR_BAD_PARAMETER, "the question is too long for an address");
}

static str as_of(struct export *x)
{
    struct buf out;
    buf_init(&out, LONGEST_TARGET);
    buf_add(&out, STR("as_of="));
    http_encode(&out, x->version);
    str text = arena_copy(x->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* Every reading is of one version: without as_of= of the newest when we begin. */
static bool take_version(void *to, str line)
{
    struct export *x = to;
    str key, value;
    for (size_t at = 0; jscan_member(line, &at, &key, &value);)
        if (str_eq(key, STR("id")))
            x->version = arena_copy(x->arena, value);
    return true;
}

static bool find_version(struct export *x, enum command_exit *code)
{
    if (x->version.n == 0 && !get_lines(x, STR("/v1/changesets?limit=1"), take_version, x, code))
        return false;
    if (x->version.n == 0)
        x->version = STR("0");
    return true;
}

/* ---- which events ---- */

static bool take_event(void *to, str line)
{
    struct strmap *events = to;
    str key, value;
    for (size_t at = 0; jscan_member(line, &at, &key, &value);)
        if (str_eq(key, STR("id")) && value.n >= 2)
            strmap_set(events, arena_copy(events->arena, str_sub(value, 1, value.n - 2)), 1);
    return true;
}

struct pair {
    str from, to;
};

struct pairs {
    struct pair *items;
    size_t n, room;
};

static void take_pairs(str items, struct arena *a, struct pairs *out)
{
    str item, key, value;
    for (size_t i = 0; jscan_element(items, &i, &item);) {
        struct pair *p = ARENA_PUSH(a, out->items, out->n, out->room);
        *p = (struct pair){0};
        for (size_t at = 0; jscan_member(item, &at, &key, &value);) {
            if (str_eq(key, STR("from")))
                p->from = record_refs_text(value);
            else if (str_eq(key, STR("to")))
                p->to = record_refs_text(value);
        }
    }
}

/* Which ids are of one event: the pages of relations that say so. */
static bool find_same(struct export *x, struct pairs *out, enum command_exit *code)
{
    struct http_request rq = {
        .method = "GET",
        .repeat = true,
        .target = arena_printf(
            x->arena, "/v1/relations.json?type=same_as&fields=id,from,to&limit=" PAGE "&%.*s",
            STR_ARG(as_of(x)))};
    while (rq.target.n > 0) {
        struct http_answer answer;
        struct err e = {0};
        str key, value;
        *code = EXIT_UNREACHABLE;
        if (!http_send(x->http, &rq, x->arena, &answer, &e)) {
            term_error("%s", e.detail);
            return false;
        }
        if (answer.status != 200) {
            *code = server_refused(&answer, x->arena);
            return false;
        }
        rq.target = (str){0};
        for (size_t at = 0; jscan_member(answer.body, &at, &key, &value);) {
            if (str_eq(key, STR("items")))
                take_pairs(value, x->arena, out);
            else if (str_eq(key, STR("next")))
                rq.target = record_refs_text(value);
        }
    }
    *code = EXIT_FINE;
    return true;
}

/* An event that was merged is told under several ids: all of them belong to it. */
static void join(struct strmap *events, const struct pairs *same)
{
    int64_t there;
    bool more = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < same->n; i++) {
            bool from = strmap_get(events, same->items[i].from, &there);
            bool to = strmap_get(events, same->items[i].to, &there);
            if (from == to)
                continue;
            strmap_set(events, from ? same->items[i].to : same->items[i].from, 1);
            more = true;
        }
    }
}

static bool find_events(struct export *x, struct strmap *events, enum command_exit *code)
{
    struct pairs same = {0};
    strmap_init(events, x->arena);
    str question = arena_printf(x->arena, "/v1/events.ndjson?limit=all&fields=id&%.*s&%.*s",
                                STR_ARG(as_of(x)), STR_ARG(x->filters));
    if (!get_lines(x, question, take_event, events, code) || !find_same(x, &same, code))
        return false;
    join(events, &same);
    return true;
}

/* ---- the readings ---- */

static bool write_line(struct export *x, const struct export_line *line)
{
    if (x->files != NULL)
        return export_files_add(x->files, line, &x->err);
    bool source = line->kind == RECORD_SOURCE;
    printf("{%s\"%s\":", source ? "\"annals\":1," : "", source ? "source" : record_key(line->kind));
    fwrite(line->json.p, 1, line->json.n, stdout);
    fputs("}\n", stdout);
    if (!ferror(stdout))
        return true;
    if (errno == EPIPE) { /* whoever closes our output early ends us all the same */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return err_set(&x->err, ERR_STORE, "cannot write to the standard output");
}

static bool take_record(void *to, str text)
{
    struct export *x = to;
    struct export_line line;
    if (!export_line_read(text, &line))
        return err_set(&x->err, ERR_STORE, "the server gives something that is no record");
    if (!x->writing) {
        export_need_see(x->need, &line);
        return true;
    }
    arena_reset(x->piece);
    return !export_need_keeps(x->need, &line, x->piece) || write_line(x, &line);
}

static bool read_twice(struct export *x, enum command_exit *code)
{
    str target = arena_printf(x->arena, "/v1/records?%.*s", STR_ARG(as_of(x)));
    if (!get_lines(x, target, take_record, x, code))
        return false;
    export_need_settle(x->need);
    x->writing = true;
    return get_lines(x, target, take_record, x, code);
}

static void show(const struct export *x, const struct export_count *c, size_t left_out)
{
    if (left_out > 0)
        term_error("left out: %zu reference%s to events and sources that are no longer there",
                   left_out, left_out == 1 ? "" : "s");
    if (x->files == NULL)
        return;
    term_text(stdout, TERM_BOLD, str_from(x->folder));
    printf(": %" PRId64 " source%s with %" PRId64 " account%s, version %.*s\n", c->sources,
           c->sources == 1 ? "" : "s", c->events, c->events == 1 ? "" : "s", STR_ARG(x->version));
}

static void show_json(const struct export *x, const struct export_count *c, size_t left_out)
{
    struct buf out;
    struct jout j;
    str name = str_from(x->folder);
    int64_t version;
    buf_init(&out, LONGEST_TARGET);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_str(&j, "folder", str_sub(name, 0, utf8_invalid_at(name)));
    if (num_parse_range(x->version, 0, INT64_MAX, &version))
        jout_member_i64(&j, "version", version);
    else /* an instant */
        jout_member_str(&j, "version", x->version);
    jout_member_i64(&j, "sources", c->sources);
    jout_member_i64(&j, "accounts", c->events);
    jout_member_i64(&j, "files", c->files);
    jout_member_i64(&j, "left_out", (int64_t)left_out);
    jout_object_end(&j);
    buf_add_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
}

static void summarize(const struct export *x)
{
    size_t left_out = export_need_left_out(x->need);
    struct export_count c = {0};
    if (x->files != NULL)
        c = export_files_count(x->files);
    if (x->json && x->files != NULL)
        show_json(x, &c, left_out);
    else
        show(x, &c, left_out);
}

static enum command_exit run(struct export *x)
{
    enum command_exit code = EXIT_FINE;
    struct strmap events;
    bool whole = x->filters.n == 0;
    if (!find_version(x, &code) || (!whole && !find_events(x, &events, &code)))
        return code;
    x->need = export_need_new(whole ? NULL : &events, x->arena);
    if (x->folder != NULL && !export_files_open(x->folder, &x->files, &x->err)) {
        term_error("%s", x->err.detail);
        return x->err.code == ERR_BAD_PARAMETER ? EXIT_USAGE : EXIT_UNREACHABLE;
    }
    if (!read_twice(x, &code))
        return code;
    if (x->files != NULL && !export_files_commit(x->files, &x->err)) {
        term_error("%s", x->err.detail);
        return EXIT_UNREACHABLE;
    }
    summarize(x);
    return code;
}

enum command_exit command_export(const struct arguments *args, struct arena *a)
{
    struct export x = {.arena = a, .json = command_option(args, "json") != NULL};
    struct err e = {0};
    if (!read_arguments(&x, args, &e) || !server_open(args, a, &x.http, &e)) {
        term_error("%s", e.detail);
        return EXIT_USAGE;
    }
    x.piece = arena_new();
    enum command_exit code = run(&x);
    export_files_close(x.files);
    arena_free(x.piece);
    http_close(x.http);
    return code;
}
