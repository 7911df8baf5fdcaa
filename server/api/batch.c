/* POST /v1/batch: records, one a line, as one change. See model/record.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/body.h"
#include "api/change.h"
#include "api/handlers.h"
#include "api/lines.h"
#include "base/check.h"
#include "render/problem_document.h"

/* Refused lines after which the rest is not read, unless the good ones are wanted. */
#define MOST_REFUSED 1000
/* Of what was refused, an answer in one piece shows so much. */
#define LARGEST_SHOWN ((size_t)256 * 1024)
#define LARGEST_IN_MEMORY ((size_t)1024 * 1024)

/*
 * X(value, most): why lines are refused that follow one another. So many of a run are told, the
 * others counted: what is wrong stands before them, or is the same.
 */
#define ECHO_TABLE(X)                                                                              \
    X(ECHO_NONE, 0)                                                                                \
    X(ECHO_OF_SOURCE, 1) /* no source says them */                                                 \
    X(ECHO_OF_LINES, 3)  /* they are not understood at all, as pieces of a record would be */

enum echo {
#define X(value, most) value,
    ECHO_TABLE(X)
#undef X
};

/* Refused lines of one kind that follow one another. */
struct run {
    enum echo echo;
    int64_t told, untold;
    int64_t line; /* the first that is not told */
};

struct batch {
    struct write *w;
    struct lines lines;
    struct arena *scratch; /* of one record */
    struct arena *arena;   /* of the source that speaks */
    struct record_source *source;
    int64_t sources, records, refused; /* lines */
    struct run run;
    bool keep_going;
    struct buf shown;        /* of the problems, as JSON objects with commas between them */
    struct spool complaints; /* all of them, a line each */
};

/* ---- what is wrong ---- */

static bool keep_problem(struct batch *b, const struct problem *p)
{
    struct call *x = b->w->x;
    struct buf one;
    buf_init(&one, LARGEST_SHOWN);
    problem_document_write_one(&one, p);
    if (b->shown.n + one.n < LARGEST_SHOWN) {
        if (b->shown.n > 0)
            buf_add_char(&b->shown, ',');
        buf_add(&b->shown, buf_str(&one));
    }
    buf_add_char(&one, '\n');
    bool kept = x->format != FORMAT_NDJSON || spool_add(&b->complaints, buf_str(&one), &x->err);
    buf_free(&one);
    return kept;
}

/* One problem, placed at its line. */
static bool tell(struct batch *b, const struct problem *placed)
{
    struct call *x = b->w->x;
    if (b->keep_going)
        return keep_problem(b, placed);
    struct problem *p = problem_add(&x->problems, placed->place, placed->at, placed->value, "%.*s",
                                    STR_ARG(placed->detail));
    p->line = placed->line;
    p->column = placed->column;
    if (placed->hint.n > 0)
        problem_hint(&x->problems, p, "%.*s", STR_ARG(placed->hint));
    return true;
}

/* The run of refused lines is over: how many were not told. */
static bool end_run(struct batch *b)
{
    struct run run = b->run;
    char words[80];
    b->run = (struct run){0};
    if (run.untold == 0)
        return true;
    snprintf(words, sizeof words, "%" PRId64 " more line%s of this source %s refused too",
             run.untold, run.untold == 1 ? "" : "s", run.untold == 1 ? "is" : "are");
    const struct problem p = {
        .place = PROBLEM_LINE, .line = run.line, .column = 1, .detail = str_from(words)};
    return tell(b, &p);
}

/* Counts a refused line to its run, or begins one; *told: this one is to be told. */
static bool count_run(struct batch *b, enum echo echo, bool *told)
{
    static const int64_t most[] = {
#define X(value, most) most,
        ECHO_TABLE(X)
#undef X
    };
    *told = true;
    if (b->run.echo != echo && !end_run(b))
        return false;
    b->run.echo = echo;
    if (echo == ECHO_NONE || b->run.told++ < most[echo])
        return true;
    *told = false;
    if (b->run.untold++ == 0)
        b->run.line = b->lines.number;
    return true;
}

