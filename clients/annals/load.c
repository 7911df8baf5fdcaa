/* annals load: annotated sources go to the server, one request and one change each. */
#include <inttypes.h>
#include <search.h>
#include <stdio.h>

#include "annals/answer.h"
#include "annals/beside.h"
#include "annals/command.h"
#include "annals/files.h"
#include "annals/load.h"
#include "annals/order.h"
#include "annals/outcome.h"
#include "annals/progress.h"
#include "annals/report.h"
#include "annals/server.h"
#include "annals/stream.h"
#include "annals/template.h"
#include "annals/term.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/num.h"

/* The file that holds a source: another one of the same id would replace it. */
struct said {
    str id;
    const char *path;
};

static int compare_said(const void *a, const void *b)
{
    return str_cmp(((const struct said *)a)->id, ((const struct said *)b)->id);
}

void load_worsen(struct load *l, enum command_exit code)
{
    if (code > l->code)
        l->code = code;
}

/* The outcome of a file that goes no further. */
void load_ends(struct load *l, struct outcome *o, enum outcome_kind kind, enum command_exit code,
               str detail)
{
    o->kind = kind;
    o->detail = detail;
    load_worsen(l, code);
}

/* Whether no other file of this run holds the same source. */
static bool is_first(struct load *l, struct outcome *o)
{
    struct said wanted = {.id = o->input.document->source.id};
    struct said *const *there = tfind(&wanted, &l->said, compare_said);
    if (there == NULL) {
        struct said *mine = ARENA_NEW(l->arena, struct said);
        *mine = (struct said){.id = arena_copy(l->arena, wanted.id), .path = o->path};
        ENSURE(tsearch(mine, &l->said, compare_said) != NULL);
        return true;
    }
    load_ends(l, o, OUTCOME_INVALID, EXIT_FINDINGS,
              arena_printf(l->file, "the source %.*s is in %s too; one would replace the other",
                           STR_ARG(wanted.id), (*there)->path));
    return false;
}

/* Reads a file into a document. False: its outcome stands. */
static bool read_file(struct load *l, struct outcome *o)
{
    struct err e = {0};
    str bytes;
    if (!input_read_file(o->path, INPUT_LARGEST, l->file, &bytes, &e)) {
        bool large = e.code == ERR_TOO_LARGE;
        load_ends(l, o, large ? OUTCOME_INVALID : OUTCOME_UNREADABLE,
                  large ? EXIT_FINDINGS : EXIT_UNREACHABLE,
                  arena_copy(l->file, str_from(e.detail)));
        return false;
    }
    struct beside beside = {.path = o->path, .text = l->text, .arena = l->file};
    struct reading_ask ask = {.name = beside_name(o->path),
                              .bytes = bytes,
                              .map = l->map,
                              .unit = l->unit,
                              .beside = beside_read,
                              .context = &beside,
                              .arena = l->file};
    enum input_format format = l->format;
    if (format == INPUT_UNKNOWN)
        format = input_format_in(str_from(o->path), bytes);
    input_read(format, &ask, &o->input);
    if (o->input.document == NULL)
        load_ends(l, o, OUTCOME_INVALID, EXIT_FINDINGS, (str){0});
    return o->input.document != NULL;
}

/* Reads and judges a file without a server. False: its outcome stands. */
bool load_prepare(struct load *l, struct outcome *o)
{
    return read_file(l, o) && is_first(l, o);
}

void load_refused(struct load *l, struct outcome *o, const struct http_answer *answer)
{
    struct problems found;
    problem_init(&found, l->file);
    str summary = answer_refusal(answer, l->file, &found);
    enum command_exit code = server_code(answer->status);
    for (size_t i = 0; i < found.n; i++) {
        const struct problem *p = &found.items[i];
        bool in_document = p->place == PROBLEM_POINTER || p->place == PROBLEM_LINE;
        struct problem *kept = problem_add_line(&o->input.problems, 0, 0, "%s", "");
        *kept = in_document ? input_place(&o->input, p) : *p;
    }
    o->input.problems.more += found.more;
    l->stopped = code > EXIT_FINDINGS;
    load_ends(l, o, OUTCOME_REFUSED, code,
              answer->status == 422 && found.n > 0 ? (str){0} : summary);
}

