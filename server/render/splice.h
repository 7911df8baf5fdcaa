/*
 * splice: a finished JSON object shown with other members than it was made with, without parsing
 * it: some added, some put in place of its own, some left out.
 */
#ifndef ANNALS_RENDER_SPLICE_H
#define ANNALS_RENDER_SPLICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "model/document.h"

struct splice {
    str key;      /* plain ASCII without anything to escape */
    str value;    /* one finished JSON value */
    bool replace; /* the object has a member of this key: the value goes in its place */
};

/* Whether a member of this name is to be shown: it is among `fields`, or they are none. */
bool splice_shows(const struct strs *fields, str name);

/*
 * Appends `object`, which is well-formed and compact: its own members in their order, then those
 * that are added. fields: names of the members to show; none for all.
 */
void splice_write(struct buf *out, str object, const struct splice *members, size_t n,
                  const struct strs *fields);

#endif
