#include "http/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/check.h"
#include "base/log.h"
#include "http/reply.h"

#define NEVER (INT64_MAX / 4)
/* A spooled body beyond this is in a file, and so much more may be under way than one may have. */
#define SPOOL_IN_MEMORY ((size_t)1024 * 1024)
#define SPOOLS 4

struct exchange *exchange_open(struct exchange_shared *shared, int socket)
{
    struct exchange *x = calloc(1, sizeof *x);
    ENSURE(x != NULL);
    x->shared = shared;
    spool_init(&x->spool, store_folder(shared->store), SPOOL_IN_MEMORY);
    x->watched.socket = socket;
    watch_until(&x->watched, watch_now() + shared->head_ms, WATCH_REQUEST);
    watch_add(shared->watch, &x->watched);
    return x;
}

void exchange_close(struct exchange *x)
{
    if (x->refused)
        watch_linger(x->shared->watch, x->watched.socket);
    watch_remove(x->shared->watch, &x->watched);
    free(x);
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/*
 * The library would now take the query apart into a list in the connection's memory, which nobody
 * reads, which many parameters exhaust, and after which it hangs. An end put right after the "?"
 * leaves it nothing to take apart; show_query undoes that. The target is the library's own buffer:
 * it is given as const, but it is about to write to it itself.
 */
static void hide_query(struct exchange *x, const char *target)
{
    x->query = strchr((char *)(uintptr_t)target, '?');
    if (x->query == NULL)
        return;
    x->query_first = x->query[1];
    x->query[1] = '\0';
}

static void show_query(struct exchange *x)
{
    if (x->query == NULL)
        return;
    x->query[0] = '?'; /* the library ended the path here */
    x->query[1] = x->query_first;
}

void exchange_begin(struct exchange *x, struct MHD_Connection *connection, const char *target)
{
    x->connection = connection;
    x->worker = worker_mine(x->shared->workers);
    worker_begin(x->worker);
    x->begun_ns = now_ns();
    x->stage = EXCHANGE_HEAD;
    x->reusable = true;
    x->lane = API_FAST;
    x->head.target = str_from(target);
    hide_query(x, target);
}

static struct arena *arena_of(struct exchange *x)
{
    if (x->arena == NULL)
        x->arena = worker_arena(x->worker);
    return x->arena;
}

/* ---- answers ---- */

static bool is_read(const struct exchange *x)
{
    return x->request.method == API_GET || x->request.method == API_HEAD;
}

static void keep_problem(struct exchange *x, const struct err *e);

static void keep_stream(struct exchange *x, const struct api_response *response, bool close)
{
    struct err e;
    struct api_stream *source = response->stream;
    if (str_eq(x->head.version, STR("HTTP/1.0"))) {
        source->free(source);
        err_set(&e, ERR_BAD_REQUEST,
                "What is streamed needs HTTP/1.1: in HTTP/1.0 a broken connection looks like the "
                "end. A proxy may have to be told so (nginx: proxy_http_version 1.1).");
    } else if (x->request.method == API_HEAD) {
        source->free(source);
        x->reply = reply_new_head(response);
        return;
    } else {
        x->stream = stream_new(x->shared->streams, source, x->connection, &x->watched, &e);
    }
    if (x->stream != NULL) {
        x->reply = reply_new_stream(response, stream_take, x->stream, stream_free, close);
    } else if (response->body.n > 0) {
        x->size = response->body.n;
        x->reply = reply_new(response, REPLY_BORROWS, close);
    } else {
        keep_problem(x, &e);
    }
}

/* Makes of *response what is queued later: an entry of the cache, or a reply for this one. */
static void keep_answer(struct exchange *x, const struct api_response *response)
{
    bool draining = atomic_load_explicit(&x->shared->draining, memory_order_relaxed);
    x->status = response->status;
    x->size = response->stream != NULL ? 0 : response->body.n;
    if (response->stream != NULL) {
        keep_stream(x, response, draining || !x->reusable);
        return;
    }
    if (!response->keep || !is_read(x) || draining || !x->reusable) {
        x->reply = reply_new(response, REPLY_BORROWS, draining || !x->reusable);
        return;
    }
    struct cache_key key = {x->request.target, api_variant(&x->request)};
    struct cached answer = {
        .response = reply_new(response, REPLY_COPIES, false),
        .status = response->status,
        .version = response->version,
        .etag = response->etag,
        .size = response->body.n,
    };
    x->cached = cache_put(x->shared->cache, &key, &answer);
}

static void keep_problem(struct exchange *x, const struct err *e)
{
    struct api_response response = {0};
    api_problem(&x->request, e, NULL, arena_of(x), &response);
    keep_answer(x, &response);
}

/* Queues what was kept. */
static enum MHD_Result send_answer(struct exchange *x)
{
    int64_t due = watch_now() + WATCH_ANSWER_MS + (int64_t)x->size / WATCH_SLOWEST_RATE;
    if (!watch_until(&x->watched, due, WATCH_ANSWER))
        return MHD_NO;
    /* A stream may last for days: it keeps what it needs by itself. */
    if (x->stream != NULL && x->arena != NULL) {
        worker_arena_back(x->worker, x->arena);
        x->arena = NULL;
    }
    struct MHD_Response *response = x->cached ? x->cached->response : x->reply;
    return MHD_queue_response(x->connection, (unsigned)x->status, response);
}

/* An answer before the body; the connection ends with it. */
static enum MHD_Result refuse(struct exchange *x, const struct err *e)
{
    x->refused = true;
    x->reusable = false;
    keep_problem(x, e);
    return send_answer(x);
}

/* The same within the body, where the library takes no answer: past it, onto the socket. */
static enum MHD_Result refuse_in_body(struct exchange *x, const struct err *e)
{
    x->refused = true;
    struct api_response response = {0};
    api_problem(&x->request, e, NULL, arena_of(x), &response);
    x->status = response.status;
    x->size = response.body.n;
    struct buf bytes;
    buf_init(&bytes, SIZE_MAX / 2);
    reply_write(&bytes, &response);
    if (watch_until(&x->watched, NEVER, WATCH_ANSWER)) {
        ssize_t sent = send(x->watched.socket, bytes.p, bytes.n, MSG_DONTWAIT | MSG_NOSIGNAL);
        (void)sent; /* what does not fit into an empty socket buffer is lost with the connection */
    }
    buf_free(&bytes);
    return MHD_NO;
}

/* ---- the head ---- */

static enum MHD_Result add_field(void *context, enum MHD_ValueKind kind, const char *name,
                                 size_t name_size, const char *value, size_t value_size)
{
    struct guard_head *head = context;
    (void)kind;
    if (head->field_count < GUARD_FIELDS)
        head->fields[head->field_count] = (struct api_header){{name, name_size},
                                                              {value, value_size}};
    head->field_count++;
    return MHD_YES;
}

static void read_head(struct exchange *x, const char *method, const char *version)
{
    show_query(x);
    struct guard_head *head = &x->head;
    head->method = str_from(method);
    head->version = str_from(version);
    head->field_count = 0;
    MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, add_field, head);
    head->size = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
                     ->header_size;
    x->request.method = api_method_from(head->method);
}

