#include "http/stream.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "http/park.h"

#define NEVER (INT64_MAX / 4)

/* How far the listener has come; only ever forward. */
enum mode { STREAMS_RUN, STREAMS_DRAIN, STREAMS_END };

struct streams {
    struct streams_settings settings;
    struct park *park;
    _Atomic(enum mode) mode;
    atomic_size_t feeds, exports; /* at present */
};

/* Of the listener's thread; while the connection is suspended, of the lane or the park. */
struct stream {
    struct job job; /* first */
    struct parked parked;
    struct streams *all;
    struct api_stream *source;
    struct MHD_Connection *connection;
    struct watched *watched;
    bool feeds;                 /* counted as a feed */
    enum api_stream_state last; /* what comes after the piece */
    char *piece;                /* NULL for none */
    size_t size, taken;         /* of the piece, bytes */
    uint64_t sent;              /* all bytes taken */
    bool whole;
};

struct streams *streams_new(const struct streams_settings *settings)
{
    struct streams *all = calloc(1, sizeof *all);
    ENSURE(all != NULL);
    all->settings = *settings;
    all->park = park_new(settings->store);
    if (all->park != NULL)
        return all;
    free(all);
    return NULL;
}

void streams_free(struct streams *all)
{
    if (all == NULL)
        return;
    ENSURE(atomic_load(&all->feeds) == 0 && atomic_load(&all->exports) == 0);
    park_free(all->park);
    free(all);
}

void streams_notify(struct streams *all)
{
    park_notify(all->park);
}

void streams_drain(struct streams *all)
{
    atomic_store(&all->mode, STREAMS_DRAIN);
    park_drain(all->park);
}

void streams_end(struct streams *all)
{
    atomic_store(&all->mode, STREAMS_END);
}

/* ---- what goes wrong ---- */

static void drop_piece(struct stream *s)
{
    free(s->piece);
    s->piece = NULL;
    s->size = s->taken = 0;
}

/* Whatever the reason, the reader sees a body without its end. */
static void break_off(struct stream *s)
{
    drop_piece(s);
    s->last = API_STREAM_BROKEN;
}

static void break_off_and_resume(struct stream *s)
{
    break_off(s);
    MHD_resume_connection(s->connection); /* from here on it is the listener's again */
}

/* ---- the next piece; the connection is suspended ---- */

static void make_piece(struct job *job, struct worker *worker);

static void wait_for_version(struct stream *s)
{
    s->parked.waits_past = s->source->waits_past;
    s->parked.due = watch_now() + s->all->settings.heartbeat_ms;
    if (!park_add(s->all->park, &s->parked))
        break_off_and_resume(s);
}

static void ask_for_piece(struct stream *s)
{
    s->job.run = make_piece;
    if (!lane_continue(s->all->settings.lane, &s->job))
        break_off_and_resume(s);
}

static void wake(struct parked *one, enum park_reason reason)
{
    struct stream *s = (struct stream *)((char *)one - offsetof(struct stream, parked));
    if (reason == PARK_GO_ON)
        ask_for_piece(s);
    else
        break_off_and_resume(s);
}

static void keep_piece(struct stream *s, str piece)
{
    ENSURE(piece.n > 0 || s->last != API_STREAM_MORE);
    if (piece.n == 0)
        return;
    s->piece = malloc(piece.n);
    ENSURE(s->piece != NULL);
    memcpy(s->piece, piece.p, piece.n);
    s->size = piece.n;
}

static void make_piece(struct job *job, struct worker *worker)
{
    struct stream *s = (struct stream *)job;
    if (worker == NULL || atomic_load(&s->all->mode) == STREAMS_END) {
        break_off_and_resume(s);
        return;
    }
    struct err e = {0};
    struct store_reader *reader = worker_reader(worker, &e);
    struct arena *arena = worker_arena(worker);
    str piece = {0};
    s->last = API_STREAM_BROKEN;
    if (reader != NULL)
        s->last = s->source->next(s->source, reader, arena, &piece, &e);
    if (s->last == API_STREAM_BROKEN)
        log_line(LOG_WARNING, "stream", "broken_after=%llu detail=\"%s\"",
                 (unsigned long long)s->sent, e.detail);
    else
        keep_piece(s, piece);
    worker_arena_back(worker, arena);
    if (s->last == API_STREAM_WAIT && s->size == 0)
        wait_for_version(s);
    else
        MHD_resume_connection(s->connection);
}

/* ---- what the library asks for ---- */

/* False when there will be no more. */
static bool suspend(struct stream *s)
{
    if (atomic_load(&s->all->mode) == STREAMS_END) {
        break_off(s);
        return false;
    }
    if (!watch_until(s->watched, NEVER, WATCH_ANSWER))
        return false;
    MHD_suspend_connection(s->connection);
    if (s->last == API_STREAM_WAIT)
        wait_for_version(s);
    else
        ask_for_piece(s);
    return true;
}

ssize_t stream_take(void *stream, uint64_t at, char *to, size_t most)
{
    struct stream *s = stream;
    ENSURE(at == s->sent && most > 0);
    if (s->taken == s->size) {
        drop_piece(s);
        if (s->last == API_STREAM_END) {
            s->whole = true;
            return MHD_CONTENT_READER_END_OF_STREAM;
        }
        if (s->last == API_STREAM_BROKEN || !suspend(s))
            return MHD_CONTENT_READER_END_WITH_ERROR;
        return 0;
    }
    /* The time limit is that of a piece: a download may take as long as it moves. */
    int64_t due = watch_now() + WATCH_ANSWER_MS + (int64_t)s->size / WATCH_SLOWEST_RATE;
    if (s->taken == 0 && !watch_until(s->watched, due, WATCH_ANSWER))
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t n = s->size - s->taken < most ? s->size - s->taken : most;
    memcpy(to, s->piece + s->taken, n);
    s->taken += n;
    s->sent += n;
    return (ssize_t)n;
}

/* ---- from start to end ---- */

/* Whether there was room for one more. */
static bool count_one(struct streams *all, bool feeds, struct err *e)
{
    atomic_size_t *counter = feeds ? &all->feeds : &all->exports;
    size_t most = feeds ? all->settings.feeds : all->settings.exports;
    if (atomic_fetch_add(counter, 1) < most)
        return true;
    atomic_fetch_sub(counter, 1);
    return err_set(e, ERR_OVERLOADED,
                   "There are %zu %s at once already, and no more. Try again in a moment.", most,
                   feeds ? "readers of the change feed" : "exports");
}

struct stream *stream_new(struct streams *all, struct api_stream *source,
                          struct MHD_Connection *connection, struct watched *watched, struct err *e)
{
    if (!count_one(all, source->feeds, e)) {
        source->free(source);
        return NULL;
    }
    struct stream *s = calloc(1, sizeof *s);
    ENSURE(s != NULL);
    *s = (struct stream){
        .parked = {.socket = watched->socket, .wake = wake},
        .all = all,
        .source = source,
        .connection = connection,
        .watched = watched,
        .feeds = source->feeds,
        .last = API_STREAM_MORE,
    };
    return s;
}

void stream_free(void *stream)
{
    struct stream *s = stream;
    s->source->free(s->source);
    drop_piece(s);
    atomic_fetch_sub(s->feeds ? &s->all->feeds : &s->all->exports, 1);
    free(s);
}

uint64_t stream_sent(const struct stream *s)
{
    return s->sent;
}

bool stream_is_whole(const struct stream *s)
{
    return s->whole;
}
