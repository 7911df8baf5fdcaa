/*
 * Cases are data: tests/data/edtf/ has one JSON object a line, with what edtf_write_json is to say
 * of the string, or the position of the error and a word of its detail, and the display text.
 * Where ANNALS_SHARED names a folder with edtf/vectors.jsonl, all of those are run too.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "model/edtf.h"
#include "model/period.h"

/* ---- files of cases ---- */

typedef void check_case(const json_t *expected, str text);

/* How many cases the file has, or -1 where there is no such file. */
static int each_case(const char *path, check_case *check)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return -1;
    int count = 0;
    static char line[8192];
    while (fgets(line, sizeof line, file)) {
        json_error_t error;
        json_t *expected = json_loads(line, JSON_ALLOW_NUL, &error);
        ck_assert_msg(expected != NULL, "%s:%d: %s", path, count + 1, error.text);
        const json_t *text = json_object_get(expected, "edtf");
        ck_assert_msg(json_is_string(text), "%s:%d: no edtf", path, count + 1);
        check(expected, (str){json_string_value(text), json_string_length(text)});
        json_decref(expected);
        count++;
    }
    fclose(file);
    return count;
}

/* What edtf_write_json says, read back; the caller gives it back with json_decref. */
static json_t *said_of(str text)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    edtf_write_json(&out, text);
    ck_assert(!buf_failed(&out));
    json_error_t error;
    json_t *said = json_loadb(out.p, out.n, JSON_ALLOW_NUL, &error);
    ck_assert_msg(said != NULL, "%.*s: %s", STR_ARG(buf_str(&out)), error.text);
    buf_free(&out);
    return said;
}

static void check_display(str text, const char *expected)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    edtf_display(&out, text);
    ck_assert(!buf_failed(&out));
    ck_assert_msg(str_eq(buf_str(&out), str_from(expected)),
                  "%.*s is shown as \"%.*s\", not \"%s\"", STR_ARG(text), STR_ARG(buf_str(&out)),
                  expected);
    buf_free(&out);
}

/* ---- our own cases ---- */

static const char *const keys[] = {"edtf",     "valid",        "level",
                                   "earliest", "start_latest", "end_earliest",
                                   "latest",   "precision",    "qualifier"};

static void check_valid(const json_t *expected, str text)
{
    json_t *said = said_of(text);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char *a = json_dumps(json_object_get(said, keys[i]), JSON_ENCODE_ANY);
        char *b = json_dumps(json_object_get(expected, keys[i]), JSON_ENCODE_ANY);
        ck_assert_msg(strcmp(a, b) == 0, "%.*s: %s is %s, not %s", STR_ARG(text), keys[i], a, b);
        free(a);
        free(b);
    }
    ck_assert(json_is_null(json_object_get(said, "error")));
    json_decref(said);
    if (json_object_get(expected, "display"))
        check_display(text, json_string_value(json_object_get(expected, "display")));
}

static void check_invalid(const json_t *expected, str text)
{
    json_t *said = said_of(text);
    ck_assert_msg(json_is_false(json_object_get(said, "valid")), "%.*s is valid", STR_ARG(text));
    for (size_t i = 2; i < sizeof keys / sizeof *keys; i++)
        ck_assert(json_is_null(json_object_get(said, keys[i])));
    const json_t *error = json_object_get(said, "error");
    json_int_t position = json_integer_value(json_object_get(error, "position"));
    const char *detail = json_string_value(json_object_get(error, "detail"));
    const char *word = json_string_value(json_object_get(expected, "detail"));
    ck_assert_msg(position == json_integer_value(json_object_get(expected, "position")),
                  "%.*s: position %d: %s", STR_ARG(text), (int)position, detail);
    ck_assert_msg(strstr(detail, word) != NULL, "%.*s: \"%s\" has no \"%s\"", STR_ARG(text), detail,
                  word);
    json_decref(said);
}

static void check_own(const json_t *expected, str text)
{
    if (json_is_true(json_object_get(expected, "valid")))
        check_valid(expected, text);
    else
        check_invalid(expected, text);
}

static const struct {
    const char *path;
    int least; /* cases: a file cut short is found out */
} own_files[] = {
    {TESTS "/data/edtf/level0.jsonl", 30}, {TESTS "/data/edtf/level1.jsonl", 35},
    {TESTS "/data/edtf/level2.jsonl", 70}, {TESTS "/data/edtf/intervals.jsonl", 30},
    {TESTS "/data/edtf/sets.jsonl", 20},   {TESTS "/data/edtf/errors.jsonl", 150},
};

START_TEST(means_what_the_file_says)
{
    int count = each_case(own_files[_i].path, check_own);
    ck_assert_msg(count >= own_files[_i].least, "%s: %d cases", own_files[_i].path, count);
}
END_TEST

