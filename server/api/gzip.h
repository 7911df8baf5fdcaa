/* gzip: bodies in less room (RFC 1952), by zlib. */
#ifndef ANNALS_API_GZIP_H
#define ANNALS_API_GZIP_H

#include "base/arena.h"
#include "base/str.h"

/* The compressed bytes, in the arena; the same for the same input, whenever it is. */
str gzip_compress(str bytes, struct arena *a);

#endif
