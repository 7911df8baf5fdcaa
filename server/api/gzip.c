#include "api/gzip.h"

#include <limits.h>

#define ZLIB_CONST /* next_in is a pointer to const */
#include <zlib.h>

#include "base/check.h"

#define LEVEL 6
#define WINDOW (15 + 16) /* zlib's way of asking for the gzip wrapper */
#define MEMORY 8

str gzip_compress(str bytes, struct arena *a)
{
    z_stream z = {0};
    int status = deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY);
    ENSURE(status == Z_OK && bytes.n < UINT_MAX / 2);
    uLong room = deflateBound(&z, (uLong)bytes.n);
    unsigned char *out = arena_alloc(a, room);
    z.next_in = (const Bytef *)bytes.p;
    z.avail_in = (uInt)bytes.n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    status = deflate(&z, Z_FINISH);
    ENSURE(status == Z_STREAM_END);
    str made = {(const char *)out, z.total_out};
    deflateEnd(&z);
    return made;
}
