#include "annals/send.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "annals/answer.h"
#include "annals/courier.h"
#include "annals/journal.h"
#include "annals/progress.h"
#include "annals/report.h"
#include "annals/send_tell.h"
#include "annals/term.h"
#include "base/check.h"
#include "base/jscan.h"

/* A piece is full with so many lines or bytes: large enough that what each change costs by itself
 * is little, small enough that a stop loses little. */
#define MOST_RECORDS 10000
#define LARGEST_PIECE ((int64_t)6 * 1024 * 1024)
#define LOOKS_BETWEEN_DRAWINGS 64

struct send {
    struct send_settings with;
    struct arena *arena;
    struct buf source; /* the line of the source that speaks */
    struct buf line;
    struct journal *journal;
    bool looked; /* for a journal */
    struct courier *courier;
    const char *target;
    const char *run;
    struct piece *filling;
    struct piece *spare;
    int64_t pieces; /* begun */
    bool open;      /* filling has a beginning */
    int64_t reached;
    struct send_counts counts;
    double begun;
    int64_t reached_at_begin; /* what was loaded before, and is only read again */
    unsigned looks;
    bool ended; /* nothing more is to be sent */
    enum command_exit code;
    str away;
    struct sigaction before[2];
};

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    stopped = 1;
    signal(number, SIG_DFL); /* the second one ends it at once */
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool put_line(void *to, enum build_kind kind, str line, int64_t number, int64_t column);

struct send *send_open(const struct send_settings *settings)
{
    struct send *s = calloc(1, sizeof *s);
    ENSURE(s != NULL);
    s->with = *settings;
    if (settings->match != NULL)
        match_stream_to(settings->match, put_line, s);
    s->arena = arena_new();
    s->begun = now();
    buf_init(&s->source, DOCUMENT_LARGEST);
    buf_init(&s->line, DOCUMENT_LARGEST);
    const char *folder = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";
    s->filling = piece_new(folder);
    s->spare = piece_new(folder);
    struct buf query;
    buf_init(&query, 64 * 1024);
    buf_printf(&query, "/v1/batch?keep_going=%s&dry_run=%s",
               settings->keep_going ? "true" : "false", settings->dry_run ? "true" : "false");
    if (settings->message != NULL) {
        buf_add(&query, STR("&message="));
        http_encode(&query, str_from(settings->message));
    }
    s->target = arena_copy(s->arena, buf_str(&query)).p;
    buf_free(&query);
    stopped = 0;
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, &s->before[0]);
    sigaction(SIGTERM, &action, &s->before[1]);
    return s;
}

static void fail(struct send *s, enum command_exit code)
{
    s->ended = true;
    if (code > s->code)
        s->code = code;
}

/* ---- what the server says ---- */

static void refuse(struct send *s, const struct piece *p, const struct problem *found)
{
    struct problem placed = *found;
    struct piece_place place = piece_place_of(p, found->line);
    if (place.line == 0)
        place = piece_place_of(p, 2);
    placed.line = place.line;
    /* A column within a line of the body is one of the file where the line is the file's own. */
    placed.column = place.column > 0 ? place.column : found->column > 0 ? found->column : 1;
    placed.at = found->place == PROBLEM_POINTER ? found->at : STR("");
    placed.place = PROBLEM_LINE;
    progress_clear();
    send_tell_problem(s->with.path, s->with.json, &placed);
}

/* The answer to a piece that was taken: what was refused, and the changeset. */
static void take_success(struct send *s, struct piece *p)
{
    str rest = str_trim(p->answer.body), line;
    bool more = true;
    struct answer_batch b = {0};
    while (more) {
        struct problems found;
        problem_init(&found, p->arena);
        more = str_cut(rest, '\n', &line, &rest);
        if (!answer_batch_line(line, p->arena, &found, &b))
            continue;
        for (size_t i = 0; i < found.n; i++)
            refuse(s, p, &found.items[i]);
    }
    if (b.warning_count > 0)
        progress_clear();
    for (size_t i = 0; i < b.warning_count; i++)
        send_tell_warning(s->with.path, s->with.json, b.warnings[i]);
    s->counts.records += (int64_t)p->records - b.refused_lines;
    s->counts.refused += b.refused_lines;
    send_counts_add(&s->counts, &b);
    if (b.refused_lines > 0 && s->code == EXIT_FINE)
        s->code = EXIT_FINDINGS;
    if (s->journal != NULL)
        journal_add(s->journal, p->number, p->digest, b.version, b.refused_lines);
}

