/*
 * address: where things are found, and what they are called for good, for formats that leave the
 * house: absolute where somebody said the host, else paths.
 */
#ifndef ANNALS_RENDER_ADDRESS_H
#define ANNALS_RENDER_ADDRESS_H

#include "base/buf.h"
#include "base/jout.h"
#include "base/str.h"
#include "render/page.h"

/* The base, where it is known, and a path that begins with "/". about: may be NULL. */
void address_write(struct buf *out, const struct page_about *about, str path);

/* The address of one thing: "/v1/", a segment such as "events", and its id. */
void address_write_thing(struct buf *out, const struct page_about *about, const char *segment,
                         str id);

/*
 * A name that stays the same wherever the store is served: "urn:uuid:", a UUID of version 8
 * (RFC 9562, section 5.8) made of the SHA-256 of the store's id, the segment and the id.
 */
void address_write_urn(struct buf *out, const struct page_about *about, const char *segment,
                       str id);

/* The address of a thing where the host is known, else its urn. */
void address_write_iri(struct buf *out, const struct page_about *about, const char *segment,
                       str id);

/* page->links, a JSON array of {"rel", "href", "type"}, with the base put before the addresses. */
void address_write_links(struct jout *j, const struct page *page);

#endif
