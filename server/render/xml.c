#include "render/xml.h"

#include <stdbool.h>

/* The bytes at text[at] that XML must not hold: how many, 0 for none. */
static size_t forbidden(str text, size_t at)
{
    unsigned char c = (unsigned char)text.p[at];
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
        return 1;
    str rest = str_sub(text, at, text.n);
    if (c == 0xC2 && rest.n > 1 && (unsigned char)rest.p[1] < 0xA0)
        return 2; /* U+0080 to U+009F: allowed, of no use, and best kept from terminals */
    if (str_starts(rest, STR("\xEF\xBF\xBE")) || str_starts(rest, STR("\xEF\xBF\xBF")))
        return 3;
    return 0;
}

static str entity(char c)
{
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '"':
        return STR("&quot;");
    case '\'':
        return STR("&#39;");
    case '\r':
        return STR("&#13;");
    default:
        return STR("");
    }
}

void xml_text(struct buf *out, str text)
{
    size_t plain = 0;
    for (size_t i = 0; i < text.n;) {
        size_t skipped = forbidden(text, i);
        str instead = entity(text.p[i]);
        if (skipped == 0 && instead.n == 0) {
            i++;
            continue;
        }
        buf_add(out, str_sub(text, plain, i - plain));
        buf_add(out, instead);
        i += skipped > 0 ? skipped : 1;
        plain = i;
    }
    buf_add(out, str_sub(text, plain, text.n));
}

void xml_attribute(struct buf *out, const char *name, str value)
{
    buf_printf(out, " %s=\"", name);
    xml_text(out, value);
    buf_add_char(out, '"');
}

void xml_element(struct buf *out, const char *name, str text)
{
    if (text.n == 0)
        return;
    buf_printf(out, "<%s>", name);
    xml_text(out, text);
    buf_printf(out, "</%s>\n", name);
}
