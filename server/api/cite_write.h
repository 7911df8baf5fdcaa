/* cite_write: the forms of a citation that is worked out. */
#ifndef ANNALS_API_CITE_WRITE_H
#define ANNALS_API_CITE_WRITE_H

#include "api/call.h"
#include "api/cite_compare.h"
#include "render/citation.h"

struct cite_answer {
    struct call *call; /* the question that is cited */
    struct citation citation;
    struct cite_compare compare;
    str base;                   /* before paths: "https://host"; may be empty */
    str path;                   /* of the citation */
    str query;                  /* JSON, what was understood; empty for one event */
    int64_t recorded;           /* when the version was made, microseconds; 0 for none */
    const unsigned char *asked; /* the fingerprint to be proven; NULL for none */
    int64_t until;              /* the version compared with; -1 for none */
    int64_t until_recorded;
    const struct page_site *site; /* of HTML */
    str links;
};

/* When the comparison is done: takes its results into the citation. */
void cite_write_end(struct cite_answer *a);

/* format: JSON, BIBTEX, CSL or TXT. */
void cite_write(struct buf *out, const struct cite_answer *a, enum format format);

#endif
