/*
 * html: pieces of HTML. Whatever comes from the store or from a request is escaped here, and
 * addresses are cleaned here: no other file writes a foreign byte into a page.
 */
#ifndef ANNALS_RENDER_HTML_H
#define ANNALS_RENDER_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

/* Text as it stands between tags and in attributes in double quotes. */
void html_text(struct buf *out, str text);

/* before and after are HTML of ours, text is anybody's. */
void html_put(struct buf *out, const char *before, str text, const char *after);

/* Whether an address leads to the web: http or https with something behind it. */
bool html_is_web(str address);

/*
 * The value of an href or src: a path of this server ("/…", not "//…"), "?…", "#…", or an address
 * of the web. Bytes that may not stand in an address are percent-encoded; an address of any other
 * kind becomes "#".
 */
void html_address(struct buf *out, str address);

/* One segment of a path, or one value of a query: all but unreserved characters encoded. */
void html_segment(struct buf *out, str text);

/* "2 events", "1 event"; thousands are set apart with thin blanks. */
void html_number(struct buf *out, long long n);

/* The text with blanks in the place of underscores: "responds_to". */
void html_words(struct buf *out, str word);

#endif
