/*
 * html_event_parts: the sections of an event's page that go beyond the event: who claims what of
 * it, how it hangs together with others, in which words it is told. Each is an array of the event's
 * document; without an element nothing is written.
 */
#ifndef ANNALS_RENDER_HTML_EVENT_PARTS_H
#define ANNALS_RENDER_HTML_EVENT_PARTS_H

#include "base/buf.h"
#include "base/str.h"
#include "render/page.h"

/* The claims of each speaker in one card, in the order in which they first speak. */
void html_event_parts_claims(struct buf *out, const struct page_site *site, str list);

/* What several sources say, one after the other in the list, stands there once. */
void html_event_parts_relations(struct buf *out, const struct page_site *site, str list);

void html_event_parts_evidence(struct buf *out, const struct page_site *site, str list);

#endif