/* A key of its own for each file: a request whose answer was lost can be sent again. */
const char *load_idempotency(struct arena *a)
{
    unsigned char bytes[16];
    char hex[2 * sizeof bytes + 1];
    hash_random(bytes, sizeof bytes);
    hash_hex(bytes, sizeof bytes, hex);
    return arena_printf(a, "Idempotency-Key: %s", hex).p;
}

static void send_file(struct load *l, struct outcome *o)
{
    const char *const headers[] = {"Content-Type: application/vnd.annals.source+json",
                                   "Accept: application/json", load_idempotency(l->file), NULL};
    struct http_request rq = {.method = "PUT",
                              .target = arena_printf(l->file, "/v1/sources/%.*s%.*s",
                                                     STR_ARG(o->input.document->source.id),
                                                     STR_ARG(l->query)),
                              .headers = headers,
                              .body = o->input.json,
                              .repeat = true};
    struct http_answer answer;
    struct err e = {0};
    if (!http_send(l->http, &rq, l->file, &answer, &e)) {
        l->stopped = true;
        load_ends(l, o, OUTCOME_NOT_SENT, EXIT_UNREACHABLE,
                  arena_copy(l->file, str_from(e.detail)));
    } else if (answer.status < 200 || answer.status >= 300) {
        load_refused(l, o, &answer);
    } else {
        struct answer_write w;
        bool changed = !answer_write(answer.body, l->file, &w) || w.change_count > 0;
        o->kind = changed ? OUTCOME_LOADED : OUTCOME_UNCHANGED;
        o->answer = answer.body;
    }
}

void load_outcome(const struct load *l, const char *path, struct outcome *o)
{
    *o = (struct outcome){.path = path, .dry_run = l->dry_run};
    problem_init(&o->input.problems, l->file);
    problem_init(&o->input.notes, l->file);
}

void load_tell(struct load *l, struct outcome *o)
{
    l->counts[o->kind]++;
    progress_clear();
    if (l->json)
        outcome_write(o);
    else
        outcome_show(o, l->file);
}

static void load_file(struct load *l, const char *path)
{
    struct outcome o;
    arena_reset(l->file);
    load_outcome(l, path, &o);
    if (load_prepare(l, &o)) {
        if (l->stopped)
            load_ends(l, &o, OUTCOME_NOT_SENT, l->code, (str){0});
        else if (load_match(l, &o))
            send_file(l, &o);
    }
    load_tell(l, &o);
}

enum input_format load_format(const struct load *l, const char *path)
{
    return l->format != INPUT_UNKNOWN ? l->format : input_format_of(str_from(path));
}

/* A file that is sent while it is read tells its outcome by itself. */
static void stream_file(struct load *l, const char *path)
{
    struct send_settings settings = {.http = l->http,
                                     .server = l->server,
                                     .path = path,
                                     .message = l->message,
                                     .dry_run = l->dry_run,
                                     .keep_going = l->keep_going,
                                     .json = l->json};
    struct stream_result result;
    struct outcome o;
    struct err e = {0};
    arena_reset(l->file);
    load_outcome(l, path, &o);
    if (l->stopped) {
        load_ends(l, &o, OUTCOME_NOT_SENT, l->code, (str){0});
        load_tell(l, &o);
        return;
    }
    progress_clear();
    if (!l->no_match)
        settings.match = match_stream_new(l->looking, l->decisions, l->file);
    if (stream_load(load_format(l, path), &settings, l->map, l->file, &result, &e)) {
        l->counts[result.kind]++;
        load_worsen(l, result.code);
        l->stopped = l->stopped ||
                     (result.code > EXIT_FINDINGS && result.kind != OUTCOME_UNREADABLE);
        if (settings.match != NULL)
            load_tell_matches(l, path, settings.match);
    } else {
        load_ends(l, &o, OUTCOME_UNREADABLE, EXIT_UNREACHABLE, str_from(e.detail));
        load_tell(l, &o);
    }
    match_stream_free(settings.match);
}

