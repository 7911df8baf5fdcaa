#include "annals/command.h"

#include <string.h>

#include "base/check.h"
#include "base/nearest.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#define OPTION_URL                                                                                 \
    {                                                                                              \
        "url", "URL", "the server; else ANNALS_URL, else http://127.0.0.1:8080"                    \
    }
#define OPTION_DB                                                                                  \
    {                                                                                              \
        "db", "FILE", "the store"                                                                  \
    }
#define OPTION_JSON                                                                                \
    {                                                                                              \
        "json", NULL, "write JSON, for machines"                                                   \
    }

static const struct option_spec load_options[] = {
    {"format", "FORMAT", "what the files are; else by their names"},
    {"map", "NAME|FILE", "what labels and columns mean: a preset, or a YAML file"},
    {"map-template", NULL, "print a mapping to begin with, and load nothing"},
    {"text", "FILE", "the text that is annotated; else the .txt beside the file"},
    {"offsets", "UNIT", "of positions: codepoints, utf-16 or bytes"},
    {"dry-run", NULL, "ask for the verdict and write nothing"},
    {"keep-going", NULL, "load the good rows and records, list the others"},
    {"message", "TEXT", "why, for the changesets"},
    {"decisions", "FILE|DIR", "what is doubtful, decided: what a load wrote, edited"},
    {"no-match", NULL, "do not look for the same actors and places in the store"},
    OPTION_URL,
    OPTION_JSON,
};
static const struct option_spec query_options[] = {
    {"path", "PATH", "what to ask; else the first word without =, or /v1/events"},
    OPTION_URL,
    {"json", NULL, "write the answer as it came, problems too"},
};
static const struct option_spec verify_options[] = {
    {"text", "FILE", "your own copy of the text (plain, or annotated Markdown)"},
    {"all", NULL, "list the exact anchors too"},
    OPTION_URL,
    OPTION_JSON,
};
static const struct option_spec create_options[] = {
    OPTION_DB,
    {"scope", "SCOPE", "read, write or admin; each includes the ones before it"},
};
static const struct option_spec diff_options[] = {OPTION_URL, OPTION_JSON};
static const struct option_spec export_options[] = {OPTION_URL, OPTION_JSON};
static const struct option_spec revoke_options[] = {OPTION_DB};
static const struct option_spec db_options[] = {OPTION_DB, OPTION_JSON};

#define ON_SERVER "With a server"
#define ON_STORE "With the file of a store"
#define ON_NOTHING "With neither"

