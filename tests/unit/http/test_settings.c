#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "check_main.h"

#define MOST_ARGUMENTS 16

/* What the environment holds in a test: one variable. */
static const char *variable, *value;

static char *environment(const char *name)
{
    return variable != NULL && strcmp(name, variable) == 0 ? (char *)(uintptr_t)value : NULL;
}

static struct arena *arena;
static struct settings settings;
static struct problems problems;

/* Splits at blanks, loads, answers what all problems say, one on a line. */
static enum settings_result load(const char *arguments)
{
    static char *argv[MOST_ARGUMENTS + 1];
    int argc = 0;
    str rest = arena_printf(arena, "annalsd %s", arguments);
    while (rest.n > 0) {
        str one;
        str_cut(rest, ' ', &one, &rest);
        ck_assert_int_lt(argc, MOST_ARGUMENTS);
        if (one.n > 0)
            argv[argc++] = (char *)(uintptr_t)arena_copy(arena, one).p;
    }
    argv[argc] = NULL;
    problem_init(&problems, arena);
    return settings_load(argc, argv, environment, arena, &settings, &problems);
}

static const char *said(void)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < problems.n; i++) {
        settings_write_problem(&out, &settings, &problems.items[i]);
        buf_add_char(&out, '\n');
    }
    str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text.p;
}

static void set_up(void)
{
    arena = arena_new();
    variable = value = NULL;
}

static void tear_down(void)
{
    arena_free(arena);
}

/* A file with this text; its path. */
static const char *file_with(const char *text)
{
    char *path = (char *)(uintptr_t)arena_copy(arena, STR("settings-test-XXXXXX")).p;
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

START_TEST(has_defaults)
{
    ck_assert_int_eq(load("--db a.annals"), SETTINGS_READY);
    ck_assert_str_eq(settings.db, "a.annals");
    ck_assert_str_eq(settings.listen, "127.0.0.1:8080");
    ck_assert_int_eq(settings.connections, 4096);
    ck_assert_int_eq(settings.cache_bytes, 64 << 20);
    ck_assert(!settings.read_only && !settings.demo);
}
END_TEST

START_TEST(weighs_flag_variable_file_default)
{
    const char *path = file_with("# ours\n\nthreads = 3\n  title =  A b # c \r\nread-only = yes\n");
    const char *with_file = arena_printf(arena, "--db a --config %s", path).p;
    ck_assert_int_eq(load(with_file), SETTINGS_READY);
    ck_assert_int_eq(settings.threads, 3);
    ck_assert_str_eq(settings.title, "A b # c");
    ck_assert(settings.read_only);
    variable = "ANNALS_THREADS";
    value = "4";
    ck_assert_int_eq(load(with_file), SETTINGS_READY);
    ck_assert_int_eq(settings.threads, 4);
    ck_assert_int_eq(load(arena_printf(arena, "%s --threads=5", with_file).p), SETTINGS_READY);
    ck_assert_int_eq(settings.threads, 5);
    unlink(path);
}
END_TEST

START_TEST(reads_the_file_that_a_variable_names)
{
    const char *path = file_with("db = b\ncache-bytes = 2K\n");
    variable = "ANNALS_CONFIG";
    value = path;
    ck_assert_int_eq(load(""), SETTINGS_READY);
    ck_assert_str_eq(settings.db, "b");
    ck_assert_int_eq(settings.cache_bytes, 2048);
    unlink(path);
}
END_TEST

START_TEST(serves_the_demo)
{
    ck_assert_int_eq(load("--demo"), SETTINGS_READY);
    ck_assert(settings.read_only);
    ck_assert(str_ends(str_from(settings.db), STR("/../share/annals/example.annals")));
    ck_assert_int_eq(load("--demo --db a"), SETTINGS_WRONG);
    ck_assert_int_eq(load("--demo=off --db a"), SETTINGS_READY);
    ck_assert(!settings.demo);
}
END_TEST

START_TEST(knows_help_and_version)
{
    ck_assert_int_eq(load("--help"), SETTINGS_HELP);
    ck_assert_int_eq(load("-h"), SETTINGS_HELP);
    ck_assert_int_eq(load("--version"), SETTINGS_VERSION);
}
END_TEST

static const struct {
    const char *arguments;
    const char *says;
} wrong[] = {
    {"", "--db: "},
    {"--db a --thread-count=3", "--thread-count: there is no such setting"},
    {"--db a --treads=3", "did you mean --threads?"},
    {"--db a extra", "extra: "},
    {"--db a -x", "-x: "},
    {"--db a --listen", "--listen: needs a value"},
    {"--db a --threads 1000", "--threads: must be a number from 0 to 256, not \"1000\""},
    {"--db a --threads many", "not \"many\""},
    {"--db a --threads 1K", "not \"1K\""},
    {"--db a --threads 1 --threads 2", "--threads: is given twice"},
    {"--db a --cache-bytes 9999999999G", "--cache-bytes: must be"},
    {"--db a --cache-bytes M", "--cache-bytes: must be"},
    {"--db a --access-log loud", "one of off|uncached|all"},
    {"--db a --read-only=perhaps", "--read-only: must be on or off"},
    {"--db a --embed-ancestors=a;b", "--embed-ancestors: must be sources with blanks between"},
    {"--db a --embed-ancestors=a,b", "--embed-ancestors: must be sources"},
    {"--db a --embed-ancestors=", "--embed-ancestors: must be sources"},
    {"--db a --config no/such/file", "--config: cannot be read: No such file"},
};

START_TEST(says_what_is_wrong)
{
    ck_assert_int_eq(load(wrong[_i].arguments), SETTINGS_WRONG);
    ck_assert_uint_eq(problems.n, 1);
    ck_assert_msg(strstr(said(), wrong[_i].says) != NULL, "%s: %s", wrong[_i].arguments, said());
}
END_TEST

START_TEST(says_all_at_once)
{
    variable = "ANNALS_HEAD_SECONDS";
    value = "0";
    ck_assert_int_eq(load("--threads x --frobnicate"), SETTINGS_WRONG);
    ck_assert_uint_eq(problems.n, 4);
    ck_assert_ptr_nonnull(strstr(said(), "ANNALS_HEAD_SECONDS: must be"));
    ck_assert_ptr_nonnull(strstr(said(), "--frobnicate: "));
}
END_TEST

START_TEST(points_into_the_file)
{
    const char *path = file_with("threads = 3\n"
                                 "  tile = x\n"
                                 "nonsense\n"
                                 "head-seconds  =  \xC3\xA9\n"
                                 "threads = 4\n"
                                 "config = other\n");
    ck_assert_int_eq(load(arena_printf(arena, "--db a --config %s", path).p), SETTINGS_WRONG);
    static const char *const expected[] = {
        ":2:3: there is no such key: tile; did you mean title?",
        ":3:1: a line must be \"key = value\"",
        ":4:18: head-seconds must be a number from 1 to 3600, not \"\xC3\xA9\"",
        ":5:1: threads is given twice",
        ":6:1: there is no such key: config",
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const char *line = arena_printf(arena, "%s%s\n", path, expected[i]).p;
        ck_assert_msg(strstr(said(), line) != NULL, "%s is missing in\n%s", line, said());
    }
    ck_assert_uint_eq(problems.n, sizeof expected / sizeof expected[0]);
    unlink(path);
}
END_TEST

START_TEST(helps_within_80_columns)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    settings_write_help(&out);
    str rest = buf_str(&out), line;
    while (rest.n > 0) {
        str_cut(rest, '\n', &line, &rest);
        ck_assert_msg(line.n <= 80, "%.*s", STR_ARG(line));
        ck_assert_msg(line.n == 0 || line.p[line.n - 1] != ' ', "%.*s", STR_ARG(line));
    }
#define X(KIND, field, flag, argument, standard, least, most, help)                                \
    ck_assert(str_search(buf_str(&out), STR("  --" flag), 0) < out.n);
    SETTINGS_TABLE(X)
#undef X
    buf_free(&out);
}
END_TEST

