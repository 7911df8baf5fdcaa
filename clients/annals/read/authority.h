/*
 * authority: addresses by which the world names things (https://www.wikidata.org/entity/Q227), and
 * the identifiers that they mean (wikidata:Q227).
 */
#ifndef ANNALS_CLIENT_READ_AUTHORITY_H
#define ANNALS_CLIENT_READ_AUTHORITY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * The identifier that an address means; the strs live in the arena or are borrowed. An address of
 * nobody whom the table knows becomes the scheme "uri" with the address as its value. False: this
 * is no address of the Web or urn.
 */
bool authority_of(str address, struct arena *a, str *scheme, str *value);

/*
 * A scheme's name as identifiers want it: lower case, "-" for what they do not hold. Empty where
 * nothing can be made of it.
 */
str authority_scheme(str name, struct arena *a);

/* Whether all that a scheme identifies are places. */
bool authority_is_gazetteer(str scheme);

#endif
