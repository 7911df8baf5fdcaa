/* annals check: proves a store file. */
#include <inttypes.h>
#include <stdio.h>

#include "annals/command.h"
#include "annals/database.h"
#include "annals/report.h"
#include "annals/term.h"

static void show(const char *path, const struct problems *found, const struct store_summary *s)
{
    for (size_t i = 0; i < found->n; i++)
        report_in_request(stdout, &found->items[i]);
    report_more(stdout, found->more);
    term_text(stdout, TERM_BOLD, str_from(path));
    if (problem_any(found)) {
        size_t all = found->n + found->more;
        printf(": %zu finding%s\n", all, all == 1 ? "" : "s");
        return;
    }
    printf(": sound (version %" PRId64 ", %" PRId64 " events, %" PRId64 " accounts, %" PRId64
           " sources)\n",
           s->version, s->events, s->accounts, s->sources);
}

static void show_json(const char *path, const struct problems *found, const struct store_summary *s)
{
    struct buf out;
    struct jout j;
    buf_init(&out, SIZE_MAX);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_text(&j, "file", path);
    jout_member_bool(&j, "sound", !problem_any(found));
    jout_member_i64(&j, "version", s->version);
    jout_key(&j, "problems");
    jout_array(&j);
    for (size_t i = 0; i < found->n; i++)
        report_json(&j, &found->items[i]);
    jout_array_end(&j);
    jout_member_i64(&j, "more_problems", (int64_t)found->more);
    jout_object_end(&j);
    buf_add_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
}

enum command_exit command_check(const struct arguments *args, struct arena *a)
{
    struct database d;
    struct problems found;
    struct store_summary summary;
    struct err e = {0};
    enum command_exit code = database_open(args, STORE_READ, &d);
    if (code != EXIT_FINE)
        return code;
    problem_init(&found, a);
    const char *path = command_option(args, "db");
    if (!store_check(d.reader, &found, &e) ||
        !store_summary(d.reader, store_version(d.store), a, &summary, &e)) {
        term_error("%s: %s", path, e.detail);
        code = EXIT_UNREACHABLE;
    } else {
        if (command_option(args, "json") != NULL)
            show_json(path, &found, &summary);
        else
            show(path, &found, &summary);
        code = problem_any(&found) ? EXIT_FINDINGS : EXIT_FINE;
    }
    database_close(&d);
    return code;
}
