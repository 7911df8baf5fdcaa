/*
 * tei: TEI P5 (.xml, .tei): the header becomes the source, the text its plain text; events,
 * persons, organisations and places, from lists and from the text, become the things.
 * docs/reference/source-formats.md says what becomes of each element. A pure function.
 */
#ifndef ANNALS_CLIENT_READ_TEI_H
#define ANNALS_CLIENT_READ_TEI_H

#include <stdbool.h>

#include "annals/read/reader.h"

/* See reader_read. Positions are inline: ask->unit does not matter. */
bool tei_read(const struct reading_ask *ask, struct builder *out);

#endif