static const struct command commands[] = {
    {"load", "FILE|DIR...", "send annotated sources to the server",
     "Reads annotated source documents (.json), annotated Markdown (.annals.md),\n"
     "records (.annals.ndjson), brat (.ann beside its .txt; .a1 with .a2), W3C Web\n"
     "Annotations (.jsonld, .json), TimeML (.tml, .xml), TEI (.xml), tables (.csv,\n"
     ".tsv, .tab, .jsonl) and TimelineJS (.json); of a folder, every such file in it\n"
     "and below. Each file is one change: all of it or nothing. Tables and records go\n"
     "in pieces, and a load that stopped goes on with the same command. What says\n"
     "nothing new changes nothing. Problems come as file:line:column, and notes say\n"
     "what was left out. The token comes from the environment: ANNALS_TOKEN.",
     load_options, COUNT(load_options), 1, -1, command_load, ON_SERVER},
    {"query", "[PATH] PARAMETER=VALUE...", "ask the server, with the parameters of the interface",
     "For instance:\n"
     "  annals query actor=aze date=2021 format=txt\n"
     "  annals query sources\n"
     "  annals query /v1/actors q=Rossiya\n"
     "Values are written plainly; the encoding for the address is done here.",
     query_options, COUNT(query_options), 0, -1, command_query, ON_SERVER},
    {"diff", "V1 [V2] [PARAMETER=VALUE...]", "what differs between two versions",
     "Versions are numbers or instants; without V2 the newest is meant. Events are\n"
     "listed with what they said before and say now, then sources, actors and all else\n"
     "that is listed. With filters of events (as for query) only the events that they\n"
     "find are compared. 1 is the exit code where anything differs.\n"
     "  annals diff 3 7\n"
     "  annals diff 2026-11-01 actor=aze",
     diff_options, COUNT(diff_options), 1, -1, command_diff, ON_SERVER},
    {"verify", "SOURCE", "prove a source's anchors against a copy of its text",
     "SOURCE is a file that load takes, other than records, or the id of a source on\n"
     "the server. The text is the one given with --text, else the one that the server\n"
     "keeps. Every anchor comes out as exact, moved, drifted or missing; whatever is\n"
     "not exact is listed and makes the exit code 1.",
     verify_options, COUNT(verify_options), 1, 1, command_verify, ON_SERVER},
    {"export", "[DIR] [PARAMETER=VALUE...]", "write the store back as annotated source documents",
     "Into DIR come a file for each source and export.order, the order in which they\n"
     "load. Without DIR everything goes to the standard output, as the records of a\n"
     "batch. Parameters are those of the events: what they find is written, and what\n"
     "it needs. as_of= takes an earlier version.\n"
     "  annals export copy\n"
     "  annals export part actor=aze date=2021\n"
     "  annals export as_of=7 > then.annals.ndjson",
     export_options, COUNT(export_options), 0, -1, command_export, ON_SERVER},
    {"token create", "--db FILE --scope SCOPE NAME", "make a token and print it, once",
     "Works on the store itself and needs no server; the store is made when there is\n"
     "none. Nothing but the token goes to the standard output.",
     create_options, COUNT(create_options), 1, 1, command_token_create, ON_STORE},
    {"token list", "--db FILE", "list the tokens by name, never the tokens themselves", "",
     db_options, COUNT(db_options), 0, 0, command_token_list, ON_STORE},
    {"token revoke", "--db FILE NAME", "make a token useless from now on", "", revoke_options,
     COUNT(revoke_options), 1, 1, command_token_revoke, ON_STORE},
    {"backup", "--db FILE COPY", "copy a store that is in use",
     "COPY is a whole store of the newest version, tokens included, on disk when the\n"
     "command ends. A daemon may go on reading and writing meanwhile. Nothing is ever\n"
     "overwritten.",
     db_options, COUNT(db_options), 1, 1, command_backup, ON_STORE},
    {"check", "--db FILE", "prove a store: every reference, every version, every projection",
     "Reads the file itself and needs no server.", db_options, COUNT(db_options), 0, 0,
     command_check, ON_STORE},
    {"date", "STRING...|-", "say what dates mean, one JSON line each",
     "With - the dates come from the standard input, one a line. Dates are EDTF\n"
     "(ISO 8601-2).",
     NULL, 0, 1, -1, command_date, ON_NOTHING},
};

const struct command *command_table(size_t *n)
{
    *n = COUNT(commands);
    return commands;
}

/* ---- finding ---- */

/* How many of argv's words the command's name matches, or 0. */
static int words_matched(const struct command *c, int argc, const char *const *argv)
{
    str first, second;
    bool two = str_cut(str_from(c->name), ' ', &first, &second);
    if (argc < 1 || !str_eq(str_from(argv[0]), first))
        return 0;
    if (!two)
        return 1;
    return argc > 1 && str_eq(str_from(argv[1]), second) ? 2 : 0;
}

