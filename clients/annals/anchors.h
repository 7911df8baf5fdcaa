/*
 * anchors: the anchors of a source with what hangs on them, out of a document or of a server's
 * W3C Web Annotations. Sorted by position, each span once.
 */
#ifndef ANNALS_CLIENT_ANCHORS_H
#define ANNALS_CLIENT_ANCHORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "model/anchor.h"
#include "model/document.h"

struct anchors {
    struct anchor *items;
    str *abouts; /* of each: "event:farrukh#date,places claim:denial#text", as links are written */
    size_t n;
    int64_t length; /* code points of the text that was annotated; -1 where that is not known */
};

/* Strs are borrowed from the document. */
void anchors_of_document(const struct document *d, struct arena *a, struct anchors *out);

/*
 * page: an AnnotationPage, or an AnnotationCollection that begins with one; source: the source
 * itself, as /v1/sources/{id} gives it. False: *e says what is wrong with the page.
 */
bool anchors_of_page(str page, str source, struct arena *a, struct anchors *out, struct err *e);

#endif
