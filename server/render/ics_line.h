/*
 * ics_line: content lines of iCalendar (RFC 5545, section 3.1): CRLF at the end, folded so that
 * none is longer than 75 octets and no character is cut.
 */
#ifndef ANNALS_RENDER_ICS_LINE_H
#define ANNALS_RENDER_ICS_LINE_H

#include "base/buf.h"
#include "base/str.h"

struct ics_line {
    struct buf *out;
    struct buf line; /* the one that is being written */
};

/* When a line does not fit into memory, `out` is marked as failed. */
void ics_line_init(struct ics_line *l, struct buf *out);
void ics_line_free(struct ics_line *l);

/* Begins "NAME:" and answers where to put the value, which needs no escapes; then end it. A line
 * that is begun and not ended is forgotten. name: with its parameters. */
struct buf *ics_line_begin(struct ics_line *l, const char *name);
void ics_line_end(struct ics_line *l);

/* A whole line whose value needs no escapes. */
void ics_line_plain(struct ics_line *l, const char *name, str value);

/* A whole line of the type TEXT, or nothing where the text is empty. */
void ics_line_text(struct ics_line *l, const char *name, str text);

/*
 * Text as a value of the type TEXT (section 3.3.11): "\\", ";" and "," escaped, line breaks as
 * "\n", without other control characters.
 */
void ics_line_escape(struct buf *out, str text);

#endif
