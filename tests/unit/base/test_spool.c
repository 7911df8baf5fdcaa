/* Spools: what was written is read, in memory and in a file alike. */
#include "base/spool.h"

#include <stdlib.h>

#include "base/arena.h"
#include "check_main.h"

#define MOST 100

static void fill(struct spool *s, size_t pieces)
{
    struct err e = {0};
    for (size_t i = 0; i < pieces; i++) {
        char bytes[7];
        for (size_t k = 0; k < sizeof bytes; k++)
            bytes[k] = (char)('a' + (i * sizeof bytes + k) % 26);
        ck_assert_msg(spool_add(s, (str){bytes, sizeof bytes}, &e), "%s", e.detail);
    }
}

static void expect(const struct spool *s, size_t size)
{
    struct err e = {0};
    ck_assert_int_eq(s->size, (int64_t)size);
    for (size_t step = 1; step <= size + 1; step += 13) {
        char bytes[1024];
        size_t at = 0, n;
        while (spool_read(s, (int64_t)at, bytes, step, &n, &e) && n > 0) {
            for (size_t k = 0; k < n; k++)
                ck_assert_int_eq(bytes[k], 'a' + (char)((at + k) % 26));
            at += n;
        }
        ck_assert_int_eq(e.code, ERR_NONE);
        ck_assert_uint_eq(at, size);
    }
}

START_TEST(reads_what_was_written)
{
    static const size_t pieces[] = {0, 1, 14, 15, 140};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct spool s;
        spool_init(&s, "/tmp", MOST);
        fill(&s, pieces[i]);
        ck_assert_int_eq(s.file >= 0, pieces[i] * 7 > MOST);
        expect(&s, pieces[i] * 7);
        spool_free(&s);
        expect(&s, 0);
        fill(&s, 3);
        expect(&s, 21);
        spool_free(&s);
    }
}
END_TEST

START_TEST(says_where_no_file_can_be_made)
{
    struct spool s;
    struct err e = {0};
    spool_init(&s, "/nowhere/at/all", 3);
    ck_assert(spool_add(&s, STR("abc"), &e));
    ck_assert(!spool_add(&s, STR("d"), &e));
    ck_assert_int_eq(e.code, ERR_STORE);
    ck_assert_str_eq(e.detail, "/nowhere/at/all: a temporary file cannot be made: No such file or "
                               "directory");
    spool_free(&s);
}
END_TEST

CHECK_MAIN("spool", reads_what_was_written, says_where_no_file_can_be_made)
