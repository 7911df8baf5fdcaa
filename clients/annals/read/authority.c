#include "annals/read/authority.h"

#include "model/document_form.h"

/* X(scheme, host and path before the value): without "www." and in lower case */
#define AUTHORITY_TABLE(X)                                                                         \
    X("wikidata", "wikidata.org/entity/")                                                          \
    X("wikidata", "wikidata.org/wiki/")                                                            \
    X("geonames", "sws.geonames.org/")                                                             \
    X("geonames", "geonames.org/")                                                                 \
    X("viaf", "viaf.org/viaf/")                                                                    \
    X("gnd", "d-nb.info/gnd/")                                                                     \
    X("pleiades", "pleiades.stoa.org/places/")                                                     \
    X("tgn", "vocab.getty.edu/tgn/")                                                               \
    X("isni", "isni.org/isni/")                                                                    \
    X("orcid", "orcid.org/")

static const struct {
    const char *scheme;
    const char *before;
} authorities[] = {
#define X(scheme, before) {scheme, before},
    AUTHORITY_TABLE(X)
#undef X
};

/* Without the scheme of the address and "www."; empty for other schemes. */
static str host_of(str address)
{
    static const str starts[] = {STR_INIT("https://"), STR_INIT("http://")};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (!str_eq_nocase(str_sub(address, 0, starts[i].n), starts[i]))
            continue;
        str rest = str_sub(address, starts[i].n, address.n);
        return str_eq_nocase(str_sub(rest, 0, 4), STR("www.")) ? str_sub(rest, 4, rest.n) : rest;
    }
    return (str){0};
}

/* What follows, up to a slash, a query or a fragment. */
static str first_part(str rest)
{
    size_t n = 0;
    while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && rest.p[n] != '#')
        n++;
    return str_sub(rest, 0, n);
}

bool authority_of(str address, struct arena *a, str *scheme, str *value)
{
    str host = host_of(address);
    for (size_t i = 0; host.n > 0 && i < sizeof authorities / sizeof *authorities; i++) {
        str before = str_from(authorities[i].before);
        str rest = first_part(str_sub(host, before.n, host.n));
        if (!str_eq_nocase(str_sub(host, 0, before.n), before) || rest.n == 0)
            continue;
        *scheme = str_from(authorities[i].scheme);
        *value = rest;
        return true;
    }
    *scheme = STR("uri");
    *value = address;
    return document_form_fault(FORM_URL, address, a).n == 0;
}

str authority_scheme(str name, struct arena *a)
{
    char *p = arena_alloc(a, name.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        bool letter = c >= 'a' && c <= 'z';
        if (!letter && n == 0)
            continue; /* a scheme begins with a letter */
        p[n++] = letter || (c >= '0' && c <= '9') || c == '_' ? c : '-';
    }
    str scheme = {p, n};
    return document_form_fault(FORM_SCHEME, scheme, a).n == 0 ? scheme : (str){0};
}

bool authority_is_gazetteer(str scheme)
{
    return str_eq(scheme, STR("geonames")) || str_eq(scheme, STR("pleiades")) ||
           str_eq(scheme, STR("tgn"));
}
