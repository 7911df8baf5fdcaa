/*
 * canonical: an event in a form that stays the same for ever, for fingerprints: what later
 * releases add to the documents of events does not change it.
 */
#ifndef ANNALS_MODEL_CANONICAL_H
#define ANNALS_MODEL_CANONICAL_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Appends the canonical form of an event's document (model/event.h): one JSON object by RFC 8785
 * (members in order, no blanks, strings escaped no more than they must be) with accounts (their
 * number), date (EDTF or null), disputed, id, identifiers, participants (actor and role), places
 * (ids), summary, tags, title and type. Lists keep the order of the document, identifiers come by
 * scheme. Without a line break.
 */
void canonical_event(struct buf *out, str document);

#endif