/* The row of a setting in the reference: flag, variable, default, all in backquotes. */
static void check_row(str text, const char *flag, const char *standard)
{
    char name[64];
    snprintf(name, sizeof name, "ANNALS_%s", flag);
    for (char *p = name + 7; *p != '\0'; p++)
        *p = *p == '-' ? '_' : (char)(*p - 'a' + 'A');
    str row = standard[0] == '\0'
                  ? arena_printf(arena, "\n| `--%s` | `%s` | |", flag, name)
                  : arena_printf(arena, "\n| `--%s` | `%s` | `%s` |", flag, name, standard);
    ck_assert_msg(str_search(text, row, 0) < text.n, "settings.md has no row%.*s", STR_ARG(row));
}

START_TEST(is_documented)
{
    FILE *file = fopen(TESTS "/../docs/reference/settings.md", "re");
    ck_assert_ptr_nonnull(file);
    static char bytes[65536];
    str text = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    size_t rows = 0;
#define X(KIND, field, flag, argument, standard, least, most, help)                                \
    check_row(text, flag, standard);                                                               \
    rows++;
    SETTINGS_TABLE(X)
#undef X
    for (size_t at = 0; (at = str_search(text, STR("\n| `--"), at)) < text.n; at++)
        rows--;
    ck_assert_msg(rows == 0, "settings.md has rows that are no settings");
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("settings");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, has_defaults);
    tcase_add_test(t, weighs_flag_variable_file_default);
    tcase_add_test(t, reads_the_file_that_a_variable_names);
    tcase_add_test(t, serves_the_demo);
    tcase_add_test(t, knows_help_and_version);
    tcase_add_loop_test(t, says_what_is_wrong, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(t, says_all_at_once);
    tcase_add_test(t, points_into_the_file);
    tcase_add_test(t, helps_within_80_columns);
    tcase_add_test(t, is_documented);
    Suite *s = suite_create("settings");
    suite_add_tcase(s, t);
    return check_main(s);
}