/* The problems of the line at hand: each with its number. */
static bool refuse_line(struct batch *b, enum echo echo, const struct problems *found)
{
    bool told;
    if (!count_run(b, echo, &told))
        return false;
    b->refused++;
    for (size_t i = 0; i < found->n && told; i++) {
        struct problem placed = found->items[i];
        placed.line = b->lines.number;
        if (!tell(b, &placed))
            return false;
    }
    if (told && !b->keep_going)
        b->w->x->problems.more += found->more;
    return true;
}

/* ---- one line ---- */

static bool begin_source(struct batch *b, struct record *r, struct problems *found)
{
    struct call *x = b->w->x;
    struct document_source *said = &r->document->source;
    if (problem_any(found))
        return true;
    if (b->w->condition.given && b->sources > 1)
        return err_set(&x->err, ERR_BAD_REQUEST,
                       "If-Match and If-None-Match apply to one source; the batch has several.");
    if (!change_allowed(b->w, said->id))
        return false;
    if (record_begin(said, b->arena, found) == NULL)
        return true;
    if (!store_change_source(x->writer, said, b->arena, found, &x->err))
        return false;
    if (!problem_any(found))
        b->source = record_begin(said, b->arena, found);
    return true;
}

static bool put_record(struct batch *b, struct record *r, struct problems *found)
{
    struct call *x = b->w->x;
    if (r->kind == RECORD_REMOVE)
        return problem_any(found) ||
               store_change_remove(x->writer, record_said(b->source)->id, r, &x->err);
    if (r->document == NULL)
        return true;
    /* A part with problems is looked at too, for what it refers to. */
    if (!store_change_record(x->writer, r, found, &x->err))
        return false;
    if (b->keep_going && problem_any(found))
        store_change_forget(x->writer, r);
    return true;
}

/*
 * Whether a line that is not understood at all was to begin a source. Then what follows is not said
 * by the source before it.
 */
static bool seems_source(str line)
{
    str begin = str_sub(str_trim(line), 0, 64);
    for (size_t i = 0; i < begin.n; i++) {
        str rest = str_sub(begin, i, begin.n);
        if (str_starts(rest, STR("\"annals\"")) || str_starts(rest, STR("\"source\"")))
            return true;
    }
    return false;
}

static void leave_source(struct batch *b)
{
    arena_reset(b->arena);
    b->source = NULL;
    b->sources++;
}

static enum echo echo_of(const struct batch *b, const struct record *r)
{
    if (r->kind == RECORD_SOURCE)
        return ECHO_NONE;
    if (r->kind == RECORD_KINDS)
        return ECHO_OF_LINES;
    return b->source == NULL ? ECHO_OF_SOURCE : ECHO_NONE;
}

static bool take_line(struct batch *b, str line)
{
    struct problems found;
    struct record r;
    arena_reset(b->scratch);
    problem_init(&found, b->scratch);
    record_decode(line, b->source, b->scratch, &found, &r);
    if (r.kind == RECORD_SOURCE || (r.kind == RECORD_KINDS && seems_source(line)))
        leave_source(b);
    bool good = true;
    if (r.kind == RECORD_SOURCE) {
        /* Once more, where it lives as long as the source speaks. */
        problem_init(&found, b->scratch);
        record_decode(line, NULL, b->arena, &found, &r);
        good = begin_source(b, &r, &found);
    } else {
        b->records++;
        good = r.kind == RECORD_KINDS || put_record(b, &r, &found);
    }
    if (good && problem_any(&found))
        return refuse_line(b, echo_of(b, &r), &found);
    return good && end_run(b);
}

static bool take_lines(struct batch *b)
{
    struct call *x = b->w->x;
    str line;
    while (lines_next(&b->lines, &line, &x->err)) {
        if (!take_line(b, line))
            return false;
        if (!b->keep_going && b->refused >= MOST_REFUSED)
            break;
    }
    if (x->err.code != ERR_NONE || !end_run(b))
        return false;
    if (b->sources + b->records == 0)
        return err_set(&x->err, ERR_BAD_SYNTAX, "There is no record in the batch.");
    if (b->refused > 0 && !b->keep_going)
        return err_set(&x->err, ERR_INVALID_DOCUMENT,
                       "%" PRId64 " line%s refused%s; nothing was changed.", b->refused,
                       b->refused == 1 ? " is" : "s are",
                       b->refused >= MOST_REFUSED ? ", and the rest was not read" : "");
    return true;
}

