#include "http/cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "check_main.h"

/* Puts an answer of `size` bytes and lets go of it. */
static void put(struct cache *c, const char *target, unsigned variant, int64_t version, size_t size)
{
    char *body = malloc(size + 1);
    ck_assert_ptr_nonnull(body);
    struct cached answer = {
        .response = MHD_create_response_from_buffer(size, body, MHD_RESPMEM_MUST_FREE),
        .status = 200,
        .version = version,
        .etag = STR("\"tag\""),
        .size = size,
    };
    struct cache_key key = {str_from(target), variant};
    cache_release(cache_put(c, &key, &answer));
}

/* The size of what answers, 0 for nothing. */
static size_t find(struct cache *c, const char *target, unsigned variant, int64_t version)
{
    struct cache_key key = {str_from(target), variant};
    const struct cached *found = cache_find(c, &key, version);
    if (found == NULL)
        return 0;
    size_t size = found->size;
    ck_assert(str_eq(found->etag, STR("\"tag\"")));
    cache_release(found);
    return size;
}

START_TEST(finds_what_was_put)
{
    struct cache *c = cache_new(1 << 20);
    put(c, "/a", 0, 1, 10);
    put(c, "/b", 0, 1, 20);
    put(c, "/b", 3, 1, 30);
    ck_assert_uint_eq(find(c, "/a", 0, 1), 10);
    ck_assert_uint_eq(find(c, "/b", 0, 1), 20);
    ck_assert_uint_eq(find(c, "/b", 3, 1), 30);
    ck_assert_uint_eq(find(c, "/a", 3, 1), 0);
    ck_assert_uint_eq(find(c, "/", 0, 1), 0);
    put(c, "/a", 0, 1, 40);
    ck_assert_uint_eq(find(c, "/a", 0, 1), 40);
    cache_free(c);
}
END_TEST

START_TEST(forgets_other_versions)
{
    struct cache *c = cache_new(1 << 20);
    put(c, "/a", 0, 1, 10);
    put(c, "/ever", 0, -1, 20);
    size_t used = cache_used(c);
    ck_assert_uint_eq(find(c, "/a", 0, 2), 0);
    ck_assert_uint_lt(cache_used(c), used);
    ck_assert_uint_eq(find(c, "/a", 0, 1), 0);
    ck_assert_uint_eq(find(c, "/ever", 0, 2), 20);
    cache_free(c);
}
END_TEST

START_TEST(stays_within_its_bytes)
{
    size_t most = 1 << 20;
    struct cache *c = cache_new(most);
    struct arena *arena = arena_new();
    put(c, "/used", 0, 1, 1000);
    for (int i = 0; i < 5000; i++) {
        put(c, arena_printf(arena, "/%d", i).p, 0, 1, 1000);
        ck_assert_uint_le(cache_used(c), most);
        ck_assert_uint_eq(find(c, "/used", 0, 1), 1000); /* what is used stays */
    }
    ck_assert_uint_eq(find(c, "/0", 0, 1), 0);
    ck_assert_uint_eq(find(c, "/4999", 0, 1), 1000);
    ck_assert_uint_gt(cache_used(c), most / 2);
    put(c, "/large", 0, 1, most / 8);
    ck_assert_uint_eq(find(c, "/large", 0, 1), 0);
    arena_free(arena);
    cache_free(c);
}
END_TEST

START_TEST(keeps_nothing_without_bytes)
{
    struct cache *c = cache_new(0);
    put(c, "/a", 0, 1, 0);
    ck_assert_uint_eq(find(c, "/a", 0, 1), 0);
    ck_assert_uint_eq(cache_used(c), 0);
    cache_free(c);
}
END_TEST

START_TEST(held_entries_outlive_it)
{
    struct cache *c = cache_new(1 << 20);
    put(c, "/a", 0, 1, 10);
    struct cache_key key = {STR("/a"), 0};
    const struct cached *held = cache_find(c, &key, 1);
    ck_assert_uint_eq(find(c, "/a", 0, 2), 0);
    cache_free(c);
    ck_assert_uint_eq(held->size, 10);
    ck_assert_ptr_nonnull(held->response);
    cache_release(held);
}
END_TEST

static void *hammer(void *context)
{
    struct cache *c = context;
    char target[16];
    for (int i = 0; i < 20000; i++) {
        snprintf(target, sizeof target, "/%d", i * 7919 % 300);
        size_t size = find(c, target, 0, i / 5000);
        ck_assert(size == 0 || size == 2000);
        if (size == 0)
            put(c, target, 0, i / 5000, 2000);
    }
    return NULL;
}

START_TEST(is_safe_for_threads)
{
    struct cache *c = cache_new(1 << 18);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, hammer, c), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    ck_assert_uint_le(cache_used(c), 1 << 18);
    cache_free(c);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("cache");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, finds_what_was_put);
    tcase_add_test(t, forgets_other_versions);
    tcase_add_test(t, stays_within_its_bytes);
    tcase_add_test(t, keeps_nothing_without_bytes);
    tcase_add_test(t, held_entries_outlive_it);
    tcase_add_test(t, is_safe_for_threads);
    Suite *s = suite_create("cache");
    suite_add_tcase(s, t);
    return check_main(s);
}
