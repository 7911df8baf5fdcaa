#include "annals/template.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "annals/beside.h"
#include "annals/read/table_template.h"
#include "annals/report.h"
#include "annals/term.h"

#define BEGINNING ((size_t)64 * 1024)

static bool read_beginning(const char *path, struct arena *a, str *out)
{
    FILE *file = fopen(path, "rbe");
    char *room = arena_alloc(a, BEGINNING);
    if (file == NULL) {
        term_error("%s: cannot be read: %s", path, strerror(errno));
        return false;
    }
    *out = (str){room, fread(room, 1, BEGINNING, file)};
    bool fine = ferror(file) == 0;
    if (!fine)
        term_error("%s: cannot be read: %s", path, strerror(errno));
    fclose(file);
    return fine;
}

enum command_exit template_print(const struct arguments *args, struct arena *a)
{
    enum command_exit code = EXIT_FINE;
    for (int i = 0; i < args->rest_count; i++) {
        str beginning;
        struct buf out;
        struct problems problems;
        if (!read_beginning(args->rest[i], a, &beginning))
            return EXIT_UNREACHABLE;
        buf_init(&out, (size_t)4 * 1024 * 1024);
        problem_init(&problems, a);
        if (table_template_write(&out, beside_name(args->rest[i]), beginning, a, &problems))
            fwrite(out.p, 1, out.n, stdout);
        else
            code = EXIT_FINDINGS;
        for (size_t k = 0; k < problems.n; k++)
            report_in_file(stderr, str_from(args->rest[i]), &problems.items[k]);
        buf_free(&out);
    }
    return code;
}
