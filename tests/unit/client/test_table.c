/*
 * Tables, driven by files: tests/load/table/NAME.csv (.tsv, .jsonl) is read by NAME.yaml, or by the
 * preset that its columns fit where there is none, and NAME.expected says what comes of it, line by
 * line: records, "line:column: problem (hint)", and "note: words". Every preset compiles, and the
 * presets are told apart by their columns. With ANNALS_SHOW=1 what came is printed.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annals/input.h"
#include "annals/read/seen.h"
#include "annals/read/table_map.h"
#include "annals/read/table_read.h"
#include "annals/read/table_template.h"
#include "check_main.h"

#define FOLDER TESTS "/load/table"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

struct come {
    struct buf out;
};

static bool take_thing(void *to, const struct built *thing)
{
    struct come *come = to;
    builder_record(&come->out, thing);
    buf_add_char(&come->out, '\n');
    return true;
}

static void add_problem(struct buf *out, const struct problem *p)
{
    buf_printf(out, "%lld:%lld: %.*s", (long long)p->line, (long long)p->column,
               STR_ARG(p->detail));
    if (p->hint.n > 0)
        buf_printf(out, " (%.*s)", STR_ARG(p->hint));
    buf_add_char(out, '\n');
}

static bool take_dirty(void *to, const struct problem *p)
{
    add_problem(&((struct come *)to)->out, p);
    return true;
}

/* Gives a few bytes at a time, so that rows lie across blocks. */
static bool fill_slowly(void *from, char *room, size_t size, size_t *n)
{
    return table_fill_from_str(from, room, size < 7 ? size : 7, n);
}

static str read_table(const char *path, const struct mapping *map, str name, table_fill *fill)
{
    struct err e = {0};
    struct come come;
    struct builder b;
    struct problems problems, notes;
    struct table_counts counts;
    str bytes;
    ck_assert_msg(input_read_raw(path, 1 << 24, arena, &bytes, &e), "%s: %s", path, e.detail);
    buf_init(&come.out, (size_t)1 << 26);
    problem_init(&problems, arena);
    problem_init(&notes, arena);
    builder_init(&b, arena, &problems);
    builder_stream(&b, take_thing, &come);
    struct table_ask ask = {.name = name,
                            .map = map,
                            .fill = fill,
                            .from = &bytes,
                            .dirty = take_dirty,
                            .to = &come,
                            .arena = arena,
                            .problems = &problems,
                            .notes = &notes};
    bool whole = table_read(&ask, &b, &counts);
    ck_assert(whole == !problem_any(&problems));
    ck_assert_int_eq(counts.rows, counts.events + counts.dirty + counts.other + counts.empty);
    for (size_t i = 0; i < problems.n; i++)
        add_problem(&come.out, &problems.items[i]);
    for (size_t i = 0; i < notes.n; i++)
        buf_printf(&come.out, "note: %.*s\n", STR_ARG(notes.items[i].detail));
    builder_free(&b);
    str all = arena_copy(arena, buf_str(&come.out));
    buf_free(&come.out);
    return all;
}

static bool exists(const char *path)
{
    FILE *file = fopen(path, "rbe");
    if (file != NULL)
        fclose(file);
    return file != NULL;
}

static void check_case(const char *path)
{
    struct err e = {0};
    struct problems problems;
    const struct mapping *map = NULL;
    str whole = str_from(path), stem = whole;
    while (stem.p[stem.n - 1] != '.')
        stem.n--;
    stem.n--;
    str name = stem;
    while (str_find(name, '/') < name.n)
        name = str_sub(name, str_find(name, '/') + 1, name.n);
    const char *yaml = arena_printf(arena, "%.*s.yaml", STR_ARG(stem)).p;
    problem_init(&problems, arena);
    struct buf faults;
    buf_init(&faults, 1 << 20);
    if (exists(yaml)) {
        map = mapping_read(yaml, arena, &problems, &e);
        for (size_t i = 0; i < problems.n; i++)
            add_problem(&faults, &problems.items[i]);
    }
    str got = arena_copy(arena, buf_str(&faults));
    buf_free(&faults);
    if (!problem_any(&problems)) {
        got = read_table(path, map, name, table_fill_from_str);
        str slowly = read_table(path, map, name, fill_slowly);
        ck_assert_msg(str_eq(got, slowly), "%s: in small pieces:\n%.*s", path, STR_ARG(slowly));
    }
    if (getenv("ANNALS_SHOW") != NULL)
        printf("==== %s\n%.*s", path, STR_ARG(got));
    str wanted;
    const char *expected = arena_printf(arena, "%.*s.expected", STR_ARG(stem)).p;
    ck_assert_msg(input_read_raw(expected, 1 << 24, arena, &wanted, &e), "%s: %s", expected,
                  e.detail);
    ck_assert_msg(str_eq(got, wanted), "%s: got\n%.*s", path, STR_ARG(got));
}

