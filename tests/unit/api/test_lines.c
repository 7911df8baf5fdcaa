/* Lines of a spool: the same wherever blocks end. */
#include "api/lines.h"

#include <string.h>

#include "check_main.h"
#include "model/document.h"

static void spool(struct spool *s, str bytes)
{
    struct err e = {0};
    spool_init(s, "/tmp", 1000);
    ck_assert_msg(spool_add(s, bytes, &e), "%s", e.detail);
}

START_TEST(lines_and_their_numbers)
{
    struct spool s;
    struct lines l;
    struct err e;
    str line;
    static const struct {
        const char *text;
        int64_t number;
    } wanted[] = {{"one", 1}, {"  two \r", 4}, {"three", 5}};
    spool(&s, STR("one\n\n \t\n  two \r\nthree"));
    lines_init(&l, &s);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(lines_next(&l, &line, &e));
        ck_assert_msg(str_eq(line, str_from(wanted[i].text)), "%.*s", STR_ARG(line));
        ck_assert_int_eq(l.number, wanted[i].number);
    }
    ck_assert(!lines_next(&l, &line, &e));
    ck_assert_int_eq(e.code, ERR_NONE);
    lines_free(&l);
    spool_free(&s);
}
END_TEST

START_TEST(long_lines_across_blocks)
{
    static const size_t lengths[] = {65535, 65536, 65537, 1, 200000, 131072};
    struct spool s;
    struct lines l;
    struct err e;
    struct buf all;
    str line;
    buf_init(&all, SIZE_MAX / 2);
    for (size_t i = 0; i < 6; i++) {
        for (size_t k = 0; k < lengths[i]; k++)
            buf_add_char(&all, (char)('a' + i));
        buf_add_char(&all, '\n');
    }
    spool(&s, buf_str(&all));
    lines_init(&l, &s);
    for (size_t i = 0; i < 6; i++) {
        ck_assert(lines_next(&l, &line, &e));
        ck_assert_uint_eq(line.n, lengths[i]);
        ck_assert_int_eq(line.p[0], (char)('a' + i));
        ck_assert_int_eq(line.p[line.n - 1], (char)('a' + i));
    }
    ck_assert(!lines_next(&l, &line, &e));
    lines_free(&l);
    spool_free(&s);
    buf_free(&all);
}
END_TEST

START_TEST(a_line_without_end_is_refused)
{
    struct spool s;
    struct lines l;
    struct err e;
    str line;
    char *many = malloc(DOCUMENT_LARGEST + 200000);
    ck_assert_ptr_nonnull(many);
    memset(many, 'x', DOCUMENT_LARGEST + 200000);
    spool(&s, (str){many, DOCUMENT_LARGEST + 200000});
    lines_init(&l, &s);
    ck_assert(!lines_next(&l, &line, &e));
    ck_assert_int_eq(e.code, ERR_TOO_LARGE);
    ck_assert_str_eq(e.detail, "Line 1 is larger than 8 MiB.");
    lines_free(&l);
    spool_free(&s);
    free(many);
}
END_TEST

CHECK_MAIN("lines", lines_and_their_numbers, long_lines_across_blocks,
           a_line_without_end_is_refused)