static void take_refusal(struct send *s, struct piece *p)
{
    struct problems found;
    problem_init(&found, p->arena);
    str summary = answer_refusal(&p->answer, p->arena, &found);
    int status = p->answer.status;
    progress_clear();
    if (found.n == 0 || status != 422)
        term_error("%s: %.*s", s->with.path, STR_ARG(str_sub(summary, 0, 1000)));
    for (size_t i = 0; i < found.n; i++) {
        if (status == 422)
            refuse(s, p, &found.items[i]);
        else
            report_in_request(stderr, &found.items[i]);
    }
    report_more(stderr, found.more);
    int64_t last = 0;
    for (size_t i = 0; i < found.n && status == 422; i++) {
        s->counts.refused += found.items[i].line != last;
        last = found.items[i].line;
    }
    fail(s, status == 401 || status == 403 ? EXIT_USAGE
            : status >= 500                ? EXIT_UNREACHABLE
                                           : EXIT_FINDINGS);
}

static void take_answer(struct send *s, struct piece *p)
{
    if (!p->answered) {
        progress_clear();
        term_error("%s: %s", s->with.path, p->failure.detail);
        fail(s, EXIT_UNREACHABLE);
    } else if (p->answer.status >= 200 && p->answer.status < 300) {
        take_success(s, p);
        s->counts.reached = p->reached;
    } else {
        take_refusal(s, p);
    }
    s->spare = p;
}

/* ---- pieces ---- */

static void draw(struct send *s)
{
    struct progress_table t = {.name = s->with.path,
                               .records = s->counts.records + s->counts.skipped,
                               .sent = s->counts.records,
                               .seconds = now() - s->begun,
                               .reached = s->counts.reached,
                               .began_at = s->reached_at_begin,
                               .size = s->with.size,
                               .away = s->away};
    if (!s->with.json)
        progress_table(&t);
}

/* Waits for the piece that is under way, if there is one. */
static void await(struct send *s)
{
    while (s->courier != NULL && courier_busy(s->courier)) {
        struct piece *p = courier_wait(s->courier, 200, &s->away);
        if (p != NULL)
            take_answer(s, p);
        /* Who wants to stop does not wait for a server that is away. */
        if (stopped && s->away.n > 0)
            courier_give_up(s->courier);
        draw(s);
    }
}

/* Before the first piece: how far an earlier load came. */
static void look_for_journal(struct send *s, str source)
{
    struct err e = {0};
    struct answer_landing landing;
    unsigned char bytes[8];
    char *run = arena_alloc(s->arena, 2 * sizeof bytes + 1);
    s->looked = true;
    hash_random(bytes, sizeof bytes);
    hash_hex(bytes, sizeof bytes, run);
    s->run = run;
    if (s->with.dry_run || s->with.size < 0 ||
        !answer_landing_ask(s->with.http, s->arena, &landing))
        return;
    const struct journal_of of = {.server = s->with.server,
                                  .store = landing.store,
                                  .version = landing.version,
                                  .source = source,
                                  .path = s->with.path};
    s->journal = journal_open(&of, s->arena, &e);
    if (s->journal == NULL)
        term_error("%s: a load that stops cannot go on: %s", s->with.path, e.detail);
    else
        s->run = journal_run(s->journal);
}

static bool begin_piece(struct send *s)
{
    struct err e;
    s->open = piece_begin(s->filling, ++s->pieces, buf_str(&s->source), &e);
    if (!s->open) {
        term_error("%s", e.detail);
        fail(s, EXIT_UNREACHABLE);
    }
    return s->open;
}

static void skip(struct send *s, int64_t refused)
{
    s->counts.skipped += (int64_t)s->filling->records - refused;
    s->counts.refused += refused;
    s->counts.reached = s->reached_at_begin = s->reached;
    s->begun = now();
}

/* Sends what is gathered, after the piece before it was answered. */
static void send_piece(struct send *s)
{
    int64_t refused = 0;
    struct piece *p = s->filling;
    if (!s->open)
        return;
    piece_finish(p);
    p->reached = s->reached;
    s->open = false;
    if (s->journal != NULL && journal_has(s->journal, p->number, p->digest, &refused)) {
        skip(s, refused);
        return;
    }
    await(s);
    if (s->ended)
        return;
    if (s->courier == NULL)
        s->courier = courier_new(s->with.http, s->target, s->run);
    if (s->courier == NULL) {
        term_error("there is no thread to send with");
        fail(s, EXIT_UNREACHABLE);
        return;
    }
    s->filling = s->spare;
    s->spare = NULL;
    courier_take(s->courier, p);
}

