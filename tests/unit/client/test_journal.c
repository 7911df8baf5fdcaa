/* Journals of loads: what they keep, and when they are of no use. */
#include "annals/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "check_main.h"

static char folder[] = "/tmp/annals-journal-XXXXXX";
static struct arena *arena;

static void set_up(void)
{
    memcpy(strrchr(folder, '-'), "-XXXXXX", 8);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    setenv("XDG_STATE_HOME", folder, 1);
    arena = arena_new();
}

static void tear_down(void)
{
    char command[100];
    arena_free(arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct journal_of of(const char *store, int64_t version, const char *source)
{
    return (struct journal_of){.server = "http://127.0.0.1:1",
                               .store = str_from(store),
                               .version = version,
                               .source = str_from(source),
                               .path = "/no/such/file"};
}

static struct journal *open_it(const struct journal_of *which)
{
    struct err e = {0};
    struct journal *j = journal_open(which, arena, &e);
    ck_assert_msg(j != NULL, "%s", e.detail);
    return j;
}

static const char *digest(char letter)
{
    char *text = arena_alloc(arena, HASH_HEX_SIZE + 1);
    memset(text, letter, HASH_HEX_SIZE);
    return text;
}

/* A load of two pieces that stopped; its run. */
static str stopped(const struct journal_of *which)
{
    struct journal *j = open_it(which);
    str run = arena_copy(arena, str_from(journal_run(j)));
    journal_add(j, 1, digest('a'), 5, 0);
    journal_add(j, 2, digest('b'), 6, 3);
    journal_close(j, false);
    return run;
}

START_TEST(goes_on)
{
    int64_t refused = -1;
    struct journal_of first = of("store-1", 4, "s"), later = of("store-1", 9, "s");
    str run = stopped(&first);
    struct journal *j = open_it(&later);
    ck_assert(str_eq(run, str_from(journal_run(j))));
    ck_assert_int_eq(journal_pieces(j), 2);
    ck_assert(journal_has(j, 2, digest('b'), &refused));
    ck_assert_int_eq(refused, 3);
    ck_assert(!journal_has(j, 2, digest('a'), &refused));
    ck_assert(!journal_has(j, 3, digest('c'), &refused));
    journal_close(j, true);
    j = open_it(&later);
    ck_assert_int_eq(journal_pieces(j), 0);
    ck_assert(!str_eq(run, str_from(journal_run(j))));
    journal_close(j, true);
}
END_TEST

/* Another store, one that was put back to an older version, another source. */
START_TEST(is_of_no_use)
{
    struct journal_of first = of("store-1", 4, "s");
    const struct journal_of others[] = {of("store-2", 9, "s"), of("store-1", 5, "s"),
                                        of("store-1", 9, "t")};
    for (size_t i = 0; i < 3; i++) {
        str run = stopped(&first);
        struct journal *j = open_it(&others[i]);
        ck_assert_int_eq(journal_pieces(j), 0);
        ck_assert(!str_eq(run, str_from(journal_run(j))));
        journal_close(j, true);
        j = open_it(&first);
        journal_close(j, true);
    }
}
END_TEST

/* The only file in the folder of journals, or "" where there is none. */
static const char *only_file(void)
{
    char command[100];
    char *path = arena_alloc(arena, 200);
    snprintf(command, sizeof command, "ls -d %s/annals/*.load 2>/dev/null", folder);
    FILE *from = popen(command, "r");
    ck_assert_ptr_nonnull(from);
    if (fgets(path, 200, from) == NULL)
        path[0] = '\0';
    path[strcspn(path, "\n")] = '\0';
    pclose(from);
    return path;
}

/* A load that was refused at once leaves nothing behind; one that came somewhere does. */
START_TEST(is_left_where_it_helps)
{
    struct journal_of which = of("store-1", 4, "s");
    journal_close(open_it(&which), false);
    ck_assert_str_eq(only_file(), "");
    stopped(&which);
    ck_assert_str_ne(only_file(), "");
    which.version = 6;
    journal_close(open_it(&which), false); /* nothing is added, but two pieces are known */
    ck_assert_str_ne(only_file(), "");
}
END_TEST

/* What a process that was killed left of its last line, and what nobody wrote. */
START_TEST(half_a_line)
{
    static const struct {
        const char *more;
        int64_t pieces;
    } cases[] = {
        {"", 2},
        {"3 cccc", 2},
        {"3 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc 6 0", 2},
        {"3 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc 6 0\n", 3},
        {"nonsense\n", 2},
        {"3 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc 7 0\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct journal_of which = of("store-1", 4, "s");
        stopped(&which);
        FILE *file = fopen(only_file(), "a");
        ck_assert_ptr_nonnull(file);
        fputs(cases[i].more, file);
        fclose(file);
        which.version = 6;
        struct journal *j = open_it(&which);
        ck_assert_msg(journal_pieces(j) == cases[i].pieces, "case %zu: %ld", i,
                      (long)journal_pieces(j));
        journal_close(j, true);
    }
}
END_TEST

CHECK_MAIN_WITH("journal", set_up, tear_down, goes_on, is_of_no_use, is_left_where_it_helps,
                half_a_line)
