#include "http/watch.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"

#define TICK_MS 100
#define LINGER_MS 2000
#define LINGERERS 64

/*
 * watched.due is twice the deadline, plus one when the connection waits for a request; or OVER once
 * the watch has taken it. Changing it and taking it exclude each other, so that a 408 never runs
 * into another answer.
 */
#define OVER INT64_MIN

struct lingerer {
    int socket;
    int64_t until;
};

struct watch {
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake;
    struct watched *first;
    struct lingerer lingerers[LINGERERS];
    size_t lingerer_count;
    bool ending;
    pthread_t thread;
    size_t answer_size;
    char answer[];
};

int64_t watch_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void end_overdue(struct watch *w, struct watched *one, int64_t now)
{
    int64_t due = atomic_load(&one->due);
    if (due == OVER || due / 2 > now || !atomic_compare_exchange_strong(&one->due, &due, OVER))
        return;
    if (due % 2 != 0) {
        ssize_t sent = send(one->socket, w->answer, w->answer_size, MSG_DONTWAIT | MSG_NOSIGNAL);
        (void)sent; /* it is only a courtesy */
    }
    shutdown(one->socket, SHUT_RDWR);
}

/* Whether the other side has ended, or will not. */
static bool has_ended(const struct lingerer *l, int64_t now)
{
    static char waste[65536];
    for (int round = 0; round < 256; round++) {
        ssize_t n = recv(l->socket, waste, sizeof waste, MSG_DONTWAIT);
        if (n < 0)
            return (errno != EAGAIN && errno != EINTR) || now >= l->until;
        if (n == 0)
            return true;
    }
    return now >= l->until;
}

static void read_lingerers(struct watch *w, int64_t now)
{
    for (size_t i = 0; i < w->lingerer_count;) {
        struct lingerer *l = &w->lingerers[i];
        if (!w->ending && !has_ended(l, now)) {
            i++;
            continue;
        }
        close(l->socket);
        *l = w->lingerers[--w->lingerer_count];
    }
}

static void *look_around(void *context)
{
    struct watch *w = context;
    pthread_mutex_lock(&w->lock);
    while (!w->ending) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += (long)TICK_MS * 1000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&w->wake, &w->lock, &until);
        int64_t now = watch_now();
        for (struct watched *one = w->first; one != NULL; one = one->next)
            end_overdue(w, one, now);
        read_lingerers(w, now);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

struct watch *watch_new(str timeout_answer)
{
    struct watch *w = calloc(1, sizeof *w + timeout_answer.n);
    ENSURE(w != NULL);
    w->answer_size = timeout_answer.n;
    memcpy(w->answer, timeout_answer.p, timeout_answer.n);
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&w->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&w->thread, NULL, look_around, w) != 0) {
        free(w);
        return NULL;
    }
    pthread_setname_np(w->thread, "watch");
    return w;
}

void watch_free(struct watch *w)
{
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->lock);
    ENSURE(w->first == NULL);
    w->ending = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    read_lingerers(w, 0);
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

void watch_add(struct watch *w, struct watched *one)
{
    pthread_mutex_lock(&w->lock);
    one->previous = NULL;
    one->next = w->first;
    if (w->first != NULL)
        w->first->previous = one;
    w->first = one;
    pthread_mutex_unlock(&w->lock);
}

void watch_remove(struct watch *w, struct watched *one)
{
    pthread_mutex_lock(&w->lock);
    *(one->previous ? &one->previous->next : &w->first) = one->next;
    if (one->next != NULL)
        one->next->previous = one->previous;
    pthread_mutex_unlock(&w->lock);
}

bool watch_until(struct watched *one, int64_t deadline, enum watch_for what)
{
    int64_t due = deadline * 2 + (what == WATCH_REQUEST);
    int64_t before = atomic_load_explicit(&one->due, memory_order_relaxed);
    return before != OVER && atomic_compare_exchange_strong(&one->due, &before, due);
}

void watch_linger(struct watch *w, int socket)
{
    pthread_mutex_lock(&w->lock);
    if (w->lingerer_count < LINGERERS) {
        int own = dup(socket);
        if (own >= 0)
            w->lingerers[w->lingerer_count++] = (struct lingerer){own, watch_now() + LINGER_MS};
    }
    pthread_mutex_unlock(&w->lock);
}
