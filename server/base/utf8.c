#include "base/utf8.h"

static bool is_continuation(str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
}

size_t utf8_sequence(str s)
{
    if (s.n == 0)
        return 0;
    unsigned char lead = (unsigned char)s.p[0];
    if (lead < 0x80)
        return 1;
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (!is_continuation(s, i))
            return 0;
    unsigned char second = (unsigned char)s.p[1];
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
        return 0;
    return length;
}

size_t utf8_invalid_at(str s)
{
    size_t at = 0;
    while (at < s.n) {
        size_t length = utf8_sequence(str_sub(s, at, 4));
        if (length == 0)
            return at;
        at += length;
    }
    return s.n;
}

size_t utf8_count(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return count;
}

size_t utf8_offset(str s, size_t index)
{
    size_t seen = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (((unsigned char)s.p[i] & 0xC0) == 0x80)
            continue;
        if (seen == index)
            return i;
        seen++;
    }
    return s.n;
}

str utf8_slice(str s, size_t start, size_t end)
{
    size_t from = utf8_offset(s, start);
    str rest = str_sub(s, from, s.n);
    return str_sub(rest, 0, end > start ? utf8_offset(rest, end - start) : 0);
}
