/*
 * Cases of a reader, driven by files: FOLDER/valid/NAME.ENDING becomes the document NAME.json, with
 * the notes that NAME.notes has, or none; each problem of FOLDER/invalid/NAME.ENDING is a line of
 * NAME.expected. Problems and notes are lines "line:column: words", in any order, the words being
 * some of what is said. NAME.yaml is the mapping of a case that has one; what else belongs to a
 * case stands beside it under its name (NAME.txt).
 */
#ifndef READER_CASES_H
#define READER_CASES_H

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annals/beside.h"
#include "annals/input.h"
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

static str read_case_file(const char *path)
{
    str bytes;
    struct err e = {0};
    ck_assert_msg(input_read_file(path, DOCUMENT_LARGEST, arena, &bytes, &e), "%s: %s", path,
                  e.detail);
    return bytes;
}

/* A file beside a case, or the empty str where there is none. */
static str read_beside(const char *stem, const char *ending)
{
    const char *path = arena_printf(arena, "%s%s", stem, ending).p;
    return access(path, R_OK) == 0 ? read_case_file(path) : (str){0};
}

static struct input *read_case(const char *stem, const char *ending, enum input_format format)
{
    struct input *in = ARENA_NEW(arena, struct input);
    str map = read_beside(stem, ".yaml"), name = str_from(strrchr(stem, '/') + 1);
    struct problems problems;
    struct beside beside = {.path = arena_printf(arena, "%s%s", stem, ending).p, .arena = arena};
    problem_init(&problems, arena);
    struct reading_ask ask = {
        .name = name,
        .bytes = read_case_file(beside.path),
        .beside = beside_read,
        .context = &beside,
        .map = map.n > 0 ? mapping_parse(STR("case"), map, arena, &problems) : NULL,
        .unit = TEXT_UNITS,
        .arena = arena,
    };
    ck_assert_msg(map.n == 0 || ask.map != NULL, "%s: the mapping has problems", stem);
    input_read(format, &ask, in);
    return in;
}

static bool is_said(const struct problem *p, str line)
{
    char place[48];
    int n = snprintf(place, sizeof place, "%lld:%lld: ", (long long)p->line, (long long)p->column);
    str words = str_sub(line, (size_t)n, line.n);
    if (!str_starts(line, (str){place, (size_t)n}))
        return false;
    return words.n == 0 || str_search(p->detail, words, 0) < p->detail.n;
}

/* Each line is said, and nothing else is. */
static void compare_said(const char *stem, const struct problems *said, str wanted)
{
    size_t lines = 0;
    for (str line; wanted.n > 0; lines++) {
        str_cut(wanted, '\n', &line, &wanted);
        bool found = false;
        for (size_t i = 0; i < said->n; i++)
            found |= is_said(&said->items[i], line);
        ck_assert_msg(found, "%s: nothing said is \"%.*s\"", stem, STR_ARG(line));
    }
    for (size_t i = 0; i < said->n && said->n != lines; i++)
        fprintf(stderr, "%s: %lld:%lld: %.*s\n", stem, (long long)said->items[i].line,
                (long long)said->items[i].column, STR_ARG(said->items[i].detail));
    ck_assert_msg(said->n == lines, "%s: %zu things said, not %zu", stem, said->n, lines);
}

static void is_valid(const char *stem, const char *ending, enum input_format format)
{
    struct input *in = read_case(stem, ending, format);
    for (size_t i = 0; i < in->problems.n; i++)
        fprintf(stderr, "%s: %lld:%lld: %.*s\n", stem, (long long)in->problems.items[i].line,
                (long long)in->problems.items[i].column, STR_ARG(in->problems.items[i].detail));
    ck_assert_msg(in->document != NULL, "%s has problems", stem);
    str json = read_case_file(arena_printf(arena, "%s.json", stem).p);
    json_t *wanted = json_loadb(json.p, json.n, 0, NULL);
    json_t *got = json_loadb(in->json.p, in->json.n, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_msg(wanted != NULL && got != NULL, "%s: not JSON", stem);
    ck_assert_msg(json_equal(wanted, got), "%s: got %.*s", stem, STR_ARG(in->json));
    json_decref(wanted);
    json_decref(got);
    compare_said(stem, &in->notes, read_beside(stem, ".notes"));
}

static void is_invalid(const char *stem, const char *ending, enum input_format format)
{
    struct input *in = read_case(stem, ending, format);
    ck_assert_msg(in->document == NULL, "%s has no problem", stem);
    compare_said(stem, &in->problems, read_case_file(arena_printf(arena, "%s.expected", stem).p));
}

/* Calls run for each case of a folder, of which there are at least so many. */
static void each_case(const char *folder, const char *ending, enum input_format format,
                      void (*run)(const char *stem, const char *ending, enum input_format format),
                      int least)
{
    struct dirent **entries;
    int count = 0, n = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        str name = str_from(entries[i]->d_name);
        if (str_ends(name, str_from(ending))) {
            int stem = (int)(name.n - strlen(ending));
            run(arena_printf(arena, "%s/%.*s", folder, stem, name.p).p, ending, format);
            count++;
        }
        free(entries[i]);
    }
    ck_assert_int_ge(count, least);
    free(entries);
}

#endif
