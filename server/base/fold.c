#include "base/fold.h"

#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

/*
 * Letters without a decomposition in Unicode, and what people type for them. Sorted by code point.
 */
static const struct {
    utf8proc_int32_t letter;
    const char *plain;
} letters[] = {
    {0x00D0, "d"}, {0x00DE, "th"}, {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"},  {0x00FE, "th"},
    {0x0111, "d"}, {0x0127, "h"},  {0x0131, "i"},  {0x0142, "l"}, {0x0153, "oe"}, {0x0167, "t"},
    {0x018F, "e"}, {0x01DD, "e"},  {0x0259, "e"},  {0x0454, "е"}, {0x0456, "и"},  {0x0491, "г"},
    {0x0493, "г"}, {0x049B, "к"},  {0x04A3, "н"},  {0x04AF, "у"}, {0x04B1, "у"},  {0x04BB, "х"},
    {0x04D9, "е"}, {0x04E9, "о"},
};

static const char *plain_letter(utf8proc_int32_t c)
{
    size_t low = 0, high = sizeof letters / sizeof letters[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (letters[middle].letter == c)
            return letters[middle].plain;
        if (letters[middle].letter < c)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The same by hand where every byte is ASCII: folding changes no more than capitals. */
static bool fold_ascii(struct buf *out, str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        buf_add_char(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return true;
}

void fold_append(struct buf *out, str text)
{
    if (text.n == 0 || fold_ascii(out, text))
        return;
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t n = utf8proc_map(
        (const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n, &mapped,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
            UTF8PROC_IGNORE | UTF8PROC_LUMP | UTF8PROC_STABLE);
    utf8proc_ssize_t at = 0;
    utf8proc_int32_t before = 0;
    while (at < n) {
        utf8proc_int32_t c;
        utf8proc_ssize_t length = utf8proc_iterate(mapped + at, n - at, &c);
        if (length <= 0)
            break;
        const char *plain = plain_letter(c);
        /* The Armenian ligature և comes apart as եւ and is written ԵՎ in capitals. */
        if (c == 0x0582 && before == 0x0565)
            plain = "վ";
        before = c;
        if (plain != NULL)
            buf_add(out, str_from(plain));
        else
            buf_add(out, (str){(const char *)mapped + at, (size_t)length});
        at += length;
    }
    free(mapped);
}

str fold_copy(str text, struct arena *a)
{
    struct buf out;
    buf_init(&out, SIZE_MAX / 2);
    fold_append(&out, text);
    str folded = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return folded;
}
