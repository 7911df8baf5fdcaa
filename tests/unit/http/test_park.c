#include "check_main.h"
#include "http/park.h"

#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http/watch.h"

#define FAR_OFF (INT64_MAX / 4)

struct guest {
    struct parked parked; /* first */
    int other;            /* the far end of its socket */
    sem_t woken;
    enum park_reason reason;
};

static char folder[] = "/tmp/annals-park-XXXXXX";
static char file[64];
static struct store *store;
static struct park *park;

static void wake(struct parked *one, enum park_reason reason)
{
    struct guest *g = (struct guest *)one;
    g->reason = reason;
    sem_post(&g->woken);
}

/* An empty store has version 0. */
static void set_up(void)
{
    struct err e;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/store", folder);
    ck_assert_msg(store_open(file, STORE_CREATE, &store, &e), "%s", e.detail);
    park = park_new(store);
    ck_assert_ptr_nonnull(park);
}

static void tear_down(void)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-lock"};
    park_free(park);
    store_close(store);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char name[96];
        snprintf(name, sizeof name, "%s%s", file, endings[i]);
        unlink(name);
    }
    rmdir(folder);
    snprintf(folder, sizeof folder, "/tmp/annals-park-XXXXXX");
}

static void come(struct guest *g, int64_t waits_past, int64_t due)
{
    int ends[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    *g = (struct guest){.parked = {.socket = ends[0], .wake = wake}, .other = ends[1]};
    g->parked.waits_past = waits_past;
    g->parked.due = due;
    sem_init(&g->woken, 0, 0);
    ck_assert(park_add(park, &g->parked));
}

static void leave(struct guest *g)
{
    close(g->parked.socket);
    if (g->other >= 0)
        close(g->other);
}

/* Whether it is woken within so many milliseconds. */
static bool woken_in(struct guest *g, int milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    return sem_timedwait(&g->woken, &until) == 0;
}

START_TEST(wakes_who_has_what_it_waits_for)
{
    struct guest has, waits, late;
    come(&waits, 0, FAR_OFF);
    come(&has, -1, FAR_OFF);
    ck_assert(woken_in(&has, 5000));
    ck_assert_int_eq(has.reason, PARK_GO_ON);
    come(&late, 0, watch_now() + 50);
    ck_assert(woken_in(&late, 5000));
    ck_assert_int_eq(late.reason, PARK_GO_ON);
    park_notify(park); /* without news */
    ck_assert(!woken_in(&waits, 100));
    park_drain(park);
    ck_assert(woken_in(&waits, 0));
    ck_assert_int_eq(waits.reason, PARK_OVER);
    ck_assert(!park_add(park, &waits.parked));
    leave(&has);
    leave(&waits);
    leave(&late);
}
END_TEST

START_TEST(notices_who_has_gone)
{
    struct guest gone, half, stays;
    come(&gone, 0, FAR_OFF);
    come(&half, 0, FAR_OFF);
    come(&stays, 0, FAR_OFF);
    close(gone.other);
    gone.other = -1;
    ck_assert(woken_in(&gone, 5000));
    ck_assert_int_eq(gone.reason, PARK_OVER);
    shutdown(half.other, SHUT_WR);
    ck_assert(woken_in(&half, 5000));
    ck_assert_int_eq(half.reason, PARK_GO_ON);
    /* It is told once. */
    half.parked.due = FAR_OFF;
    ck_assert(park_add(park, &half.parked));
    ck_assert(!woken_in(&half, 1200));
    close(half.other);
    half.other = -1;
    ck_assert(woken_in(&half, 5000));
    ck_assert_int_eq(half.reason, PARK_OVER);
    ck_assert(!woken_in(&stays, 0));
    park_drain(park);
    leave(&gone);
    leave(&half);
    leave(&stays);
}
END_TEST

START_TEST(holds_many)
{
    enum { MANY = 400 };
    static struct guest guests[MANY];
    for (int i = 0; i < MANY; i++)
        come(&guests[i], i % 4 == 0 ? -1 : 0, i % 4 == 1 ? 0 : FAR_OFF);
    for (int i = 0; i < MANY; i++)
        if (i % 4 < 2)
            ck_assert(woken_in(&guests[i], 5000));
    park_drain(park);
    for (int i = 0; i < MANY; i++) {
        ck_assert(i % 4 < 2 || woken_in(&guests[i], 0));
        ck_assert(!woken_in(&guests[i], 0));
        ck_assert_int_eq(guests[i].reason, i % 4 < 2 ? PARK_GO_ON : PARK_OVER);
        leave(&guests[i]);
    }
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("park");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, wakes_who_has_what_it_waits_for);
    tcase_add_test(t, notices_who_has_gone);
    tcase_add_test(t, holds_many);
    Suite *s = suite_create("park");
    suite_add_tcase(s, t);
    return check_main(s);
}
