#include "http/park.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/check.h"
#include "http/watch.h"

/* Sockets are looked at so often. */
#define TICK_MS 500

struct park {
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake, emptied;
    const struct store *store;
    struct parked *first;
    size_t count;
    size_t waking;        /* taken off the list, not woken yet */
    struct pollfd *polls; /* room for poll_room */
    size_t poll_room;
    int64_t looked; /* when sockets were looked at */
    bool news, draining, ending;
    pthread_t thread;
};

static void take_off(struct park *p, struct parked *one)
{
    *(one->previous ? &one->previous->next : &p->first) = one->next;
    if (one->next != NULL)
        one->next->previous = one->previous;
    p->count--;
}

/* Who is to be woken, linked by `next`; reasons are in `due`. */
static void pick(struct park *p, struct parked **picked, struct parked *one, enum park_reason why)
{
    take_off(p, one);
    one->due = why;
    one->next = *picked;
    *picked = one;
    p->waking++;
}

/*
 * A half-closed connection may still be read from, or be gone altogether: it is woken once, for a
 * sign of life, which the other side refuses when it is gone.
 */
static void look_at_sockets(struct park *p, struct parked **picked)
{
    if (p->poll_room < p->count) {
        p->poll_room = 2 * p->count;
        p->polls = realloc(p->polls, p->poll_room * sizeof *p->polls);
        ENSURE(p->polls != NULL);
    }
    nfds_t n = 0;
    for (struct parked *one = p->first; one != NULL; one = one->next)
        p->polls[n++] = (struct pollfd){.fd = one->socket, .events = POLLRDHUP};
    if (poll(p->polls, n, 0) <= 0)
        return;
    n = 0;
    for (struct parked *one = p->first, *next; one != NULL; one = next) {
        next = one->next;
        int seen = p->polls[n++].revents;
        if (seen & (POLLERR | POLLHUP | POLLNVAL)) {
            pick(p, picked, one, PARK_OVER);
        } else if (seen & POLLRDHUP && !one->half_closed) {
            one->half_closed = true;
            pick(p, picked, one, PARK_GO_ON);
        }
    }
}

static struct parked *look_around(struct park *p)
{
    struct parked *picked = NULL;
    int64_t now = watch_now(), version = store_version(p->store);
    p->news = false;
    for (struct parked *one = p->first, *next; one != NULL; one = next) {
        next = one->next;
        if (p->draining)
            pick(p, &picked, one, PARK_OVER);
        else if (version > one->waits_past || one->due <= now)
            pick(p, &picked, one, PARK_GO_ON);
    }
    if (p->first != NULL && now - p->looked >= TICK_MS) {
        p->looked = now;
        look_at_sockets(p, &picked);
    }
    return picked;
}

/* Until something is to be looked at. */
static void doze(struct park *p)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)TICK_MS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    if (p->first == NULL)
        pthread_cond_wait(&p->wake, &p->lock);
    else
        pthread_cond_timedwait(&p->wake, &p->lock, &until);
}

static void *attend(void *context)
{
    struct park *p = context;
    pthread_mutex_lock(&p->lock);
    while (!p->ending) {
        if (!p->news)
            doze(p);
        struct parked *picked = look_around(p);
        pthread_mutex_unlock(&p->lock);
        size_t woken = 0;
        for (struct parked *next; picked != NULL; picked = next, woken++) {
            next = picked->next;
            picked->wake(picked, (enum park_reason)picked->due); /* it may be gone now */
        }
        pthread_mutex_lock(&p->lock);
        p->waking -= woken;
        if (p->count == 0 && p->waking == 0)
            pthread_cond_broadcast(&p->emptied);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

struct park *park_new(const struct store *store)
{
    struct park *p = calloc(1, sizeof *p);
    ENSURE(p != NULL);
    p->store = store;
    pthread_mutex_init(&p->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&p->wake, &attributes);
    pthread_cond_init(&p->emptied, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&p->thread, NULL, attend, p) != 0) {
        free(p);
        return NULL;
    }
    pthread_setname_np(p->thread, "park");
    return p;
}

/* Something is to be looked at; with the lock held. */
static void stir(struct park *p)
{
    p->news = true;
    pthread_cond_signal(&p->wake);
}

bool park_add(struct park *p, struct parked *one)
{
    pthread_mutex_lock(&p->lock);
    bool taken = !p->draining;
    if (taken) {
        one->previous = NULL;
        one->next = p->first;
        if (p->first != NULL)
            p->first->previous = one;
        p->first = one;
        /* The first one starts the ticks; news may have come before it was here to hear them. */
        if (p->count++ == 0 || store_version(p->store) > one->waits_past)
            stir(p);
    }
    pthread_mutex_unlock(&p->lock);
    return taken;
}

void park_notify(struct park *p)
{
    pthread_mutex_lock(&p->lock);
    stir(p);
    pthread_mutex_unlock(&p->lock);
}

void park_drain(struct park *p)
{
    pthread_mutex_lock(&p->lock);
    p->draining = true;
    stir(p);
    while (p->count > 0 || p->waking > 0)
        pthread_cond_wait(&p->emptied, &p->lock);
    pthread_mutex_unlock(&p->lock);
}

void park_free(struct park *p)
{
    if (p == NULL)
        return;
    park_drain(p);
    pthread_mutex_lock(&p->lock);
    p->ending = true;
    stir(p);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    pthread_cond_destroy(&p->wake);
    pthread_cond_destroy(&p->emptied);
    pthread_mutex_destroy(&p->lock);
    free(p->polls);
    free(p);
}