static bool refuse_room(struct err *e)
{
    return err_set(e, ERR_UNAUTHORIZED,
                   "A body of this size needs a token that may write, as \"Authorization: Bearer "
                   "TOKEN\".");
}

static bool check_body(struct exchange *x, struct err *e)
{
    const struct guard_head *head = &x->head;
    if (!head->chunked && head->length == 0)
        return true;
    x->body_cap = api_body_cap(&x->request);
    if (x->body_cap == 0)
        return err_set(e, ERR_TOO_LARGE, "This request takes no body.");
    struct store_reader *reader = worker_reader(x->worker, e);
    if (reader == NULL)
        return false;
    x->room = api_body_room(x->shared->api, reader, &x->request);
    if (x->room == API_ROOM_ANY)
        x->body_cap = x->shared->batch_most;
    if (head->length > (int64_t)x->body_cap && x->room == API_ROOM_REFUSED)
        return refuse_room(e);
    if (head->length > (int64_t)x->body_cap)
        return err_set(e, ERR_TOO_LARGE, "The body has %lld bytes; at most %zu are read.",
                       (long long)head->length, x->body_cap);
    return true;
}

static enum MHD_Result step_head(struct exchange *x, const char *method, const char *version)
{
    struct err e;
    x->stage = EXCHANGE_BODY;
    read_head(x, method, version);
    if (!guard_check(&x->head, &e))
        return refuse(x, &e);
    x->request.target = x->head.target;
    x->request.headers = x->head.fields;
    x->request.header_count = x->head.field_count;
    if (!check_body(x, &e))
        return refuse(x, &e);
    if (x->body_cap == 0)
        return MHD_YES;
    buf_init(&x->body, x->body_cap);
    /* Where a chunked body ends, two readers may disagree about: nothing is read after it. */
    x->reusable = !x->head.chunked;
    int64_t due = watch_now() + x->shared->body_ms;
    return watch_until(&x->watched, due, WATCH_REQUEST) ? MHD_YES : MHD_NO;
}

