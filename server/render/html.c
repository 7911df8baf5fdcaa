#include "render/html.h"

#include <string.h>

#include "render/xml.h"

void html_text(struct buf *out, str text)
{
    xml_text(out, text);
}

void html_put(struct buf *out, const char *before, str text, const char *after)
{
    buf_add(out, str_from(before));
    html_text(out, text);
    buf_add(out, str_from(after));
}

static bool begins(str address, str scheme)
{
    return address.n > scheme.n && str_eq_nocase(str_sub(address, 0, scheme.n), scheme);
}

bool html_is_web(str address)
{
    return begins(address, STR("http://")) || begins(address, STR("https://"));
}

/* A browser reads "/\" like "//": as the beginning of another server's address. */
static bool is_own(str address)
{
    if (address.n == 0)
        return false;
    if (address.p[0] == '?' || address.p[0] == '#')
        return true;
    return address.p[0] == '/' && (address.n == 1 || strchr("/\\", address.p[1]) == NULL);
}

void html_address(struct buf *out, str address)
{
    static const str unsafe = STR_INIT("\"<>\\^`{|}'");
    if (!is_own(address) && !html_is_web(address)) {
        buf_add_char(out, '#');
        return;
    }
    for (size_t i = 0; i < address.n; i++) {
        unsigned char c = (unsigned char)address.p[i];
        if (c <= ' ' || c >= 0x7F || str_find(unsafe, (char)c) < unsafe.n)
            buf_printf(out, "%%%02X", c);
        else if (c == '&')
            buf_add(out, STR("&amp;"));
        else
            buf_add_char(out, (char)c);
    }
}

void html_segment(struct buf *out, str text)
{
    static const str plain = STR_INIT(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");
    for (size_t i = 0; i < text.n; i++) {
        if (str_find(plain, text.p[i]) < plain.n)
            buf_add_char(out, text.p[i]);
        else
            buf_printf(out, "%%%02X", (unsigned char)text.p[i]);
    }
}

void html_number(struct buf *out, long long n)
{
    char digits[24];
    struct buf plain;
    buf_init(&plain, sizeof digits);
    buf_add_i64(&plain, n);
    for (size_t i = 0; i < plain.n; i++) {
        bool apart = i > 0 && plain.p[i - 1] != '-' && (plain.n - i) % 3 == 0;
        /* a narrow no-break blank */
        if (apart)
            buf_add(out, STR("\xE2\x80\xAF"));
        buf_add_char(out, plain.p[i]);
    }
    buf_free(&plain);
}

void html_words(struct buf *out, str word)
{
    for (size_t i = 0; i < word.n; i++)
        html_text(out, word.p[i] == '_' ? STR(" ") : str_sub(word, i, 1));
}
