/* call: one request under way: what came, what was understood, what goes out. */
#ifndef ANNALS_API_CALL_H
#define ANNALS_API_CALL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "api/api.h"
#include "api/asset.h"
#include "api/question.h"
#include "api/route.h"
#include "model/cursor.h"
#include "render/format.h"

struct api {
    struct store *store;
    struct api_settings settings;
    atomic_bool stopping;
    uint64_t stamp; /* of the program and its settings: other answers from other ones */
    struct asset *assets;
    size_t asset_count;
};

struct call {
    const struct api *api;
    struct store_reader *reader;
    struct store_writer *writer; /* NULL but for writes */
    const struct api_request *rq;
    struct arena *arena;
    struct api_response *out;

    str target; /* as sent, what may not stand in an address percent-encoded */
    str path;   /* of the target */
    str query;
    struct route_match match;
    const struct route *route;
    struct question question;
    struct cursor cursor; /* after.given says whether there is one */
    enum format format;
    int64_t newest;  /* version of the store when the request came */
    int64_t version; /* that the answer is about */
    bool pinned;     /* the answer will never change */

    struct localise *localise; /* names that lang= was answered with so far; NULL before */

    /* What went wrong, when a step answers false. */
    struct err err;
    struct problems problems;
};

/* The widths of drawings: txt in columns, svg in pixels. */
#define CALL_LEAST_COLUMNS 40
#define CALL_MOST_COLUMNS 400
#define CALL_LEAST_PIXELS 300
#define CALL_MOST_PIXELS 4000

/* The format that the suffix, format= or Accept asks for. False with problems. */
bool call_format(struct call *x);

/* The version that is asked about, by as_of, by a cursor or because it is the newest. */
bool call_version(struct call *x);

/* False with a problem when there is a cursor and it is of another question (cursor_question). */
bool call_cursor_fits(struct call *x, uint64_t question);

/*
 * False with problems for names in fields= that are neither among `known`, which ends in NULL and
 * may be NULL itself, nor members of `object`, which may be empty.
 */
bool call_fields(struct call *x, const char *const *known, str object);

/*
 * A problem that says why `id` is not found; always false. what: "event".
 */
bool call_missing(struct call *x, const char *what, str id, enum store_found found,
                  const struct gone *gone);

#endif
