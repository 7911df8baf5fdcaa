/* annals token: who may write, kept in the store itself. */
#include <stdio.h>

#include "annals/command.h"
#include "annals/database.h"
#include "annals/term.h"
#include "base/jout.h"
#include "model/event.h"

static enum command_exit failed(struct database *d, const struct err *e)
{
    term_error("%s", e->detail);
    database_close(d);
    if (e->code == ERR_BAD_PARAMETER)
        return EXIT_USAGE;
    return err_status(e->code) >= 500 ? EXIT_UNREACHABLE : EXIT_FINDINGS;
}

enum command_exit command_token_create(const struct arguments *args, struct arena *a)
{
    struct database d;
    struct err e = {0};
    str secret;
    enum scope scope = SCOPE_NONE;
    const char *wanted = command_option(args, "scope");
    if (wanted != NULL && !store_scope_from(str_from(wanted), &scope))
        scope = SCOPE_NONE;
    if (scope == SCOPE_NONE) {
        term_error("what may it do? say --scope read, write or admin");
        return EXIT_USAGE;
    }
    enum command_exit code = database_open(args, STORE_CREATE, &d);
    if (code != EXIT_FINE)
        return code;
    if (!store_token_create(d.writer, str_from(args->rest[0]), scope, a, &secret, &e))
        return failed(&d, &e);
    printf("%.*s\n", STR_ARG(secret));
    database_close(&d);
    return EXIT_FINE;
}

/* An instant as RFC 3339, or null for 0. */
static void member_instant(struct jout *j, struct buf *scratch, const char *key, int64_t instant)
{
    buf_clear(scratch);
    if (instant != 0)
        event_write_instant(scratch, instant);
    jout_member_str_or_null(j, key, buf_str(scratch));
}

static void list_json(const struct token *tokens, size_t n)
{
    struct buf out, scratch;
    struct jout j;
    buf_init(&out, SIZE_MAX);
    buf_init(&scratch, 64);
    for (size_t i = 0; i < n; i++) {
        jout_init(&j, &out);
        jout_object(&j);
        jout_member_str(&j, "name", tokens[i].name);
        jout_member_text(&j, "scope", store_scope_name(tokens[i].scope));
        member_instant(&j, &scratch, "created", tokens[i].created);
        member_instant(&j, &scratch, "revoked", tokens[i].revoked);
        jout_object_end(&j);
        buf_add_char(&out, '\n');
    }
    fwrite(out.n > 0 ? out.p : "", 1, out.n, stdout);
    buf_free(&out);
    buf_free(&scratch);
}

static void list_plain(const struct token *tokens, size_t n)
{
    struct buf when;
    buf_init(&when, 64);
    for (size_t i = 0; i < n; i++) {
        buf_clear(&when);
        event_write_instant(&when, tokens[i].revoked != 0 ? tokens[i].revoked : tokens[i].created);
        printf("%-6s ", store_scope_name(tokens[i].scope));
        term_text(stdout, TERM_BOLD, tokens[i].name);
        printf("  %s %.*s\n", tokens[i].revoked != 0 ? "revoked" : "created",
               STR_ARG(buf_str(&when)));
    }
    buf_free(&when);
}

enum command_exit command_token_list(const struct arguments *args, struct arena *a)
{
    struct database d;
    struct err e = {0};
    struct token *tokens;
    size_t n;
    enum command_exit code = database_open(args, STORE_WRITE, &d);
    if (code != EXIT_FINE)
        return code;
    if (!store_token_list(d.writer, a, &tokens, &n, &e))
        return failed(&d, &e);
    if (command_option(args, "json") != NULL)
        list_json(tokens, n);
    else
        list_plain(tokens, n);
    database_close(&d);
    return EXIT_FINE;
}

enum command_exit command_token_revoke(const struct arguments *args, struct arena *a)
{
    (void)a;
    struct database d;
    struct err e = {0};
    enum command_exit code = database_open(args, STORE_WRITE, &d);
    if (code != EXIT_FINE)
        return code;
    if (!store_token_revoke(d.writer, str_from(args->rest[0]), &e))
        return failed(&d, &e);
    database_close(&d);
    return EXIT_FINE;
}
