#include "api/percent.h"

#include "base/hash.h"
#include "base/utf8.h"

static bool is_control(unsigned char c)
{
    return c < 0x20 || c == 0x7F;
}

const char *percent_decode(str text, enum percent_place place, char *out, size_t *n)
{
    size_t made = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%') {
            unsigned char byte;
            if (!hash_from_hex(str_sub(text, i + 1, 2), &byte, 1))
                return "has a % without two hexadecimal digits after it";
            c = (char)byte;
            i += 2;
        } else if (c == '+' && place == PERCENT_QUERY) {
            c = ' ';
        }
        if (is_control((unsigned char)c))
            return "holds a control character";
        out[made++] = c;
    }
    if (!utf8_valid((str){out, made}))
        return "is not UTF-8";
    *n = made;
    return NULL;
}

void percent_clean(struct buf *out, str address)
{
    static const str unsafe = STR_INIT("\"<>\\^`{|}");
    for (size_t i = 0; i < address.n; i++) {
        unsigned char c = (unsigned char)address.p[i];
        if (c <= ' ' || c >= 0x7F || str_find(unsafe, (char)c) < unsafe.n)
            buf_printf(out, "%%%02X", c);
        else
            buf_add_char(out, (char)c);
    }
}

void percent_encode(struct buf *out, str text)
{
    static const str plain = STR_INIT(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:,");
    for (size_t i = 0; i < text.n; i++) {
        if (str_find(plain, text.p[i]) < plain.n)
            buf_add_char(out, text.p[i]);
        else
            buf_printf(out, "%%%02X", (unsigned char)text.p[i]);
    }
}