/* ---- what the reader gives ---- */

static bool goes_on(struct send *s)
{
    if (stopped)
        s->ended = true;
    return !s->ended;
}

static bool take_source(struct send *s, str line, struct piece_place place)
{
    struct err e;
    buf_clear(&s->source);
    buf_add(&s->source, line);
    if (!s->looked)
        look_for_journal(s, line);
    if (!s->open && !begin_piece(s))
        return false;
    /* A piece begins with a source; one that follows within it is a line of its own. */
    if (s->filling->n == 1 && s->filling->records == 0) {
        s->pieces--;
        if (!begin_piece(s))
            return false;
        s->filling->places[0] = place;
        return true;
    }
    return piece_add(s->filling, line, place, false, &e);
}

static bool put_line(void *to, enum build_kind kind, str line, int64_t number, int64_t column)
{
    struct send *s = to;
    struct err e;
    struct piece_place place = {number, column};
    if (!goes_on(s))
        return false;
    if (kind == BUILD_SOURCE)
        return take_source(s, line, place);
    if (!s->open && !begin_piece(s))
        return false;
    if (!piece_add(s->filling, line, place, true, &e)) {
        term_error("%s", e.detail);
        fail(s, EXIT_UNREACHABLE);
    } else if (!s->with.dry_run &&
               (s->filling->records >= MOST_RECORDS || s->filling->body.size >= LARGEST_PIECE)) {
        send_piece(s);
    }
    return goes_on(s);
}

/* The store could not be asked for what it has. */
static bool check_match(struct send *s, bool good)
{
    const struct err *e = match_stream_error(s->with.match);
    if (!good && e->code != ERR_NONE && !s->ended) {
        progress_clear();
        term_error("%s: %s", s->with.path, e->detail);
        fail(s, EXIT_UNREACHABLE);
    }
    return good;
}

bool send_line(struct send *s, enum build_kind kind, str line, int64_t number, int64_t column)
{
    if (s->with.match == NULL)
        return put_line(s, kind, line, number, column);
    return goes_on(s) &&
           check_match(s, match_stream_take(s->with.match, kind, line, number, column));
}

bool send_thing(void *to, const struct built *thing)
{
    struct send *s = to;
    buf_clear(&s->line);
    if (thing->kind == BUILD_SOURCE)
        buf_printf(&s->line, "{\"annals\":1,\"source\":%.*s}", STR_ARG(thing->json));
    else
        builder_record(&s->line, thing);
    return send_line(s, thing->kind, buf_str(&s->line), thing->line, thing->column);
}

bool send_refused(struct send *s, const struct problem *p)
{
    progress_clear();
    send_tell_problem(s->with.path, s->with.json, p);
    s->counts.refused++;
    if (s->code == EXIT_FINE)
        s->code = EXIT_FINDINGS;
    if (!s->with.keep_going)
        s->ended = true;
    return goes_on(s);
}

void send_reached(struct send *s, int64_t bytes)
{
    s->reached = bytes;
    if (s->looks++ % LOOKS_BETWEEN_DRAWINGS == 0)
        draw(s);
}

enum command_exit send_end(struct send *s, bool whole, bool *loaded, bool *changed)
{
    bool complete = whole && !s->ended && !stopped;
    if (complete && s->with.match != NULL)
        complete = check_match(s, match_stream_flush(s->with.match));
    if (complete)
        send_piece(s);
    await(s);
    complete = complete && !s->ended && !stopped;
    progress_clear();
    courier_end(s->courier);
    journal_close(s->journal, complete || s->with.dry_run);
    if (stopped && s->code < EXIT_UNREACHABLE)
        s->code = EXIT_UNREACHABLE;
    s->counts.seconds = now() - s->begun;
    send_tell_end(&s->counts, s->with.path, s->with.json, s->with.dry_run, complete,
                  s->journal != NULL);
    *loaded = complete;
    *changed = s->counts.last > 0;
    enum command_exit code = s->code;
    piece_free(s->filling);
    piece_free(s->spare);
    buf_free(&s->source);
    buf_free(&s->line);
    arena_free(s->arena);
    sigaction(SIGINT, &s->before[0], NULL);
    sigaction(SIGTERM, &s->before[1], NULL);
    free(s);
    return code;
}
