/* oembed: how to embed an address, for programs that paste addresses (https://oembed.com, 1.0). */
#ifndef ANNALS_RENDER_OEMBED_H
#define ANNALS_RENDER_OEMBED_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct oembed {
    str title;
    str provider; /* the store's title */
    str home;     /* address of its first page */
    str frame;    /* address of the page that stands in the frame */
    int64_t width, height;
};

void oembed_write_json(struct buf *out, const struct oembed *o);
void oembed_write_xml(struct buf *out, const struct oembed *o);

#endif
