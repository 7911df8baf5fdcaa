/* annals load: annotated sources go to the server, one request and one change each. */
#include <search.h>
#include <stdio.h>

#include "annals/answer.h"
#include "annals/command.h"
#include "annals/files.h"
#include "annals/outcome.h"
#include "annals/progress.h"
#include "annals/server.h"
#include "annals/term.h"
#include "base/check.h"
#include "base/hash.h"

/* The file that holds a source: another one of the same id would replace it. */
struct said {
    str id;
    const char *path;
};

struct load {
    struct arena *arena; /* of the whole run */
    struct arena *file;  /* of the file at hand */
    struct http *http;
    str query; /* "?dry_run=true&message=…", or empty */
    bool dry_run;
    bool json;
    enum input_format format; /* INPUT_UNKNOWN: by the file's name */
    void *said;               /* tree of struct said, for tsearch */
    size_t counts[OUTCOME_KINDS];
    enum command_exit code;
    bool stopped; /* the server is gone or wants no more from us: the rest is not sent */
};

static int compare_said(const void *a, const void *b)
{
    return str_cmp(((const struct said *)a)->id, ((const struct said *)b)->id);
}

static void worsen(struct load *l, enum command_exit code)
{
    if (code > l->code)
        l->code = code;
}

/* The outcome of a file that goes no further. */
static void ends(struct load *l, struct outcome *o, enum outcome_kind kind, enum command_exit code,
                 str detail)
{
    o->kind = kind;
    o->detail = detail;
    worsen(l, code);
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
    ends(l, o, OUTCOME_INVALID, EXIT_FINDINGS,
         arena_printf(l->file, "the source %.*s is in %s too; one would replace the other",
                      STR_ARG(wanted.id), (*there)->path));
    return false;
}

/* Reads and judges a file without a server. False: its outcome stands. */
static bool prepare(struct load *l, struct outcome *o)
{
    struct err e = {0};
    str bytes;
    enum input_format format = l->format != INPUT_UNKNOWN ? l->format
                                                          : input_format_of(str_from(o->path));
    if (!input_read_file(o->path, DOCUMENT_LARGEST, l->file, &bytes, &e)) {
        bool large = e.code == ERR_TOO_LARGE;
        ends(l, o, large ? OUTCOME_INVALID : OUTCOME_UNREADABLE,
             large ? EXIT_FINDINGS : EXIT_UNREACHABLE, arena_copy(l->file, str_from(e.detail)));
        return false;
    }
    input_decode(format, bytes, l->file, &o->input);
    if (o->input.document == NULL) {
        ends(l, o, OUTCOME_INVALID, EXIT_FINDINGS, (str){0});
        return false;
    }
    return is_first(l, o);
}

/* A refusal: what it says of the document is put at its place in the file. */
static void take_refusal(struct load *l, struct outcome *o, const struct http_answer *answer)
{
    struct problems found;
    problem_init(&found, l->file);
    str summary = answer_refusal(answer, l->file, &found);
    bool token = answer->status == 401 || answer->status == 403;
    bool ours = answer->status < 500;
    for (size_t i = 0; i < found.n; i++) {
        const struct problem *p = &found.items[i];
        bool in_document = p->place == PROBLEM_POINTER || p->place == PROBLEM_LINE;
        struct problem *kept = problem_add_line(&o->input.problems, 0, 0, "%s", "");
        *kept = in_document ? input_place(&o->input, p) : *p;
    }
    o->input.problems.more += found.more;
    l->stopped = token || !ours;
    ends(l, o, OUTCOME_REFUSED,
         token  ? EXIT_USAGE
         : ours ? EXIT_FINDINGS
                : EXIT_UNREACHABLE,
         answer->status == 422 && found.n > 0 ? (str){0} : summary);
}

/* A key of its own for each file: a request whose answer was lost can be sent again. */
static const char *idempotency_header(struct arena *a)
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
                                   "Accept: application/json", idempotency_header(l->file), NULL};
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
        ends(l, o, OUTCOME_NOT_SENT, EXIT_UNREACHABLE, arena_copy(l->file, str_from(e.detail)));
    } else if (answer.status < 200 || answer.status >= 300) {
        take_refusal(l, o, &answer);
    } else {
        struct answer_write w;
        bool changed = !answer_write(answer.body, l->file, &w) || w.change_count > 0;
        o->kind = changed ? OUTCOME_LOADED : OUTCOME_UNCHANGED;
        o->answer = answer.body;
    }
}

static void load_file(struct load *l, const char *path)
{
    arena_reset(l->file);
    struct outcome o = {.path = path, .dry_run = l->dry_run};
    problem_init(&o.input.problems, l->file);
    if (prepare(l, &o)) {
        if (l->stopped)
            ends(l, &o, OUTCOME_NOT_SENT, l->code, (str){0});
        else
            send_file(l, &o);
    }
    l->counts[o.kind]++;
    progress_clear();
    if (l->json)
        outcome_write(&o);
    else
        outcome_show(&o, l->file);
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

/* What the options say. False: *e says what is wrong with them. */
static bool set_up(struct load *l, const struct arguments *args, struct err *e)
{
    const char *format = command_option(args, "format");
    const char *message = command_option(args, "message");
    l->format = INPUT_UNKNOWN;
    l->dry_run = command_option(args, "dry-run") != NULL;
    l->json = command_option(args, "json") != NULL;
    if (format != NULL && (l->format = input_format_from(str_from(format))) == INPUT_UNKNOWN)
        return err_set(e, ERR_BAD_PARAMETER, "--format is json or markdown, not \"%s\"", format);
    struct buf query;
    buf_init(&query, 64 * 1024);
    if (l->dry_run)
        buf_add(&query, STR("?dry_run=true"));
    if (message != NULL) {
        buf_add(&query, l->dry_run ? STR("&message=") : STR("?message="));
        http_encode(&query, str_from(message));
    }
    bool fits = !buf_failed(&query);
    l->query = arena_copy(l->arena, buf_str(&query));
    buf_free(&query);
    if (!fits)
        return err_set(e, ERR_BAD_PARAMETER, "the message is too long");
    return server_open(args, l->arena, &l->http, e);
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
                    "%s is neither .json nor .annals.md; --format says what it is",
                    files->paths[i]);
            return EXIT_USAGE;
        }
    }
    return EXIT_FINE;
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
    if (!set_up(&l, args, &e)) {
        term_error("%s", e.detail);
        return EXIT_USAGE;
    }
    enum command_exit code = gather(&l, args, &files, &e);
    if (code != EXIT_FINE) {
        term_error("%s", e.detail);
        http_close(l.http);
        return code;
    }
    l.file = arena_new();
    for (size_t i = 0; i < files.n; i++) {
        progress_show(i, files.n, files.paths[i]);
        load_file(&l, files.paths[i]);
    }
    progress_clear();
    summarize(&l, &files);
    tdestroy(l.said, keep_said);
    arena_free(l.file);
    http_close(l.http);
    return l.code;
}
