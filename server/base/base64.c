#include "base/base64.h"

void base64_write(struct buf *out, str bytes)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.n; i += 3) {
        unsigned group = (unsigned)(unsigned char)bytes.p[i] << 16;
        if (i + 1 < bytes.n)
            group |= (unsigned)(unsigned char)bytes.p[i + 1] << 8;
        if (i + 2 < bytes.n)
            group |= (unsigned char)bytes.p[i + 2];
        buf_add_char(out, letters[group >> 18]);
        buf_add_char(out, letters[group >> 12 & 63]);
        buf_add_char(out, i + 1 < bytes.n ? letters[group >> 6 & 63] : '=');
        buf_add_char(out, i + 2 < bytes.n ? letters[group & 63] : '=');
    }
}
