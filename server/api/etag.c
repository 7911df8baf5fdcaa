#include "api/etag.h"

#include <inttypes.h>

#include "base/hash.h"
#include "base/num.h"

str etag_make(char letter, int64_t version, uint64_t stamp, str store, const struct api_request *rq,
              struct arena *a)
{
    uint64_t hash = hash_table64(hash_table64(stamp + api_variant(rq), store), rq->target);
    return arena_printf(a, "\"%c%" PRId64 "-%016" PRIx64 "\"", letter, version, hash);
}

bool etag_next(str *list, bool *weak, str *tag)
{
    str s = *list;
    while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == ','))
        s = str_sub(s, 1, s.n);
    *weak = str_starts(s, STR("W/"));
    if (*weak)
        s = str_sub(s, 2, s.n);
    if (s.n == 0 || s.p[0] != '"')
        return false;
    size_t end = 1 + str_find(str_sub(s, 1, s.n), '"');
    if (end >= s.n)
        return false;
    *tag = str_sub(s, 0, end + 1);
    *list = str_sub(s, end + 1, s.n);
    return true;
}

bool etag_matches(str sent, str etag)
{
    bool weak;
    str tag;
    if (etag.n == 0)
        return false;
    if (str_eq(str_trim(sent), STR("*")))
        return true;
    while (etag_next(&sent, &weak, &tag))
        if (str_eq(tag, etag))
            return true;
    return false;
}

/* The version in "s7" or "s7-…"; 0, which no source has, for any other tag. */
static int64_t version_of(str tag)
{
    str inside = str_sub(tag, 1, tag.n - 2), number, rest;
    int64_t version;
    str_cut(inside, '-', &number, &rest);
    bool good = str_starts(number, STR("s")) &&
                num_parse_range(str_sub(number, 1, number.n), 1, INT64_MAX, &version);
    return good ? version : 0;
}

static bool read_tags(str list, struct etag_condition *out)
{
    bool weak;
    str tag;
    out->some = true;
    size_t most = sizeof out->versions / sizeof *out->versions;
    size_t seen = 0;
    while (etag_next(&list, &weak, &tag)) {
        if (seen++ == most)
            return false;
        /* If-Match compares strongly: a weak tag equals none (RFC 9110, section 13.1.1). */
        if (!weak)
            out->versions[out->version_count++] = version_of(tag);
    }
    return seen > 0 && str_trim(list).n == 0;
}

bool etag_condition_read(const struct api_request *rq, struct etag_condition *out,
                         const char **wrong)
{
    *out = (struct etag_condition){0};
    str match = api_header_get(rq, "If-Match");
    str none = api_header_get(rq, "If-None-Match");
    out->given = match.p != NULL || none.p != NULL;
    *wrong = "If-Match";
    if (match.p != NULL && str_eq(str_trim(match), STR("*")))
        out->must_exist = true;
    else if (match.p != NULL && !read_tags(match, out))
        return false;
    *wrong = "If-None-Match";
    if (none.p != NULL && !str_eq(str_trim(none), STR("*")))
        return false;
    out->must_not_exist = none.p != NULL;
    return true;
}

bool etag_condition_holds(const struct etag_condition *c, int64_t version)
{
    if (c->must_exist && version == 0)
        return false;
    if (c->must_not_exist && version != 0)
        return false;
    for (size_t i = 0; i < c->version_count; i++)
        if (version != 0 && c->versions[i] == version)
            return true;
    return !c->some;
}
