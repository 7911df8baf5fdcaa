#include "http/listener.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"
#include "base/log.h"
#include "http/address.h"
#include "http/reply.h"

#define SLOW_THREADS 2
#define SLOW_ROOM 64
#define WRITE_ROOM 32
/* Descriptors beside those of connections: the store's files for each reader, and our own. */
#define OTHER_DESCRIPTORS 128
#define DESCRIPTORS_PER_THREAD 8
/* With fewer it is not worth starting. */
#define FEWEST_CONNECTIONS 16
/*
 * Memory of a connection for head, parsed fields and the answer's head: what fits the longest head
 * that the guard lets pass. The library clears all of it after each request, so more costs speed;
 * what does not fit gets its own 414 or 431.
 */
#define CONNECTION_MEMORY 32768

struct listener {
    struct exchange_shared shared;
    struct MHD_Daemon *daemon;
    char address[ADDRESS_TEXT];
};

/* ---- what the library calls ---- */

static void on_connection(void *context, struct MHD_Connection *connection, void **exchange,
                          enum MHD_ConnectionNotificationCode what)
{
    struct listener *l = context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        *exchange = exchange_open(
            &l->shared,
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
    else
        exchange_close(*exchange);
}

static struct exchange *exchange_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void *on_request_line(void *context, const char *target, struct MHD_Connection *connection)
{
    (void)context;
    struct exchange *x = exchange_of(connection);
    exchange_begin(x, connection, target);
    return x;
}

/* Escapes are undone by whoever reads the target, once. */
static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result on_step(void *context, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *data,
                               size_t *data_size, void **exchange)
{
    (void)context;
    (void)connection;
    (void)path;
    return exchange_step(*exchange, method, version, data, data_size);
}

static void on_end(void *context, struct MHD_Connection *connection, void **exchange,
                   enum MHD_RequestTerminationCode how)
{
    (void)context;
    (void)connection;
    (void)how;
    exchange_end(*exchange);
}

__attribute__((format(printf, 2, 0))) static void on_message(void *context, const char *format,
                                                             va_list args)
{
    (void)context;
    char text[256];
    vsnprintf(text, sizeof text, format, args);
    log_line(LOG_DEBUG, "library", "detail=\"%s\"", text);
}

/* ---- start ---- */

/* As many connections as descriptors allow, at most `wanted`. */
static unsigned connections_for(unsigned wanted, unsigned threads)
{
    rlim_t others = OTHER_DESCRIPTORS + (rlim_t)threads * DESCRIPTORS_PER_THREAD;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    if (limit.rlim_cur < wanted + others) {
        limit.rlim_cur = limit.rlim_max < wanted + others ? limit.rlim_max : wanted + others;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= wanted + others)
        return wanted;
    unsigned possible = limit.rlim_cur > others ? (unsigned)(limit.rlim_cur - others) : 0;
    log_line(LOG_WARNING, "descriptors", "limit=%llu connections=%u wanted=%u",
             (unsigned long long)limit.rlim_cur, possible, wanted);
    return possible;
}

static unsigned thread_count(const struct listener_settings *settings)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (settings->threads > 0)
        return settings->threads;
    return cores > 0 ? (unsigned)cores : 1;
}

static struct watch *watch_for_requests(void)
{
    struct err e;
    err_set(&e, ERR_TIMEOUT, "The request did not arrive within its time.");
    struct arena *arena = arena_new();
    struct api_request none = {.method = API_GET, .target = STR("/")};
    struct api_response response = {0};
    api_problem(&none, &e, NULL, arena, &response);
    struct buf bytes;
    buf_init(&bytes, SIZE_MAX / 2);
    reply_write(&bytes, &response);
    struct watch *w = watch_new(buf_str(&bytes));
    buf_free(&bytes);
    arena_free(arena);
    return w;
}

