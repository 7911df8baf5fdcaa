/* Type-ahead: what somebody may be about to type the name of. */
#include <inttypes.h>
#include <string.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/jout.h"

static void write_link(struct jout *j, const char *rel, const char *path, str id)
{
    struct buf href;
    buf_init(&href, 400);
    buf_printf(&href, "%s%.*s", path, STR_ARG(id));
    jout_object(j);
    jout_member_text(j, "rel", rel);
    jout_member_str(j, "href", buf_str(&href));
    jout_object_end(j);
    buf_free(&href);
}

static void write_links(struct jout *j, const struct suggestion *s)
{
    jout_key(j, "links");
    jout_array(j);
    if (strcmp(s->kind, "actor") == 0) {
        write_link(j, "self", "/v1/actors/", s->id);
        write_link(j, "events", "/v1/events?actor=", s->id);
    } else if (strcmp(s->kind, "place") == 0) {
        write_link(j, "self", "/v1/places/", s->id);
        write_link(j, "events", "/v1/events?place=", s->id);
    } else {
        write_link(j, "self", "/v1/events/", s->id);
    }
    jout_array_end(j);
}

static void write_all(struct jout *j, const struct suggestion *items, size_t n)
{
    jout_key(j, "items");
    jout_array(j);
    for (size_t i = 0; i < n; i++) {
        const struct suggestion *s = &items[i];
        jout_object(j);
        jout_member_text(j, "kind", s->kind);
        jout_member_str(j, "id", s->id);
        jout_member_str(j, "label", s->label);
        jout_member_str_or_null(j, "matched", s->matched);
        jout_member_str_or_null(j, "date", s->date);
        jout_member_i64(j, "events", s->events);
        write_links(j, s);
        jout_object_end(j);
    }
    jout_array_end(j);
}

bool suggest_list(struct call *x)
{
    const struct query *q = &x->question.query;
    struct suggestion *items = NULL;
    size_t n;
    if (q->text.n == 0) {
        struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("q"), STR(""),
                                        "there is nothing to go on from");
        problem_hint(&x->problems, p, "give what is typed so far: /v1/suggest?q=al");
        return false;
    }
    /*
     * Which names are looked at is bounded over all versions, so that a later one can push a name
     * out: even of an earlier version nobody is promised the same suggestions for ever.
     */
    x->pinned = false;
    answer_validator(x, 'n', x->newest);
    if (answer_not_modified(x))
        return true;
    if (!store_suggest(x->reader, x->version, q->text, q->limit, x->arena, &items, &n, &x->err))
        return false;
    struct buf out;
    struct jout j;
    buf_init(&out, ANSWER_LARGEST);
    jout_init(&j, &out);
    jout_object(&j);
    write_all(&j, items, n);
    jout_member_i64(&j, "returned", (int64_t)n);
    jout_member_i64(&j, "version", x->version);
    jout_object_end(&j);
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, x->version));
    return answer_buf(x, format_type(x->format), &out);
}
