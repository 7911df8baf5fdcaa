#include "settings.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/nearest.h"
#include "base/num.h"
#include "base/utf8.h"

/* Bytes of a configuration file that are read. */
#define LONGEST_FILE 65536
/* Where the example store lies, from the folder of the program. */
#define DEFAULT_TITLE "Annals"
#define DEMO_STORE "../share/annals/example.annals"
#define HELP_WIDTH 80
#define HELP_INDENT 6

enum kind { TEXT, SWITCH, COUNT, BYTES, WORD, SOURCES };

static const struct row {
    enum kind kind;
    const char *flag;
    const char *argument;
    const char *standard;
    int64_t least, most;
    const char *help;
    size_t offset; /* in struct settings */
} rows[] = {
#define X(KIND, field, flag, argument, standard, least, most, help)                                \
    {KIND, flag, argument, standard, least, most, help, offsetof(struct settings, field)},
    SETTINGS_TABLE(X)
#undef X
};

enum { ROWS = sizeof rows / sizeof rows[0] };

/* Values of getopt_long, beyond all letters; those of the rows begin at FIRST_ROW. */
enum { OPTION_HELP = 256, OPTION_VERSION, FIRST_ROW };

/* A value as it was given, and where. */
struct given {
    bool is;
    str text;
    str at;       /* the flag or variable; empty for the file */
    int64_t line; /* of the file */
    int64_t column;
};

struct load {
    struct arena *arena;
    struct problems *problems;
    struct given given[ROWS];
};

static size_t row_named(str name)
{
    size_t i = 0;
    while (i < ROWS && !str_eq(name, str_from(rows[i].flag)))
        i++;
    return i;
}

static str nearest_flag(str name)
{
    struct nearest near = {.word = name};
    for (size_t i = 0; i < ROWS; i++)
        nearest_try(&near, str_from(rows[i].flag));
    return near.best;
}

/* ---- where values come from ---- */

static void unknown_flag(struct load *l, const char *flag)
{
    str name, value;
    str_cut(str_from(flag), '=', &name, &value);
    if (!str_starts(name, STR("--"))) {
        problem_add(l->problems, PROBLEM_PARAMETER, name, STR(""), "is not understood");
        return;
    }
    struct problem *p = problem_add(l->problems, PROBLEM_PARAMETER, name, STR(""),
                                    "there is no such setting");
    str near = nearest_flag(str_sub(name, 2, name.n));
    if (near.n > 0)
        problem_hint(l->problems, p, "did you mean --%.*s?", STR_ARG(near));
}

static void take_flag(struct load *l, size_t i, const char *value)
{
    str at = arena_printf(l->arena, "--%s", rows[i].flag);
    if (l->given[i].is) {
        problem_add(l->problems, PROBLEM_PARAMETER, at, str_from(value), "is given twice");
        return;
    }
    l->given[i] = (struct given){.is = true, .text = str_from(value ? value : "on"), .at = at};
}

static enum settings_result read_flags(struct load *l, int argc, char *argv[])
{
    struct option options[ROWS + 3] = {
        {"help", no_argument, NULL, OPTION_HELP},
        {"version", no_argument, NULL, OPTION_VERSION},
    };
    for (size_t i = 0; i < ROWS; i++)
        options[i + 2] = (struct option){
            rows[i].flag, rows[i].kind == SWITCH ? optional_argument : required_argument, NULL,
            FIRST_ROW + (int)i};
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    int option;
    while ((option = getopt_long(argc, argv, "-:h", options, NULL)) != -1) {
        if (option == OPTION_HELP || option == 'h')
            return SETTINGS_HELP;
        if (option == OPTION_VERSION)
            return SETTINGS_VERSION;
        if (option >= FIRST_ROW)
            take_flag(l, (size_t)(option - FIRST_ROW), optarg);
        else if (option == ':')
            problem_add(l->problems, PROBLEM_PARAMETER, str_from(argv[optind - 1]), STR(""),
                        "needs a value");
        else
            unknown_flag(l, option == 1 ? optarg : argv[optind - 1]);
    }
    for (; optind < argc; optind++)
        unknown_flag(l, argv[optind]);
    return SETTINGS_READY;
}

/* ANNALS_CACHE_BYTES for cache-bytes. */
static str variable_of(struct arena *arena, const struct row *row)
{
    str name = arena_printf(arena, "ANNALS_%s", row->flag);
    char *p = (char *)(uintptr_t)name.p; /* the arena's, and so ours */
    for (; *p != '\0'; p++)
        *p = *p == '-' ? '_' : (*p >= 'a' && *p <= 'z') ? (char)(*p - 'a' + 'A') : *p;
    return name;
}

static void read_environment(struct load *l, char *(*environment)(const char *))
{
    for (size_t i = 0; i < ROWS; i++) {
        str name = variable_of(l->arena, &rows[i]);
        const char *value = environment(name.p);
        if (value != NULL && !l->given[i].is)
            l->given[i] = (struct given){.is = true, .text = str_from(value), .at = name};
    }
}

