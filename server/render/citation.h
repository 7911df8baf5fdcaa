/*
 * citation: what is needed to cite an answer, and the three forms in which bibliographies take it:
 * BibTeX, CSL-JSON (the data model of citationstyles.org, 1.0) and a sentence.
 */
#ifndef ANNALS_RENDER_CITATION_H
#define ANNALS_RENDER_CITATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct citation_day {
    int64_t year;
    int month, day;
};

/* A source of the event that is cited. What is not known is empty. */
struct citation_source {
    str id, title, publisher;
    str published; /* EDTF */
    str url;
};

struct citation {
    str title;       /* of the question or the event, on one line */
    str store_title; /* who publishes it */
    str licence;     /* of the data; may be empty */
    str link;        /* permanent; printable ASCII */
    int64_t version;
    bool has_recorded;
    struct citation_day recorded; /* the day on which the version was made, UTC */
    struct citation_day accessed;
    int64_t matched;
    str fingerprint; /* "sha-256:…" */
    bool event;      /* one event is cited, not a question; then its sources: */
    const struct citation_source *sources;
    size_t source_count;
};

/* The day of an instant in UTC (microseconds since 1970). */
struct citation_day citation_day_of(int64_t microseconds);

/* "annals-v7-1a2b3c4d": the same for the same answer. */
void citation_key(struct buf *out, const struct citation *c);

/* An entry @misc, which every BibTeX knows; what LaTeX takes for commands is escaped. */
void citation_bibtex(struct buf *out, const struct citation *c);

/* One item of CSL-JSON. */
void citation_csl(struct buf *out, const struct citation *c);

/* In a sentence or three, without a line break at the end. */
void citation_text(struct buf *out, const struct citation *c);

#endif
