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
#include "annals/server.h"
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
    int64_t pieces;  /* begun */
    bool open;       /* filling has a beginning */
    int64_t reached; /* bytes that were read */
    int64_t put;     /* of them, those whose records are in a piece */
    struct send_counts counts;
    double begun;
    int64_t reached_at_begin; /* what was loaded before, and is only read again */
    unsigned looks;
    bool ended; /* nothing more is to be sent, because of: */
    enum outcome_kind why;
    str detail;
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

static bool put_line(void *to, const struct match_record *r);

struct send *send_open(const struct send_settings *settings)
{
    struct send *s = calloc(1, sizeof *s);
    ENSURE(s != NULL);
    s->with = *settings;
    if (settings->match != NULL)
        match_stream_to(settings->match, put_line, s);
    s->arena = arena_new();
    changes_init(&s->counts.changes, s->arena);
    s->why = OUTCOME_INVALID;
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

/* Ends it; detail is said here, and may be empty where everything is said already. */
static void fail(struct send *s, enum outcome_kind why, enum command_exit code, str detail)
{
    s->ended = true;
    s->why = why;
    if (code > s->code)
        s->code = code;
    if (detail.n == 0)
        return;
    s->detail = arena_copy(s->arena, str_sub(detail, 0, 1000));
    progress_clear();
    if (!s->with.json)
        term_error("%s: %.*s", s->with.path, STR_ARG(s->detail));
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
    fail(s, OUTCOME_REFUSED, server_code(status),
         found.n == 0 || status != 422 ? summary : (str){0});
    int64_t last = 0;
    for (size_t i = 0; i < found.n; i++) {
        if (status != 422) {
            send_tell_problem(s->with.path, s->with.json, &found.items[i]);
            continue;
        }
        refuse(s, p, &found.items[i]);
        s->counts.refused += found.items[i].line != last;
        last = found.items[i].line;
    }
    report_more(stderr, found.more);
}

static void take_answer(struct send *s, struct piece *p)
{
    if (!p->answered) {
        fail(s, OUTCOME_NOT_SENT, EXIT_UNREACHABLE, str_from(p->failure.detail));
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
    struct err e = {0};
    s->open = piece_begin(s->filling, ++s->pieces, buf_str(&s->source), &e);
    if (!s->open)
        fail(s, OUTCOME_NOT_SENT, EXIT_UNREACHABLE, str_from(e.detail));
    return s->open;
}

static void skip(struct send *s, int64_t refused)
{
    s->counts.skipped += (int64_t)s->filling->records - refused;
    s->counts.refused += refused;
    s->counts.reached = s->reached_at_begin = s->filling->reached;
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
    p->reached = s->put;
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
        fail(s, OUTCOME_NOT_SENT, EXIT_UNREACHABLE, STR("there is no thread to send with"));
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

static bool put_line(void *to, const struct match_record *r)
{
    struct send *s = to;
    struct err e = {0};
    struct piece_place place = {r->number, r->column};
    if (!goes_on(s))
        return false;
    s->put = r->reached;
    if (r->kind == BUILD_SOURCE)
        return take_source(s, r->line, place);
    if (!s->open && !begin_piece(s))
        return false;
    if (!piece_add(s->filling, r->line, place, true, &e)) {
        fail(s, OUTCOME_NOT_SENT, EXIT_UNREACHABLE, str_from(e.detail));
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
    if (!good && e->code != ERR_NONE && !s->ended)
        fail(s, OUTCOME_NOT_SENT, EXIT_UNREACHABLE, str_from(e->detail));
    return good;
}

bool send_line(struct send *s, enum build_kind kind, str line, int64_t number, int64_t column)
{
    const struct match_record r = {kind, line, number, column, s->reached};
    if (s->with.match == NULL)
        return put_line(s, &r);
    return goes_on(s) && check_match(s, match_stream_take(s->with.match, &r));
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

bool send_refused(struct send *s, const struct problem *p, int64_t lines)
{
    progress_clear();
    send_tell_problem(s->with.path, s->with.json, p);
    s->counts.refused += lines;
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

static void free_all(struct send *s)
{
    piece_free(s->filling);
    piece_free(s->spare);
    buf_free(&s->source);
    buf_free(&s->line);
    arena_free(s->arena);
    free(s);
}

static enum outcome_kind end_of(const struct send *s, bool complete)
{
    if (complete)
        return s->counts.changes.n > 0 ? OUTCOME_LOADED : OUTCOME_UNCHANGED;
    return stopped || s->counts.records + s->counts.skipped > 0 ? OUTCOME_STOPPED : s->why;
}

enum command_exit send_end(struct send *s, bool whole, const struct err *why,
                           enum outcome_kind *kind)
{
    if (!whole && why->code != ERR_NONE && !s->ended)
        fail(s, OUTCOME_UNREADABLE, EXIT_UNREACHABLE, str_from(why->detail));
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
    *kind = end_of(s, complete);
    const struct send_end end = {.kind = *kind,
                                 .dry_run = s->with.dry_run,
                                 .resumable = s->journal != NULL,
                                 .detail = s->detail};
    send_tell_end(&s->counts, s->with.path, s->with.json, &end);
    enum command_exit code = s->code;
    sigaction(SIGINT, &s->before[0], NULL);
    sigaction(SIGTERM, &s->before[1], NULL);
    free_all(s);
    return code;
}
