/*
 * route: the addresses, one table: which method on which path is answered by what, in which
 * formats, and with which parameters. What the interface promises and this program does not do yet
 * is in the table too, without a handler.
 */
#ifndef ANNALS_API_ROUTE_H
#define ANNALS_API_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/api.h"
#include "base/buf.h"
#include "base/str.h"

struct call;

/* Fills the response of the call; or false with x->err, and perhaps x->problems, set. */
typedef bool route_handler(struct call *x);

enum route_kind {
    ROUTE_READ,  /* an answer that is the same for as long as the store does not change */
    ROUTE_WRITE, /* needs a token */
    ROUTE_PROBE  /* about this process: never kept */
};

struct route {
    enum api_method method; /* API_GET stands for HEAD too */
    const char *path;       /* "/v1/events/{id}"; at most one {…} */
    enum route_kind kind;
    route_handler *handler; /* NULL: not built yet */
    unsigned formats;    /* set of FORMAT_…; the first is what is given when nothing is asked */
    uint64_t parameters; /* set of PARAM_… */
    int detail;          /* for the handler: an enum item_kind or an enum event_part */
    bool own_tag;        /* the handler makes the entity tag itself */
    bool terms;          /* takes the filters of store_item_terms(detail) too */
    bool file;           /* {…} is the name of a file, with its suffix */
    bool unlimited;      /* takes limit=all, in the formats that stream */
    int rows, most_rows; /* limit= where none is asked, and at most; 0 for those of lists */
    size_t body_cap;     /* bytes */
    bool unbounded;      /* the body may be of any size: see api_body_room */
    const char *about;   /* what it gives, for the documentation */
};

/* The whole table. */
const struct route *route_table(size_t *n);

/* Paths are short: no id is longer than 128 bytes. */
#define ROUTE_LONGEST_PATH 1024

struct route_match {
    const struct route *any; /* a route of this path; NULL when there is none */
    unsigned methods;        /* set of 1 << API_…: of all routes of this path */
    str id;                  /* what stands for {…}, decoded */
    str suffix;              /* after the last "." of the last segment, when it names the path */
    str stem;                /* the decoded path without suffix */
    const char *malformed;   /* why the path could not be decoded; NULL when it could */
    char decoded[ROUTE_LONGEST_PATH];
};

/* path: without the query, percent-encoded. The strs point into *out. */
void route_find(str path, struct route_match *out);

/* The route of a method among those of a match; HEAD is answered by GET. NULL when there is none.
 */
const struct route *route_of_method(const struct route_match *m, enum api_method method);

/* Appends the methods of a match as Allow lists them. */
void route_allow(struct buf *out, const struct route_match *m);

/* Appends the known path that was probably meant, if there is one. */
void route_nearest(struct buf *out, str path);

#endif
