/* Positions of a text in code points, UTF-16 code units and bytes. */
#include "annals/read/text.h"

#include "base/buf.h"
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

#define NOWHERE SIZE_MAX

/* "aə😀z": one byte, two, four, one. */
static const struct {
    enum text_unit unit;
    int64_t position;
    size_t byte;
} places[] = {
    {TEXT_POINTS, 0, 0},
    {TEXT_POINTS, 1, 1},
    {TEXT_POINTS, 2, 3},
    {TEXT_POINTS, 3, 7},
    {TEXT_POINTS, 4, 8},
    {TEXT_POINTS, 5, NOWHERE},
    {TEXT_UTF16, 2, 3},
    {TEXT_UTF16, 3, NOWHERE},
    {TEXT_UTF16, 4, 7},
    {TEXT_UTF16, 5, 8},
    {TEXT_UTF16, 6, NOWHERE},
    {TEXT_BYTES, 1, 1},
    {TEXT_BYTES, 3, 3},
    {TEXT_BYTES, 2, NOWHERE},
    {TEXT_BYTES, 5, NOWHERE},
    {TEXT_BYTES, 8, 8},
    {TEXT_BYTES, 9, NOWHERE},
    {TEXT_POINTS, -1, NOWHERE},
    {TEXT_POINTS, INT64_MAX, NOWHERE},
};

START_TEST(positions_are_found_in_every_unit)
{
    struct text t;
    text_init(&t, STR("a\xC9\x99\xF0\x9F\x98\x80z"), arena);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        size_t byte = NOWHERE;
        bool found = text_byte(&t, places[i].unit, places[i].position, &byte);
        ck_assert_msg(found == (places[i].byte != NOWHERE), "place %zu", i);
        ck_assert_msg(!found || byte == places[i].byte, "place %zu: byte %zu", i, byte);
    }
    ck_assert_int_eq(t.length[TEXT_POINTS], 4);
    ck_assert_int_eq(t.length[TEXT_UTF16], 5);
    ck_assert_int_eq(t.length[TEXT_BYTES], 8);
}
END_TEST

/* Every position of a text longer than several strides, against counting from the start. */
START_TEST(long_texts_agree_with_counting)
{
    struct buf bytes;
    struct text t;
    buf_init(&bytes, SIZE_MAX / 2);
    for (int i = 0; i < 700; i++)
        buf_add(&bytes, i % 3 == 0   ? STR("x")
                        : i % 3 == 1 ? STR("\xD0\xB6")
                                     : STR("\xF0\x9F\x98\x80"));
    text_init(&t, buf_str(&bytes), arena);
    size_t byte = 0, found;
    int64_t utf16 = 0;
    for (int64_t point = 0; point <= 700; point++) {
        ck_assert(text_byte(&t, TEXT_POINTS, point, &found));
        ck_assert_uint_eq(found, byte);
        ck_assert(text_byte(&t, TEXT_UTF16, utf16, &found));
        ck_assert_uint_eq(found, byte);
        ck_assert_int_eq(text_point(&t, byte), point);
        byte += point % 3 == 0 ? 1 : point % 3 == 1 ? 2 : 4;
        utf16 += point % 3 == 2 ? 2 : 1;
    }
    buf_free(&bytes);
}
END_TEST

START_TEST(a_length_that_is_a_whole_number_of_strides)
{
    char bytes[2 * TEXT_STRIDE];
    struct text t;
    size_t found;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = 'a';
    text_init(&t, (str){bytes, sizeof bytes}, arena);
    ck_assert(text_byte(&t, TEXT_UTF16, 2 * TEXT_STRIDE, &found));
    ck_assert_uint_eq(found, 2 * TEXT_STRIDE);
    ck_assert_int_eq(text_point(&t, 2 * TEXT_STRIDE), 2 * TEXT_STRIDE);
    text_init(&t, STR(""), arena);
    ck_assert(text_byte(&t, TEXT_POINTS, 0, &found));
    ck_assert_uint_eq(found, 0);
}
END_TEST

START_TEST(evidence_has_its_surroundings)
{
    static const char *const supports[] = {"date", "places", NULL};
    struct buf out;
    struct jout j;
    struct text t;
    text_init(&t,
              STR("On \xC5\x9Eu\xC5\x9F"
                  "a day, 15 June."),
              arena);
    buf_init(&out, 1000);
    jout_init(&j, &out);
    text_evidence(&j, &t, 15, 22, supports);
    ck_assert(str_eq(buf_str(&out), STR("{\"start\":13,\"end\":20,\"exact\":\"15 June\","
                                        "\"prefix\":\"On \xC5\x9Eu\xC5\x9F"
                                        "a day, \",\"suffix\":\".\","
                                        "\"supports\":[\"date\",\"places\"]}")));
    buf_free(&out);
}
END_TEST

CHECK_MAIN_WITH("text", set_up, tear_down, positions_are_found_in_every_unit,
                long_texts_agree_with_counting, a_length_that_is_a_whole_number_of_strides,
                evidence_has_its_surroundings)
