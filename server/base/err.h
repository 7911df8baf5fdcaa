/*
 * err: the one error type. The caller owns it, it has a fixed size, and its code comes from one
 * table that the HTTP status, the problem type and the documentation follow.
 */
#ifndef ANNALS_BASE_ERR_H
#define ANNALS_BASE_ERR_H

#include <stdbool.h>

/* X(code, HTTP status, slug in the problem's type, title) */
#define ERR_TABLE(X)                                                                               \
    X(ERR_NONE, 200, "none", "No error")                                                           \
    X(ERR_BAD_REQUEST, 400, "bad-request", "The request is malformed")                             \
    X(ERR_BAD_PARAMETER, 400, "bad-parameter", "A parameter is not understood")                    \
    X(ERR_BAD_SYNTAX, 400, "bad-syntax", "The body is not well-formed")                            \
    X(ERR_UNAUTHORIZED, 401, "unauthorized", "A token is needed")                                  \
    X(ERR_FORBIDDEN, 403, "forbidden", "The token does not allow this")                            \
    X(ERR_READ_ONLY, 403, "read-only", "This store is served read-only")                           \
    X(ERR_TEXT_WITHHELD, 403, "text-withheld", "The text may not be given out")                    \
    X(ERR_NOT_FOUND, 404, "not-found", "There is no such thing here")                              \
    X(ERR_METHOD, 405, "method-not-allowed", "This method does not apply here")                    \
    X(ERR_NOT_ACCEPTABLE, 406, "not-acceptable", "No acceptable format")                           \
    X(ERR_TIMEOUT, 408, "request-timeout", "The request took too long to arrive")                  \
    X(ERR_CONFLICT, 409, "conflict", "This contradicts what is stored")                            \
    X(ERR_GONE, 410, "gone", "It was here and has been removed")                                   \
    X(ERR_LENGTH_REQUIRED, 411, "length-required", "The length of the body is needed")             \
    X(ERR_PRECONDITION, 412, "precondition-failed", "The thing has changed in between")            \
    X(ERR_TOO_LARGE, 413, "too-large", "The body is too large")                                    \
    X(ERR_TARGET_TOO_LONG, 414, "target-too-long", "The address is too long")                      \
    X(ERR_MEDIA_TYPE, 415, "unsupported-media-type", "This kind of body is not read")              \
    X(ERR_EXPECTATION, 417, "expectation-failed", "This expectation is not met")                   \
    X(ERR_INVALID_DOCUMENT, 422, "invalid-document", "The document does not hold together")        \
    X(ERR_CROWDED, 422, "crowded", "Too many accounts to be told apart")                           \
    X(ERR_IDEMPOTENCY, 422, "idempotency-key-reused", "The key was used for another request")      \
    X(ERR_TOO_MANY, 429, "too-many-requests", "Too many requests at once")                         \
    X(ERR_HEADERS_TOO_LARGE, 431, "headers-too-large", "The header section is too large")          \
    X(ERR_INTERNAL, 500, "internal", "Annals made a mistake")                                      \
    X(ERR_NOT_BUILT, 501, "not-built", "This is not built yet")                                    \
    X(ERR_STORE, 503, "store-unavailable", "The store cannot be used at present")                  \
    X(ERR_OVERLOADED, 503, "overloaded", "Too much to do at present")                              \
    X(ERR_DEADLINE, 503, "deadline", "The question took too long to answer")

enum err_code {
#define X(code, status, slug, title) code,
    ERR_TABLE(X)
#undef X
};

struct err {
    enum err_code code;
    char detail[480];
};

/* Fills *e, cutting the detail where it does not fit; always false, to be returned at once. */
bool err_set(struct err *e, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

int err_status(enum err_code code);
const char *err_slug(enum err_code code);
const char *err_title(enum err_code code);

#endif
