/* annalsd: settings, open the store, start, wait for a signal, stop. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/api.h"
#include "base/log.h"
#include "http/listener.h"
#include "settings.h"
#include "store/store.h"

enum { EXIT_FINE = 0, EXIT_WRONG_USE = 2, EXIT_CANNOT = 3 };

static int print_help(void)
{
    struct buf text;
    buf_init(&text, 1 << 20);
    settings_write_help(&text);
    fwrite(text.p, 1, text.n, stdout);
    buf_free(&text);
    return EXIT_FINE;
}

static int print_problems(const struct settings *settings, const struct problems *problems)
{
    struct buf line;
    buf_init(&line, 1 << 20);
    for (size_t i = 0; i < problems->n; i++) {
        buf_clear(&line);
        settings_write_problem(&line, settings, &problems->items[i]);
        fprintf(stderr, "annalsd: %.*s\n", STR_ARG(buf_str(&line)));
    }
    fprintf(stderr, "annalsd --help lists the settings.\n");
    buf_free(&line);
    return EXIT_WRONG_USE;
}

static struct listener_settings listener_settings(const struct settings *s)
{
    return (struct listener_settings){
        .listen = s->listen,
        .threads = (unsigned)s->threads,
        .connections = (unsigned)s->connections,
        .connections_per_address = (unsigned)s->connections_per_address,
        .inactivity_seconds = (unsigned)s->inactivity_seconds,
        .head_seconds = (unsigned)s->head_seconds,
        .body_seconds = (unsigned)s->body_seconds,
        .cache_bytes = (size_t)s->cache_bytes,
        .bodies_bytes = (size_t)s->bodies_bytes,
        .batch_bytes = (size_t)s->batch_bytes,
        .feeds = (unsigned)s->feeds,
        .exports = (unsigned)s->exports,
        .heartbeat_seconds = (unsigned)s->heartbeat_seconds,
        .log = strcmp(s->access_log, "off") == 0   ? LOG_NO_REQUESTS
               : strcmp(s->access_log, "all") == 0 ? LOG_ALL_REQUESTS
                                                   : LOG_UNCACHED_REQUESTS,
        .may_write = !s->read_only,
    };
}

/* Blocks until a signal asks for the end, or for so many seconds unless 0. */
static void wait_for_the_end(const sigset_t *signals, int64_t seconds)
{
    struct timespec time = {.tv_sec = seconds};
    if (seconds > 0)
        sigtimedwait(signals, NULL, &time);
    else
        sigwaitinfo(signals, NULL);
    /* A second signal ends the process at once. */
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, signals, NULL);
}

static int serve(const struct settings *s, struct store *store)
{
    struct api_settings about = {
        .read_only = s->read_only,
        .title = s->title,
        .licence = s->licence,
        .public_url = s->public_url,
        .embed_ancestors = s->embed_ancestors,
        .deadline_ms = (int)s->deadline_ms,
        .search_deadline_ms = (int)s->search_deadline_ms,
        .count_deadline_ms = (int)s->count_deadline_ms,
    };
    struct api *api = api_new(store, &about);
    /* A file that may not grow is a failed write, to be answered, and not the end of the process.
     */
    signal(SIGXFSZ, SIG_IGN);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* in all threads that are about to begin */

    struct listener_settings how = listener_settings(s);
    struct listener *listener;
    struct err e;
    if (!listener_start(&how, api, store, &listener, &e)) {
        fprintf(stderr, "annalsd: %s\n", e.detail);
        api_free(api);
        return EXIT_CANNOT;
    }
    printf("Annals serves %s at http://%s\n", s->db, listener_address(listener));
    fflush(stdout);
    wait_for_the_end(&signals, s->stop_after);
    listener_stop(listener, (unsigned)s->drain_seconds);
    api_free(api);
    return EXIT_FINE;
}

/*
 * Answers are made in blocks of some hundred KiB. By default glibc maps and unmaps such blocks, and
 * every page of them faults anew: a third of the time of a large page that is not in the cache.
 */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 8 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 32 * 1024 * 1024);
}

static int open_and_serve(const struct settings *s)
{
    enum log_level level;
    if (log_level_from(s->log_level, &level))
        log_set_level(level);
    keep_memory();
    struct store *store;
    struct err e;
    if (!store_open(s->db, s->read_only ? STORE_READ : STORE_CREATE, &store, &e)) {
        fprintf(stderr, "annalsd: %s\n", e.detail);
        return EXIT_CANNOT;
    }
    int code = EXIT_CANNOT;
    if (store_lock(store, &e))
        code = serve(s, store);
    else
        fprintf(stderr, "annalsd: %s\n", e.detail);
    store_close(store);
    return code;
}

int main(int argc, char *argv[])
{
    struct arena *arena = arena_new();
    struct settings settings;
    struct problems problems;
    problem_init(&problems, arena);
    int code = EXIT_FINE;
    switch (settings_load(argc, argv, getenv, arena, &settings, &problems)) {
    case SETTINGS_READY:
        code = open_and_serve(&settings);
        break;
    case SETTINGS_HELP:
        code = print_help();
        break;
    case SETTINGS_VERSION:
        printf("annalsd " ANNALS_VERSION "\n");
        break;
    case SETTINGS_WRONG:
        code = print_problems(&settings, &problems);
        break;
    }
    arena_free(arena);
    return code;
}
