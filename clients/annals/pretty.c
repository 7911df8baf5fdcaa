#include "annals/pretty.h"

static void new_line(struct buf *out, size_t depth)
{
    buf_add_char(out, '\n');
    while (depth-- > 0)
        buf_add(out, STR("  "));
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* The byte after the string that begins at `at`. */
static size_t string_end(str json, size_t at)
{
    for (at++; at < json.n && json.p[at] != '"'; at++)
        at += json.p[at] == '\\';
    return at < json.n ? at + 1 : json.n;
}

static bool closes_next(str json, size_t at)
{
    while (at < json.n && is_space(json.p[at]))
        at++;
    return at < json.n && (json.p[at] == '}' || json.p[at] == ']');
}

void pretty_append(struct buf *out, str json)
{
    size_t depth = 0;
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (c == '"') {
            size_t end = string_end(json, i);
            buf_add(out, str_sub(json, i, end - i));
            i = end - 1;
        } else if (c == '{' || c == '[') {
            buf_add_char(out, c);
            depth++;
            if (!closes_next(json, i + 1))
                new_line(out, depth);
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
            if (out->n > 0 && out->p[out->n - 1] != '{' && out->p[out->n - 1] != '[')
                new_line(out, depth);
            buf_add_char(out, c);
        } else if (c == ',') {
            buf_add_char(out, c);
            new_line(out, depth);
        } else if (c == ':') {
            buf_add(out, STR(": "));
        } else if (!is_space(c)) {
            buf_add_char(out, c);
        }
    }
}