static void summarize(const struct load *l, const struct files *files)
{
    if (l->json || (files->n == 1 && files->ignored == 0))
        return;
    printf("%zu file%s", files->n, files->n == 1 ? "" : "s");
    const char *between = ": ";
    for (int k = 0; k < OUTCOME_KINDS; k++) {
        if (l->counts[k] == 0)
            continue;
        printf("%s%zu %s", between, l->counts[k],
               k == OUTCOME_LOADED && l->dry_run ? "would change"
                                                 : outcome_words((enum outcome_kind)k));
        between = ", ";
    }
    if (files->ignored > 0)
        printf("; %zu other%s ignored", files->ignored, files->ignored == 1 ? "" : "s");
    putchar('\n');
}

/* The files to load. A code other than EXIT_FINE: *e says why there is nothing to begin with. */
static enum command_exit gather(const struct load *l, const struct arguments *args,
                                struct files *files, struct err *e)
{
    for (int i = 0; i < args->rest_count; i++)
        if (!files_add(files, args->rest[i], l->arena, e))
            return EXIT_UNREACHABLE;
    for (size_t i = 0; i < files->n; i++) {
        if (l->format == INPUT_UNKNOWN &&
            input_format_of(str_from(files->paths[i])) == INPUT_UNKNOWN) {
            err_set(e, ERR_BAD_PARAMETER,
                    "%s ends in no way that says what it is; --format says it: %s", files->paths[i],
                    input_format_names(l->arena).p);
            return EXIT_USAGE;
        }
    }
    if (l->text != NULL && files->n > 1) {
        err_set(e, ERR_BAD_PARAMETER, "--text is the text of one file, and there are %zu",
                files->n);
        return EXIT_USAGE;
    }
    return EXIT_FINE;
}

/* Reads every file for what it tells and what it refers to; files that are streamed are not read
 * before they are sent. */
static void read_order(struct load *l, const struct files *files, struct order *order)
{
    order_init(order, files->n, l->arena);
    for (size_t i = 0; i < files->n && files->n > 1; i++) {
        struct load quiet = *l;
        struct outcome o;
        if (stream_takes(load_format(l, files->paths[i])))
            continue;
        arena_reset(l->file);
        load_outcome(l, files->paths[i], &o);
        if (read_file(&quiet, &o))
            order_see(order, i, o.input.document, o.input.json.n);
    }
    order_settle(order, l->dry_run);
}

static bool any_streamed(const struct load *l, const struct files *files, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (stream_takes(load_format(l, files->paths[i])))
            return true;
    return false;
}

/* Bytes of documents that are judged together. */
#define MOST_TOGETHER ((size_t)48 * 1024 * 1024)

static void load_all(struct load *l, const struct files *files)
{
    struct order order;
    read_order(l, files, &order);
    load_names(l, files, &order);
    for (size_t i = 0; i < files->n;) {
        /* A dry run may well be of files that are too many for one request. */
        size_t end = l->dry_run ? order_end_within(&order, i, MOST_TOGETHER) : order_end(&order, i);
        progress_show(i, files->n, files->paths[i]);
        if (end > i + 1 && !any_streamed(l, files, i, end))
            load_group(l, files->paths + i, end - i);
        else if (end = i + 1, stream_takes(load_format(l, files->paths[i])))
            stream_file(l, files->paths[i]);
        else
            load_file(l, files->paths[i]);
        i = end;
    }
}

static void keep_said(void *said)
{
    (void)said; /* lives in the arena */
}

enum command_exit command_load(const struct arguments *args, struct arena *a)
{
    struct load l = {.arena = a};
    struct files files = {0};
    struct err e = {0};
    if (command_option(args, "map-template") != NULL)
        return template_print(args, a);
    if (!load_set_up(&l, args, &e)) {
        term_error("%s", e.detail);
        return EXIT_USAGE;
    }
    enum command_exit code = gather(&l, args, &files, &e);
    if (code != EXIT_FINE) {
        term_error("%s", e.detail);
        http_close(l.http);
        http_close(l.looking);
        return code;
    }
    l.file = arena_new();
    load_all(&l, &files);
    progress_clear();
    summarize(&l, &files);
    tdestroy(l.said, keep_said);
    arena_free(l.file);
    http_close(l.http);
    http_close(l.looking);
    return l.code;
}
