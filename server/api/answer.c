#include "api/answer.h"

#include <inttypes.h>

#include "api/etag.h"
#include "api/gzip.h"
#include "api/links.h"
#include "api/localise.h"
#include "api/negotiate.h"
#include "api/percent.h"
#include "api/site.h"
#include "base/check.h"
#include "render/html_frame.h"
#include "render/pretty.h"
#include "render/problem_document.h"

/* Of an address that is to be asked later: longer ones are refused, or do not fit into a header. */
#define LONGEST_NEXT 8000
/* Smaller bodies are not worth compressing, bytes. */
#define WORTH_COMPRESSING 1024

void answer_header(struct api_response *out, const char *name, str value)
{
    ENSURE(out->header_count < API_HEADERS);
    out->headers[out->header_count++] = (struct api_header){str_from(name), value};
}

void answer_common(struct api_response *out)
{
    answer_header(out, "Access-Control-Allow-Origin", STR("*"));
    answer_header(out, "Access-Control-Expose-Headers",
                  STR("Allow, Annals-Matched, Annals-Version, Content-Encoding, ETag, "
                      "Idempotent-Replayed, Link, Location, Retry-After, WWW-Authenticate"));
    answer_header(out, "Vary", STR("Accept, Accept-Encoding"));
    answer_header(out, "X-Content-Type-Options", STR("nosniff"));
}

static bool is_json(str type)
{
    str media = negotiate_media_type(type);
    return str_eq(media, STR("application/json")) || str_ends(media, STR("+json"));
}

/* The bytes of a buf that has not failed, given to the arena. */
static str adopt(struct arena *a, struct buf *b)
{
    str bytes;
    char *p = buf_take(b, &bytes.n);
    bytes.p = p;
    arena_adopt(a, p);
    return bytes;
}

/* body lives as long as the arena. */
static void set_body(struct api_response *out, struct arena *a, str type, str body, bool pretty)
{
    out->type = type;
    out->body = body;
    if (!pretty || !is_json(type))
        return;
    struct buf laid_out;
    buf_init(&laid_out, 8 * ANSWER_LARGEST);
    pretty_write(&laid_out, body);
    if (buf_failed(&laid_out))
        buf_free(&laid_out);
    else
        out->body = adopt(a, &laid_out);
}

void answer_body(struct call *x, int status, str type, str body)
{
    x->out->status = status;
    set_body(x->out, x->arena, type, body, x->question.pretty);
}

bool answer_buf(struct call *x, str type, struct buf *body)
{
    bool whole = !buf_failed(body);
    if (whole)
        answer_body(x, 200, type, adopt(x->arena, body));
    else
        err_set(&x->err, ERR_OVERLOADED,
                "The answer would be larger than 64 MiB. Ask for fewer rows or fields.");
    buf_free(body);
    return whole;
}

/* About as many bytes as a page of JSON takes. */
static size_t page_size(const struct page *page)
{
    size_t bytes = 4096;
    for (size_t i = 0; i < page->n; i++)
        bytes += page->items[i].document.n + 64;
    return bytes;
}

void answer_policy(struct call *x)
{
    answer_header(x->out, "Content-Security-Policy",
                  STR(HTML_FRAME_POLICY "; frame-ancestors 'self'; " HTML_FRAME_TRUSTED));
}

/* The address of the next page can be three times as long as that of this one. */
static bool can_be_followed(struct call *x, str next)
{
    return next.n <= LONGEST_NEXT ||
           err_set(
               &x->err, ERR_TARGET_TOO_LONG,
               "More follow, and the address of the next page would be %zu bytes long, of which "
               "%d are understood. Write the question shorter, or ask for more rows.",
               next.n, LONGEST_NEXT);
}

bool answer_page(struct call *x, const struct page *given)
{
    struct buf body;
    struct page shown = *given;
    const struct page *page = &shown;
    if (!can_be_followed(x, page->next))
        return false;
    if (x->format == FORMAT_HTML) {
        if (!site_fill(x, &shown))
            return false;
        answer_policy(x);
    }
    /* A drawing opened by itself is a document too: it has a style sheet and nothing else. */
    if (x->format == FORMAT_SVG) {
        answer_header(x->out, "Content-Security-Policy",
                      STR("default-src 'none'; style-src 'unsafe-inline'"));
        answer_header(x->out, "Cross-Origin-Resource-Policy", STR("cross-origin"));
    }
    buf_init(&body, ANSWER_LARGEST);
    buf_reserve(&body, page_size(page));
    format_write(x->format)(&body, page);
    /* Firefox fetches the next page of a document ahead, which the policy of pages refuses aloud; a
     * page has a link of its own. */
    if (page->next.n > 0 && x->format != FORMAT_HTML)
        answer_header(x->out, "Link",
                      arena_printf(x->arena, "<%.*s>; rel=\"next\"", STR_ARG(page->next)));
    if (page->matched >= 0)
        answer_header(x->out, "Annals-Matched", arena_printf(x->arena, "%" PRId64, page->matched));
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, page->version));
    return answer_buf(x, format_type(x->format), &body);
}

