/* annals: the command-line client. Finds the command, parses its arguments, runs it; no more. */
#include <curl/curl.h>

#include "annals/command.h"
#include "annals/term.h"
#include "base/log.h"

static enum command_exit wrong_use(const struct err *e)
{
    term_error("%s", e->detail);
    return EXIT_USAGE;
}

static enum command_exit run(int argc, const char *const *argv, struct arena *a)
{
    const struct command *command;
    struct arguments args;
    struct err e = {0};
    int words;
    bool help;
    if (!command_find(argc, argv, &command, &words, &e))
        return wrong_use(&e);
    if (!command_parse(command, argc - words, argv + words, a, &args, &help, &e))
        return wrong_use(&e);
    if (help) {
        command_help(stdout, command);
        return EXIT_FINE;
    }
    return command->run(&args, a);
}

/* "help", "help COMMAND", "--help", "-h", "--version": true when that was all. */
static bool about_itself(int argc, const char *const *argv, enum command_exit *code)
{
    str first = str_from(argc > 0 ? argv[0] : "");
    *code = EXIT_FINE;
    if (str_eq(first, STR("--version")) || str_eq(first, STR("-V"))) {
        puts("annals " ANNALS_VERSION);
        return true;
    }
    if (argc == 0) {
        command_overview(stderr);
        *code = EXIT_USAGE;
        return true;
    }
    if (!str_eq(first, STR("help")) && !str_eq(first, STR("--help")) && !str_eq(first, STR("-h")))
        return false;
    const struct command *command;
    struct err e = {0};
    int words;
    if (argc == 1)
        command_overview(stdout);
    else if (command_find(argc - 1, argv + 1, &command, &words, &e))
        command_help(stdout, command);
    else
        *code = wrong_use(&e);
    return true;
}

int main(int argc, char **argv)
{
    const char *const *words = (const char *const *)argv + 1;
    int count = argc > 0 ? argc - 1 : 0;
    enum command_exit code;
    if (!about_itself(count, words, &code)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        struct arena *a = arena_new();
        log_set_level(LOG_NONE); /* each command says itself, once, what went wrong */
        code = run(count, words, a);
        arena_free(a);
        curl_global_cleanup();
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        term_error("cannot write to the standard output");
        code = EXIT_UNREACHABLE;
    }
    return (int)code;
}