/* ---- the answer ---- */

static void tell_counts(struct batch *b)
{
    struct buf members;
    buf_init(&members, LARGEST_SHOWN + 1024);
    buf_printf(&members, "\"records\":%" PRId64, b->records);
    if (b->keep_going)
        buf_printf(&members, ",\"refused_lines\":%" PRId64 ",\"refused\":[%.*s]", b->refused,
                   STR_ARG(buf_str(&b->shown)));
    store_change_extra(b->w->x->writer, buf_str(&members));
    buf_free(&members);
}

/* What was refused, out of its file, and the changeset as the last line. */
struct reply {
    struct api_stream stream; /* first */
    struct spool complaints;
    int64_t at;
    char *last;
};

static enum api_stream_state next_piece(struct api_stream *stream, struct store_reader *reader,
                                        struct arena *arena, str *piece, struct err *e)
{
    struct reply *r = (struct reply *)stream;
    const size_t most = (size_t)128 * 1024;
    char *bytes = arena_alloc(arena, most);
    size_t n;
    (void)reader;
    if (!spool_read(&r->complaints, r->at, bytes, most, &n, e))
        return API_STREAM_BROKEN;
    r->at += (int64_t)n;
    *piece = n > 0 ? (str){bytes, n} : str_from(r->last);
    return n > 0 ? API_STREAM_MORE : API_STREAM_END;
}

static void free_reply(struct api_stream *stream)
{
    struct reply *r = (struct reply *)stream;
    spool_free(&r->complaints);
    free(r->last);
    free(r);
}

static bool answer_lines(struct batch *b)
{
    struct call *x = b->w->x;
    struct reply *r = calloc(1, sizeof *r);
    ENSURE(r != NULL);
    *r = (struct reply){.stream = {.next = next_piece, .free = free_reply},
                        .complaints = b->complaints};
    r->last = strdup(arena_printf(x->arena, "%.*s\n", STR_ARG(str_trim(b->w->result.json))).p);
    ENSURE(r->last != NULL);
    spool_init(&b->complaints, "", 0);
    change_headers(b->w);
    x->out->status = b->w->result.status;
    x->out->type = format_type(FORMAT_NDJSON);
    if (r->complaints.file >= 0) {
        /* What is written is written: where nothing can be streamed the last line is the answer. */
        x->out->body = arena_copy(x->arena, str_from(r->last));
        x->out->stream = &r->stream;
        return true;
    }
    str told = buf_str(&r->complaints.memory);
    x->out->body = arena_printf(x->arena, "%.*s%s", STR_ARG(told), r->last);
    free_reply(&r->stream);
    return true;
}

static bool run(struct write *w, const struct spool *body)
{
    struct call *x = w->x;
    struct batch b = {.w = w, .keep_going = x->question.keep_going};
    if (!change_open(w))
        return false;
    b.scratch = arena_new();
    b.arena = arena_new();
    buf_init(&b.shown, LARGEST_SHOWN);
    spool_init(&b.complaints, body->folder, LARGEST_IN_MEMORY);
    lines_init(&b.lines, body);
    bool good = w->replayed || take_lines(&b);
    if (good && !w->replayed)
        tell_counts(&b);
    good = x->format == FORMAT_NDJSON ? change_end(w, good) && answer_lines(&b)
                                      : change_finish(w, good);
    lines_free(&b.lines);
    spool_free(&b.complaints);
    buf_free(&b.shown);
    arena_free(b.arena);
    arena_free(b.scratch);
    return good;
}

bool batch_post(struct call *x)
{
    struct write w;
    enum body_kind kind;
    if (!change_begin(&w, x) || !body_kind(x->rq, true, &kind, &x->err))
        return false;
    if (kind != BODY_STREAM)
        return err_set(&x->err, ERR_MEDIA_TYPE,
                       "Send \"Content-Type: application/x-ndjson\": a record on each line.");
    /* Without a token there would have been no spool, and it was refused. */
    struct spool empty;
    spool_init(&empty, "", 0);
    return run(&w, x->rq->spool ? x->rq->spool : &empty);
}
