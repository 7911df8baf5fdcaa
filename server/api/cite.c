/* Citing an answer: a permanent link, its fingerprint, and whether it is still the same. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/call_again.h"
#include "api/cite_compare.h"
#include "api/cite_write.h"
#include "api/etag.h"
#include "api/handlers.h"
#include "api/instant.h"
#include "api/links.h"
#include "api/moved.h"
#include "api/names.h"
#include "api/site.h"
#include "base/jvalue.h"
#include "render/pretty.h"

/* How long is worked before the answer begins, and for each sign of life from then on. */
#define PATIENCE_MS 400
#define SIGN_MS 1500
/* A piece of work may take so many times as long as an ordinary question. */
#define PATIENCE 4
#define MOST_SOURCES 50

struct citing {
    struct api_stream stream; /* first */
    struct arena *arena;      /* of all that is here */
    struct call *call;        /* the question; its reader is of the thread that works */
    struct api_request request;
    struct cite_answer answer;
    int deadline_ms;
};

static void citing_free(struct citing *c)
{
    cite_compare_close(&c->answer.compare);
    arena_free(c->arena);
}

/* ---- what is cited ---- */

static bool add_source(struct citing *c, str id, struct citation_source *out)
{
    struct call *x = c->call;
    struct item item;
    struct gone gone;
    enum store_found found = store_get_item(x->reader, ITEM_SOURCE, x->version, id, x->arena, &item,
                                            &gone, &x->err);
    *out = (struct citation_source){.id = id};
    if (found == STORE_FOUND) {
        str published = jvalue_member(item.document, "published");
        out->title = names_text(jvalue_member(item.document, "title"), x->arena);
        out->publisher = names_text(jvalue_member(item.document, "publisher"), x->arena);
        out->url = names_text(jvalue_member(item.document, "url"), x->arena);
        if (jvalue_says(published))
            out->published = names_text(jvalue_member(published, "edtf"), x->arena);
    }
    return found != STORE_FAILED;
}

/* Those that tell of the event, as its row lists them. */
static bool add_sources(struct citing *c, str list)
{
    struct citation_source *sources = ARENA_ARRAY(c->arena, struct citation_source, MOST_SOURCES);
    size_t n = 0;
    str id, rest = list;
    for (bool more = list.n > 0; more && n < MOST_SOURCES;) {
        more = str_cut(rest, ';', &id, &rest);
        if (!add_source(c, arena_copy(c->arena, str_trim(id)), &sources[n++]))
            return false;
    }
    c->answer.citation.sources = sources;
    c->answer.citation.source_count = n;
    return true;
}

static void add_filter_of(struct citing *c, str id)
{
    struct query *q = &c->call->question.query;
    struct filter *filter = ARENA_NEW(c->arena, struct filter);
    str *value = ARENA_NEW(c->arena, str);
    *value = id;
    *filter = (struct filter){.kind = FILTER_ID, .values = {value, 1}, .parameter = STR("id")};
    q->filters = filter;
    q->filter_count = 1;
    q->undated = UNDATED_INCLUDE;
}

/* The path of the events that are cited, and of this citation. */
static void add_links(struct citing *c, struct call *x, str cited)
{
    str base = links_base(x);
    str link = links_pinned(c->call, cited, x->version, STR(""));
    c->answer.citation.link = arena_printf(c->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(link));
    c->answer.base = arena_copy(c->arena, base);
}

static bool describe(struct citing *c, struct call *x)
{
    struct citation *citation = &c->answer.citation;
    int64_t recorded = 0;
    if (!store_recorded(x->reader, x->version, &recorded, &x->err))
        return false;
    citation->store_title = str_from(x->api->settings.title);
    citation->licence = str_from(x->api->settings.licence);
    citation->version = x->version;
    citation->has_recorded = recorded > 0;
    citation->recorded = citation_day_of(recorded);
    citation->accessed = citation_day_of(instant_now());
    c->answer.recorded = recorded;
    return true;
}

/* ---- the version to compare with ---- */

