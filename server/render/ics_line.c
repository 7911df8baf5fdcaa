#include "render/ics_line.h"

#include <stdbool.h>

#define LONGEST 75 /* octets of a line, CRLF not counted */

void ics_line_init(struct ics_line *l, struct buf *out)
{
    l->out = out;
    buf_init(&l->line, out->cap);
}

void ics_line_free(struct ics_line *l)
{
    buf_free(&l->line);
}

struct buf *ics_line_begin(struct ics_line *l, const char *name)
{
    buf_clear(&l->line);
    buf_add(&l->line, str_from(name));
    buf_add_char(&l->line, ':');
    return &l->line;
}

/* Where to cut so that at most `most` bytes come before and no UTF-8 sequence is torn. */
static size_t cut_at(str text, size_t most)
{
    size_t at = most;
    while (at > 0 && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    return at > 0 ? at : most;
}

void ics_line_end(struct ics_line *l)
{
    str rest = buf_str(&l->line);
    size_t most = LONGEST;
    l->out->failed = l->out->failed || buf_failed(&l->line);
    while (rest.n > most) {
        size_t cut = cut_at(rest, most);
        buf_add(l->out, str_sub(rest, 0, cut));
        buf_add(l->out, STR("\r\n "));
        rest = str_sub(rest, cut, rest.n);
        most = LONGEST - 1; /* the blank counts */
    }
    buf_add(l->out, rest);
    buf_add(l->out, STR("\r\n"));
}

void ics_line_plain(struct ics_line *l, const char *name, str value)
{
    buf_add(ics_line_begin(l, name), value);
    ics_line_end(l);
}

void ics_line_text(struct ics_line *l, const char *name, str text)
{
    if (text.n == 0)
        return;
    ics_line_escape(ics_line_begin(l, name), text);
    ics_line_end(l);
}

void ics_line_escape(struct buf *out, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool pair = c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
        bool c1 = c == 0xC2 && i + 1 < text.n && (unsigned char)text.p[i + 1] < 0xA0;
        if (pair)
            continue;
        if (c == '\n' || c == '\r') {
            buf_add(out, STR("\\n"));
        } else if (c == '\\' || c == ';' || c == ',') {
            buf_add_char(out, '\\');
            buf_add_char(out, (char)c);
        } else if (c1) {
            i++;
        } else if ((c >= 0x20 && c != 0x7F) || c == '\t') {
            buf_add_char(out, (char)c);
        }
    }
}
