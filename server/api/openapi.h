/*
 * openapi: the description of the interface for programs, OpenAPI 3.0.3, made from the tables that
 * the router and the reader of parameters follow. What is not built is not in it.
 */
#ifndef ANNALS_API_OPENAPI_H
#define ANNALS_API_OPENAPI_H

#include "api/example.h"
#include "base/buf.h"
#include "base/str.h"

struct openapi_facts {
    str title;      /* of the store */
    str licence;    /* of the data; may be empty */
    str software;   /* version of Annals */
    str public_url; /* "https://host"; may be empty */
    struct example_ids ids;
};

void openapi_write(struct buf *out, const struct openapi_facts *facts);

/* Whether a parameter is described at a route: it is taken there, and built. */
bool openapi_has(const struct route *route, enum parameter p);

/* The first of the built addresses that takes a built parameter; NULL when none does. */
const struct route *openapi_taken_by(enum parameter p);

/* The name of an operation: "get_v1_events_id"; it is unique among the routes. */
void openapi_operation(struct buf *out, const struct route *route);

#endif
