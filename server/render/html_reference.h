/*
 * html_reference: things that a document names by their ids, as links with their names. Which
 * member of a document names which kind of thing is one table, so that whoever looks names up
 * beforehand and whoever shows them agree.
 */
#ifndef ANNALS_RENDER_HTML_REFERENCE_H
#define ANNALS_RENDER_HTML_REFERENCE_H

#include "base/buf.h"
#include "base/str.h"
#include "render/page.h"

/* The kind ("actors") of what the member `key` names; NULL where it names nothing. */
const char *html_reference_kind(str key);

/* The order of page_site.names. */
int html_reference_compare(const void *a, const void *b);

/* <a href="/v1/KIND/ID">NAME</a>, with the id where no name is known. */
void html_reference_link(struct buf *out, const struct page_site *site, str kind, str id);

/* The opening tag of such a link alone. */
void html_reference_open(struct buf *out, const struct page_site *site, str kind, str id);

/* The same with words of the caller's in the link. text is escaped here. */
void html_reference_named(struct buf *out, const struct page_site *site, str kind, str id,
                          str text);

/* A link to the events of a filter: <a href="/v1/events?TERM=VALUE">. text is escaped here. */
void html_reference_events(struct buf *out, const struct page_site *site, const char *term,
                           str value, str text);

/* A parameter that goes on to be asked, "?as_of=7"; with "&amp;" where *begun, which it sets. */
void html_reference_kept(struct buf *out, const char *name, str value, bool *begun);

/* A line that says how the accounts are read, where that is not the plain way. */
void html_reference_reading(struct buf *out, const struct page_site *site);

#endif
