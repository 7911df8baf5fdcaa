/* Writes: a source is put, a stream of sources is put, a source is taken back. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/body.h"
#include "api/call.h"
#include "api/etag.h"
#include "api/handlers.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/strmap.h"
#include "model/document.h"

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

/* The method and target in the first line, the digest of the body in the second. */
static void fingerprint(const struct api_request *rq, struct arena *a, unsigned char out[HASH_SIZE])
{
    char body[HASH_HEX_SIZE + 1];
    hash_sha256_hex(rq->body, body);
    hash_sha256(arena_printf(a, "%d %.*s\n%s", (int)rq->method, STR_ARG(rq->target), body), out);
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

/* A write under way. */
struct write {
    struct call *x;
    struct change change;
    struct change_result result;
    struct etag_condition condition;
    bool replayed;
};

/* Checks who writes and reads under which conditions. Nothing is open yet. */
static bool begin(struct write *w, struct call *x)
{
    struct token token;
    *w = (struct write){.x = x};
    if (!authorise(x, &token) || !read_condition(x, &w->condition) || !read_key(x, &w->change))
        return false;
    w->change.author = token.name;
    w->change.message = x->question.message;
    w->change.dry_run = x->question.dry_run;
    fingerprint(x->rq, x->arena, w->change.fingerprint);
    return true;
}

static bool open_change(struct write *w)
{
    struct call *x = w->x;
    return store_change_begin(x->writer, &w->change, x->arena, &w->replayed, &w->result, &x->err);
}

/* Whether the source is at the version that If-Match and If-None-Match want. */
static bool check_condition(struct write *w, str source)
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

/* Commits what went well, undoes the rest, and answers. */
static bool finish(struct write *w, bool good)
{
    struct call *x = w->x;
    if (!good) {
        if (!w->replayed)
            store_change_abort(x->writer);
        return false;
    }
    if (!w->replayed && !store_change_commit(x->writer, x->arena, &w->result, &x->err))
        return false;
    answer_header(x->out, "Cache-Control", STR("no-store"));
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, w->result.version));
    if (w->result.replayed || w->replayed)
        answer_header(x->out, "Idempotent-Replayed", STR("true"));
    answer_body(x, w->result.status, STR("application/json"), w->result.json);
    return true;
}

/* ---- one document ---- */

static bool refuse_document(struct call *x, bool syntax)
{
    size_t n = x->problems.n + x->problems.more;
    if (syntax)
        return err_set(&x->err, ERR_BAD_SYNTAX, "The body is not JSON.");
    return err_set(&x->err, ERR_INVALID_DOCUMENT, "%zu problem%s; nothing was changed.", n,
                   n == 1 ? "" : "s");
}

/* NULL where nothing more can be said; what is only wrong is for put_document to refuse. */
static struct document *decode(struct call *x, str body)
{
    bool syntax = false;
    struct document *d = document_decode_anyway(body, x->arena, &x->problems, &syntax);
    if (d == NULL)
        refuse_document(x, syntax);
    return d;
}

/* A document with problems is put too: the store adds those of its references and refuses it. */
static bool put_document(struct write *w, const struct document *d)
{
    struct call *x = w->x;
    bool sound = !problem_any(&x->problems);
    if (!open_change(w))
        return false;
    bool good = w->replayed || ((!sound || check_condition(w, d->source.id)) &&
                                store_change_put(x->writer, d, STR(""), &x->problems, &x->err));
    if (!good && x->err.code == ERR_INVALID_DOCUMENT)
        refuse_document(x, false);
    if (!finish(w, good))
        return false;
    if (x->out->status == 201)
        answer_header(x->out, "Location",
                      arena_printf(x->arena, "/v1/sources/%.*s", STR_ARG(d->source.id)));
    return true;
}

bool write_put(struct call *x)
{
    struct write w;
    enum body_kind kind;
    if (!begin(&w, x) || !body_kind(x->rq, false, &kind, &x->err))
        return false;
    struct document *d = decode(x, x->rq->body);
    if (d == NULL)
        return false;
    if (d->source.id.n > 0 && !str_eq(d->source.id, x->match.id)) {
        struct problem *p = problem_add(&x->problems, PROBLEM_POINTER, STR("/source/id"),
                                        d->source.id, "the address says \"%.*s\"",
                                        STR_ARG(str_sub(x->match.id, 0, 130)));
        problem_hint(&x->problems, p, "a source is put at the address of its own id");
    }
    return put_document(&w, d);
}

