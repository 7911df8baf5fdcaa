/* page: what an output format is given: things as finished JSON, and what is to be said of them. */
#ifndef ANNALS_RENDER_PAGE_H
#define ANNALS_RENDER_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/document.h"
#include "model/row.h"
#include "render/splice.h"

struct page_item {
    str document;                 /* one finished JSON object */
    const struct splice *members; /* to add to it or to put in place of its own */
    size_t member_count;
    const struct event_row *row; /* of an event; NULL for other things */
};

struct page {
    struct page_item *items;
    size_t n;
    bool single;        /* one thing, asked for by its id: no envelope around it */
    bool array;         /* JSON: a bare list */
    struct strs fields; /* names of members, or of columns, to be shown; none for all */
    int64_t matched;    /* -1 when nobody counted */
    int64_t version;
    str next;  /* address of the next page; empty on the last one */
    str query; /* JSON object; empty for none */
    str links; /* JSON array */
};

#endif
