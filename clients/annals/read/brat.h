/*
 * brat: stand-off annotation as brat writes it (https://brat.nlplab.org/standoff.html): FILE.ann
 * beside FILE.txt, or the halves .a1 and .a2 of the BioNLP shared tasks. Positions count code
 * points; the words that stand with them must be those of the text.
 */
#ifndef ANNALS_CLIENT_READ_BRAT_H
#define ANNALS_CLIENT_READ_BRAT_H

#include "annals/read/reader.h"

/* Readers (read/reader.h). The first asks for "txt" beside the file, the second for "a2" too. */
bool brat_read(const struct reading_ask *ask, struct builder *out);
bool brat_read_halves(const struct reading_ask *ask, struct builder *out);

#endif
