/* arena, strmap, keyset and problems. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/keyset.h"
#include "base/problem.h"
#include "base/strmap.h"
#include "base/utf8.h"
#include "check_main.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

START_TEST(an_arena_gives_zeroed_aligned_memory)
{
    for (size_t size = 0; size < 3000000; size = size * 3 + 1) {
        unsigned char *p = arena_alloc(arena, size);
        ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
        unsigned char any = 0;
        for (size_t i = 0; i < size; i++)
            any |= p[i];
        ck_assert_uint_eq(any, 0);
        memset(p, 0xAA, size);
    }
    arena_reset(arena);
    ck_assert_uint_eq(arena_used(arena), 0);
    ck_assert_uint_eq(*(unsigned char *)arena_alloc(arena, 16), 0);
}
END_TEST

START_TEST(arrays_grow)
{
    int *items = NULL;
    size_t n = 0, room = 0;
    for (int i = 0; i < 10000; i++)
        *ARENA_PUSH(arena, items, n, room) = i;
    for (int i = 0; i < 10000; i++)
        ck_assert_int_eq(items[i], i);
}
END_TEST

START_TEST(a_strmap_finds_what_was_set)
{
    struct strmap map;
    int64_t value;
    strmap_init(&map, arena);
    ck_assert(!strmap_get(&map, STR("x"), &value));
    for (int i = 0; i < 5000; i++)
        strmap_set(&map, arena_printf(arena, "key %d", i), i);
    strmap_set(&map, STR("key 7"), 70);
    strmap_set(&map, STR(""), -1);
    for (int i = 0; i < 5000; i++) {
        ck_assert(strmap_get(&map, arena_printf(arena, "key %d", i), &value));
        ck_assert_int_eq(value, i == 7 ? 70 : i);
    }
    ck_assert(strmap_get(&map, STR(""), &value) && value == -1);
    ck_assert(!strmap_get(&map, STR("key 5000"), &value));
}
END_TEST

START_TEST(a_keyset_settles)
{
    static const int64_t keys[] = {5, 5, -1, 9, 5, INT64_MIN, 9};
    struct keyset set = {0};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        keyset_add(&set, arena, keys[i]);
    keyset_settle(&set);
    ck_assert_uint_eq(set.n, 4);
    ck_assert_int_eq(set.keys[0], INT64_MIN);
    ck_assert_int_eq(set.keys[3], 9);
    ck_assert(keyset_has(&set, 5) && !keyset_has(&set, 6));
}
END_TEST

START_TEST(problems_are_shown_safely_and_bounded)
{
    struct problems all;
    problem_init(&all, arena);
    char value[400];
    memset(value, 'x', sizeof value);
    struct problem *p = problem_add(&all, PROBLEM_PARAMETER, STR("q"), (str){value, 400}, "long");
    ck_assert_uint_lt(p->value.n, 130);
    p = problem_add(&all, PROBLEM_PARAMETER, STR("q"), STR("a\n\xff\x01z"), "bad bytes");
    ck_assert(str_eq(p->value, STR("a???z")));
    /* Cut in the middle of a character: what is shown stays valid. */
    for (size_t i = 0; i + 3 <= sizeof value; i += 3)
        memcpy(value + i, "€", 3);
    p = problem_add(&all, PROBLEM_PARAMETER, STR("q"), (str){value + 1, 395}, "%s", "cut");
    ck_assert(utf8_valid(p->value));
    for (int i = 0; i < 300; i++)
        problem_hint(&all, problem_add(&all, PROBLEM_POINTER, STR("/a"), STR(""), "more"), "hint");
    ck_assert_uint_eq(all.n, PROBLEM_KEPT);
    ck_assert_uint_eq(all.more, 303 - PROBLEM_KEPT);
}
END_TEST

CHECK_MAIN_WITH("memory", set_up, tear_down, an_arena_gives_zeroed_aligned_memory, arrays_grow,
                a_strmap_finds_what_was_set, a_keyset_settles,
                problems_are_shown_safely_and_bounded)
