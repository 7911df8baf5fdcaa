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

/* What a page is about, for the formats that say so or draw it. */
struct page_about {
    str store_id;         /* 16 hexadecimal digits */
    str store_title;      /* "Annals" or what the settings say */
    str licence;          /* of the data; may be empty */
    str base;             /* "https://host": put before paths; empty when nobody said it */
    str title;            /* the question as a sentence, or the event's title */
    str self;             /* path and query of this page, percent-encoded */
    str description;      /* the whole of query.description; may be as title */
    int64_t recorded;     /* when the version was made, microseconds since 1970 UTC */
    bool has_window;      /* the question had a date */
    struct window window; /* then: its hull */
    str window_text;      /* and the date itself, EDTF */
    int width;            /* txt: columns, svg: pixels; 0 for the format's own */
    int lanes;            /* enum page_lanes */
};

/* What the lanes of a drawing are; auto leaves it to the format. X(value, name) */
#define PAGE_LANES_TABLE(X)                                                                        \
    X(LANES_AUTO, "auto")                                                                          \
    X(LANES_NONE, "none")                                                                          \
    X(LANES_TYPE, "type")                                                                          \
    X(LANES_ACTOR, "actor")                                                                        \
    X(LANES_PLACE, "place")                                                                        \
    X(LANES_SOURCE, "source")
enum page_lanes {
#define X(value, name) value,
    PAGE_LANES_TABLE(X)
#undef X
};

/* A parameter as it was asked, decoded. */
struct page_field {
    str name;
    str text;
};

/* What a thing is called: kind is the segment of its path, "actors". */
struct page_name {
    str kind;
    str id;
    str name;
};

struct err;
struct landing;
struct problems;

/* What a page of HTML says around its items. */
struct page_site {
    str store_title;
    str licence;  /* of the data; may be empty */
    str software; /* version of Annals */
    str path;     /* of this page without its suffix, decoded: "/v1/actors/aze" */
    str as_of;    /* as asked; empty for the newest */
    str policy;   /* as asked; empty for the preferred one */
    str known_at; /* as asked; empty for all that is known */
    str reading;  /* both in words, "as known on 21 February 2022"; empty for the plain reading */
    int64_t version;
    int64_t recorded; /* when it was made, microseconds since 1970 UTC; 0 for none */
    const struct page_field *asked;
    size_t asked_count;
    const struct page_name *names; /* by kind, then id */
    size_t name_count;
    int64_t events; /* in the store, at this version */
    str first_date; /* and when the earliest begins and the latest ends; empty where nobody knows */
    str last_date;
    str timeline_integrity; /* of /annals-timeline.js, as SRI has it */
    str oembed;             /* address that tells how to embed this page; empty for none */
};

struct page {
    const struct page_about *about; /* of pages of events; else NULL */
    const struct page_site *site;   /* of pages of HTML; else NULL */
    struct page_item *items;
    size_t n;
    bool single;        /* one thing, asked for by its id: no envelope around it */
    bool array;         /* JSON: a bare list */
    bool continues;     /* CSV: another page stands before this one, with the header */
    struct strs fields; /* names of members, or of columns, to be shown; none for all */
    int64_t matched;    /* -1 when nobody counted */
    int64_t version;
    const struct splice *beside; /* JSON: members of the envelope, beside the items */
    size_t beside_count;
    str next;                        /* address of the next page; empty on the last one */
    str query;                       /* JSON object; empty for none */
    str links;                       /* JSON array */
    const struct landing *landing;   /* HTML: of the first page of the store alone; else NULL */
    const struct err *refused;       /* HTML: why there is no answer; else NULL */
    const struct problems *problems; /* then: what is wrong */
};

#endif
