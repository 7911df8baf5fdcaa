/* Pieces: the body of a request, its digest, and where its lines come from. */
#include "annals/piece.h"

#include <string.h>

#include "base/hash.h"
#include "check_main.h"

static struct piece *piece;

static void set_up(void)
{
    piece = piece_new("/tmp");
}

static void tear_down(void)
{
    piece_free(piece);
}

static void add(const char *line, int64_t number, int64_t column, bool counts)
{
    struct err e = {0};
    const struct piece_place place = {number, column};
    ck_assert_msg(piece_add(piece, str_from(line), place, counts, &e), "%s", e.detail);
}

static void begin(int64_t number, const char *source)
{
    struct err e = {0};
    ck_assert_msg(piece_begin(piece, number, str_from(source), &e), "%s", e.detail);
}

static const char *digest_of(const char *text)
{
    static char hex[HASH_HEX_SIZE + 1];
    hash_sha256_hex(str_from(text), hex);
    return hex;
}

START_TEST(lines_and_places)
{
    static const struct {
        int64_t line, from_line, from_column;
    } cases[] = {{0, 0, 0}, {1, 0, 0}, {2, 7, 0}, {3, 8, 3}, {4, 11, 0}, {5, 0, 0}, {-1, 0, 0}};
    begin(3, "source");
    add("one", 7, 0, true);
    add("two", 8, 3, true);
    add("another source", 11, 0, false);
    ck_assert_int_eq(piece->number, 3);
    ck_assert_uint_eq(piece->n, 4);
    ck_assert_uint_eq(piece->records, 2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct piece_place place = piece_place_of(piece, cases[i].line);
        ck_assert_int_eq(place.line, cases[i].from_line);
        ck_assert_int_eq(place.column, cases[i].from_column);
    }
    piece_finish(piece);
    ck_assert_str_eq(piece->digest, digest_of("source\none\ntwo\nanother source\n"));
}
END_TEST

/* Begun again it holds nothing of what was there, finished or not. */
START_TEST(begun_again)
{
    begin(1, "source");
    add("one", 2, 0, true);
    begin(2, "other");
    ck_assert_uint_eq(piece->n, 1);
    ck_assert_uint_eq(piece->records, 0);
    piece_finish(piece);
    ck_assert_str_eq(piece->digest, digest_of("other\n"));
    begin(3, "third");
    ck_assert_int_eq((int64_t)piece->body.size, (int64_t)sizeof "third");
}
END_TEST

/* Many lines: the table of places grows. */
START_TEST(many_lines)
{
    begin(1, "source");
    for (int i = 0; i < 5000; i++)
        add("a line", i + 2, 0, true);
    ck_assert_int_eq(piece_place_of(piece, 5001).line, 5001);
    ck_assert_uint_eq(piece->records, 5000);
}
END_TEST

START_TEST(no_folder)
{
    struct err e = {0};
    struct piece *p = piece_new("/no/such/folder");
    bool fine = piece_begin(p, 1, STR("source"), &e);
    static char line[100000];
    memset(line, 'x', sizeof line);
    for (int i = 0; i < 400 && fine; i++)
        fine = piece_add(p, (str){line, sizeof line}, (struct piece_place){i, 0}, true, &e);
    ck_assert(!fine);
    ck_assert_int_ne(e.code, ERR_NONE);
    piece_free(p);
}
END_TEST

CHECK_MAIN_WITH("piece", set_up, tear_down, lines_and_places, begun_again, many_lines, no_folder)