bool answer_items(struct call *x, const struct item_page *found, const struct cursor *next)
{
    if (!call_fields(x, NULL, found->n > 0 ? found->items[0].document : STR("")))
        return false;
    struct page page = {.items = ARENA_ARRAY(x->arena, struct page_item, found->n),
                        .n = found->n,
                        .array = x->question.array,
                        .fields = x->question.fields,
                        .matched = found->matched,
                        .version = x->version};
    for (size_t i = 0; i < found->n; i++) {
        page.items[i].document = found->items[i].document;
        localise_item(x, &page.items[i].document);
    }
    if (found->more)
        page.next = links_next(x, next);
    page.links = links_write(x, page.next);
    return answer_page(x, &page);
}

bool answer_document(struct call *x, str document)
{
    if (!call_fields(x, NULL, document))
        return false;
    localise_item(x, &document);
    struct page_item shown = {.document = document};
    struct page page = {.items = &shown,
                        .n = 1,
                        .single = true,
                        .fields = x->question.fields,
                        .matched = -1,
                        .version = x->version};
    return answer_page(x, &page);
}

void answer_validator(struct call *x, char letter, int64_t version)
{
    struct api_response *out = x->out;
    /* A page is more than its data: the next program lays it out in another way. */
    bool stays = x->pinned && x->format != FORMAT_HTML;
    out->etag = etag_make(letter, version, x->api->stamp, store_id(x->api->store), x->rq, x->arena);
    out->keep = true;
    out->version = x->pinned ? -1 : x->newest;
    answer_header(out, "ETag", out->etag);
    answer_header(out, "Cache-Control",
                  stays ? STR("public, max-age=31536000, immutable") : STR("no-cache"));
}

bool answer_not_modified(struct call *x)
{
    str sent = api_header_get(x->rq, "If-None-Match");
    if (sent.p == NULL || !etag_matches(sent, x->out->etag))
        return false;
    x->out->status = 304;
    x->out->keep = false;
    x->out->type = x->out->body = (str){0};
    if (x->out->stream != NULL)
        x->out->stream->free(x->out->stream);
    x->out->stream = NULL;
    return true;
}

void answer_refusal(struct call *x)
{
    *x->out = (struct api_response){0};
    x->format = FORMAT_HTML;
    x->version = x->newest;
    answer_common(x->out);
    answer_header(x->out, "Cache-Control", STR("no-store"));
}

void answer_problem(struct api_response *out, const struct api_request *rq, const struct err *e,
                    const struct problems *problems, struct arena *a, bool pretty)
{
    *out = (struct api_response){.status = err_status(e->code)};
    answer_common(out);
    answer_header(out, "Cache-Control", STR("no-store"));
    struct buf instance, body;
    buf_init(&instance, 3 * rq->target.n + 1);
    percent_clean(&instance, rq->target);
    buf_init(&body, ANSWER_LARGEST);
    problem_document_write(&body, e, buf_str(&instance), problems);
    set_body(out, a, STR(PROBLEM_DOCUMENT_TYPE), adopt(a, &body), pretty);
    buf_free(&instance);
    /* RFC 6750, section 3: no error code where no token was sent. */
    if (e->code == ERR_UNAUTHORIZED)
        answer_header(out, "WWW-Authenticate",
                      api_bearer(rq).n > 0 ? STR("Bearer realm=\"annals\", error=\"invalid_token\"")
                                           : STR("Bearer realm=\"annals\""));
    if (e->code == ERR_FORBIDDEN)
        answer_header(out, "WWW-Authenticate",
                      STR("Bearer realm=\"annals\", error=\"insufficient_scope\""));
    if (out->status == 503 || out->status == 429)
        answer_header(out, "Retry-After", STR("1"));
}

void answer_compress(struct call *x)
{
    struct api_response *out = x->out;
    if (out->body.n < WORTH_COMPRESSING || !negotiate_gzip(x->rq))
        return;
    str small = gzip_compress(out->body, x->arena);
    if (small.n >= out->body.n)
        return;
    out->body = small;
    answer_header(out, "Content-Encoding", STR("gzip"));
}