/* -1 where nothing is compared. */
static bool find_until(struct call *x, int64_t *until, int64_t *recorded)
{
    const struct question *q = &x->question;
    *until = -1;
    *recorded = 0;
    if (!q->fingerprint_given)
        return true;
    *until = x->newest;
    if (q->until == AS_OF_VERSION)
        *until = q->until_number;
    else if (q->until == AS_OF_INSTANT &&
             !store_version_at(x->reader, q->until_number, until, &x->err))
        return false;
    if (*until > x->newest) {
        struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("until"),
                                        q->until_text, "there is no such version yet");
        problem_hint(&x->problems, p, "the newest is %" PRId64, x->newest);
        return false;
    }
    return store_recorded(x->reader, *until, recorded, &x->err);
}

/* ---- the body ---- */

/* false: it grew past what is built at once. */
static bool write_body(struct citing *c, struct buf *out)
{
    struct call *x = c->call;
    cite_write_end(&c->answer);
    if (x->format != FORMAT_HTML && !(x->format == FORMAT_JSON && x->question.pretty)) {
        cite_write(out, &c->answer, x->format);
        return !buf_failed(out);
    }
    struct buf json;
    buf_init(&json, out->cap);
    cite_write(&json, &c->answer, FORMAT_JSON);
    if (x->format == FORMAT_HTML) {
        struct page_item item = {.document = buf_str(&json)};
        struct page page = {.items = &item,
                            .n = 1,
                            .single = true,
                            .matched = -1,
                            .version = x->version,
                            .site = c->answer.site,
                            .links = c->answer.links};
        format_write(FORMAT_HTML)(out, &page);
    } else {
        pretty_write(out, buf_str(&json));
    }
    out->failed = out->failed || buf_failed(&json);
    buf_free(&json);
    return !buf_failed(out);
}

/* ---- as a stream, where it takes long ---- */

static void say_why(const struct call *x, struct err *e)
{
    if (e->code == ERR_NONE && x->problems.n > 0)
        err_set(e, ERR_BAD_PARAMETER, "%.*s: %.*s", STR_ARG(x->problems.items[0].at),
                STR_ARG(x->problems.items[0].detail));
}

static enum api_stream_state next(struct api_stream *stream, struct store_reader *reader,
                                  struct arena *arena, str *piece, struct err *e)
{
    struct citing *c = (struct citing *)stream;
    struct buf out;
    store_reader_deadline(reader, c->deadline_ms);
    *piece = STR("\n"); /* blank lines may stand before every form of the answer */
    if (!cite_compare_step(&c->answer.compare, reader, SIGN_MS, &c->call->problems, e)) {
        say_why(c->call, e);
        return API_STREAM_BROKEN;
    }
    if (!c->answer.compare.done)
        return API_STREAM_MORE;
    buf_init(&out, ANSWER_LARGEST);
    if (!write_body(c, &out)) {
        buf_free(&out);
        err_set(e, ERR_OVERLOADED, "the answer would be larger than 64 MiB");
        return API_STREAM_BROKEN;
    }
    piece->p = buf_take(&out, &piece->n);
    arena_adopt(arena, (void *)(uintptr_t)piece->p);
    return API_STREAM_END;
}

static void end(struct api_stream *stream)
{
    citing_free((struct citing *)stream);
}

/* ---- the answer ---- */

/* It names the day on which it was read, and what is newest: nothing of it is kept. */
static bool add_headers(struct call *x)
{
    int64_t day = period_day_of(instant_now() / 1000000);
    x->out->etag = etag_make('c', x->newest,
                             x->api->stamp + (uint64_t)day * UINT64_C(0x9E3779B97F4A7C15),
                             store_id(x->api->store), x->rq, x->arena);
    answer_header(x->out, "ETag", x->out->etag);
    answer_header(x->out, "Cache-Control", STR("no-cache"));
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, x->version));
    return answer_not_modified(x);
}

static bool answer_whole(struct call *x, struct citing *c)
{
    struct buf out;
    buf_init(&out, ANSWER_LARGEST);
    write_body(c, &out);
    citing_free(c);
    bool pretty = x->question.pretty;
    x->question.pretty = false; /* it is laid out already */
    bool good = answer_buf(x, format_type(x->format), &out);
    x->question.pretty = pretty;
    return good;
}

