#include "annals/courier.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/check.h"

#define LONGEST_PAUSE_MS 8000
#define PATIENCE_MS 120000 /* for a server that is away */
/* A batch may take long: the server works while nothing moves. */
#define STILL_SECONDS 3600L

struct courier {
    struct http *http;
    const char *target;
    const char *run;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct piece *taken;    /* to be sent, or under way */
    struct piece *finished; /* to be given back */
    bool ending, given_up;
    char away[200];
};

static struct timespec in_ms(int milliseconds)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec += milliseconds / 1000;
    t.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

static bool send_once(struct courier *c, struct piece *p)
{
    str key = arena_printf(p->arena, "Idempotency-Key: %s-%" PRId64 "-%.32s", c->run, p->number,
                           p->digest);
    const char *const headers[] = {"Content-Type: application/x-ndjson",
                                   "Accept: application/x-ndjson", key.p, NULL};
    struct http_request rq = {.method = "POST",
                              .target = str_from(c->target),
                              .headers = headers,
                              .spool = &p->body,
                              .still_seconds = STILL_SECONDS};
    p->answered = http_send(c->http, &rq, p->arena, &p->answer, &p->failure);
    return p->answered && p->answer.status != 429 && p->answer.status != 503;
}

/* Sleeps, unless somebody gives up. */
static bool pause_for(struct courier *c, const struct piece *p, int milliseconds)
{
    struct timespec until = in_ms(milliseconds);
    pthread_mutex_lock(&c->lock);
    snprintf(c->away, sizeof c->away, "%.180s",
             p->answered ? "the server has too much to do" : p->failure.detail);
    int status = 0;
    while (!c->given_up && status == 0)
        status = pthread_cond_timedwait(&c->changed, &c->lock, &until);
    bool goes_on = !c->given_up;
    pthread_mutex_unlock(&c->lock);
    return goes_on;
}

static void bring(struct courier *c, struct piece *p)
{
    int waited = 0, pause = 250;
    while (!send_once(c, p) && waited < PATIENCE_MS && pause_for(c, p, pause)) {
        waited += pause;
        pause = pause * 2 > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : pause * 2;
    }
}

static void *work(void *context)
{
    struct courier *c = context;
    pthread_mutex_lock(&c->lock);
    for (;;) {
        while (c->taken == NULL && !c->ending)
            pthread_cond_wait(&c->changed, &c->lock);
        struct piece *p = c->taken;
        if (p == NULL)
            break;
        pthread_mutex_unlock(&c->lock);
        bring(c, p);
        pthread_mutex_lock(&c->lock);
        c->taken = NULL;
        c->finished = p;
        c->away[0] = '\0';
        pthread_cond_broadcast(&c->changed);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

struct courier *courier_new(struct http *http, const char *target, const char *run)
{
    struct courier *c = calloc(1, sizeof *c);
    ENSURE(c != NULL);
    c->http = http;
    c->target = target;
    c->run = run;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->changed, NULL);
    if (pthread_create(&c->thread, NULL, work, c) != 0) {
        free(c);
        return NULL;
    }
    return c;
}

void courier_take(struct courier *c, struct piece *p)
{
    pthread_mutex_lock(&c->lock);
    ENSURE(c->taken == NULL && c->finished == NULL);
    c->taken = p;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->lock);
}

struct piece *courier_wait(struct courier *c, int milliseconds, str *away)
{
    static _Thread_local char words[sizeof c->away];
    struct timespec until = in_ms(milliseconds);
    pthread_mutex_lock(&c->lock);
    int status = 0;
    while (c->taken != NULL && c->finished == NULL && status == 0)
        status = pthread_cond_timedwait(&c->changed, &c->lock, &until);
    struct piece *p = c->finished;
    c->finished = NULL;
    snprintf(words, sizeof words, "%s", c->away);
    pthread_mutex_unlock(&c->lock);
    *away = str_from(words);
    return p;
}

bool courier_busy(const struct courier *c)
{
    struct courier *mine = (struct courier *)(uintptr_t)c; /* the lock is no part of what it says */
    pthread_mutex_lock(&mine->lock);
    bool busy = c->taken != NULL || c->finished != NULL;
    pthread_mutex_unlock(&mine->lock);
    return busy;
}

void courier_give_up(struct courier *c)
{
    pthread_mutex_lock(&c->lock);
    c->given_up = true;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->lock);
}

void courier_end(struct courier *c)
{
    if (c == NULL)
        return;
    pthread_mutex_lock(&c->lock);
    c->ending = true;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->lock);
    pthread_join(c->thread, NULL);
    pthread_cond_destroy(&c->changed);
    pthread_mutex_destroy(&c->lock);
    free(c);
}
