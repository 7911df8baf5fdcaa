/*
 * Annotated Markdown, driven by files: tests/load/markdown/valid/NAME.annals.md becomes the
 * document NAME.json; each problem of invalid/NAME.annals.md is a line "line:column: words" of
 * NAME.expected, in any order.
 */
#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "annals/input.h"
#include "check_main.h"

#define FOLDER TESTS "/load/markdown/"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

static str read_file(const char *path)
{
    str bytes;
    struct err e = {0};
    ck_assert_msg(input_read_file(path, DOCUMENT_LARGEST, arena, &bytes, &e), "%s", e.detail);
    return bytes;
}

static int is_case(const struct dirent *entry)
{
    return str_ends(str_from(entry->d_name), STR(".annals.md"));
}

/* Calls run for each case of a folder, with the path without its endings. */
static void each_case(const char *folder, void (*run)(const char *stem), int least)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_case, alphasort);
    ck_assert_int_ge(n, least);
    for (int i = 0; i < n; i++) {
        str name = str_from(entries[i]->d_name);
        run(arena_printf(arena, "%s/%.*s", folder, (int)(name.n - strlen(".annals.md")), name.p).p);
        free(entries[i]);
    }
    free(entries);
}

static struct input *decode(const char *stem)
{
    struct input *in = ARENA_NEW(arena, struct input);
    str bytes = read_file(arena_printf(arena, "%s.annals.md", stem).p);
    input_decode(INPUT_MARKDOWN, bytes, arena, in);
    return in;
}

static void is_valid(const char *stem)
{
    struct input *in = decode(stem);
    for (size_t i = 0; i < in->problems.n; i++)
        fprintf(stderr, "%s: %.*s\n", stem, STR_ARG(in->problems.items[i].detail));
    ck_assert_msg(in->document != NULL, "%s has problems", stem);
    str json = read_file(arena_printf(arena, "%s.json", stem).p);
    json_t *wanted = json_loadb(json.p, json.n, 0, NULL);
    json_t *got = json_loadb(in->json.p, in->json.n, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_msg(wanted != NULL && got != NULL, "%s: not JSON", stem);
    ck_assert_msg(json_equal(wanted, got), "%s: got %.*s", stem, STR_ARG(in->json));
    json_decref(wanted);
    json_decref(got);
}

static bool is_expected(const struct problem *p, str line)
{
    char place[48];
    int n = snprintf(place, sizeof place, "%lld:%lld: ", (long long)p->line, (long long)p->column);
    str words = str_sub(line, (size_t)n, line.n);
    if (!str_starts(line, (str){place, (size_t)n}))
        return false;
    return words.n == 0 || str_search(p->detail, words, 0) < p->detail.n;
}

static void is_invalid(const char *stem)
{
    struct input *in = decode(stem);
    str rest = read_file(arena_printf(arena, "%s.expected", stem).p);
    size_t lines = 0;
    ck_assert_msg(in->document == NULL, "%s has no problem", stem);
    for (str line; rest.n > 0; lines++) {
        str_cut(rest, '\n', &line, &rest);
        bool found = false;
        for (size_t i = 0; i < in->problems.n; i++)
            found |= is_expected(&in->problems.items[i], line);
        ck_assert_msg(found, "%s: no problem is \"%.*s\"", stem, STR_ARG(line));
    }
    for (size_t i = 0; i < in->problems.n && in->problems.n != lines; i++)
        fprintf(stderr, "%s: %lld:%lld: %.*s\n", stem, (long long)in->problems.items[i].line,
                (long long)in->problems.items[i].column, STR_ARG(in->problems.items[i].detail));
    ck_assert_msg(in->problems.n == lines, "%s: %zu problems, not %zu", stem, in->problems.n,
                  lines);
}

START_TEST(valid_files)
{
    each_case(FOLDER "valid", is_valid, 15);
}
END_TEST

START_TEST(invalid_files)
{
    each_case(FOLDER "invalid", is_invalid, 40);
}
END_TEST

/* clang-format off */
static const char places_file[] =
    "---\n"
    "annals: 1\n"
    "source: {id: s, title: A}\n"
    "events:\n"
    "  - id: e\n"
    "    title: E\n"
    "    evidence:\n"
    "      - {start: 0, end: 3, exact: One}\n"
    "  - {id: f, title: F, tags: [a, \"b\"]}\n"
    "---\n"
    "One [two](event:e#title) and\n"
    "> ə [three\n"
    "> four](event:e) [five](event:f#tags).\n";
/* clang-format on */

static const struct {
    const char *pointer;
    int line;
    int column;
} places[] = {
    {"", 2, 1},
    {"/annals", 2, 9},
    {"/source", 3, 9},
    {"/source/title", 3, 24},
    {"/source/text", 11, 1},
    {"/source/nothing", 3, 9},
    {"/events", 5, 3},
    {"/events/0", 5, 5},
    {"/events/0/evidence", 8, 7},
    {"/events/0/evidence/0", 8, 9},
    {"/events/0/evidence/0/exact", 8, 35},
    {"/events/0/evidence/1", 11, 5},
    {"/events/0/evidence/1/supports/0", 11, 5},
    {"/events/0/evidence/2/exact", 12, 5},
    {"/events/0/evidence/3", 8, 7},
    {"/events/1/tags/1", 9, 33},
    {"/events/1/evidence/0", 13, 18},
    {"/events/7", 5, 3},
};

START_TEST(places_of_pointers)
{
    struct problems problems;
    struct markdown m;
    int64_t line, column;
    problem_init(&problems, arena);
    ck_assert(markdown_read(str_from(places_file), arena, &problems, &m));
    ck_assert_uint_eq(problems.n, 0);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        markdown_locate(&m, str_from(places[i].pointer), &line, &column);
        ck_assert_msg(line == places[i].line && column == places[i].column,
                      "%s is at %lld:%lld, not %d:%d", places[i].pointer, (long long)line,
                      (long long)column, places[i].line, places[i].column);
    }
}
END_TEST

/* A problem that a server finds later is shown at its place too, in both formats. */
START_TEST(places_of_later_problems)
{
    static const char json[] =
        "{\"annals\": 1,\n \"source\": {\"id\": \"s\",\n  \"title\": \"A\"}}";
    struct problem p = {.place = PROBLEM_POINTER, .at = STR("/source/title")};
    struct input in;
    input_decode(INPUT_JSON, str_from(json), arena, &in);
    ck_assert(in.document != NULL);
    struct problem placed = input_place(&in, &p);
    ck_assert_int_eq(placed.line, 3);
    ck_assert_int_eq(placed.column, 12);
    input_decode(INPUT_MARKDOWN, str_from(places_file), arena, &in);
    ck_assert(in.document != NULL);
    p.at = STR("/events/0/evidence/2");
    placed = input_place(&in, &p);
    ck_assert_int_eq(placed.line, 12);
    ck_assert_int_eq(placed.column, 5);
}
END_TEST

START_TEST(formats_by_name)
{
    ck_assert_int_eq(input_format_of(STR("a/b.source.json")), INPUT_JSON);
    ck_assert_int_eq(input_format_of(STR("b.annals.md")), INPUT_MARKDOWN);
    ck_assert_int_eq(input_format_of(STR("README.md")), INPUT_UNKNOWN);
    ck_assert_int_eq(input_format_from(STR("markdown")), INPUT_MARKDOWN);
    ck_assert_int_eq(input_format_from(STR("md")), INPUT_UNKNOWN);
}
END_TEST

CHECK_MAIN_WITH("markdown", set_up, tear_down, valid_files, invalid_files, places_of_pointers,
                places_of_later_problems, formats_by_name)
