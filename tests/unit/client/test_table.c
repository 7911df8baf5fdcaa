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
                                         "utf16.csv",  "encoding.csv",    "encoding-wrong.csv"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct err e = {0};
        struct problems problems;
        struct buf out;
        str bytes;
        const char *path = arena_printf(arena, FOLDER "/%s", tables[i]).p;
        ck_assert(input_read_raw(path, 1 << 24, arena, &bytes, &e));
        buf_init(&out, 1 << 20);
        problem_init(&problems, arena);
        ck_assert(table_template_write(&out, STR("a \"table\""), bytes, arena, &problems));
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

/* Of what is no table there is none. */
START_TEST(no_templates)
{
    static const struct {
        str bytes;
        const char *said;
    } none[] = {
        {STR_INIT(""), "1:1: the table is empty"},
        {STR_INIT("\xEF\xBB\xBF\n \r\n"), "1:1: the table is empty"},
        {STR_INIT("\x7F"
                  "ELF\x02\x01\0\0\0"),
         "1:7: this is no table: a NUL stands here"},
        {STR_INIT("No,Day\n1,\0"), "2:3: this is no table: a NUL stands here"},
        {STR_INIT("\xFD\xFC\xFB"), "1:1: there is no header: "},
        {STR_INIT("\"never closed\n"), "1:1: there is no header: this quote is never closed"},
        {STR_INIT(",,\n1,2,3\n"), "1:1: the first row names no column"},
        {STR_INIT("{}\n{}\n"), "1:1: the first row names no column"},
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct problems problems;
        struct buf out, said;
        buf_init(&out, 1 << 20);
        buf_init(&said, 10000);
        problem_init(&problems, arena);
        bool fine = table_template_write(&out, STR("x"), none[i].bytes, arena, &problems);
        ck_assert_msg(!fine && problems.n == 1, "%zu: %.*s", i, STR_ARG(buf_str(&out)));
        add_problem(&said, &problems.items[0]);
        ck_assert_msg(str_starts(buf_str(&said), str_from(none[i].said)), "%zu: %.*s", i,
                      STR_ARG(buf_str(&said)));
        ck_assert_uint_eq(out.n, 0);
        buf_free(&out);
        buf_free(&said);
    }
}
END_TEST

/* A row too large with line ends in its cells is refused as one; what is never closed, as a line.
 */
static const struct {
    size_t lines; /* of the large cell, 32 bytes each */
    bool closed;
    const char *refused; /* why, NULL where it is not */
    int64_t next;        /* line of the next row */
} large_rows[] = {
    {8000, true, NULL, 8003},
    {8191, true, NULL, 8194},
    {8200, true, "this row is larger than 256 KiB", 8203},
    {20000, true, "this row is larger than 256 KiB", 20003},
    {65000, true, "this row is larger than 256 KiB", 65003},
    {140000, true, "this row is larger than 256 KiB", 3},
    {140000, false, "this row is larger than 256 KiB", 3},
    {20000, false, "this quote is never closed", 3},
};

START_TEST(rows_too_large)
{
    struct table_dialect dialect = {.separator = ',', .quotes = true};
    struct table_row row;
    struct table_fault fault;
    struct err e = {0};
    struct buf text;
    buf_init(&text, 1 << 24);
    buf_add(&text, STR("no,what\n1,\""));
    for (size_t i = 0; i < large_rows[_i].lines; i++)
        buf_add(&text, STR("a line, with cells as it were..\n"));
    buf_printf(&text, "%s\n2,fine\n", large_rows[_i].closed ? "\"" : "");
    str bytes = buf_str(&text);
    struct table *t = table_new(table_fill_from_str, &bytes, &dialect, &e);
    ck_assert(table_next(t, arena, &row, &fault) == TABLE_ROW && row.n == 2);
    enum table_next next = table_next(t, arena, &row, &fault);
    ck_assert_int_eq(next, large_rows[_i].refused != NULL ? TABLE_FAULT : TABLE_ROW);
    if (next == TABLE_FAULT) {
        ck_assert_int_eq(fault.line, 2);
        ck_assert_str_eq(fault.detail, large_rows[_i].refused);
    }
    ck_assert_int_eq(table_next(t, arena, &row, &fault), TABLE_ROW);
    ck_assert_int_eq(row.line, large_rows[_i].next);
    table_free(t);
    buf_free(&text);
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

int main(void)
{
    TCase *t = tcase_create("table");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, files);
    tcase_add_test(t, presets);
    tcase_add_test(t, templates);
    tcase_add_test(t, no_templates);
    tcase_add_loop_test(t, rows_too_large, 0, sizeof large_rows / sizeof *large_rows);
    tcase_add_test(t, what_was_seen);
    Suite *s = suite_create("table");
    suite_add_tcase(s, t);
    return check_main(s);
}
