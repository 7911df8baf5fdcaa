/* html_text: the words of a piece of HTML. */
#ifndef ANNALS_CLIENT_READ_HTML_TEXT_H
#define ANNALS_CLIENT_READ_HTML_TEXT_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Plain text out of HTML as people write it into sheets: tags and comments go, and what stands in
 * script and style; paragraphs and line breaks become line breaks, runs of white space one blank,
 * and character references (HTML's common names, and numbers) the characters they stand for. What
 * is no tag stays: "a < b". html is valid UTF-8, and so is the answer, in the arena.
 */
str html_text(str html, struct arena *a);

#endif
