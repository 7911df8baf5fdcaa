/*
 * xml: text and elements of XML 1.0 in UTF-8, which is what HTML and SVG take too. What a document
 * must not hold, or had better not (control characters but tab and newline, U+FFFE, U+FFFF), is
 * left out, so that any text gives a well-formed document.
 */
#ifndef ANNALS_RENDER_XML_H
#define ANNALS_RENDER_XML_H

#include "base/buf.h"
#include "base/str.h"

/* Text as it may stand between tags, and in an attribute in quotes. A carriage return becomes a
 * reference, or a parser would read it as a newline. */
void xml_text(struct buf *out, str text);

/* " name=\"value\"" */
void xml_attribute(struct buf *out, const char *name, str value);

/* "<name>text</name>" and a newline; nothing where the text is empty. */
void xml_element(struct buf *out, const char *name, str text);

#endif
