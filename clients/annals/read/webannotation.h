/*
 * webannotation: W3C Web Annotations (https://www.w3.org/TR/annotation-model/) as JSON-LD: one, an
 * array, an AnnotationPage or an AnnotationCollection, of one text, which stands beside the file
 * or is named.
 */
#ifndef ANNALS_CLIENT_READ_WEBANNOTATION_H
#define ANNALS_CLIENT_READ_WEBANNOTATION_H

#include "annals/read/reader.h"

/* A reader (read/reader.h); asks for "txt" beside the file. */
bool webannotation_read(const struct reading_ask *ask, struct builder *out);

/* Whether JSON looks like annotations rather than like a document of Annals; bytes may be
 * anything. */
bool webannotation_is(str bytes);

#endif
