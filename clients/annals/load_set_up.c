/* The options of annals load. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "annals/load.h"
#include "annals/report.h"
#include "annals/server.h"

/* The options that readers ask for. */
static bool set_up_reading(struct load *l, const struct arguments *args, struct err *e)
{
    const char *unit = command_option(args, "offsets");
    const char *map = command_option(args, "map");
    l->text = command_option(args, "text");
    l->unit = unit != NULL ? text_unit_from(str_from(unit)) : TEXT_UNITS;
    if (unit != NULL && l->unit == TEXT_UNITS)
        return err_set(e, ERR_BAD_PARAMETER, "--offsets is codepoints, utf-16 or bytes, not \"%s\"",
                       unit);
    if (map == NULL)
        return true;
    struct problems problems;
    problem_init(&problems, l->arena);
    l->map = mapping_read(map, l->arena, &problems, e);
    for (size_t i = 0; i < problems.n; i++)
        report_in_file(stderr, str_from(map), &problems.items[i]);
    if (l->map == NULL && e->code == ERR_NONE)
        err_set(e, ERR_BAD_PARAMETER, "the mapping %s has problems", map);
    return l->map != NULL;
}

static bool add_decisions(struct load *l, struct match_decisions *d, const char *path,
                          struct err *e)
{
    struct problems problems;
    struct err why = {0};
    problem_init(&problems, l->arena);
    if (match_decisions_read(d, path, &problems, &why))
        return true;
    for (size_t i = 0; i < problems.n; i++)
        report_in_file(stderr, str_from(path), &problems.items[i]);
    return err_set(e, ERR_BAD_PARAMETER, "the decisions %s %s", path,
                   why.code != ERR_NONE ? why.detail : "have problems");
}

static int of_decisions(const struct dirent *entry)
{
    return match_decisions_named(str_from(entry->d_name));
}

/* All files of decisions in a folder. */
static bool add_folder(struct load *l, struct match_decisions *d, const char *folder, struct err *e)
{
    struct dirent **all;
    int n = scandir(folder, &all, of_decisions, alphasort);
    bool good = n > 0;
    if (n < 0)
        return err_set(e, ERR_BAD_PARAMETER, "the decisions %s cannot be read", folder);
    for (int i = 0; i < n; i++) {
        if (good)
            good = add_decisions(l, d, arena_printf(l->arena, "%s/%s", folder, all[i]->d_name).p,
                                 e);
        free(all[i]);
    }
    free(all);
    return n > 0 ? good
                 : err_set(e, ERR_BAD_PARAMETER, "there is no file of decisions in %s", folder);
}

/* The options of matching. */
static bool set_up_matching(struct load *l, const struct arguments *args, struct err *e)
{
    const char *decisions = command_option(args, "decisions");
    struct stat status;
    l->no_match = command_option(args, "no-match") != NULL;
    if (decisions == NULL)
        return true;
    if (l->no_match)
        return err_set(e, ERR_BAD_PARAMETER, "--no-match leaves nothing to decide");
    struct match_decisions *d = match_decisions_new(l->arena);
    l->decisions = d;
    return stat(decisions, &status) == 0 && S_ISDIR(status.st_mode)
               ? add_folder(l, d, decisions, e)
               : add_decisions(l, d, decisions, e);
}

bool load_set_up(struct load *l, const struct arguments *args, struct err *e)
{
    const char *format = command_option(args, "format");
    const char *message = command_option(args, "message");
    l->format = INPUT_UNKNOWN;
    l->dry_run = command_option(args, "dry-run") != NULL;
    l->json = command_option(args, "json") != NULL;
    l->keep_going = command_option(args, "keep-going") != NULL;
    l->server = server_url(args);
    l->message = message;
    if (format != NULL && (l->format = input_format_from(str_from(format))) == INPUT_UNKNOWN)
        return err_set(e, ERR_BAD_PARAMETER, "--format is %s, not \"%s\"",
                       input_format_names(l->arena).p, format);
    struct buf query;
    buf_init(&query, 64 * 1024);
    if (l->dry_run)
        buf_add(&query, STR("?dry_run=true"));
    if (message != NULL) {
        buf_add(&query, l->dry_run ? STR("&message=") : STR("?message="));
        http_encode(&query, str_from(message));
    }
    bool fits = !buf_failed(&query);
    l->query = arena_copy(l->arena, buf_str(&query));
    buf_free(&query);
    if (!fits)
        return err_set(e, ERR_BAD_PARAMETER, "the message is too long");
    return set_up_reading(l, args, e) && set_up_matching(l, args, e) &&
           server_open(args, l->arena, &l->http, e) && server_open(args, l->arena, &l->looking, e);
}