/* A line of the file: nothing, a comment, or key = value. */
static void read_line(struct load *l, str line, int64_t number, bool seen[ROWS])
{
    str key, value;
    str trimmed = str_trim(line);
    if (trimmed.n == 0 || trimmed.p[0] == '#')
        return;
    int64_t column = trimmed.p - line.p + 1;
    if (!str_cut(trimmed, '=', &key, &value)) {
        problem_add_line(l->problems, number, column, "a line must be \"key = value\"");
        return;
    }
    key = str_trim(key);
    value = str_trim(value);
    size_t i = row_named(key);
    if (i == ROWS || str_eq(key, STR("config"))) {
        struct problem *p = problem_add_line(l->problems, number, column,
                                             "there is no such key: %.*s",
                                             STR_ARG(str_sub(key, 0, 64)));
        str near = nearest_flag(key);
        if (near.n > 0 && i == ROWS)
            problem_hint(l->problems, p, "did you mean %.*s?", STR_ARG(near));
        return;
    }
    if (seen[i])
        problem_add_line(l->problems, number, column, "%s is given twice", rows[i].flag);
    seen[i] = true;
    if (!l->given[i].is)
        l->given[i] = (struct given){
            .is = true,
            .text = arena_copy(l->arena, value),
            .line = number,
            .column = (int64_t)utf8_count(str_sub(line, 0, (size_t)(value.p - line.p))) + 1,
        };
}

static void read_file(struct load *l, const struct given *config)
{
    str path = arena_copy(l->arena, config->text);
    FILE *file = fopen(path.p, "re");
    if (file == NULL) {
        problem_add(l->problems, PROBLEM_PARAMETER, config->at, path, "cannot be read: %s",
                    strerror(errno));
        return;
    }
    char *bytes = arena_alloc(l->arena, LONGEST_FILE + 1);
    str rest = {bytes, fread(bytes, 1, LONGEST_FILE + 1, file)};
    fclose(file);
    if (rest.n > LONGEST_FILE || !utf8_valid(rest)) {
        problem_add(l->problems, PROBLEM_PARAMETER, config->at, path,
                    "must be UTF-8 text of at most %d bytes", LONGEST_FILE);
        return;
    }
    bool seen[ROWS] = {false};
    for (int64_t number = 1; rest.n > 0; number++) {
        str line;
        str_cut(rest, '\n', &line, &rest);
        read_line(l, line, number, seen);
    }
}

/* ---- what values mean ---- */

static void complain(struct load *l, const struct row *row, const struct given *g, str right)
{
    str shown = str_sub(g->text, 0, 64);
    if (g->at.n > 0)
        problem_add(l->problems, PROBLEM_PARAMETER, g->at, shown, "must be %.*s, not \"%.*s\"",
                    STR_ARG(right), STR_ARG(shown));
    else
        problem_add_line(l->problems, g->line, g->column, "%s must be %.*s, not \"%.*s\"",
                         row->flag, STR_ARG(right), STR_ARG(shown));
}

static bool parse_number(const struct row *row, str text, int64_t *out)
{
    int64_t unit = 1;
    if (row->kind == BYTES && text.n > 0) {
        size_t power = str_find(STR("KMG"), text.p[text.n - 1]);
        if (power < 3) {
            unit = INT64_C(1) << (10 * (power + 1));
            text.n--;
        }
    }
    return num_parse_i64(text, out) && !__builtin_mul_overflow(*out, unit, out) &&
           *out >= row->least && *out <= row->most;
}

static bool parse_switch(str text, bool *out)
{
    *out = str_eq(text, STR("on")) || str_eq(text, STR("true")) || str_eq(text, STR("yes")) ||
           str_eq(text, STR("1"));
    return *out || str_eq(text, STR("off")) || str_eq(text, STR("false")) ||
           str_eq(text, STR("no")) || str_eq(text, STR("0"));
}

static bool is_one_of(str word, const char *words)
{
    str rest = str_from(words);
    while (rest.n > 0) {
        str one;
        str_cut(rest, '|', &one, &rest);
        if (str_eq(one, word))
            return true;
    }
    return false;
}

/* Whether it can stand in a directive of a policy, in a header: it ends neither of them. */
static bool is_sources(const struct row *row, str text)
{
    bool any = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c < ' ' || c > '~' || c == ';' || c == ',')
            return false;
        any = any || c != ' ';
    }
    return any && text.n <= (size_t)row->most;
}

