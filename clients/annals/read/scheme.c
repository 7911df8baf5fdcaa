#include "annals/read/scheme.h"

#include "base/check.h"
#include "base/nearest.h"

static const struct {
    const char *name;
    const char *section;
} schemes[] = {
#define X(value, scheme, section) {scheme, section},
    SCHEME_TABLE(X)
#undef X
};

enum scheme scheme_of(str url, str *rest)
{
    str head;
    if (!str_cut(url, ':', &head, rest))
        return SCHEME_OTHER;
    for (int s = 0; s < SCHEME_OTHER; s++)
        if (str_eq(head, str_from(schemes[s].name)))
            return (enum scheme)s;
    return SCHEME_OTHER;
}

str scheme_nearest(str url)
{
    str head, rest;
    if (!str_cut(url, ':', &head, &rest))
        return (str){0};
    struct nearest n = {.word = head};
    for (int s = 0; s < SCHEME_OTHER; s++)
        nearest_try(&n, str_from(schemes[s].name));
    return n.best;
}

const char *scheme_name(enum scheme s)
{
    ENSURE(s < SCHEME_OTHER);
    return schemes[s].name;
}

const char *scheme_section(enum scheme s)
{
    ENSURE(s < SCHEME_OTHER);
    return schemes[s].section;
}