bool write_delete(struct call *x)
{
    struct write w;
    if (!begin(&w, x) || !open_change(&w))
        return false;
    bool good = w.replayed || (check_condition(&w, x->match.id) &&
                               store_change_delete(x->writer, x->match.id, &x->err));
    return finish(&w, good);
}

/* ---- a stream of documents ---- */

struct stream {
    struct write *w;
    struct arena *scratch; /* of one document */
    struct strmap lines;   /* of the sources so far */
    bool failed;
};

/* Problems from number `first` on belong to document number `index`, on line `line`. */
static void place_problems(struct call *x, size_t first, size_t index, int64_t line)
{
    for (size_t i = first; i < x->problems.n; i++) {
        struct problem *p = &x->problems.items[i];
        p->line = line;
        str prefix = arena_printf(x->arena, "/%zu", index);
        bool placed = str_eq(p->at, prefix) ||
                      str_starts(p->at, arena_printf(x->arena, "%.*s/", STR_ARG(prefix)));
        if (p->place == PROBLEM_POINTER && !placed)
            p->at = arena_printf(x->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(p->at));
    }
}

static bool is_repeated(struct stream *s, str id, size_t index, int64_t line)
{
    struct call *x = s->w->x;
    int64_t earlier;
    if (id.n == 0)
        return false;
    if (!strmap_get(&s->lines, id, &earlier)) {
        strmap_set(&s->lines, arena_copy(x->arena, id), line);
        return false;
    }
    struct problem *p = problem_add(&x->problems, PROBLEM_POINTER, STR("/source/id"), id,
                                    "this source was put on line %" PRId64 " of the same stream",
                                    earlier);
    p->at = arena_printf(x->arena, "/%zu/source/id", index);
    p->line = line;
    return true;
}

/* One line. False only when the store itself fails; problems of the document set s->failed. */
static bool put_line(struct stream *s, str text, size_t index, int64_t line)
{
    struct call *x = s->w->x;
    size_t first = x->problems.n;
    bool syntax;
    if (text.n > DOCUMENT_LARGEST)
        return err_set(&x->err, ERR_TOO_LARGE, "Line %" PRId64 " is larger than 8 MiB.", line);
    arena_reset(s->scratch);
    struct document *d = document_decode_anyway(text, s->scratch, &x->problems, &syntax);
    bool repeated = d != NULL && is_repeated(s, d->source.id, index, line);
    /* After a failure the rest is only read: what it refers to may be in the document that failed.
     */
    if (d == NULL || repeated || s->failed) {
        place_problems(x, first, index, line);
        s->failed = true;
        return true;
    }
    str prefix = arena_printf(x->arena, "/%zu", index);
    if (store_change_put(s->w->x->writer, d, prefix, &x->problems, &x->err))
        return true;
    place_problems(x, first, index, line);
    s->failed = x->err.code == ERR_INVALID_DOCUMENT;
    return s->failed;
}

static bool put_lines(struct stream *s)
{
    struct call *x = s->w->x;
    str text, rest = x->rq->body;
    size_t index = 0;
    bool more = true;
    for (int64_t line = 1; more; line++) {
        more = str_cut(rest, '\n', &text, &rest);
        if (str_trim(text).n == 0)
            continue;
        if (!put_line(s, text, index++, line))
            return false;
    }
    if (s->failed)
        return refuse_document(x, false);
    if (index == 0)
        return err_set(&x->err, ERR_BAD_SYNTAX, "There is no document in the stream.");
    return true;
}

static bool put_stream(struct write *w)
{
    struct call *x = w->x;
    if (w->condition.given)
        return err_set(&x->err, ERR_BAD_REQUEST,
                       "If-Match and If-None-Match apply to one source, not to a stream.");
    if (!open_change(w))
        return false;
    struct stream s = {.w = w, .scratch = arena_new()};
    strmap_init(&s.lines, x->arena);
    bool good = w->replayed || put_lines(&s);
    arena_free(s.scratch);
    return finish(w, good);
}

bool write_post(struct call *x)
{
    struct write w;
    enum body_kind kind;
    if (!begin(&w, x) || !body_kind(x->rq, true, &kind, &x->err))
        return false;
    if (kind == BODY_STREAM)
        return put_stream(&w);
    struct document *d = decode(x, x->rq->body);
    return d != NULL && put_document(&w, d);
}
