/* site: what a page of HTML needs beside its items: names for ids, what was asked, the store. */
#ifndef ANNALS_API_SITE_H
#define ANNALS_API_SITE_H

#include "api/call.h"
#include "render/page.h"

/* Fills page->site, and page->links where nobody has; everything lives in the call's arena. */
bool site_fill(struct call *x, struct page *page);

/* Whether a page of HTML is asked for, as far as suffix, format= and Accept say: also where the
 * rest of the query is not understood. */
bool site_is_for_people(struct call *x);

/*
 * A form sends the fields that were left empty too. Where a page of HTML is asked for with such
 * fields: true, and the response leads to the same address without them.
 */
bool site_tidied(struct call *x);

#endif