/* "token" alone, or with a second word that is none of its own. */
static bool half_found(int argc, const char *const *argv, struct err *e)
{
    struct nearest near = {.word = str_from(argc > 1 ? argv[1] : "")};
    bool any = false;
    for (size_t i = 0; i < COUNT(commands); i++) {
        str first, second;
        if (!str_cut(str_from(commands[i].name), ' ', &first, &second) ||
            !str_eq(str_from(argv[0]), first))
            continue;
        any = true;
        nearest_try(&near, second);
    }
    if (any && near.best.n > 0)
        err_set(e, ERR_BAD_PARAMETER, "there is no \"%s %s\"; is \"%s %.*s\" meant?", argv[0],
                argv[1], argv[0], STR_ARG(near.best));
    else if (any)
        err_set(e, ERR_BAD_PARAMETER, "\"%s\" needs one more word: \"annals help\" shows which",
                argv[0]);
    return any;
}

bool command_find(int argc, const char *const *argv, const struct command **out, int *words,
                  struct err *e)
{
    struct nearest near = {.word = str_from(argc > 0 ? argv[0] : "")};
    for (size_t i = 0; i < COUNT(commands); i++) {
        *words = words_matched(&commands[i], argc, argv);
        if (*words > 0) {
            *out = &commands[i];
            return true;
        }
        str first, second;
        str_cut(str_from(commands[i].name), ' ', &first, &second);
        nearest_try(&near, first);
    }
    if (argc > 0 && half_found(argc, argv, e))
        return false;
    if (near.best.n > 0)
        return err_set(e, ERR_BAD_PARAMETER, "there is no \"%s\"; is \"%.*s\" meant?", argv[0],
                       STR_ARG(near.best));
    return err_set(e, ERR_BAD_PARAMETER, "there is no \"%s\"; \"annals help\" lists what there is",
                   argc > 0 ? argv[0] : "");
}

/* ---- parsing ---- */

static bool looks_secret(str name)
{
    static const char *const words[] = {"token",  "bearer", "password", "passwd",
                                        "secret", "auth",   "api-key",  "apikey"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_search(name, str_from(words[i]), 0) < name.n)
            return true;
    return false;
}

static bool refuse_option(const struct command *c, str name, struct err *e)
{
    if (looks_secret(name))
        return err_set(e, ERR_BAD_PARAMETER,
                       "a token never stands on the command line, where others on the machine can "
                       "read it: put it into the environment as ANNALS_TOKEN");
    struct nearest near = {.word = name};
    for (size_t i = 0; i < c->option_count; i++)
        nearest_try(&near, str_from(c->options[i].name));
    nearest_try(&near, STR("help"));
    if (near.best.n > 0)
        return err_set(e, ERR_BAD_PARAMETER, "\"%s\" has no option --%.*s; is --%.*s meant?",
                       c->name, STR_ARG(name), STR_ARG(near.best));
    return err_set(e, ERR_BAD_PARAMETER,
                   "\"%s\" has no option --%.*s; \"annals %s --help\" lists those that it has",
                   c->name, STR_ARG(name), c->name);
}

/* One option at argv[*at]; *at moves on to the last word that it takes. */
static bool parse_option(struct arguments *out, int argc, const char *const *argv, int *at,
                         struct err *e)
{
    const struct command *c = out->command;
    str word = str_from(argv[*at]);
    if (!str_starts(word, STR("--")))
        return refuse_option(c, str_sub(word, 1, word.n), e);
    str name, value;
    bool has_value = str_cut(str_sub(word, 2, word.n), '=', &name, &value);
    for (size_t i = 0; i < c->option_count; i++) {
        const struct option_spec *o = &c->options[i];
        if (!str_eq(name, str_from(o->name)))
            continue;
        if (out->values[i] != NULL)
            return err_set(e, ERR_BAD_PARAMETER, "--%s is given twice", o->name);
        if (o->value == NULL && has_value)
            return err_set(e, ERR_BAD_PARAMETER, "--%s takes no value", o->name);
        if (o->value != NULL && !has_value && *at + 1 >= argc)
            return err_set(e, ERR_BAD_PARAMETER, "--%s needs its %s", o->name, o->value);
        if (o->value == NULL)
            out->values[i] = "";
        else
            out->values[i] = has_value ? value.p : argv[++*at];
        return true;
    }
    return refuse_option(c, name, e);
}

