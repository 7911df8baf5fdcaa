#include "render/pretty.h"

static void new_line(struct buf *out, size_t depth)
{
    buf_add_char(out, '\n');
    for (size_t i = 0; i < depth; i++)
        buf_add(out, STR("  "));
}

/* The byte after the string that begins at `at`. */
static size_t after_string(str json, size_t at)
{
    for (at++; at < json.n && json.p[at] != '"'; at++)
        if (json.p[at] == '\\')
            at++;
    return at + 1;
}

void pretty_write(struct buf *out, str json)
{
    size_t depth = 0;
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (c == '"') {
            size_t end = after_string(json, i);
            buf_add(out, str_sub(json, i, end - i));
            i = end - 1;
        } else if (c == '{' || c == '[') {
            buf_add_char(out, c);
            if (i + 1 < json.n && (json.p[i + 1] == '}' || json.p[i + 1] == ']'))
                buf_add_char(out, json.p[++i]);
            else
                new_line(out, ++depth);
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
            new_line(out, depth);
            buf_add_char(out, c);
        } else if (c == ',') {
            buf_add_char(out, c);
            new_line(out, depth);
        } else {
            buf_add_char(out, c);
            if (c == ':')
                buf_add_char(out, ' ');
        }
    }
    buf_add_char(out, '\n');
}
