#include "base/str.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"

int str_printf_length(str s)
{
    ENSURE(s.n <= INT_MAX);
    return (int)s.n;
}

str str_from(const char *text)
{
    return (str){text, text ? strlen(text) : 0};
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_nocase(str a, str b)
{
    return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order != 0)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

str str_sub(str s, size_t from, size_t count)
{
    if (from >= s.n)
        return (str){s.n ? s.p + s.n : s.p, 0};
    return (str){s.p + from, count < s.n - from ? count : s.n - from};
}

size_t str_find(str s, char byte)
{
    const char *at = s.n ? memchr(s.p, byte, s.n) : NULL;
    return at ? (size_t)(at - s.p) : s.n;
}

size_t str_search(str s, str needle, size_t from)
{
    if (from >= s.n || needle.n == 0)
        return s.n;
    const char *at = memmem(s.p + from, s.n - from, needle.p, needle.n);
    return at ? (size_t)(at - s.p) : s.n;
}

bool str_cut(str s, char byte, str *head, str *tail)
{
    size_t at = str_find(s, byte);
    *head = str_sub(s, 0, at);
    *tail = str_sub(s, at + 1, s.n);
    return at < s.n;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
    while (s.n > 0 && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}
