/* base64: bytes as text (RFC 4648, section 4). */
#ifndef ANNALS_BASE_BASE64_H
#define ANNALS_BASE_BASE64_H

#include "base/buf.h"
#include "base/str.h"

/* With the padding. */
void base64_write(struct buf *out, str bytes);

#endif
