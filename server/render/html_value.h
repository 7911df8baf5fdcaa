/* html_value: any value of a document, shown without knowing more of it than its member's name. */
#ifndef ANNALS_RENDER_HTML_VALUE_H
#define ANNALS_RENDER_HTML_VALUE_H

#include "base/buf.h"
#include "base/str.h"
#include "render/page.h"

/* key: the member that has it; ids become links, dates words, addresses of the web links. */
void html_value_write(struct buf *out, const struct page_site *site, str key, str value);

/*
 * dt and dd for every member of the item that says something, but for those in `known`, which ends
 * in NULL. Answers how many there were.
 */
size_t html_value_rest(struct buf *out, const struct page *page, const struct page_item *item,
                       const char *const *known);

/* {"wikidata": "Q227"}: dt and dd each, as links where the scheme has pages. */
void html_value_identifiers(struct buf *out, str identifiers);

/* One piece of evidence: the words of the source, or where they stand when they are withheld. */
void html_value_evidence(struct buf *out, const struct page_site *site, str evidence, str source);

#endif