/* ---- the body ---- */

/*
 * A body of any size is written down as it comes; while that takes time, nothing more is read from
 * the connection, so that a sender is no faster than the disk.
 */
static bool keep_in_spool(struct exchange *x, str data, struct err *e)
{
    struct exchange_shared *shared = x->shared;
    size_t held = atomic_fetch_add(&shared->spools_held, data.n) + data.n;
    x->spooled += data.n;
    if (x->spooled > x->body_cap)
        return err_set(e, ERR_TOO_LARGE, "The body has more than the %zu bytes that are read.",
                       x->body_cap);
    if (held > SPOOLS * shared->batch_most)
        return err_set(e, ERR_OVERLOADED, "Too many uploads at once. Try again in a moment.");
    return spool_add(&x->spool, data, e);
}

static enum MHD_Result wait_for_more(struct exchange *x, size_t n)
{
    int64_t due = x->begun_ns / 1000000 + x->shared->body_ms + (int64_t)n / WATCH_SLOWEST_RATE;
    return watch_until(&x->watched, due, WATCH_REQUEST) ? MHD_YES : MHD_NO;
}

static enum MHD_Result step_body(struct exchange *x, str data)
{
    struct err e;
    if (x->room == API_ROOM_ANY)
        return keep_in_spool(x, data, &e) ? wait_for_more(x, x->spooled) : refuse_in_body(x, &e);
    size_t held = atomic_fetch_add(&x->shared->bodies_held, data.n) + data.n;
    size_t before = x->body.n;
    buf_add(&x->body, data);
    if (buf_failed(&x->body) || held > x->shared->bodies_most) {
        atomic_fetch_sub(&x->shared->bodies_held, x->body.n == before ? data.n : 0);
        if (x->room == API_ROOM_REFUSED)
            refuse_room(&e);
        else if (buf_failed(&x->body))
            err_set(&e, ERR_TOO_LARGE, "The body has more than the %zu bytes that are read.",
                    x->body_cap);
        else
            err_set(&e, ERR_OVERLOADED, "Too many uploads at once. Try again in a moment.");
        return refuse_in_body(x, &e);
    }
    return wait_for_more(x, x->body.n);
}

/* ---- the answer ---- */

static bool answer_from_cache(struct exchange *x)
{
    if (!is_read(x) || atomic_load_explicit(&x->shared->draining, memory_order_relaxed))
        return false;
    struct cache_key key = {x->request.target, api_variant(&x->request)};
    x->cached = cache_find(x->shared->cache, &key, store_version(x->shared->store));
    if (x->cached == NULL)
        return false;
    x->status = x->cached->status;
    x->size = x->cached->size;
    if (x->status == MHD_HTTP_OK && x->cached->etag.n > 0) {
        str sent = api_header_get(&x->request, "If-None-Match");
        if (sent.p != NULL && api_etag_matches(sent, x->cached->etag))
            x->status = MHD_HTTP_NOT_MODIFIED; /* the same response, which then goes without body */
    }
    return true;
}

/* In the thread of `worker`. */
static void answer(struct exchange *x, struct worker *worker)
{
    struct exchange_shared *shared = x->shared;
    struct err e;
    struct store_reader *reader = worker_reader(worker, &e);
    struct store_writer **writer = &shared->writer;
    bool writes = x->lane == API_WRITE && shared->may_write;
    if (reader == NULL ||
        (writes && *writer == NULL && !store_writer_open(shared->store, writer, &e))) {
        log_line(LOG_ERROR, "store", "detail=\"%s\"", e.detail);
        keep_problem(x, &e);
        return;
    }
    struct api_response response = {0};
    api_handle(shared->api, reader, writes ? *writer : NULL, &x->request, arena_of(x), &response);
    if (writes)
        streams_notify(shared->streams);
    keep_answer(x, &response);
}

static void answer_overloaded(struct exchange *x, const char *why)
{
    struct err e;
    err_set(&e, ERR_OVERLOADED, "%s", why);
    keep_problem(x, &e);
}

static void answer_in_lane(struct job *job, struct worker *worker)
{
    struct exchange *x = (struct exchange *)job;
    if (worker != NULL)
        answer(x, worker);
    else
        answer_overloaded(x, "Annals is being stopped.");
    x->stage = EXCHANGE_ANSWERED;
    MHD_resume_connection(x->connection); /* from here on it is the listener's again */
}

