/* annals verify: proves the anchors of a source against a copy of its text. */
#include <inttypes.h>
#include <stdio.h>

#include "annals/anchors.h"
#include "annals/beside.h"
#include "annals/command.h"
#include "annals/input.h"
#include "annals/report.h"
#include "annals/server.h"
#include "annals/term.h"
#include "base/jout.h"
#include "base/utf8.h"

#define LARGEST_TEXT ((size_t)64 * 1024 * 1024)
#define STATES 4

struct verify {
    const struct arguments *args;
    struct arena *arena;
    struct http *http; /* opened when something must be asked for */
    const char *name;  /* SOURCE, as given */
    str id;            /* of the source */
    struct anchors anchors;
    str text;
    struct anchor_result *results;
};

static enum command_exit unreadable(const char *path, const struct err *e)
{
    term_error("%s: %s", path, e->detail);
    return EXIT_UNREACHABLE;
}

static enum command_exit failed(const struct err *e)
{
    term_error("%s", e->detail);
    return e->code == ERR_BAD_PARAMETER ? EXIT_USAGE : EXIT_UNREACHABLE;
}

/* ---- where anchors and text come from ---- */

static enum command_exit ask(struct verify *v, const char *part, const char *accept, str *body)
{
    struct err e = {0};
    struct buf target;
    const char *const headers[] = {accept, NULL};
    if (v->http == NULL && !server_open(v->args, v->arena, &v->http, &e))
        return failed(&e);
    buf_init(&target, 4096);
    buf_add(&target, STR("/v1/sources/"));
    http_encode(&target, v->id);
    buf_add(&target, str_from(part));
    struct http_request rq = {.method = "GET", .target = buf_str(&target), .headers = headers};
    struct http_answer answer;
    bool answered = http_send(v->http, &rq, v->arena, &answer, &e);
    buf_free(&target);
    if (!answered)
        return failed(&e);
    *body = answer.body;
    return answer.status == 200 ? EXIT_FINE : server_refused(&answer, v->arena);
}

static enum command_exit read_source_file(struct verify *v)
{
    struct err e = {0};
    str bytes;
    struct input *in = ARENA_NEW(v->arena, struct input);
    if (!input_read_file(v->name, DOCUMENT_LARGEST, v->arena, &bytes, &e))
        return unreadable(v->name, &e);
    struct beside beside = {.path = v->name, .arena = v->arena};
    struct reading_ask ask = {.name = beside_name(v->name),
                              .bytes = bytes,
                              .unit = TEXT_UNITS,
                              .beside = beside_read,
                              .context = &beside,
                              .arena = v->arena};
    input_read(input_format_in(str_from(v->name), bytes), &ask, in);
    for (size_t i = 0; i < in->problems.n; i++)
        report_in_file(stderr, str_from(v->name), &in->problems.items[i]);
    report_more(stderr, in->problems.more);
    if (in->document == NULL)
        return EXIT_FINDINGS;
    v->id = in->document->source.id;
    anchors_of_document(in->document, v->arena, &v->anchors);
    return EXIT_FINE;
}

static enum command_exit read_source(struct verify *v)
{
    if (input_format_of(str_from(v->name)) != INPUT_UNKNOWN)
        return read_source_file(v);
    v->id = str_from(v->name);
    if (!document_is_id(v->id)) {
        term_error("\"%s\" is neither a file (.json, .annals.md) nor the id of a source", v->name);
        return EXIT_USAGE;
    }
    str source, page;
    struct err e = {0};
    enum command_exit code = ask(v, "", "Accept: application/json", &source);
    if (code == EXIT_FINE)
        code = ask(v, "/annotations", "Accept: application/json", &page);
    if (code == EXIT_FINE && !anchors_of_page(page, source, v->arena, &v->anchors, &e))
        return failed(&e);
    return code;
}

/* The words of a copy: of annotated Markdown those of its plain text. */
static enum command_exit read_text_file(struct verify *v, const char *path)
{
    struct err e = {0};
    if (!input_read_file(path, LARGEST_TEXT, v->arena, &v->text, &e))
        return unreadable(path, &e);
    size_t bad = utf8_invalid_at(v->text);
    if (bad < v->text.n) {
        term_error("%s: byte %zu is not UTF-8; the text must be UTF-8", path, bad + 1);
        return EXIT_UNREACHABLE;
    }
    if (input_format_of(str_from(path)) != INPUT_MARKDOWN)
        return EXIT_FINE;
    struct markdown m;
    struct problems problems;
    problem_init(&problems, v->arena);
    bool read = markdown_read(v->text, v->arena, &problems, &m);
    v->text = m.text;
    if (read)
        return EXIT_FINE;
    for (size_t i = 0; i < problems.n; i++)
        report_in_file(stderr, str_from(path), &problems.items[i]);
    return EXIT_UNREACHABLE;
}

