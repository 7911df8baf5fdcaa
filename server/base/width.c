#include "base/width.h"

#include <stdbool.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define ELLIPSIS "\xE2\x80\xA6"    /* U+2026 */

uint32_t width_decode(str text, size_t *length)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.p,
                                          text.n < 4 ? (utf8proc_ssize_t)text.n : 4, &c);
    ENSURE(n > 0);
    *length = (size_t)n;
    return (uint32_t)c;
}

enum kind { KIND_SHOWN, KIND_BLANK, KIND_MARK, KIND_BROKEN, KIND_HIDDEN };

/* White space among the controls, and the separators of lines. */
static bool is_blank(uint32_t c)
{
    return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static enum kind kind_of(uint32_t c)
{
    if (is_blank(c))
        return KIND_BLANK;
    if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF))
        return KIND_BROKEN;
    if ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF))
        return KIND_HIDDEN; /* variation selectors: terminals disagree on their width */
    if (c == 0x200C || c == 0x200D)
        return KIND_MARK; /* joiners, which Persian and the scripts of India need */
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    if (category == UTF8PROC_CATEGORY_CC)
        return KIND_BROKEN;
    if (category == UTF8PROC_CATEGORY_ZS)
        return KIND_BLANK;
    if (category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_CO ||
        category == UTF8PROC_CATEGORY_CS)
        return KIND_HIDDEN;
    bool mark = category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
    return mark ? KIND_MARK : KIND_SHOWN;
}

void width_clean(struct buf *out, str text)
{
    bool any = false, blank = false;
    unsigned marks = 0;
    while (text.n > 0) {
        size_t length = utf8_sequence(str_sub(text, 0, 4));
        enum kind kind = length == 0 ? KIND_BROKEN : kind_of(width_decode(text, &length));
        str piece = str_sub(text, 0, length);
        text = str_sub(text, length == 0 ? 1 : length, text.n);
        marks = kind == KIND_MARK ? marks + 1 : 0;
        if (kind == KIND_BLANK)
            blank = true;
        if (kind == KIND_BLANK || kind == KIND_HIDDEN || marks > WIDTH_MOST_MARKS)
            continue;
        if (blank && any)
            buf_add_char(out, ' ');
        blank = false;
        any = true;
        buf_add(out, kind == KIND_BROKEN ? STR(REPLACEMENT) : piece);
    }
}

str width_clean_copy(str text, struct arena *a)
{
    struct buf out;
    buf_init(&out, SIZE_MAX / 2);
    width_clean(&out, text);
    str clean = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return clean;
}

static size_t columns_of(uint32_t c)
{
    if (c >= 0x20 && c < 0x7F)
        return 1;
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (size_t)width : 0;
}

size_t width_columns(str text)
{
    size_t columns = 0, length;
    for (; text.n > 0; text = str_sub(text, length, text.n))
        columns += columns_of(width_decode(text, &length));
    return columns;
}

str width_fit(str text, size_t columns)
{
    size_t at = 0, taken = 0, length;
    while (at < text.n) {
        taken += columns_of(width_decode(str_sub(text, at, text.n), &length));
        if (taken > columns)
            break;
        at += length;
    }
    return str_sub(text, 0, at);
}

size_t width_add(struct buf *out, str text, size_t columns)
{
    str whole = width_fit(text, columns);
    if (whole.n == text.n || columns == 0) {
        buf_add(out, whole);
        return width_columns(whole);
    }
    str part = str_trim(width_fit(text, columns - 1));
    buf_add(out, part);
    buf_add(out, STR(ELLIPSIS));
    return width_columns(part) + 1;
}

void width_add_padded(struct buf *out, str text, size_t columns)
{
    for (size_t taken = width_add(out, text, columns); taken < columns; taken++)
        buf_add_char(out, ' ');
}

str width_line(str text, size_t columns, str *rest)
{
    str line = width_fit(text, columns);
    size_t length = text.n;
    if (line.n == 0 && text.n > 0) {
        width_decode(text, &length);
        line = str_sub(text, 0, length);
    }
    size_t cut = line.n;
    if (line.n < text.n && text.p[line.n] != ' ')
        while (cut > 0 && text.p[cut - 1] != ' ')
            cut--;
    if (cut > 0)
        line = str_sub(line, 0, cut);
    *rest = str_trim(str_sub(text, line.n, text.n));
    return str_trim(line);
}
