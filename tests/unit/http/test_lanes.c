#include "check_main.h"
#include "http/lanes.h"

#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

struct errand {
    struct job job; /* first */
    sem_t *begun, *go;
    int ran;        /* its place in the order */
    bool abandoned; /* without a worker */
};

static int order;

static void run(struct job *job, struct worker *worker)
{
    struct errand *e = (struct errand *)job;
    e->abandoned = worker == NULL;
    sem_post(e->begun);
    if (!e->abandoned)
        sem_wait(e->go);
    e->ran = ++order;
}

START_TEST(runs_in_order_within_its_room)
{
    sem_t begun, go;
    sem_init(&begun, 0, 0);
    sem_init(&go, 0, 0);
    struct workers *workers = workers_new(NULL);
    struct lane *lane = lane_new("test", 1, 2, workers);
    ck_assert_ptr_nonnull(lane);
    struct errand errands[5];
    for (int i = 0; i < 5; i++)
        errands[i] = (struct errand){.job = {.run = run}, .begun = &begun, .go = &go};
    order = 0;
    ck_assert(lane_submit(lane, &errands[0].job));
    sem_wait(&begun); /* it runs, the queue is empty */
    ck_assert(lane_submit(lane, &errands[1].job));
    ck_assert(lane_submit(lane, &errands[2].job));
    ck_assert(!lane_submit(lane, &errands[3].job));
    sem_post(&go);
    sem_wait(&begun); /* the second runs, one waits */
    ck_assert(lane_submit(lane, &errands[3].job));
    for (int i = 0; i < 3; i++)
        sem_post(&go);
    sem_wait(&begun);
    sem_wait(&begun);
    lane_end(lane);
    ck_assert(!lane_submit(lane, &errands[4].job));
    lane_free(lane);
    workers_free(workers);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(errands[i].ran, i + 1);
        ck_assert(!errands[i].abandoned);
    }
    ck_assert_int_eq(errands[4].ran, 0);
}
END_TEST

#define MOST 1000

/* Submits more and more errands until the lane takes none, which it says only at its end. */
struct feeder {
    struct job job; /* first */
    struct lane *lane;
    struct errand errands[MOST];
    int taken;
};

static void feed(struct job *job, struct worker *worker)
{
    struct feeder *f = (struct feeder *)job;
    struct timespec a_moment = {.tv_nsec = 1000000};
    ck_assert_ptr_nonnull(worker);
    while (f->taken < MOST && lane_submit(f->lane, &f->errands[f->taken].job)) {
        f->taken++;
        nanosleep(&a_moment, NULL);
    }
}

START_TEST(hands_back_what_waits_at_the_end)
{
    static struct feeder feeder;
    sem_t begun;
    sem_init(&begun, 0, 0);
    struct workers *workers = workers_new(NULL);
    feeder.job.run = feed;
    feeder.lane = lane_new("test", 1, MOST + 1, workers);
    for (int i = 0; i < MOST; i++)
        feeder.errands[i] = (struct errand){.job = {.run = run}, .begun = &begun};
    ck_assert(lane_submit(feeder.lane, &feeder.job));
    struct timespec a_moment = {.tv_nsec = 20000000};
    nanosleep(&a_moment, NULL);
    lane_free(feeder.lane);
    workers_free(workers);
    ck_assert_int_lt(feeder.taken, MOST);
    for (int i = 0; i < feeder.taken; i++)
        ck_assert(feeder.errands[i].ran > 0 && feeder.errands[i].abandoned);
}
END_TEST

START_TEST(serves_new_jobs_and_those_that_go_on_in_turn)
{
    sem_t begun, go;
    sem_init(&begun, 0, 0);
    sem_init(&go, 0, 0);
    struct workers *workers = workers_new(NULL);
    struct lane *lane = lane_new("test", 1, 2, workers);
    struct errand errands[9];
    for (int i = 0; i < 9; i++)
        errands[i] = (struct errand){.job = {.run = run}, .begun = &begun, .go = &go};
    order = 0;
    ck_assert(lane_submit(lane, &errands[0].job));
    sem_wait(&begun); /* it runs */
    /* Six go on, though there is room for two new ones alone. */
    for (int i = 1; i <= 6; i++)
        ck_assert(lane_continue(lane, &errands[i].job));
    ck_assert(lane_submit(lane, &errands[7].job));
    ck_assert(lane_submit(lane, &errands[8].job));
    for (int i = 0; i < 9; i++)
        sem_post(&go);
    for (int i = 0; i < 8; i++)
        sem_wait(&begun);
    lane_end(lane);
    ck_assert(!lane_continue(lane, &errands[0].job));
    lane_free(lane);
    workers_free(workers);
    static const int ran[9] = {1, 2, 4, 6, 7, 8, 9, 3, 5};
    for (int i = 0; i < 9; i++)
        ck_assert_int_eq(errands[i].ran, ran[i]);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("lanes");
    tcase_add_test(t, runs_in_order_within_its_room);
    tcase_add_test(t, hands_back_what_waits_at_the_end);
    tcase_add_test(t, serves_new_jobs_and_those_that_go_on_in_turn);
    Suite *s = suite_create("lanes");
    suite_add_tcase(s, t);
    return check_main(s);
}