static void set(struct load *l, const struct row *row, const struct given *g, struct settings *out)
{
    void *field = (char *)out + row->offset;
    switch (row->kind) {
    case TEXT:
        *(const char **)field = arena_copy(l->arena, g->text).p;
        return;
    case WORD:
        *(const char **)field = arena_copy(l->arena, g->text).p;
        if (!is_one_of(g->text, row->argument))
            complain(l, row, g, arena_printf(l->arena, "one of %s", row->argument));
        return;
    case SOURCES:
        *(const char **)field = arena_copy(l->arena, g->text).p;
        if (!is_sources(row, g->text))
            complain(l, row, g,
                     arena_printf(l->arena, "sources with blanks between, at most %lld bytes",
                                  (long long)row->most));
        return;
    case SWITCH:
        if (!parse_switch(g->text, field))
            complain(l, row, g, STR("on or off"));
        return;
    case COUNT:
    case BYTES:
        if (!parse_number(row, g->text, field))
            complain(l, row, g,
                     arena_printf(l->arena, "a number%s from %lld to %lld",
                                  row->kind == BYTES ? " (K, M and G are understood)" : "",
                                  (long long)row->least, (long long)row->most));
        return;
    }
    UNREACHABLE();
}

/* The example store beside the program that runs. */
static void set_demo(struct load *l, struct settings *out)
{
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program);
    if (out->db[0] != '\0')
        problem_add(l->problems, PROBLEM_PARAMETER, STR("--demo"), STR(""),
                    "serves the example store, so that --db has no place beside it");
    while (n > 0 && program[n - 1] != '/')
        n--;
    out->db = arena_printf(l->arena, "%.*s" DEMO_STORE, (int)(n > 0 ? n : 0), program).p;
    out->read_only = true;
    if (strcmp(out->title, DEFAULT_TITLE) == 0)
        out->title = "The Annals example store";
}

enum settings_result settings_load(int argc, char *argv[], char *(*environment)(const char *),
                                   struct arena *arena, struct settings *out,
                                   struct problems *problems)
{
    struct load l = {.arena = arena, .problems = problems};
    *out = (struct settings){0};
    enum settings_result result = read_flags(&l, argc, argv);
    if (result != SETTINGS_READY)
        return result;
    read_environment(&l, environment);
    const struct given *config = &l.given[row_named(STR("config"))];
    if (config->is)
        read_file(&l, config);
    for (size_t i = 0; i < ROWS; i++) {
        struct given standard = {.text = str_from(rows[i].standard)};
        set(&l, &rows[i], l.given[i].is ? &l.given[i] : &standard, out);
    }
    if (out->demo)
        set_demo(&l, out);
    else if (out->db[0] == '\0')
        problem_add(problems, PROBLEM_PARAMETER, STR("--db"), STR(""),
                    "names the store to serve and is needed (or --demo for the example)");
    return problem_any(problems) ? SETTINGS_WRONG : SETTINGS_READY;
}

/* ---- what people read ---- */

/* Words of `text` on lines that begin with HELP_INDENT blanks. */
static void write_wrapped(struct buf *out, str text)
{
    size_t column = HELP_WIDTH;
    while (text.n > 0) {
        str word;
        str_cut(text, ' ', &word, &text);
        if (column + 1 + word.n > HELP_WIDTH) {
            buf_printf(out, "\n%*s", HELP_INDENT, "");
            column = HELP_INDENT;
        } else {
            buf_add_char(out, ' ');
            column++;
        }
        buf_add(out, word);
        column += word.n;
    }
    buf_add_char(out, '\n');
}

void settings_write_help(struct buf *out)
{
    struct arena *arena = arena_new();
    buf_add(out,
            STR("Usage: annalsd --db FILE [--listen HOST:PORT] [SETTING...]\n"
                "       annalsd --demo\n\n"
                "Serves a store of events over HTTP. Every setting can be given as a flag, as "
                "an\nenvironment variable (ANNALS_CACHE_BYTES for --cache-bytes) or as a line "
                "of the\nconfiguration file (cache-bytes = 64M), in this order of weight.\n\n"));
    for (size_t i = 0; i < ROWS; i++) {
        const struct row *row = &rows[i];
        buf_printf(out, "  --%s%s%s", row->flag, row->argument[0] != '\0' ? " " : "",
                   row->argument);
        if (row->standard[0] == '\0')
            write_wrapped(out, str_from(row->help));
        else
            write_wrapped(out, arena_printf(arena, "%s Default: %s.", row->help, row->standard));
    }
    buf_add(out, STR("  --help\n      Print this.\n  --version\n      Print the version.\n"));
    arena_free(arena);
}

void settings_write_problem(struct buf *out, const struct settings *s, const struct problem *p)
{
    if (p->place == PROBLEM_LINE)
        buf_printf(out, "%s:%lld:%lld: ", s->config, (long long)p->line, (long long)p->column);
    else
        buf_printf(out, "%.*s: ", STR_ARG(p->at));
    buf_add(out, p->detail);
    if (p->hint.n > 0)
        buf_printf(out, "; %.*s", STR_ARG(p->hint));
}
