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

static void worsen(struct load *l, enum command_exit code)
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
    load_ends(l, o, OUTCOME_REFUSED,
              token  ? EXIT_USAGE
              : ours ? EXIT_FINDINGS
                     : EXIT_UNREACHABLE,
              answer->status == 422 && found.n > 0 ? (str){0} : summary);
}

/* What is doubtful is written down beside the file, where nothing was decided yet. */
static void write_doubts(struct load *l, struct outcome *o)
{
    struct err e = {0};
    if (o->match->doubtful == 0)
        return;
    o->decisions = arena_printf(l->file, "%s.decisions.yaml", o->path).p;
    if (match_decisions_write(o->match, o->decisions, &e) || e.code == ERR_CONFLICT)
        return;
    o->decisions = NULL;
    term_error("%s", e.detail);
}

/* Finds the things of the file that the store has. False: its outcome stands. */
bool load_match(struct load *l, struct outcome *o)
{
    struct err e = {0};
    if (l->no_match)
        return true;
    struct match *m = ARENA_NEW(l->file, struct match);
    match_init(m, l->http, o->input.document->source.id, l->decisions, l->file);
    if (match_document(m, o->input.document, &o->input.json, &e)) {
        o->match = m;
        write_doubts(l, o);
        return true;
    }
    if (m->refusal.status != 0) {
        take_refusal(l, o, &m->refusal);
        return false;
    }
    l->stopped = e.code != ERR_TOO_LARGE;
    load_ends(l, o, l->stopped ? OUTCOME_NOT_SENT : OUTCOME_INVALID,
              l->stopped ? EXIT_UNREACHABLE : EXIT_FINDINGS,
              arena_copy(l->file, str_from(e.detail)));
    return false;
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
        take_refusal(l, o, &answer);
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

static enum input_format format_of(const struct load *l, const char *path)
{
    return l->format != INPUT_UNKNOWN ? l->format : input_format_of(str_from(path));
}

/* Of a file with records of several sources each source has its own. */
static void tell_matches(struct load *l, const char *path, const struct match_stream *s)
{
    for (size_t i = 0; match_stream_found(s, i) != NULL; i++) {
        struct outcome o = {.path = path, .match = match_stream_found(s, i)};
        if (o.match->linked + o.match->doubtful == 0)
            continue;
        write_doubts(l, &o);
        if (l->json)
            outcome_write_match(&o);
        else
            match_show(o.match, o.decisions);
    }
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
    bool loaded, changed;
    arena_reset(l->file);
    progress_clear();
    if (!l->no_match)
        settings.match = match_stream_new(l->looking, l->decisions, l->file);
    enum command_exit code = stream_load(format_of(l, path), &settings, l->map, l->file, &loaded,
                                         &changed);
    l->counts[!loaded ? OUTCOME_REFUSED : changed ? OUTCOME_LOADED : OUTCOME_UNCHANGED]++;
    worsen(l, code);
    if (settings.match != NULL)
        tell_matches(l, path, settings.match);
    match_stream_free(settings.match);
    l->stopped = l->stopped || code > EXIT_FINDINGS;
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

/* The options that readers ask for. */
static bool set_up_reading(struct load *l, const struct arguments *args, struct err *e)
{
    const char *unit = command_option(args, "offsets");
    const char *map = command_option(args, "map");
    l->text = command_option(args, "text");
    l->unit = unit != NULL ? text_unit_from(str_from(unit)) : TEXT_UNITS;
    if (unit != NULL && l->unit == TEXT_UNITS)
        return err_set(e, ERR_BAD_PARAMETER, "--offsets is codepoints, utf-16 or bytes, not \"%s\"",
                       unit);
    if (map == NULL)
        return true;
    struct problems problems;
    problem_init(&problems, l->arena);
    l->map = mapping_read(map, l->arena, &problems, e);
    for (size_t i = 0; i < problems.n; i++)
        report_in_file(stderr, str_from(map), &problems.items[i]);
    if (l->map == NULL && e->code == ERR_NONE)
        err_set(e, ERR_BAD_PARAMETER, "the mapping %s has problems", map);
    return l->map != NULL;
}

/* The options of matching. */
static bool set_up_matching(struct load *l, const struct arguments *args, struct err *e)
{
    const char *decisions = command_option(args, "decisions");
    struct problems problems;
    problem_init(&problems, l->arena);
    l->no_match = command_option(args, "no-match") != NULL;
    if (decisions == NULL)
        return true;
    if (l->no_match)
        return err_set(e, ERR_BAD_PARAMETER, "--no-match leaves nothing to decide");
    l->decisions = match_decisions_read(decisions, l->arena, &problems, e);
    for (size_t i = 0; i < problems.n; i++)
        report_in_file(stderr, str_from(decisions), &problems.items[i]);
    if (l->decisions != NULL)
        return true;
    char why[sizeof e->detail];
    snprintf(why, sizeof why, "%s", e->detail);
    return err_set(e, ERR_BAD_PARAMETER, "the decisions %s %s", decisions,
                   why[0] != '\0' ? why : "have problems");
}

/* What the options say. False: *e says what is wrong with them. */
static bool set_up(struct load *l, const struct arguments *args, struct err *e)
{
    const char *format = command_option(args, "format");
    const char *message = command_option(args, "message");
    l->format = INPUT_UNKNOWN;
    l->dry_run = command_option(args, "dry-run") != NULL;
    l->json = command_option(args, "json") != NULL;
    l->keep_going = command_option(args, "keep-going") != NULL;
    l->server = server_url(args);
    l->message = message;
    if (format != NULL && (l->format = input_format_from(str_from(format))) == INPUT_UNKNOWN)
        return err_set(e, ERR_BAD_PARAMETER, "--format is %s, not \"%s\"",
                       input_format_names(l->arena).p, format);
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
    return set_up_reading(l, args, e) && set_up_matching(l, args, e) &&
           server_open(args, l->arena, &l->http, e) && server_open(args, l->arena, &l->looking, e);
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
        if (stream_takes(format_of(l, files->paths[i])))
            continue;
        arena_reset(l->file);
        load_outcome(l, files->paths[i], &o);
        if (read_file(&quiet, &o))
            order_see(order, i, o.input.document);
    }
    order_settle(order);
}

static bool any_streamed(const struct load *l, const struct files *files, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (stream_takes(format_of(l, files->paths[i])))
            return true;
    return false;
}

static void load_all(struct load *l, const struct files *files)
{
    struct order order;
    read_order(l, files, &order);
    for (size_t i = 0; i < files->n;) {
        size_t end = order_end(&order, i);
        progress_show(i, files->n, files->paths[i]);
        if (end > i + 1 && !any_streamed(l, files, i, end))
            load_group(l, files->paths + i, end - i);
        else if (end = i + 1, stream_takes(format_of(l, files->paths[i])) && !l->stopped)
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
    if (!set_up(&l, args, &e)) {
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
