#include "annals/server.h"

#include <stdlib.h>

#include "annals/answer.h"
#include "annals/report.h"
#include "annals/term.h"

#define DEFAULT_URL "http://127.0.0.1:8080"

/* A variable of the environment; NULL where it is missing or empty. */
static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

const char *server_url(const struct arguments *args)
{
    const char *url = command_option(args, "url");
    if (url == NULL)
        url = setting("ANNALS_URL");
    return url != NULL ? url : DEFAULT_URL;
}

bool server_open(const struct arguments *args, struct arena *a, struct http **out, struct err *e)
{
    return http_open(server_url(args), setting("ANNALS_TOKEN"), a, out, e);
}

enum command_exit server_code(int status)
{
    if (status == 401 || status == 403 || status == 501)
        return EXIT_USAGE;
    return status >= 500 ? EXIT_UNREACHABLE : EXIT_FINDINGS;
}

enum command_exit server_refused(const struct http_answer *answer, struct arena *a)
{
    struct problems problems;
    problem_init(&problems, a);
    str summary = answer_refusal(answer, a, &problems);
    term_error("%.*s", STR_ARG(str_sub(summary, 0, 1000)));
    for (size_t i = 0; i < problems.n; i++)
        report_in_request(stderr, &problems.items[i]);
    report_more(stderr, problems.more);
    if (answer->status == 401)
        term_hint(stderr,
                  STR("a token belongs into ANNALS_TOKEN; \"annals token create\" makes one"));
    return server_code(answer->status);
}