/* ---- vectors of others ---- */

/* Their times are in UTC; ours stay as written, so the offset is taken off here. */
static void check_bound(const json_t *expected, int64_t ours, const struct edtf *e, bool is_start,
                        str text)
{
    if (json_is_null(expected)) {
        ck_assert_msg(period_unbounded(ours), "%.*s is bounded", STR_ARG(text));
        return;
    }
    struct buf out;
    buf_init(&out, 64);
    edtf_write_bound(&out, ours - e->offset_minutes * 60, is_start ? PERIOD_START : PERIOD_END,
                     e->precision);
    buf_add(&out, e->precision == EDTF_SECOND ? STR("Z") : STR(""));
    ck_assert_msg(str_eq(buf_str(&out), str_from(json_string_value(expected))),
                  "%.*s: %.*s, not %s", STR_ARG(text), STR_ARG(buf_str(&out)),
                  json_string_value(expected));
    buf_free(&out);
}

static void check_vector(const json_t *expected, str text)
{
    struct edtf e;
    struct edtf_error error = {.detail = "it is valid"};
    bool valid = json_is_true(json_object_get(expected, "valid"));
    ck_assert_msg(edtf_parse(text, &e, &error) == valid, "%.*s: %s", STR_ARG(text), error.detail);
    if (!valid)
        return;
    ck_assert_msg(e.level == json_integer_value(json_object_get(expected, "level")),
                  "%.*s: level %d", STR_ARG(text), e.level);
    check_bound(json_object_get(expected, "min"), e.bounds.earliest, &e, true, text);
    check_bound(json_object_get(expected, "max"), e.bounds.latest, &e, false, text);
}

START_TEST(agrees_with_the_vectors)
{
    const char *shared = getenv("ANNALS_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/edtf/vectors.jsonl", shared ? shared : "");
    int count = shared ? each_case(path, check_vector) : -1;
    if (count < 0)
        printf("skipped: the vectors of other libraries; ANNALS_SHARED names no folder that has "
               "edtf/vectors.jsonl\n");
    ck_assert_int_ne(count, 0);
}
END_TEST

/* ---- masks against every day there is ---- */

static bool reads_like(const char *mask, const char *day)
{
    for (size_t i = 0; mask[i]; i++)
        if (mask[i] != 'X' && mask[i] != day[i])
            return false;
    return true;
}

/* The first and last day from 0000 to 9999 that reads like the mask; false where none does. */
static bool scan(const char *mask, int64_t *first, int64_t *last)
{
    bool found = false;
    for (int year = 0; year <= 9999; year++) {
        char text[40];
        snprintf(text, sizeof text, "%04d", year);
        char year_mask[5] = {mask[0], mask[1], mask[2], mask[3], '\0'};
        if (!reads_like(year_mask, text))
            continue;
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= period_days_in_month(year, month); day++) {
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                if (!reads_like(mask, text))
                    continue;
                *last = period_days_from_civil(year, month, day);
                if (!found)
                    *first = *last;
                found = true;
            }
    }
    return found;
}

START_TEST(masks_have_the_tightest_bounds)
{
    srand((unsigned)_i);
    for (int round = 0; round < 60; round++) {
        char mask[40];
        /* Mostly the ends of months, where it is hard. */
        snprintf(mask, sizeof mask, "%04d-%02d-%02d", rand() % 10000,
                 rand() % 2 ? 2 : 1 + rand() % 12, rand() % 2 ? 28 + rand() % 4 : 1 + rand() % 31);
        for (int i = 0; i < 10; i++)
            if (mask[i] != '-' && rand() % 3 == 0)
                mask[i] = 'X';
        if (strspn(mask, "X") == 4 && _i % 4)
            mask[3] = '1';
        int64_t first = 0, last = 0;
        struct edtf e;
        struct edtf_error error;
        bool any = scan(mask, &first, &last);
        ck_assert_msg(edtf_parse(str_from(mask), &e, &error) == any, "%s", mask);
        if (!any)
            continue;
        ck_assert_msg(e.bounds.earliest == first * PERIOD_DAY_SECONDS, "%s", mask);
        ck_assert_msg(e.bounds.latest == (last + 1) * PERIOD_DAY_SECONDS - 1, "%s", mask);
    }
}
END_TEST

/* ---- what no line of JSON can say ---- */

