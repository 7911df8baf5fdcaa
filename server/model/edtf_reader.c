#include "model/edtf_reader.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/check.h"
#include "base/utf8.h"

int edtf_reader_peek(const struct edtf_reader *r)
{
    return r->at < r->text.n ? (unsigned char)r->text.p[r->at] : -1;
}

bool edtf_reader_take(struct edtf_reader *r, str token)
{
    if (!str_eq(str_sub(r->text, r->at, token.n), token))
        return false;
    r->at += token.n;
    return true;
}

bool edtf_reader_fail(struct edtf_reader *r, size_t at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(r->error->detail, sizeof r->error->detail, format, args);
    va_end(args);
    ENSURE(n > 0 && (size_t)n < sizeof r->error->detail);
    r->error->position = at;
    return false;
}

bool edtf_reader_unexpected(struct edtf_reader *r, const char *rule)
{
    int c = edtf_reader_peek(r);
    str rest = str_sub(r->text, r->at, 4);
    size_t length = utf8_sequence(rest);
    if (c < 0)
        return edtf_reader_fail(r, r->at, "%s, but the text ends here", rule);
    if (length == 0)
        return edtf_reader_fail(r, r->at, "%s, but here is a byte that is not UTF-8", rule);
    if (c < 0x20 || c == 0x7F)
        return edtf_reader_fail(r, r->at, "%s, but here is the character U+%04X", rule,
                                (unsigned)c);
    return edtf_reader_fail(r, r->at, "%s, but here is \"%.*s\"", rule,
                            STR_ARG(str_sub(rest, 0, length)));
}