/* The connection waits without a thread until the lane has answered. */
static enum MHD_Result hand_over(struct exchange *x)
{
    struct lane *lane = x->lane == API_WRITE ? x->shared->write : x->shared->slow;
    if (!watch_until(&x->watched, NEVER, WATCH_ANSWER))
        return MHD_NO;
    x->stage = EXCHANGE_IN_LANE;
    x->job.run = answer_in_lane;
    arena_of(x);
    MHD_suspend_connection(x->connection);
    if (!lane_submit(lane, &x->job)) {
        answer_overloaded(x, "Too many requests of this kind are waiting. Try again in a moment.");
        x->stage = EXCHANGE_ANSWERED;
        MHD_resume_connection(x->connection);
    }
    return MHD_YES;
}

static enum MHD_Result step_complete(struct exchange *x)
{
    if (!answer_from_cache(x)) {
        x->request.body = buf_str(&x->body);
        x->request.spool = x->room == API_ROOM_ANY ? &x->spool : NULL;
        x->lane = api_lane(&x->request);
        if (x->lane != API_FAST)
            return hand_over(x);
        answer(x, x->worker);
    }
    x->stage = EXCHANGE_ANSWERED;
    return send_answer(x);
}

enum MHD_Result exchange_step(struct exchange *x, const char *method, const char *version,
                              const char *data, size_t *data_size)
{
    switch (x->stage) {
    case EXCHANGE_HEAD:
        return step_head(x, method, version);
    case EXCHANGE_BODY:
        if (*data_size == 0)
            return step_complete(x);
        str piece = {data, *data_size};
        *data_size = 0;
        return step_body(x, piece);
    case EXCHANGE_ANSWERED:
        return send_answer(x);
    case EXCHANGE_IN_LANE: /* the connection is suspended */
        break;
    }
    UNREACHABLE();
}

/* ---- the end ---- */

static const char *lane_name(enum api_lane lane)
{
    switch (lane) {
    case API_FAST:
        return "fast";
    case API_SLOW:
        return "slow";
    case API_WRITE:
        return "write";
    }
    UNREACHABLE();
}

static void log_exchange(const struct exchange *x)
{
    enum exchange_log log = x->shared->log;
    bool hit = x->cached != NULL && x->arena == NULL;
    if (x->status == 0 || log == LOG_NO_REQUESTS || (hit && log != LOG_ALL_REQUESTS))
        return;
    bool bare = x->request.method == API_HEAD || x->status == MHD_HTTP_NOT_MODIFIED;
    uint64_t bytes = x->stream != NULL ? stream_sent(x->stream) : bare ? 0 : x->size;
    const char *more = hit ? " cache=hit" : "";
    if (x->stream != NULL)
        more = stream_is_whole(x->stream) ? " stream=whole" : " stream=broken";
    log_line(LOG_INFO, "request", "method=%.*s target=%.*s status=%d bytes=%llu us=%lld lane=%s%s",
             STR_ARG(str_sub(x->head.method, 0, 16)), STR_ARG(str_sub(x->head.target, 0, 400)),
             x->status, (unsigned long long)bytes, (long long)((now_ns() - x->begun_ns) / 1000),
             lane_name(x->lane), more);
}

void exchange_end(struct exchange *x)
{
    log_exchange(x);
    if (x->cached != NULL)
        cache_release(x->cached);
    if (x->reply != NULL)
        MHD_destroy_response(x->reply);
    if (x->arena != NULL)
        worker_arena_back(x->worker, x->arena);
    if (x->body_cap > 0) {
        atomic_fetch_sub(&x->shared->bodies_held, x->body.n);
        atomic_fetch_sub(&x->shared->spools_held, x->spooled);
        buf_free(&x->body);
        spool_free(&x->spool); /* empty, for the next request */
        x->body_cap = 0;
        x->spooled = 0;
        x->room = API_ROOM_CAPPED;
    }
    x->cached = NULL;
    x->reply = NULL;
    x->stream = NULL; /* the reply's: gone with it */
    x->arena = NULL;
    x->status = 0;
    x->request = (struct api_request){0};
    worker_end(x->worker);
    /* Idle connections end by the library's own limit; then the next head has its time. */
    watch_until(&x->watched, watch_now() + x->shared->idle_ms + x->shared->head_ms, WATCH_REQUEST);
}

void exchange_shared_end(struct exchange_shared *shared)
{
    if (shared->writer != NULL)
        store_writer_close(shared->writer);
}
