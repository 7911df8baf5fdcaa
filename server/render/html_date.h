/* html_date: the date of a document ({"edtf", "display", "earliest", …}) in words. */
#ifndef ANNALS_RENDER_HTML_DATE_H
#define ANNALS_RENDER_HTML_DATE_H

#include "base/buf.h"
#include "base/str.h"

/*
 * The words of the date, in <time datetime> where HTML can say the same: a day, month or year of
 * the era, or a day with its time, without a qualifier. Writes "undated" for null.
 */
void html_date_write(struct buf *out, str date);

/* A date given by its EDTF alone, a JSON string, in words; any other value as it stands. */
void html_date_words(struct buf *out, str value);

/* The four bounds, explained: dt and dd for a <dl>. */
void html_date_bounds(struct buf *out, str date);

#endif
