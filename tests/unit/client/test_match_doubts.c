/* Files of decisions: what they say, and how doubts get into them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "annals/match.h"
#include "check_main.h"

static char folder[] = "/tmp/annals-doubts-XXXXXX";
static struct arena *arena;

static void set_up(void)
{
    memcpy(strrchr(folder, '-'), "-XXXXXX", 8);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    arena = arena_new();
}

static void tear_down(void)
{
    char command[100];
    arena_free(arena);
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* ---- reading ---- */

static const struct {
    const char *text;
    const char *wanted; /* of actor a, place a; or the first problem */
} texts[] = {
    {"actors:\n  a: new\n", "new,"},
    {"actors: {a: b}\nplaces: {a: c}\n", "b,c"},
    {"actors:\nplaces:\n  a: x-y\n", ",x-y"},
    {"", ","},
    {"# nothing\n", ","},
    {"- a\n", "1:1: the file says \"actors:\" and \"places:\""},
    {"people: {a: b}\n", "1:9: decisions are of actors and of places"},
    {"actors: b\n", "1:9: a line for each is wanted: \"their-id: id-of-the-store\""},
    {"actors: {a b: new}\n", "1:15: this is not an id of the source"},
    {"actors: {a: 3}\n", "1:13: a decision is \"new\", or the id of what it is in the store"},
    {"actors: {a: [b]}\n", "1:13: a decision is \"new\", or the id of what it is in the store"},
    {"actors: {a: \"\"}\n", "1:13: a decision is \"new\", or the id of what it is in the store"},
    {"actors: {a: \xFF}\n", "1:1: the file is not UTF-8"},
};

START_TEST(what_they_say)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct match_decisions *d = match_decisions_new(arena);
        struct problems problems;
        str got;
        problem_init(&problems, arena);
        if (match_decisions_add(d, str_from(texts[i].text), &problems))
            got = arena_printf(arena, "%.*s,%.*s",
                               STR_ARG(match_decisions_of(d, MATCH_ACTORS, STR("a"))),
                               STR_ARG(match_decisions_of(d, MATCH_PLACES, STR("a"))));
        else
            got = arena_printf(arena, "%ld:%ld: %.*s", (long)problems.items[0].line,
                               (long)problems.items[0].column, STR_ARG(problems.items[0].detail));
        ck_assert_msg(str_eq(got, str_from(texts[i].wanted)), "%s: %.*s, not %s", texts[i].text,
                      STR_ARG(got), texts[i].wanted);
    }
}
END_TEST

START_TEST(two_files)
{
    struct match_decisions *d = match_decisions_new(arena);
    struct problems problems;
    problem_init(&problems, arena);
    ck_assert(match_decisions_add(d, STR("actors: {a: b, c: new}"), &problems));
    ck_assert(match_decisions_add(d, STR("actors: {a: b, e: f}"), &problems));
    ck_assert(!match_decisions_add(d, STR("actors: {c: d}"), &problems));
    ck_assert_uint_eq(problems.n, 1);
    ck_assert(match_decisions_of(NULL, MATCH_ACTORS, STR("a")).n == 0);
    ck_assert(match_decisions_of(d, MATCH_PLACES, STR("a")).n == 0);
}
END_TEST

