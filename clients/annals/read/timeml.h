/*
 * timeml: TimeML (.tml): TIMEX3 and TIMEX2, EVENT and MAKEINSTANCE, TLINK; also the plain DOC and
 * TEXT files of corpora that mark times alone. docs/reference/source-formats.md says what becomes
 * of each. A pure function.
 */
#ifndef ANNALS_CLIENT_READ_TIMEML_H
#define ANNALS_CLIENT_READ_TIMEML_H

#include <stdbool.h>

#include "annals/read/reader.h"

/* See reader_read. Positions are inline: ask->unit does not matter. */
bool timeml_read(const struct reading_ask *ask, struct builder *out);

/* Whether bytes look like TimeML, for file names that say no more than XML. */
bool timeml_is(str bytes);

#endif
