/* annals backup: copies a store that is in use. */
#include <inttypes.h>
#include <stdio.h>

#include "annals/command.h"
#include "annals/database.h"
#include "annals/term.h"
#include "base/jout.h"

static void show_json(const char *copy, int64_t version)
{
    struct buf out;
    struct jout j;
    buf_init(&out, SIZE_MAX);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_text(&j, "file", copy);
    jout_member_i64(&j, "version", version);
    jout_object_end(&j);
    buf_add_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
}

enum command_exit command_backup(const struct arguments *args, struct arena *a)
{
    struct database d;
    struct err e = {0};
    int64_t version;
    (void)a;
    enum command_exit code = database_open(args, STORE_READ, &d);
    if (code != EXIT_FINE)
        return code;
    const char *copy = args->rest[0];
    if (!store_backup(d.reader, copy, &version, &e)) {
        term_error("%s: %s", copy, e.detail);
        code = EXIT_UNREACHABLE;
    } else if (command_option(args, "json") != NULL) {
        show_json(copy, version);
    } else {
        term_text(stdout, TERM_BOLD, str_from(copy));
        printf(": version %" PRId64 "\n", version);
    }
    database_close(&d);
    return code;
}
