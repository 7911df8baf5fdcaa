/*
 * iso_date: which dates ISO 8601-1, and so everybody who knows no EDTF, reads as we mean them: a
 * year of four digits, a month, a day or a day with its time, without mask, qualifier or season.
 */
#ifndef ANNALS_RENDER_ISO_DATE_H
#define ANNALS_RENDER_ISO_DATE_H

#include <stdbool.h>

#include "base/str.h"

/* Whether a valid date without an interval is such a one as it stands; a time may have its zone. */
bool iso_date_is_plain(str date);

/*
 * Whether the time element takes it (HTML, section 4.5.14): the year 0 and the hour 24 are not
 * known there, and a zone has its minutes.
 */
bool iso_date_is_html(str date);

#endif
