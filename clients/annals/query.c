/* annals query: a question to the server, its answer on the standard output. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>

#include "annals/command.h"
#include "annals/pretty.h"
#include "annals/server.h"
#include "annals/term.h"

#define LONGEST_TARGET ((size_t)64 * 1024)
#define NARROWEST_DRAWING 40 /* columns, as width= takes them */
#define WIDEST_DRAWING 400

/* libcurl ignores SIGPIPE while it works; whoever closes our output early ends us all the same. */
static bool to_output(void *to, str bytes)
{
    bool written = fwrite(bytes.p, 1, bytes.n, to) == bytes.n && fflush(to) == 0;
    if (!written && errno == EPIPE) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return written;
}

/* "sources" is /v1/sources, "v1/actors" and "/v1/actors" are as they stand. */
static void add_path(struct buf *target, str path)
{
    str bare = str_starts(path, STR("/")) ? str_sub(path, 1, path.n) : path;
    if (bare.n == path.n && !str_starts(path, STR("v1/")))
        buf_add(target, STR("/v1/"));
    else
        buf_add_char(target, '/');
    http_encode(target, bare);
}

/* Whether the answer is a drawing for a terminal whose width nobody gave. */
static bool is_drawing(str target)
{
    str path, query;
    str_cut(target, '?', &path, &query);
    bool drawn = str_ends(path, STR(".txt")) || str_search(query, STR("format=txt"), 0) < query.n;
    return drawn && str_search(query, STR("width="), 0) == query.n &&
           !str_ends(path, STR("/text.txt")) && !str_ends(path, STR("/text"));
}

/* A drawing takes the terminal's own width, as far as the server draws so wide. */
static void add_width(struct buf *target)
{
    int width = term_width(stdout);
    if (width < NARROWEST_DRAWING || !is_drawing(buf_str(target)))
        return;
    buf_printf(target, "%cwidth=%d", str_find(buf_str(target), '?') < target->n ? '&' : '?',
               width < WIDEST_DRAWING ? width : WIDEST_DRAWING);
}

/*
 * The path is --path, else the first argument if it has no "=", else the events; all other
 * arguments are PARAMETER=VALUE.
 */
static bool make_target(const struct arguments *args, struct arena *a, str *target, struct err *e)
{
    struct buf out;
    const char *path = command_option(args, "path");
    int at = 0;
    str name, value;
    buf_init(&out, LONGEST_TARGET);
    if (path == NULL && args->rest_count > 0 &&
        !str_cut(str_from(args->rest[0]), '=', &name, &value))
        path = args->rest[at++];
    add_path(&out, path != NULL ? str_from(path) : STR("events"));
    for (char before = '?'; at < args->rest_count; at++, before = '&') {
        if (!str_cut(str_from(args->rest[at]), '=', &name, &value) || name.n == 0) {
            buf_free(&out);
            return err_set(e, ERR_BAD_PARAMETER, "\"%s\" is not of the form PARAMETER=VALUE",
                           args->rest[at]);
        }
        buf_add_char(&out, before);
        http_encode(&out, name);
        buf_add_char(&out, '=');
        http_encode(&out, value);
    }
    add_width(&out);
    bool fits = !buf_failed(&out);
    *target = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return fits || err_set(e, ERR_BAD_PARAMETER, "the question is too long for an address");
}

static bool is_json(str type)
{
    str plain, rest;
    str_cut(type, ';', &plain, &rest);
    plain = str_trim(plain);
    return str_eq_nocase(plain, STR("application/json")) || str_ends(plain, STR("+json"));
}

/* On a terminal: JSON laid out, and nothing that could play with the terminal. */
static void show(const struct http_answer *answer)
{
    struct buf out;
    buf_init(&out, HTTP_LARGEST_ANSWER);
    if (is_json(answer->type))
        pretty_append(&out, answer->body);
    term_text(stdout, TERM_PLAIN, out.n > 0 && !buf_failed(&out) ? buf_str(&out) : answer->body);
    if (answer->body.n > 0 && !str_ends(answer->body, STR("\n")))
        putchar('\n');
    buf_free(&out);
}

enum command_exit command_query(const struct arguments *args, struct arena *a)
{
    struct http *http;
    struct err e = {0};
    struct http_request rq = {.method = "GET", .to = stdout};
    if (!make_target(args, a, &rq.target, &e) || !server_open(args, a, &http, &e)) {
        term_error("%s", e.detail);
        return EXIT_USAGE;
    }
    bool json = command_option(args, "json") != NULL;
    bool pretty = term_is_terminal(stdout) && !json;
    rq.sink = pretty ? NULL : to_output;
    struct http_answer answer;
    enum command_exit code = EXIT_FINE;
    if (!http_send(http, &rq, a, &answer, &e)) {
        term_error("%s", e.detail);
        code = EXIT_UNREACHABLE;
    } else if (answer.status < 200 || answer.status >= 300) {
        if (json && to_output(stdout, answer.body))
            putchar('\n');
        code = server_refused(&answer, a);
    } else if (pretty) {
        show(&answer);
    }
    http_close(http);
    return code;
}
