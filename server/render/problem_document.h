/* problem_document: errors as RFC 9457 shows them, application/problem+json. */
#ifndef ANNALS_RENDER_PROBLEM_DOCUMENT_H
#define ANNALS_RENDER_PROBLEM_DOCUMENT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/problem.h"
#include "base/str.h"

#define PROBLEM_DOCUMENT_TYPE "application/problem+json"

/*
 * Appends {"type", "title", "status", "detail", "instance", "errors"}. The type is a reference into
 * the documentation, "/docs#" and the slug of the code. instance: the address that was asked for,
 * printable ASCII; may be empty. all: may be NULL; "more" tells how many problems were found and
 * not kept.
 */
void problem_document_write(struct buf *out, const struct err *e, str instance,
                            const struct problems *all);

/* Appends one problem as it stands among the errors: an object. */
void problem_document_write_one(struct buf *out, const struct problem *p);

#endif
