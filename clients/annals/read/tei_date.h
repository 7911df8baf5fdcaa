/*
 * tei_date: the dating attributes of TEI P5 (att.datable) as a date: when, notBefore, notAfter,
 * from and to, each also with -iso and -custom, and the certainty of it.
 *
 * when and its like follow XML Schema part 2 (second edition), which TEI cites: it has no year 0,
 * so -0044 is 44 BCE. The -iso ones follow ISO 8601, where 0000 is 1 BCE and -0044 is 45 BCE, as
 * in EDTF. -custom ones are read where datingMethod says EDTF, and left out otherwise.
 */
#ifndef ANNALS_CLIENT_READ_TEI_DATE_H
#define ANNALS_CLIENT_READ_TEI_DATE_H

#include <stdbool.h>

#include "annals/read/leftover.h"
#include "annals/read/reader.h"
#include "annals/read/when.h"
#include "annals/read/xml.h"

/* Whether the element has a dating attribute at all. */
bool tei_date_any(const struct xml_node *n);

/* False, and none in *out: it has no dating attribute, or none that gives a date; then a note says
 * why. */
bool tei_date_read(const struct xml_node *n, const struct reading_ask *ask,
                   struct leftover *leftover, struct when *out);

#endif
