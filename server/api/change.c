#include "api/change.h"

#include <inttypes.h>

#include "api/answer.h"
#include "base/hash.h"

#define LONGEST_KEY 255 /* bytes of an Idempotency-Key */

/* ---- before the change ---- */

static bool authorise(struct call *x, struct token *token)
{
    if (x->api->settings.read_only || x->writer == NULL)
        return err_set(&x->err, ERR_READ_ONLY, "Nothing can be written here.");
    str presented = api_bearer(x->rq);
    if (presented.n == 0)
        return err_set(&x->err, ERR_UNAUTHORIZED,
                       "Send \"Authorization: Bearer TOKEN\"; `annals token create` makes one.");
    if (!store_token_check(x->reader, presented, x->arena, token, &x->err))
        return false;
    if (token->scope == SCOPE_NONE)
        return err_set(&x->err, ERR_UNAUTHORIZED, "This token is not known, or was revoked.");
    if (token->scope < SCOPE_WRITE)
        return err_set(&x->err, ERR_FORBIDDEN,
                       "This token has the scope \"%s\"; a write needs \"%s\".",
                       store_scope_name(token->scope), store_scope_name(SCOPE_WRITE));
    return true;
}

static bool read_key(struct call *x, struct change *change)
{
    str key = api_header_get(x->rq, "Idempotency-Key");
    if (key.p == NULL)
        return true;
    bool good = key.n >= 1 && key.n <= LONGEST_KEY;
    for (size_t i = 0; i < key.n; i++)
        good = good && key.p[i] > ' ' && key.p[i] < 0x7F;
    if (!good) {
        problem_add(&x->problems, PROBLEM_HEADER, STR("Idempotency-Key"), key,
                    "it is 1 to %d visible ASCII characters", LONGEST_KEY);
        return err_set(&x->err, ERR_BAD_REQUEST, "A header is malformed.");
    }
    change->idempotency_key = key;
    return true;
}

#define BLOCK ((size_t)64 * 1024)

/* The SHA-256 of a body, wherever it is. */
static bool digest_body(const struct api_request *rq, struct arena *a, unsigned char out[HASH_SIZE],
                        struct err *e)
{
    if (rq->spool == NULL) {
        hash_sha256(rq->body, out);
        return true;
    }
    struct hash_running *hash = hash_begin();
    char *block = arena_alloc(a, BLOCK);
    int64_t at = 0;
    size_t n;
    bool good;
    while ((good = spool_read(rq->spool, at, block, BLOCK, &n, e)) && n > 0) {
        hash_more(hash, (str){block, n});
        at += (int64_t)n;
    }
    hash_end(hash, out);
    return good;
}

/* The method and target in the first line, the digest of the body in the second. */
static bool fingerprint(const struct api_request *rq, struct arena *a, unsigned char out[HASH_SIZE],
                        struct err *e)
{
    char body[HASH_HEX_SIZE + 1];
    unsigned char digest[HASH_SIZE];
    if (!digest_body(rq, a, digest, e))
        return false;
    hash_hex(digest, HASH_SIZE, body);
    hash_sha256(arena_printf(a, "%d %.*s\n%s", (int)rq->method, STR_ARG(rq->target), body), out);
    return true;
}

static bool read_condition(struct call *x, struct etag_condition *condition)
{
    const char *wrong;
    if (etag_condition_read(x->rq, condition, &wrong))
        return true;
    struct problem *p = problem_add(&x->problems, PROBLEM_HEADER, str_from(wrong),
                                    api_header_get(x->rq, wrong), "it is not understood here");
    problem_hint(&x->problems, p,
                 "If-Match: \"s7\" or a list of entity tags in quotes; either may be *");
    return err_set(&x->err, ERR_BAD_REQUEST, "A header is malformed.");
}

bool change_begin(struct write *w, struct call *x)
{
    struct token token;
    *w = (struct write){.x = x};
    if (!authorise(x, &token) || !read_condition(x, &w->condition) || !read_key(x, &w->change))
        return false;
    w->change.author = token.name;
    w->change.message = x->question.message;
    w->change.dry_run = x->question.dry_run;
    w->change.stop = &x->api->stopping;
    return w->change.idempotency_key.n == 0 ||
           fingerprint(x->rq, x->arena, w->change.fingerprint, &x->err);
}

bool change_open(struct write *w)
{
    struct call *x = w->x;
    return store_change_begin(x->writer, &w->change, x->arena, &w->replayed, &w->result, &x->err);
}

bool change_allowed(struct write *w, str source)
{
    struct call *x = w->x;
    int64_t version;
    if (!w->condition.given)
        return true;
    if (!store_change_source_version(x->writer, source, &version, &x->err))
        return false;
    if (etag_condition_holds(&w->condition, version))
        return true;
    if (version == 0)
        return err_set(&x->err, ERR_PRECONDITION, "There is no source \"%.*s\" at present.",
                       STR_ARG(source));
    return err_set(&x->err, ERR_PRECONDITION,
                   "The source \"%.*s\" was last changed by changeset %" PRId64 ".",
                   STR_ARG(source), version);
}

bool change_end(struct write *w, bool good)
{
    struct call *x = w->x;
    if (!good && !w->replayed)
        store_change_abort(x->writer);
    return good && (w->replayed || store_change_commit(x->writer, x->arena, &w->result, &x->err));
}

void change_headers(struct write *w)
{
    struct call *x = w->x;
    answer_header(x->out, "Cache-Control", STR("no-store"));
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, w->result.version));
    if (w->result.replayed || w->replayed)
        answer_header(x->out, "Idempotent-Replayed", STR("true"));
}

bool change_finish(struct write *w, bool good)
{
    if (!change_end(w, good))
        return false;
    change_headers(w);
    answer_body(w->x, w->result.status, STR("application/json"), w->result.json);
    return true;
}
