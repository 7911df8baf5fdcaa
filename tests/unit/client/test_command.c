/* Arguments: which command, which options, and what is said of those that are none. */
#include <stdlib.h>
#include <string.h>

#include "annals/command.h"
#include "check_main.h"

#define MOST_WORDS 8

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

static int count(const char *const *words)
{
    int n = 0;
    while (n < MOST_WORDS && words[n] != NULL)
        n++;
    return n;
}

/* Parses whole lines of words; on failure e->detail says why. */
static bool parse(const char *const *words, struct arguments *args, bool *help, struct err *e)
{
    const struct command *command;
    int used;
    int n = count(words);
    return command_find(n, words, &command, &used, e) &&
           command_parse(command, n - used, words + used, arena, args, help, e);
}

static const struct {
    const char *words[MOST_WORDS];
    const char *command;
    const char *option; /* NULL: none is looked at */
    const char *value;
    int rest;
} good[] = {
    {{"load", "a.json"}, "load", "format", NULL, 1},
    {{"load", "--format", "json", "a", "b"}, "load", "format", "json", 2},
    {{"load", "a", "--format=markdown", "b"}, "load", "format", "markdown", 2},
    {{"load", "a", "--message="}, "load", "message", "", 1},
    {{"load", "--dry-run", "a"}, "load", "dry-run", "", 1},
    {{"load", "--", "--dry-run"}, "load", "dry-run", NULL, 1},
    {{"load", "-"}, "load", NULL, NULL, 1},
    {{"query"}, "query", NULL, NULL, 0},
    {{"query", "actor=aze", "date=2021"}, "query", "path", NULL, 2},
    {{"verify", "s", "--text", "--all"}, "verify", "text", "--all", 1},
    {{"token", "create", "--db", "f", "--scope", "write", "me"},
     "token create",
     "scope",
     "write",
     1},
    {{"token", "list", "--db=f"}, "token list", "db", "f", 0},
    {{"date", "-0044-03-15", "-"}, "date", NULL, NULL, 2},
};

START_TEST(good_words)
{
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct arguments args;
        struct err e = {0};
        bool help;
        ck_assert_msg(parse(good[i].words, &args, &help, &e), "%zu: %s", i, e.detail);
        ck_assert(!help);
        ck_assert_str_eq(args.command->name, good[i].command);
        ck_assert_int_eq(args.rest_count, good[i].rest);
        if (good[i].option != NULL)
            ck_assert_pstr_eq(command_option(&args, good[i].option), good[i].value);
    }
}
END_TEST

static const struct {
    const char *words[MOST_WORDS];
    const char *says;
} bad[] = {
    {{""}, "there is no \"\""},
    {{"lod", "a"}, "is \"load\" meant?"},
    {{"verfiy", "a"}, "is \"verify\" meant?"},
    {{"frobnicate"}, "\"annals help\" lists"},
    {{"token"}, "needs one more word"},
    {{"token", "creat"}, "is \"token create\" meant?"},
    {{"token", "eat"}, "needs one more word"},
    {{"load"}, "something is missing"},
    {{"load", "--dryrun", "a"}, "is --dry-run meant?"},
    {{"load", "--frobnicate", "a"}, "has no option --frobnicate"},
    {{"load", "-x", "a"}, "has no option"},
    {{"load", "a", "--format"}, "--format needs its FORMAT"},
    {{"load", "a", "--dry-run=yes"}, "--dry-run takes no value"},
    {{"load", "a", "--json", "--json"}, "given twice"},
    {{"load", "--token", "secret", "a"}, "ANNALS_TOKEN"},
    {{"load", "--token=secret", "a"}, "ANNALS_TOKEN"},
    {{"query", "--bearer", "x"}, "ANNALS_TOKEN"},
    {{"query", "--password=x"}, "ANNALS_TOKEN"},
    {{"load", "--annals-token", "x"}, "ANNALS_TOKEN"},
    {{"verify", "a", "b"}, "\"b\" is too much"},
    {{"token", "revoke", "--db", "f", "--json", "me"}, "has no option --json"},
    {{"date"}, "something is missing"},
};

START_TEST(bad_words)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct arguments args;
        struct err e = {0};
        bool help;
        ck_assert_msg(!parse(bad[i].words, &args, &help, &e), "%zu is taken", i);
        ck_assert_msg(strstr(e.detail, bad[i].says) != NULL, "%zu: %s", i, e.detail);
        ck_assert_ptr_null(strstr(e.detail, "secret"));
    }
}
END_TEST

START_TEST(help_goes_before_all_else)
{
    static const char *const words[] = {"load", "--help", "--frobnicate", NULL};
    struct arguments args;
    struct err e = {0};
    bool help;
    ck_assert(parse(words, &args, &help, &e));
    ck_assert(help);
}
END_TEST

/* What the table says can be said: names differ, the help shows everything. */
START_TEST(table_is_sound)
{
    size_t n;
    const struct command *table = command_table(&n);
    char *text = NULL;
    size_t size;
    FILE *to = open_memstream(&text, &size);
    command_overview(to);
    fclose(to);
    for (size_t i = 0; i < n; i++) {
        ck_assert_msg(strstr(text, table[i].name) != NULL, "%s is not in the overview",
                      table[i].name);
        ck_assert_uint_le(table[i].option_count, COMMAND_MOST_OPTIONS);
        ck_assert(table[i].run != NULL && table[i].details != NULL && table[i].group != NULL);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(table[i].name, table[k].name);
        char *help = NULL;
        to = open_memstream(&help, &size);
        command_help(to, &table[i]);
        fclose(to);
        for (size_t k = 0; k < table[i].option_count; k++)
            ck_assert_ptr_nonnull(strstr(help, table[i].options[k].help));
        free(help);
    }
    free(text);
}
END_TEST

CHECK_MAIN_WITH("command", set_up, tear_down, good_words, bad_words, help_goes_before_all_else,
                table_is_sound)