static int is_case(const struct dirent *entry)
{
    str name = str_from(entry->d_name);
    return str_ends(name, STR(".csv")) || str_ends(name, STR(".tsv")) ||
           str_ends(name, STR(".jsonl"));
}

START_TEST(files)
{
    struct dirent **entries;
    int n = scandir(FOLDER, &entries, is_case, alphasort);
    ck_assert_int_ge(n, 20);
    for (int i = 0; i < n; i++) {
        check_case(arena_printf(arena, FOLDER "/%s", entries[i]->d_name).p);
        free(entries[i]);
    }
    free(entries);
}
END_TEST

/* Each preset compiles; one with a list of columns that tell it is told by a header of these. */
START_TEST(presets)
{
    size_t n;
    const char *const *names = mapping_presets(&n);
    ck_assert_uint_ge(n, 7);
    for (size_t i = 0; i < n; i++) {
        struct err e = {0};
        struct problems problems;
        problem_init(&problems, arena);
        const struct mapping *map = mapping_read(names[i], arena, &problems, &e);
        for (size_t k = 0; k < problems.n; k++)
            fprintf(stderr, "%s:%lld:%lld: %.*s\n", names[i], (long long)problems.items[k].line,
                    (long long)problems.items[k].column, STR_ARG(problems.items[k].detail));
        ck_assert_msg(map != NULL, "%s does not compile", names[i]);
        ck_assert(map->table == NULL || map->table->recognise.n > 0);
    }
}
END_TEST

/* What --map-template prints is a mapping as it stands, and reads rows of its table. */
START_TEST(templates)
{
    static const char *const tables[] = {"quotes.csv", "header-none.tsv", "lines.jsonl",
                                         "ged.csv",    "numbered.csv",    "people-and-places.csv",
                                         "empty.csv",  "utf16.csv",       "encoding.csv"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct err e = {0};
        struct problems problems;
        struct buf out;
        str bytes;
        const char *path = arena_printf(arena, FOLDER "/%s", tables[i]).p;
        ck_assert(input_read_raw(path, 1 << 24, arena, &bytes, &e));
        buf_init(&out, 1 << 20);
        problem_init(&problems, arena);
        table_template_write(&out, STR("a \"table\""), bytes, arena);
        const struct mapping *map = mapping_parse(STR("made"), buf_str(&out), arena, &problems);
        ck_assert_msg(map != NULL, "%s: %.*s", tables[i], STR_ARG(buf_str(&out)));
        buf_free(&out);
        if (i != 0 && i != 3)
            continue;
        str got = read_table(path, map, STR("x"), table_fill_from_str);
        ck_assert_msg(str_search(got, STR("{\"event\":"), 0) < got.n, "%s: %.*s", tables[i],
                      STR_ARG(got));
    }
}
END_TEST

/* A million keys: each is new once, in memory that has a bound. */
START_TEST(what_was_seen)
{
    struct seen keys = {0}, values = {.valued = true};
    for (uint64_t i = 0; i < 1000000; i++)
        ck_assert(seen_add(&keys, seen_key(i % 3, (str){(const char *)&i, sizeof i}), 0));
    for (uint64_t i = 0; i < 1000000; i += 977)
        ck_assert(!seen_add(&keys, seen_key(i % 3, (str){(const char *)&i, sizeof i}), 0));
    ck_assert(!keys.forgets && keys.room <= SEEN_MOST);
    for (uint64_t i = 0; i < 5 * SEEN_MOST / 4; i++)
        seen_add(&keys, seen_key(7, (str){(const char *)&i, sizeof i}), 0);
    ck_assert(keys.forgets && keys.room == SEEN_MOST && keys.n <= SEEN_MOST);
    ck_assert(seen_add(&values, 5, 1) && !seen_add(&values, 5, 1) && seen_add(&values, 5, 2));
    seen_free(&keys);
    seen_free(&values);
}
END_TEST

CHECK_MAIN_WITH("table", set_up, tear_down, files, presets, templates, what_was_seen)