static struct MHD_Daemon *start_daemon(struct listener *l, const struct listener_settings *settings,
                                       int socket, unsigned threads, unsigned connections)
{
    struct MHD_OptionItem pool[] = {
        {threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    /* The library's own strictness stays at 0: 1 and -1 close without an answer what the guard
     * answers with a problem. */
    return MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
            MHD_USE_ERROR_LOG,
        0, NULL, NULL, on_step, l, MHD_OPTION_EXTERNAL_LOGGER, on_message, NULL,
        MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, settings->connections_per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, settings->inactivity_seconds, MHD_OPTION_STRICT_FOR_CLIENT,
        0, MHD_OPTION_NOTIFY_CONNECTION, on_connection, l, MHD_OPTION_URI_LOG_CALLBACK,
        on_request_line, NULL, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
}

static void prepare_shared(struct exchange_shared *shared, const struct listener_settings *settings,
                           struct api *api, struct store *store)
{
    *shared = (struct exchange_shared){
        .api = api,
        .store = store,
        .workers = workers_new(store),
        .cache = cache_new(settings->cache_bytes),
        .watch = watch_for_requests(),
        .log = settings->log,
        .may_write = settings->may_write,
        .idle_ms = (int64_t)settings->inactivity_seconds * 1000,
        .head_ms = (int64_t)settings->head_seconds * 1000,
        .body_ms = (int64_t)settings->body_seconds * 1000,
        .bodies_most = settings->bodies_bytes,
        .batch_most = settings->batch_bytes,
    };
    shared->slow = lane_new("slow", SLOW_THREADS, SLOW_ROOM, shared->workers);
    shared->write = lane_new("write", 1, WRITE_ROOM, shared->workers);
    shared->streams = streams_new(&(struct streams_settings){
        .lane = shared->slow,
        .store = store,
        .feeds = settings->feeds,
        .exports = settings->exports,
        .heartbeat_ms = (int64_t)settings->heartbeat_seconds * 1000,
    });
}

/* After the daemon: nothing runs any more. */
static void listener_free(struct listener *l)
{
    struct exchange_shared *shared = &l->shared;
    streams_free(shared->streams);
    lane_free(shared->slow);
    lane_free(shared->write);
    exchange_shared_end(shared);
    watch_free(shared->watch);
    cache_free(shared->cache);
    workers_free(shared->workers);
    free(l);
}

bool listener_start(const struct listener_settings *settings, struct api *api, struct store *store,
                    struct listener **out, struct err *e)
{
    unsigned threads = thread_count(settings);
    unsigned connections = connections_for(settings->connections, threads + SLOW_THREADS + 1);
    if (connections < FEWEST_CONNECTIONS && connections < settings->connections)
        return err_set(e, ERR_OVERLOADED,
                       "The limit of open files leaves room for %u connections; raise it (ulimit "
                       "-n) to at least %d.",
                       connections, OTHER_DESCRIPTORS * 2);
    struct listener *l = calloc(1, sizeof *l);
    ENSURE(l != NULL);
    int socket = address_listen(settings->listen, l->address, e);
    if (socket < 0) {
        free(l);
        return false;
    }
    signal(SIGPIPE, SIG_IGN);
    prepare_shared(&l->shared, settings, api, store);
    if (l->shared.watch != NULL && l->shared.slow != NULL && l->shared.write != NULL &&
        l->shared.streams != NULL)
        l->daemon = start_daemon(l, settings, socket, threads, connections);
    if (l->daemon == NULL) {
        close(socket);
        listener_free(l);
        return err_set(e, ERR_OVERLOADED, "The threads of the server could not be started.");
    }
    log_line(LOG_INFO, "listen", "address=%s threads=%u connections=%u", l->address, threads,
             connections);
    *out = l;
    return true;
}

const char *listener_address(const struct listener *l)
{
    return l->address;
}

/* ---- stop ---- */

/* Waits until no request runs, or for so many milliseconds. */
static void drain(struct listener *l, int64_t milliseconds)
{
    int64_t until = watch_now() + milliseconds;
    struct timespec a_moment = {.tv_nsec = 5000000};
    while (workers_busy(l->shared.workers) > 0 && watch_now() < until)
        nanosleep(&a_moment, NULL);
}

void listener_stop(struct listener *l, unsigned drain_seconds)
{
    struct exchange_shared *shared = &l->shared;
    atomic_store(&shared->draining, true);
    close(MHD_quiesce_daemon(l->daemon));
    streams_drain(shared->streams);
    drain(l, (int64_t)drain_seconds * 1000);
    api_stop(shared->api);
    /* No connection may be suspended when the daemon stops: the lanes answer what they still have.
     */
    streams_end(shared->streams);
    lane_end(shared->slow);
    lane_end(shared->write);
    drain(l, 200);
    log_line(LOG_INFO, "stop", "unfinished=%zu", workers_busy(shared->workers));
    MHD_stop_daemon(l->daemon);
    listener_free(l);
}