START_TEST(what_they_are_called)
{
    static const struct {
        const char *name;
        bool is;
    } names[] = {{"a.csv.decisions.yaml", true},
                 {"a.csv.decisions.2.yaml", true},
                 {"decisions.yaml", false},
                 {"a.yaml", false},
                 {"a.decisions.csv", false}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_int_eq(match_decisions_named(str_from(names[i].name)), names[i].is);
}
END_TEST

/* ---- writing ---- */

/* A matching in which so many things are doubtful: t1, t2 and so on. */
static struct match *doubtful(int from, int to)
{
    struct match *m = ARENA_NEW(arena, struct match);
    match_init(m, NULL, STR("s"), NULL, arena);
    for (int i = from; i <= to; i++) {
        struct match_thing *t = ARENA_NEW(arena, struct match_thing);
        *t = (struct match_thing){.id = arena_printf(arena, "t%d", i),
                                  .name = STR("Two\nlines: [x] # y")};
        *ARENA_PUSH(arena, m->findings, m->n, m->room) = (struct match_finding){
            .list = MATCH_ACTORS, .verdict = MATCH_DOUBTFUL, .thing = t, .why = "a name is near"};
        m->doubtful++;
    }
    return m;
}

static const char *keep(const char *input, struct match *m, const struct match_decisions *decided)
{
    const struct match *const all[] = {m};
    const struct match_doubts x = {all, 1, decided, input};
    struct err e = {0};
    const char *path;
    ck_assert_msg(match_doubts_keep(&x, arena, &path, &e), "%s", e.detail);
    return path;
}

/* Writes a file. */
static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static struct match_decisions *read_all(const char *path)
{
    struct match_decisions *d = match_decisions_new(arena);
    struct problems problems;
    struct err e = {0};
    problem_init(&problems, arena);
    ck_assert_msg(match_decisions_read(d, path, &problems, &e), "%s %zu", e.detail, problems.n);
    return d;
}

START_TEST(are_kept)
{
    put("in.json", "");
    ck_assert_ptr_null(keep("in.json", doubtful(1, 0), NULL));
    ck_assert_int_ne(access("in.json.decisions.yaml", F_OK), 0);
    ck_assert_str_eq(keep("in.json", doubtful(1, 3), NULL), "in.json.decisions.yaml");
    ck_assert(
        str_eq(match_decisions_of(read_all("in.json.decisions.yaml"), MATCH_ACTORS, STR("t3")),
               STR("new")));
    /* What stands there is left as it is, and not asked again. */
    put("in.json.decisions.yaml", "actors: {t1: a, t2: new, t3: new}");
    ck_assert_str_eq(keep("in.json", doubtful(1, 3), NULL), "in.json.decisions.yaml");
    ck_assert_int_ne(access("in.json.decisions.2.yaml", F_OK), 0);
    ck_assert_str_eq(keep("in.json", doubtful(2, 4), NULL), "in.json.decisions.2.yaml");
    ck_assert(match_decisions_of(read_all("in.json.decisions.2.yaml"), MATCH_ACTORS, STR("t3")).n ==
              0);
    /* Nor is what was decided elsewhere. */
    ck_assert_ptr_null(keep("in.json", doubtful(1, 2), read_all("in.json.decisions.yaml")));
    /* A file that is broken says nothing, and stays. */
    put("in.json.decisions.yaml", "actors: [");
    ck_assert_str_eq(keep("in.json", doubtful(1, 1), NULL), "in.json.decisions.3.yaml");
}
END_TEST

START_TEST(so_many_that_one_file_is_too_small)
{
    put("in.json", "");
    const char *first = keep("in.json", doubtful(1, 2 * MATCH_MOST_DECISIONS + 1), NULL);
    ck_assert_str_eq(first, "in.json.decisions.yaml");
    char last[20];
    snprintf(last, sizeof last, "t%d", 2 * MATCH_MOST_DECISIONS + 1);
    ck_assert(
        match_decisions_of(read_all("in.json.decisions.3.yaml"), MATCH_ACTORS, str_from(last)).n >
        0);
    ck_assert_int_ne(access("in.json.decisions.4.yaml", F_OK), 0);
}
END_TEST

/* Beside what is no file, and in folders in which nothing can be written, nothing is: here it is.
 */
START_TEST(elsewhere)
{
    ck_assert_str_eq(keep("/dev/null", doubtful(1, 1), NULL), "null.decisions.yaml");
    ck_assert_str_eq(keep("/proc/self/status", doubtful(1, 1), NULL), "status.decisions.yaml");
    ck_assert_int_eq(mkdir("sub", 0755), 0);
    put("sub/in.json", "");
    ck_assert_str_eq(keep("sub/in.json", doubtful(1, 1), NULL), "sub/in.json.decisions.yaml");
}
END_TEST

CHECK_MAIN_WITH("match_doubts", set_up, tear_down, what_they_say, two_files, what_they_are_called,
                are_kept, so_many_that_one_file_is_too_small, elsewhere)
