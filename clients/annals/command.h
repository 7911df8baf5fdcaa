/*
 * command: the one table of what `annals` can do. The help, the parsing of arguments and the
 * nearest word for a misspelt one all follow it.
 */
#ifndef ANNALS_CLIENT_COMMAND_H
#define ANNALS_CLIENT_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* X(value, number, meaning): the exit codes of every command */
#define COMMAND_EXIT_TABLE(X)                                                                      \
    X(EXIT_FINE, 0, "fine")                                                                        \
    X(EXIT_FINDINGS, 1, "findings: problems, moved anchors, invalid dates, versions that differ")  \
    X(EXIT_USAGE, 2, "wrong use, or the server wants a (better) token")                            \
    X(EXIT_UNREACHABLE, 3, "could not reach or read what was asked for")

enum command_exit {
#define X(value, number, meaning) value = number,
    COMMAND_EXIT_TABLE(X)
#undef X
};

#define COMMAND_MOST_OPTIONS 16

struct option_spec {
    const char *name;  /* without the hyphens */
    const char *value; /* what follows, for the help: "FILE"; NULL for a switch */
    const char *help;
};

struct arguments;

struct command {
    const char *name; /* one word, or two: "token create" */
    const char *arguments;
    const char *summary; /* one line, for the list */
    const char *details; /* paragraphs, for its own help */
    const struct option_spec *options;
    size_t option_count;
    int least, most; /* positional arguments; most is -1 for any number */
    enum command_exit (*run)(const struct arguments *args, struct arena *a);
    const char *group; /* what it works on, for the list; neighbours share it */
};

/* The arguments of one call, as parsed. Everything is borrowed from argv. */
struct arguments {
    const struct command *command;
    const char *values[COMMAND_MOST_OPTIONS]; /* NULL when not given; "" for a switch */
    const char **rest;                        /* the positional ones */
    int rest_count;
};

const struct command *command_table(size_t *n);

/*
 * Finds the command that argv (without the program's name) begins with; *words is how many of its
 * words that takes. False: *e says what is wrong, with the nearest that there is.
 */
bool command_find(int argc, const char *const *argv, const struct command **out, int *words,
                  struct err *e);

/*
 * Parses what follows the command's name. Options may stand anywhere, as --name VALUE or
 * --name=VALUE; "--" ends them; a hyphen before a digit begins a date. *help is set for --help or
 * -h. False: *e says what is wrong.
 */
bool command_parse(const struct command *command, int argc, const char *const *argv,
                   struct arena *a, struct arguments *out, bool *help, struct err *e);

/* The value of an option that the command has ("" for a switch), or NULL when it is not given. */
const char *command_option(const struct arguments *args, const char *name);

void command_help(FILE *to, const struct command *command);
void command_overview(FILE *to);

/* What the commands do; each in a file of its own. */
enum command_exit command_load(const struct arguments *args, struct arena *a);
enum command_exit command_query(const struct arguments *args, struct arena *a);
enum command_exit command_verify(const struct arguments *args, struct arena *a);
enum command_exit command_token_create(const struct arguments *args, struct arena *a);
enum command_exit command_token_list(const struct arguments *args, struct arena *a);
enum command_exit command_token_revoke(const struct arguments *args, struct arena *a);
enum command_exit command_export(const struct arguments *args, struct arena *a);
enum command_exit command_diff(const struct arguments *args, struct arena *a);
enum command_exit command_backup(const struct arguments *args, struct arena *a);
enum command_exit command_check(const struct arguments *args, struct arena *a);
enum command_exit command_date(const struct arguments *args, struct arena *a);

#endif
