#include "annals/read/core.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

static bool is_one_of(str text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_eq(text, str_from(*words)))
            return true;
    return false;
}

static size_t digits_at(str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

static bool looks_int(str s)
{
    size_t sign = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    return s.n > sign && sign + digits_at(s, sign) == s.n;
}

/* 0o and digits to 7, 0x and hexadecimal digits */
static int base_of(str s)
{
    static const char octal[] = "01234567";
    static const char hex[] = "0123456789abcdefABCDEF";
    if (s.n < 3 || s.p[0] != '0' || (s.p[1] != 'o' && s.p[1] != 'x'))
        return 0;
    const char *allowed = s.p[1] == 'o' ? octal : hex;
    for (size_t i = 2; i < s.n; i++)
        if (s.p[i] == '\0' || strchr(allowed, s.p[i]) == NULL)
            return 0;
    return s.p[1] == 'o' ? 8 : 16;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool looks_float(str s)
{
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    size_t before = digits_at(s, at);
    at += before;
    size_t after = 0;
    if (at < s.n && s.p[at] == '.') {
        after = digits_at(s, at + 1);
        at += 1 + after;
    }
    if (before + after == 0)
        return false;
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
        at++;
        at += at < s.n && (s.p[at] == '-' || s.p[at] == '+');
        size_t exponent = digits_at(s, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == s.n;
}

static bool refuse(struct core_value *out)
{
    out->kind = CORE_INT;
    out->whole = 0;
    return false;
}

static bool read_number(str text, struct core_value *out)
{
    int base = base_of(text);
    if (base != 0 || looks_int(text)) {
        errno = 0;
        out->kind = CORE_INT;
        out->whole = strtoll(text.p + (base != 0 ? 2 : 0), NULL, base != 0 ? base : 10);
        return errno != ERANGE || refuse(out);
    }
    if (looks_float(text)) {
        out->kind = CORE_FLOAT;
        out->real = strtod(text.p, NULL);
        return isfinite(out->real) || refuse(out);
    }
    return true;
}

bool core_read(str text, struct core_value *out)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const trues[] = {"true", "True", "TRUE", NULL};
    static const char *const falses[] = {"false", "False", "FALSE", NULL};
    static const char *const endless[] = {".inf",  ".Inf",  ".INF",  "+.inf", "+.Inf",
                                          "+.INF", "-.inf", "-.Inf", "-.INF", ".nan",
                                          ".NaN",  ".NAN",  NULL};
    *out = (struct core_value){.kind = CORE_STRING, .text = text};
    if (is_one_of(text, nulls)) {
        out->kind = CORE_NULL;
    } else if (is_one_of(text, trues) || is_one_of(text, falses)) {
        out->kind = CORE_BOOL;
        out->whole = is_one_of(text, trues);
    } else if (is_one_of(text, endless)) {
        return refuse(out);
    }
    return out->kind != CORE_STRING || read_number(text, out);
}

void core_write(struct jout *j, const struct core_value *value)
{
    switch (value->kind) {
    case CORE_NULL:
        jout_null(j);
        return;
    case CORE_BOOL:
        jout_bool(j, value->whole != 0);
        return;
    case CORE_INT:
        jout_i64(j, value->whole);
        return;
    case CORE_FLOAT:
        jout_f64(j, value->real);
        return;
    case CORE_STRING:
        jout_str(j, value->text);
        return;
    }
    UNREACHABLE();
}