START_TEST(bytes_that_are_not_utf8_are_errors)
{
    static const char *const texts[] = {"2021\xFF", "2021\xC3", "2021\xED\xA0\x80", "2021\xC0\xAF"};
    str text = str_from(texts[_i]);
    json_t *said = said_of(text);
    const char *shown = json_string_value(json_object_get(said, "edtf"));
    ck_assert_msg(strncmp(shown, "2021\xEF\xBF\xBD", 7) == 0, "%s", shown);
    const json_t *error = json_object_get(said, "error");
    ck_assert_int_eq(json_integer_value(json_object_get(error, "position")), 4);
    ck_assert_ptr_nonnull(strstr(json_string_value(json_object_get(error, "detail")), "UTF-8"));
    json_decref(said);
}
END_TEST

/* A set of n times the member. */
static bool parse_set(const char *member, int n, struct edtf *e, struct edtf_error *error)
{
    struct buf text;
    buf_init(&text, 1 << 16);
    buf_add_char(&text, '[');
    for (int i = 0; i < n; i++)
        buf_printf(&text, "%s%s", i ? "," : "", member);
    buf_add_char(&text, ']');
    bool valid = edtf_parse(buf_str(&text), e, error);
    buf_free(&text);
    return valid;
}

START_TEST(long_texts_are_bounded)
{
    struct edtf e;
    struct edtf_error error;
    ck_assert(parse_set("2021", EDTF_MEMBERS, &e, &error));
    ck_assert(!parse_set("2021", EDTF_MEMBERS + 1, &e, &error));
    ck_assert_uint_eq(error.position, 1 + 5 * EDTF_MEMBERS);
    ck_assert_ptr_nonnull(strstr(error.detail, "at most 64 members"));
    ck_assert(!parse_set("2021-06-15", EDTF_MEMBERS, &e, &error));
    ck_assert_uint_eq(error.position, EDTF_LONGEST);
    ck_assert_ptr_nonnull(strstr(error.detail, "at most 512"));
}
END_TEST

START_TEST(an_error_leaves_the_value_alone)
{
    struct edtf e = {.level = 7};
    struct edtf_error error;
    ck_assert(!edtf_parse(STR("2021-13"), &e, &error));
    ck_assert_int_eq(e.level, 7);
}
END_TEST

static const struct {
    const char *text;
    enum edtf_kind kind;
    bool has_offset;
    int offset_minutes;
    bool open_start, open_end, unknown_start, unknown_end;
} sides[] = {
    {"2021-06-15", EDTF_DATE, false, 0, false, false, false, false},
    {"2021-06-15T10:00:00", EDTF_DATE, false, 0, false, false, false, false},
    {"2021-06-15T10:00:00Z", EDTF_DATE, true, 0, false, false, false, false},
    {"2021-06-15T10:00:00-04:30", EDTF_DATE, true, -270, false, false, false, false},
    {"2021/2021-06-15T10:00:00+04:00", EDTF_INTERVAL, true, 240, false, false, false, false},
    {"2021/..", EDTF_INTERVAL, false, 0, false, true, false, false},
    {"../2021", EDTF_INTERVAL, false, 0, true, false, false, false},
    {"2021/", EDTF_INTERVAL, false, 0, false, false, false, true},
    {"/2021", EDTF_INTERVAL, false, 0, false, false, true, false},
    {"/..", EDTF_INTERVAL, false, 0, false, true, true, false},
    {"[2021,2022]", EDTF_ONE_OF, false, 0, false, false, false, false},
    {"{..2021,2023..}", EDTF_ALL_OF, false, 0, true, true, false, false},
};

START_TEST(sides_and_offsets_are_kept)
{
    struct edtf e;
    struct edtf_error error;
    ck_assert(edtf_parse(str_from(sides[_i].text), &e, &error));
    ck_assert_int_eq(e.kind, sides[_i].kind);
    ck_assert_int_eq(e.has_offset, sides[_i].has_offset);
    ck_assert_int_eq(e.offset_minutes, sides[_i].offset_minutes);
    ck_assert_int_eq(e.open_start, sides[_i].open_start);
    ck_assert_int_eq(e.open_end, sides[_i].open_end);
    ck_assert_int_eq(e.unknown_start, sides[_i].unknown_start);
    ck_assert_int_eq(e.unknown_end, sides[_i].unknown_end);
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("edtf");
    TCase *cases = tcase_create("edtf");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, means_what_the_file_says, 0, COUNT(own_files));
    tcase_add_test(cases, agrees_with_the_vectors);
    tcase_add_loop_test(cases, masks_have_the_tightest_bounds, 0, 8);
    tcase_add_loop_test(cases, bytes_that_are_not_utf8_are_errors, 0, 4);
    tcase_add_test(cases, long_texts_are_bounded);
    tcase_add_test(cases, an_error_leaves_the_value_alone);
    tcase_add_loop_test(cases, sides_and_offsets_are_kept, 0, COUNT(sides));
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