/* Takes c over: answers with it now or as a stream. */
static bool answer(struct call *x, struct citing *c)
{
    struct cite_compare *compare = &c->answer.compare;
    if (!cite_compare_step(compare, x->reader, PATIENCE_MS, &x->problems, &x->err)) {
        citing_free(c);
        return false;
    }
    answer_header(
        x->out, "Link",
        arena_printf(x->arena, "<%.*s>; rel=\"cite-as\"", STR_ARG(c->answer.citation.link)));
    if (x->format == FORMAT_HTML)
        answer_policy(x);
    if (compare->done)
        return answer_whole(x, c);
    c->call->reader = NULL;
    x->out->status = 200;
    x->out->type = format_type(x->format);
    x->out->stream = &c->stream;
    return true;
}

static struct citing *citing_new(const struct call *x)
{
    struct arena *arena = arena_new();
    struct citing *c = ARENA_NEW(arena, struct citing);
    *c = (struct citing){.stream = {.next = next, .free = end},
                         .arena = arena,
                         .deadline_ms = x->api->settings.deadline_ms * PATIENCE};
    c->call = call_again(x, arena, &c->request);
    c->call->reader = x->reader;
    return c;
}

/* The names of things that a page of HTML needs around it. */
static bool fill_site(struct citing *c)
{
    struct page page = {.single = true};
    if (c->call->format != FORMAT_HTML)
        return true;
    if (!site_fill(c->call, &page))
        return false;
    c->answer.site = page.site;
    c->answer.links = page.links;
    return true;
}

/* row: the event that is cited; NULL for a question. */
static bool prepare(struct citing *c, struct call *x, const struct event_row *row)
{
    struct citation *citation = &c->answer.citation;
    str cited = row == NULL ? STR("/v1/events")
                            : arena_printf(c->arena, "/v1/events/%.*s", STR_ARG(row->id));
    citation->event = row != NULL;
    c->answer.path = row == NULL ? STR("/v1/cite")
                                 : arena_printf(c->arena, "%.*s/cite", STR_ARG(cited));
    add_links(c, x, cited);
    if (row != NULL) {
        citation->title = arena_copy(c->arena, row->title);
        add_filter_of(c, arena_copy(c->arena, row->id));
        if (!add_sources(c, arena_copy(c->arena, row->sources)))
            return false;
    } else {
        /* The version is said apart; an earlier one is no other question. */
        c->call->question.as_of = AS_OF_NEWEST;
        citation->title = names_title(c->call);
        c->answer.query = names_query(c->call);
    }
    c->answer.asked = c->call->question.fingerprint_given ? c->call->question.fingerprint : NULL;
    c->answer.call = c->call;
    return describe(c, x) && fill_site(c);
}

static bool cite(struct call *x, const struct event_row *row)
{
    int64_t until, recorded;
    if (add_headers(x))
        return true;
    if (!find_until(x, &until, &recorded))
        return false;
    struct citing *c = citing_new(x);
    bool good = prepare(c, x, row);
    if (!good)
        x->err = c->call->err.code != ERR_NONE ? c->call->err : x->err;
    c->answer.until = until;
    c->answer.until_recorded = recorded;
    /* Compared with itself it is what it is. */
    cite_compare_open(&c->answer.compare, &c->call->question.query, x->version,
                      until == x->version ? -1 : until, c->arena);
    if (good)
        return answer(x, c);
    citing_free(c);
    return false;
}

bool cite_question(struct call *x)
{
    return cite(x, NULL);
}

bool cite_event(struct call *x)
{
    struct event_row row;
    struct gone gone;
    enum store_found found = store_read_event(x->reader, x->version, &x->question.query.reading,
                                              x->match.id, x->arena, &row, &gone, &x->problems,
                                              &x->err);
    if (found == STORE_MOVED) {
        /* It may be taken back: nobody may keep the way unasked. */
        answer_header(x->out, "Cache-Control", STR("no-cache"));
        return moved_answer(x, gone.canonical);
    }
    if (found != STORE_FOUND)
        return call_missing(x, "event", x->match.id, found, &gone);
    return cite(x, &row);
}
