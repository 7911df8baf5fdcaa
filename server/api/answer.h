/* answer: fills the response of a call. */
#ifndef ANNALS_API_ANSWER_H
#define ANNALS_API_ANSWER_H

#include "api/call.h"
#include "render/page.h"

void answer_header(struct api_response *out, const char *name, str value);

/* What stands on every response: CORS, and that types are not to be guessed. */
void answer_common(struct api_response *out);

/* Status, type and a body that is copied; JSON is laid out when the question asks for it. */
void answer_body(struct call *x, int status, str type, str body);

/* As 200, with the format's type. Frees body; false when it grew past its cap. */
bool answer_buf(struct call *x, str type, struct buf *body);

/* The header Content-Security-Policy of a page that html_frame makes. */
void answer_policy(struct call *x);

/* A page in the call's format, with what the headers say of it. */
bool answer_page(struct call *x, const struct page *page);

/* A list of items, which goes on at `next` when there are more. */
bool answer_items(struct call *x, const struct item_page *found, const struct cursor *next);

/* One thing by itself: a finished JSON object. */
bool answer_document(struct call *x, str document);

/* Caching headers of a read, with its tag. Call before the handler; kept for a 304. */
void answer_validator(struct call *x, char letter, int64_t version);

/* Whether the request has this representation already: then the response becomes a 304. */
bool answer_not_modified(struct call *x);

/* A page that says why there is no answer, in place of everything that was there: its headers. */
void answer_refusal(struct call *x);

/* A problem in place of everything that was there. */
void answer_problem(struct api_response *out, const struct api_request *rq, const struct err *e,
                    const struct problems *problems, struct arena *a, bool pretty);

/* Compresses the body where that is welcome and worth it. */
void answer_compress(struct call *x);

/* The largest body that is built, bytes. */
#define ANSWER_LARGEST ((size_t)64 * 1024 * 1024)

#endif
