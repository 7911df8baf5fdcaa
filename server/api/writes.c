/* Writes: a source is put, a stream of sources is put, a source is taken back. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/body.h"
#include "api/change.h"
#include "api/handlers.h"
#include "base/strmap.h"
#include "model/document.h"

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
    if (!change_open(w))
        return false;
    bool good = w->replayed || ((!sound || change_allowed(w, d->source.id)) &&
                                store_change_put(x->writer, d, STR(""), &x->problems, &x->err));
    if (!good && x->err.code == ERR_INVALID_DOCUMENT)
        refuse_document(x, false);
    if (!change_finish(w, good))
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
    if (!change_begin(&w, x) || !body_kind(x->rq, false, &kind, &x->err))
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
    if (!change_begin(&w, x) || !change_open(&w))
        return false;
    bool good = w.replayed || (change_allowed(&w, x->match.id) &&
                               store_change_delete(x->writer, x->match.id, &x->err));
    return change_finish(&w, good);
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

/* First the stream is read for what its documents declare, in their order: each may refer to what
 * a later one declares. What is wrong with them is said when they are put. */
static bool declare_lines(struct stream *s)
{
    struct call *x = s->w->x;
    str text, rest = x->rq->body;
    bool more = true, fine = true;
    while (more && fine) {
        struct problems unsaid;
        bool syntax;
        more = str_cut(rest, '\n', &text, &rest);
        if (str_trim(text).n == 0 || text.n > DOCUMENT_LARGEST)
            continue;
        arena_reset(s->scratch);
        problem_init(&unsaid, s->scratch);
        const struct document *d = document_decode_anyway(text, s->scratch, &unsaid, &syntax);
        fine = d == NULL || store_change_declare(x->writer, d, &x->err);
    }
    return fine;
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
    if (!change_open(w))
        return false;
    struct stream s = {.w = w, .scratch = arena_new()};
    strmap_init(&s.lines, x->arena);
    bool good = w->replayed || (declare_lines(&s) && put_lines(&s));
    arena_free(s.scratch);
    return change_finish(w, good);
}

bool write_post(struct call *x)
{
    struct write w;
    enum body_kind kind;
    if (!change_begin(&w, x) || !body_kind(x->rq, true, &kind, &x->err))
        return false;
    if (kind == BODY_STREAM)
        return put_stream(&w);
    struct document *d = decode(x, x->rq->body);
    return d != NULL && put_document(&w, d);
}
