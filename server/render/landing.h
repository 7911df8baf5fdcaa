/*
 * landing: the first page of a store, as JSON that teaches the interface (its title, description
 * and links make it a landing page of OGC API Common as well); html_explorer shows it to people.
 */
#ifndef ANNALS_RENDER_LANDING_H
#define ANNALS_RENDER_LANDING_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct landing_count {
    const char *what; /* "events" */
    int64_t n;
};

struct landing_link {
    const char *rel;
    const char *href;
    const char *type;
    const char *title;
};

struct landing_example {
    str question; /* in words */
    str href;
};

struct landing_word {
    const char *name;
    const char *meaning;
};

struct landing {
    str title;
    str description;
    str licence;          /* of the data; may be empty */
    str software_version; /* of Annals */
    str store_id;         /* of the store: another one is another store */
    int64_t version;
    int64_t recorded;          /* when that version was made, microseconds since 1970; 0 for none */
    str first_date, last_date; /* empty without */
    const struct landing_count *counts;
    size_t count_count;
    const struct landing_link *links;
    size_t link_count;
    const struct landing_example *examples;
    size_t example_count;
    const struct landing_word *filters; /* parameters of /v1/events */
    size_t filter_count;
    str formats; /* "json, ndjson, csv" */
};

void landing_write_json(struct buf *out, const struct landing *l);

#endif