static enum command_exit read_text(struct verify *v)
{
    const char *path = command_option(v->args, "text");
    if (path != NULL)
        return read_text_file(v, path);
    enum command_exit code = ask(v, "/text", "Accept: text/plain", &v->text);
    if (code != EXIT_FINE)
        term_hint(stderr, STR("--text FILE proves the anchors against a copy of your own"));
    else if (!utf8_valid(v->text)) {
        term_error("the server's text is not UTF-8");
        code = EXIT_UNREACHABLE;
    }
    return code;
}

/* ---- what is said ---- */

static void show_anchor(const struct verify *v, size_t i)
{
    static const enum term_style styles[STATES] = {TERM_GREEN, TERM_YELLOW, TERM_RED, TERM_RED};
    const struct anchor *a = &v->anchors.items[i];
    const struct anchor_result *r = &v->results[i];
    fputs("  ", stdout);
    term_text(stdout, styles[r->state], str_from(anchor_state_name(r->state)));
    printf(" %" PRId64 "-%" PRId64, a->start, a->end);
    if (r->state != ANCHOR_EXACT && r->start >= 0)
        printf(" -> %" PRId64 "-%" PRId64, r->start, r->end);
    fputs("  ", stdout);
    term_text(stdout, TERM_PLAIN, v->anchors.abouts[i]);
    if (a->exact.n > 0) {
        fputs("  \"", stdout);
        term_text(stdout, TERM_DIM, a->exact);
        putchar('"');
    }
    if (r->state == ANCHOR_DRIFTED && r->start >= 0) {
        fputs(" is now \"", stdout);
        term_text(stdout, TERM_BOLD, utf8_slice(v->text, (size_t)r->start, (size_t)r->end));
        putchar('"');
    }
    puts(r->unsearched ? "  (not searched to the end)" : "");
}

static void write_anchor(const struct verify *v, size_t i, struct buf *out)
{
    struct jout j;
    const struct anchor *a = &v->anchors.items[i];
    const struct anchor_result *r = &v->results[i];
    jout_init(&j, out);
    jout_object(&j);
    jout_member_text(&j, "state", anchor_state_name(r->state));
    jout_member_i64(&j, "start", a->start);
    jout_member_i64(&j, "end", a->end);
    if (r->start >= 0) {
        jout_member_i64(&j, "now_start", r->start);
        jout_member_i64(&j, "now_end", r->end);
    }
    jout_member_str(&j, "about", v->anchors.abouts[i]);
    jout_member_str_if(&j, "exact", a->exact);
    jout_member_bool(&j, "searched", !r->unsearched);
    jout_object_end(&j);
    buf_add_char(out, '\n');
}

static void write_summary(const struct verify *v, const size_t counts[STATES], struct buf *out)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_str(&j, "source", v->id);
    jout_member_i64(&j, "anchors", (int64_t)v->anchors.n);
    for (int s = 0; s < STATES; s++)
        jout_member_i64(&j, anchor_state_name((enum anchor_state)s), (int64_t)counts[s]);
    jout_object_end(&j);
    buf_add_char(out, '\n');
}

static void show_summary(const struct verify *v, const size_t counts[STATES])
{
    term_text(stdout, TERM_BOLD, v->id);
    printf(": %zu anchor%s: ", v->anchors.n, v->anchors.n == 1 ? "" : "s");
    for (int s = 0; s < STATES; s++)
        printf("%s%zu %s", s > 0 ? ", " : "", counts[s], anchor_state_name((enum anchor_state)s));
    putchar('\n');
}

static enum command_exit say(const struct verify *v)
{
    size_t counts[STATES] = {0};
    bool json = command_option(v->args, "json") != NULL;
    bool all = command_option(v->args, "all") != NULL;
    struct buf out;
    buf_init(&out, SIZE_MAX);
    for (size_t i = 0; i < v->anchors.n; i++)
        counts[v->results[i].state]++;
    if (json)
        write_summary(v, counts, &out);
    else
        show_summary(v, counts);
    for (size_t i = 0; i < v->anchors.n; i++) {
        if (v->results[i].state == ANCHOR_EXACT && !all)
            continue;
        if (json)
            write_anchor(v, i, &out);
        else
            show_anchor(v, i);
    }
    fwrite(out.n > 0 ? out.p : "", 1, out.n, stdout);
    buf_free(&out);
    return counts[ANCHOR_EXACT] == v->anchors.n ? EXIT_FINE : EXIT_FINDINGS;
}

enum command_exit command_verify(const struct arguments *args, struct arena *a)
{
    struct verify v = {.args = args, .arena = a, .name = args->rest[0]};
    enum command_exit code = read_source(&v);
    if (code == EXIT_FINE)
        code = read_text(&v);
    if (code == EXIT_FINE) {
        v.results = anchor_prove(v.text, v.anchors.length, v.anchors.items, v.anchors.n, a);
        code = say(&v);
    }
    http_close(v.http);
    return code;
}
