#include "http/lanes.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/check.h"

struct queue {
    struct job *first;
    struct job **last; /* where the next job is linked */
};

enum { NEW, GOING_ON, QUEUES };

struct lane {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct queue queues[QUEUES];
    size_t turn;          /* the queue that is served first */
    size_t waiting, room; /* of NEW */
    bool ending;
    struct workers *workers;
    size_t thread_count;
    pthread_t threads[];
};

/* The next job, or NULL at the end. */
static struct job *next_job(struct lane *l, bool *ending)
{
    pthread_mutex_lock(&l->lock);
    while (l->queues[NEW].first == NULL && l->queues[GOING_ON].first == NULL && !l->ending)
        pthread_cond_wait(&l->wake, &l->lock);
    size_t which = l->queues[l->turn].first != NULL ? l->turn : QUEUES - 1 - l->turn;
    struct queue *q = &l->queues[which];
    struct job *job = q->first;
    if (job != NULL) {
        q->first = job->next;
        if (q->first == NULL)
            q->last = &q->first;
        l->waiting -= which == NEW;
        l->turn = QUEUES - 1 - which;
    }
    *ending = l->ending;
    pthread_mutex_unlock(&l->lock);
    return job;
}

static void *serve(void *context)
{
    struct lane *l = context;
    struct worker *worker = worker_mine(l->workers);
    bool ending;
    struct job *job;
    while ((job = next_job(l, &ending)) != NULL)
        job->run(job, ending ? NULL : worker);
    return NULL;
}

struct lane *lane_new(const char *name, size_t threads, size_t room, struct workers *workers)
{
    struct lane *l = calloc(1, sizeof *l + threads * sizeof(pthread_t));
    ENSURE(l != NULL);
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->wake, NULL);
    for (size_t i = 0; i < QUEUES; i++)
        l->queues[i].last = &l->queues[i].first;
    l->room = room;
    l->workers = workers;
    for (size_t i = 0; i < threads; i++) {
        if (pthread_create(&l->threads[i], NULL, serve, l) != 0) {
            lane_free(l);
            return NULL;
        }
        pthread_setname_np(l->threads[i], name);
        l->thread_count++;
    }
    return l;
}

/* With the lock held. */
static void add(struct lane *l, size_t which, struct job *job)
{
    struct queue *q = &l->queues[which];
    job->next = NULL;
    *q->last = job;
    q->last = &job->next;
    l->waiting += which == NEW;
    pthread_cond_signal(&l->wake);
}

bool lane_submit(struct lane *l, struct job *job)
{
    pthread_mutex_lock(&l->lock);
    bool taken = l->waiting < l->room && !l->ending;
    if (taken)
        add(l, NEW, job);
    pthread_mutex_unlock(&l->lock);
    return taken;
}

bool lane_continue(struct lane *l, struct job *job)
{
    pthread_mutex_lock(&l->lock);
    bool taken = !l->ending;
    if (taken)
        add(l, GOING_ON, job);
    pthread_mutex_unlock(&l->lock);
    return taken;
}

void lane_end(struct lane *l)
{
    pthread_mutex_lock(&l->lock);
    l->ending = true;
    pthread_cond_broadcast(&l->wake);
    pthread_mutex_unlock(&l->lock);
    for (; l->thread_count > 0; l->thread_count--)
        pthread_join(l->threads[l->thread_count - 1], NULL);
}

void lane_free(struct lane *l)
{
    if (l == NULL)
        return;
    lane_end(l);
    pthread_cond_destroy(&l->wake);
    pthread_mutex_destroy(&l->lock);
    free(l);
}