/* "-0044" is a date and "-" the standard input; neither is an option. */
static bool is_option(str word)
{
    return word.n > 1 && word.p[0] == '-' && !(word.p[1] >= '0' && word.p[1] <= '9');
}

static bool check_count(const struct arguments *args, struct err *e)
{
    const struct command *c = args->command;
    if (args->rest_count < c->least)
        return err_set(e, ERR_BAD_PARAMETER, "something is missing: annals %s %s", c->name,
                       c->arguments);
    if (c->most >= 0 && args->rest_count > c->most)
        return err_set(e, ERR_BAD_PARAMETER, "\"%s\" is too much: annals %s %s",
                       args->rest[c->most], c->name, c->arguments);
    return true;
}

bool command_parse(const struct command *command, int argc, const char *const *argv,
                   struct arena *a, struct arguments *out, bool *help, struct err *e)
{
    ENSURE(command->option_count <= COMMAND_MOST_OPTIONS);
    *out = (struct arguments){.command = command,
                              .rest = ARENA_ARRAY(a, const char *, (size_t)argc + 1)};
    *help = false;
    bool options_end = false;
    for (int i = 0; i < argc; i++) {
        str word = str_from(argv[i]);
        if (!options_end && str_eq(word, STR("--"))) {
            options_end = true;
        } else if (!options_end && (str_eq(word, STR("--help")) || str_eq(word, STR("-h")))) {
            *help = true;
            return true;
        } else if (!options_end && is_option(word)) {
            if (!parse_option(out, argc, argv, &i, e))
                return false;
        } else {
            out->rest[out->rest_count++] = argv[i];
        }
    }
    return check_count(out, e);
}

const char *command_option(const struct arguments *args, const char *name)
{
    for (size_t i = 0; i < args->command->option_count; i++)
        if (strcmp(args->command->options[i].name, name) == 0)
            return args->values[i];
    UNREACHABLE();
}

/* ---- help ---- */

void command_help(FILE *to, const struct command *c)
{
    fprintf(to, "annals %s%s%s%s\n\n%s.\n", c->name, c->option_count > 0 ? " [OPTIONS]" : "",
            *c->arguments != '\0' ? " " : "", c->arguments, c->summary);
    if (*c->details != '\0')
        fprintf(to, "\n%s\n", c->details);
    if (c->option_count == 0)
        return;
    fputs("\nOptions:\n", to);
    for (size_t i = 0; i < c->option_count; i++) {
        const struct option_spec *o = &c->options[i];
        char left[40];
        snprintf(left, sizeof left, "--%s%s%s", o->name, o->value != NULL ? " " : "",
                 o->value != NULL ? o->value : "");
        fprintf(to, "  %-20s %s\n", left, o->help);
    }
}

void command_overview(FILE *to)
{
    fputs("annals COMMAND [OPTIONS] ARGUMENTS: loads and asks an Annals server.\n\n", to);
    for (size_t i = 0; i < COUNT(commands); i++) {
        if (i == 0 || strcmp(commands[i].group, commands[i - 1].group) != 0)
            fprintf(to, "%s%s:\n", i == 0 ? "" : "\n", commands[i].group);
        fprintf(to, "  %-14s %s\n", commands[i].name, commands[i].summary);
    }
    fputs("\n\"annals COMMAND --help\" says more.\n\nExit codes:\n", to);
#define X(value, number, meaning) fprintf(to, "  %d  %s\n", number, meaning);
    COMMAND_EXIT_TABLE(X)
#undef X
    fputs("\nEnvironment:\n"
          "  ANNALS_URL     the server, http://127.0.0.1:8080 without it\n"
          "  ANNALS_TOKEN   the token for writing; it never stands on the command line\n"
          "  NO_COLOR       no colours, also on a terminal\n",
          to);
}
