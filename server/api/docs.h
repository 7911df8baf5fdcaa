/*
 * docs: the reference of the interface as a page, made from the tables that the router and the
 * reader of parameters follow. The anchors of problems are what the type of a problem document
 * points at: "/docs#not-found".
 */
#ifndef ANNALS_API_DOCS_H
#define ANNALS_API_DOCS_H

#include "api/example.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct docs_facts {
    str title;      /* of the store */
    str licence;    /* of the data; may be empty */
    str software;   /* version of Annals */
    str public_url; /* "https://host"; may be empty */
    int64_t version;
    struct example_ids ids;
};

void docs_write(struct buf *out, const struct docs_facts *facts);

/* When a problem is answered and what to do about it; NULL where nobody has said. */
const char *docs_problem(enum err_code code);

/* The address of a route with ids of this store in it; false where there is none to be shown. */
bool docs_example(struct buf *out, const struct route *route, const struct example_ids *ids);

#endif
