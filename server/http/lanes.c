#include "http/lanes.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/check.h"

struct lane {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct job *first;
    struct job **last; /* where the next job is linked */
    size_t waiting, room;
    bool ending;
    struct workers *workers;
    size_t thread_count;
    pthread_t threads[];
};

/* The next job, or NULL at the end. */
static struct job *next_job(struct lane *l, bool *ending)
{
    pthread_mutex_lock(&l->lock);
    while (l->first == NULL && !l->ending)
        pthread_cond_wait(&l->wake, &l->lock);
    struct job *job = l->first;
    if (job != NULL) {
        l->first = job->next;
        if (l->first == NULL)
            l->last = &l->first;
        l->waiting--;
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
    l->last = &l->first;
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

bool lane_submit(struct lane *l, struct job *job)
{
    pthread_mutex_lock(&l->lock);
    bool taken = l->waiting < l->room && !l->ending;
    if (taken) {
        job->next = NULL;
        *l->last = job;
        l->last = &job->next;
        l->waiting++;
        pthread_cond_signal(&l->wake);
    }
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
