#include "base/jvalue.h"

#include "base/jscan.h"

str jvalue_member(str object, const char *name)
{
    size_t at = 0;
    str key, value;
    if (object.n == 0 || object.p[0] != '{')
        return STR("");
    while (jscan_member(object, &at, &key, &value))
        if (str_eq(key, str_from(name)))
            return value;
    return STR("");
}

bool jvalue_says(str value)
{
    return value.n > 0 && !str_eq(value, STR("null")) && !str_eq(value, STR("\"\"")) &&
           !str_eq(value, STR("[]")) && !str_eq(value, STR("{}"));
}

bool jvalue_is_text(str value)
{
    return value.n >= 2 && value.p[0] == '"';
}

size_t jvalue_count(str array)
{
    size_t n = 0;
    str element;
    if (array.n == 0 || array.p[0] != '[')
        return 0;
    for (size_t at = 0; jscan_element(array, &at, &element);)
        n++;
    return n;
}

static unsigned hex4(str s)
{
    unsigned code = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        unsigned digit = 0;
        if (c >= '0' && c <= '9')
            digit = (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = (unsigned)(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F')
            digit = (unsigned)(c - 'A') + 10;
        code = code << 4 | digit;
    }
    return code;
}

static void add_code_point(struct buf *out, unsigned c)
{
    if (c == 0 || (c >= 0xD800 && c < 0xE000))
        c = 0xFFFD;
    if (c < 0x80) {
        buf_add_char(out, (char)c);
    } else if (c < 0x800) {
        buf_add_char(out, (char)(0xC0 | c >> 6));
        buf_add_char(out, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        buf_add_char(out, (char)(0xE0 | c >> 12));
        buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_add_char(out, (char)(0x80 | (c & 0x3F)));
    } else {
        buf_add_char(out, (char)(0xF0 | c >> 18));
        buf_add_char(out, (char)(0x80 | (c >> 12 & 0x3F)));
        buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_add_char(out, (char)(0x80 | (c & 0x3F)));
    }
}

/* The escape that begins at text[at], a backslash; answers how many bytes it takes. */
static size_t undo(struct buf *out, str text, size_t at)
{
    static const str letters = STR_INIT("nrtbf");
    static const str meant = STR_INIT("\n\r\t\b\f");
    char c = at + 1 < text.n ? text.p[at + 1] : '\\';
    size_t letter = str_find(letters, c);
    if (letter < letters.n) {
        buf_add_char(out, meant.p[letter]);
        return 2;
    }
    if (c != 'u') {
        buf_add_char(out, c);
        return 2;
    }
    unsigned code = hex4(str_sub(text, at + 2, 4));
    bool low = code >= 0xD800 && code < 0xDC00 && str_eq(str_sub(text, at + 6, 2), STR("\\u"));
    if (!low) {
        add_code_point(out, code);
        return 6;
    }
    unsigned second = hex4(str_sub(text, at + 8, 4));
    if (second < 0xDC00 || second >= 0xE000) {
        add_code_point(out, 0xFFFD);
        return 6;
    }
    add_code_point(out, 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00));
    return 12;
}

void jvalue_decode(struct buf *out, str value)
{
    if (!jvalue_is_text(value)) {
        buf_add(out, str_eq(value, STR("null")) ? STR("") : value);
        return;
    }
    str text = str_sub(value, 1, value.n - 2);
    for (size_t i = 0; i < text.n;) {
        size_t plain = str_find(str_sub(text, i, text.n), '\\');
        buf_add(out, str_sub(text, i, plain));
        i += plain;
        if (i < text.n)
            i += undo(out, text, i);
    }
}

bool jvalue_is(str value, const char *word)
{
    return jvalue_is_text(value) && str_eq(str_sub(value, 1, value.n - 2), str_from(word));
}
