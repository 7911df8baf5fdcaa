#include "model/typed.h"

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

bool typed_next(str *rest, struct typed_part *out)
{
    if (rest->n == 0)
        return false;
    bool quoted = rest->p[0] == '"';
    str from = quoted ? str_sub(*rest, 1, rest->n) : *rest;
    size_t end = 0;
    while (end < from.n && from.p[end] != '"' && (quoted || !is_blank(from.p[end])))
        end++;
    out->text = str_sub(from, 0, end);
    out->prefix = str_ends(out->text, STR("*")) ||
                  (quoted && str_starts(str_sub(from, end, 2), STR("\"*")));
    /* A quote that ends a bare word begins the next part. */
    bool closes = end < from.n && (quoted || is_blank(from.p[end]));
    *rest = str_sub(from, end + (closes ? 1 : 0), from.n);
    return true;
}
