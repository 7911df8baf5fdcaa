/*
 * html_form: the filters of a list as a form that works by GET, and what is asked as a list of
 * which each entry can be taken away. A field that is left empty is sent all the same: whoever
 * answers takes it out of the address (html_form_has).
 */
#ifndef ANNALS_RENDER_HTML_FORM_H
#define ANNALS_RENDER_HTML_FORM_H

#include <stdbool.h>

#include "base/buf.h"
#include "render/page.h"

/* The form of events with the fields that everybody needs, for the header of its page. */
void html_form_search(struct buf *out, const struct page *page);

/* Its other fields, folded away until one of them is asked, for the page itself. */
void html_form_more(struct buf *out, const struct page *page);

/* The one field of every other list: words. */
void html_form_words(struct buf *out, const struct page *page);

/* What is asked, each with a link to the same without it; nothing where nothing is. */
void html_form_asked(struct buf *out, const struct page *page);

/* Whether a form has a field of this name. */
bool html_form_has(str name);

#endif
