#include "api/links.h"

#include <inttypes.h>

#include "api/parameter.h"
#include "api/percent.h"
#include "base/jout.h"

#define LONGEST ((size_t)64 * 1024)
#define LONGEST_OEMBED 4000

/* The path as it was understood, without its suffix. */
static void add_stem(struct call *x, struct buf *out)
{
    percent_encode(out, x->match.stem);
}

static bool is_named(struct call *x, str piece, const char *name)
{
    str raw, rest;
    size_t n;
    str_cut(piece, '=', &raw, &rest);
    char *p = arena_alloc(x->arena, raw.n + 1);
    return percent_decode(raw, PERCENT_QUERY, p, &n) == NULL && str_eq((str){p, n}, str_from(name));
}

static bool is_among(struct call *x, str piece, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++)
        if (is_named(x, piece, names[i]))
            return true;
    return false;
}

/* The query without some of its parameters, each piece with its "?" or "&" before it. */
static char add_query(struct call *x, struct buf *out, const char *const *without)
{
    char before = '?';
    str piece, rest = x->query;
    bool more = rest.n > 0;
    while (more) {
        more = str_cut(rest, '&', &piece, &rest);
        if (piece.n == 0 || is_among(x, piece, without))
            continue;
        buf_add_char(out, before);
        buf_add(out, piece);
        before = '&';
    }
    return before;
}

static str taken(struct call *x, struct buf *b)
{
    str out = arena_copy(x->arena, buf_str(b));
    buf_free(b);
    return out;
}

str links_next(struct call *x, const struct cursor *c)
{
    static const char *const replaced[] = {"cursor", NULL};
    struct buf href;
    buf_init(&href, LONGEST);
    add_stem(x, &href);
    if (x->match.suffix.n > 0)
        buf_printf(&href, ".%.*s", STR_ARG(x->match.suffix));
    char before = add_query(x, &href, replaced);
    buf_printf(&href, "%ccursor=%.*s", before,
               STR_ARG(cursor_write(c, store_id(x->api->store), x->arena)));
    return taken(x, &href);
}

str links_events(struct call *x, const char *name, str value)
{
    static const char *const of_counts[] = {"by",      "bins",   "split",  "limit",
                                            "explain", "format", "pretty", NULL};
    static const char *const and_role[] = {"by",     "bins",   "split", "limit", "explain",
                                           "format", "pretty", "role",  NULL};
    bool role = name != NULL && str_eq(str_from(name), STR("role"));
    struct buf href;
    buf_init(&href, LONGEST);
    buf_add(&href, STR("/v1/events"));
    char before = add_query(x, &href, role ? and_role : of_counts);
    if (name != NULL) {
        buf_printf(&href, "%c%s=", before, name);
        percent_encode(&href, value);
    }
    return taken(x, &href);
}

str links_pinned(struct call *x, str path, int64_t version, str fingerprint)
{
    static const char *const of_citing[] = {"as_of",  "fingerprint", "until",
                                            "format", "pretty",      NULL};
    struct buf href;
    buf_init(&href, LONGEST);
    percent_encode(&href, path);
    char before = add_query(x, &href, of_citing);
    buf_printf(&href, "%cas_of=%" PRId64, before, version);
    if (fingerprint.n > 0)
        buf_printf(&href, "&fingerprint=%.*s", STR_ARG(fingerprint));
    return taken(x, &href);
}

str links_of_embed(struct call *x)
{
    static const char *const of_embeds[] = {"from",  "to",     "selected", "label",
                                            "lanes", "format", NULL};
    struct buf href;
    buf_init(&href, LONGEST);
    buf_add(&href, STR("/v1/events"));
    add_query(x, &href, of_embeds);
    return taken(x, &href);
}

static str public_base(struct call *x)
{
    str base = str_from(x->api->settings.public_url);
    while (base.n > 0 && base.p[base.n - 1] == '/')
        base.n--;
    return base;
}

str links_oembed(struct call *x, str target)
{
    str base = public_base(x);
    struct buf href;
    buf_init(&href, LONGEST_OEMBED);
    buf_add(&href, base);
    buf_add(&href, STR("/oembed?url="));
    percent_encode(&href, base);
    percent_encode(&href, target);
    if (buf_failed(&href))
        buf_clear(&href);
    return taken(x, &href);
}

/* A host as it can stand in an address, with or without a port. */
static bool is_host(str host)
{
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && str_find(STR(".-:[]_"), c) == 6)
            return false;
    }
    return host.n > 0;
}

str links_base(struct call *x)
{
    str base = public_base(x);
    str host = str_trim(api_header_get(x->rq, "Host"));
    if (base.n > 0 || !is_host(host))
        return base;
    return arena_printf(x->arena, "http://%.*s", STR_ARG(host));
}

static void write_link(struct jout *j, const char *rel, str href, str type)
{
    jout_object(j);
    jout_member_text(j, "rel", rel);
    jout_member_str(j, "href", href);
    jout_member_str(j, "type", type);
    jout_object_end(j);
}

static bool shows_members(enum format f)
{
    return f == FORMAT_JSON || f == FORMAT_NDJSON;
}

static bool is_sorted(struct call *x)
{
    static const char *const sort[] = {"sort", NULL};
    str piece, rest = x->query;
    for (bool more = rest.n > 0; more;) {
        more = str_cut(rest, '&', &piece, &rest);
        if (is_among(x, piece, sort))
            return true;
    }
    return false;
}

/*
 * Without what the other format could not follow: a column is not a member and holds ids, not
 * names, and a cursor goes on in the order of its question. A feed brings the newest news first,
 * unless asked otherwise.
 */
static str alternate(struct call *x, enum format f)
{
    static const char *const of_any[] = {"format", "pretty", "shape", "width", "explain"};
    const char *without[16] = {NULL};
    size_t n = 0;
    for (; n < sizeof of_any / sizeof *of_any; n++)
        without[n] = of_any[n];
    bool resorted = f == FORMAT_ATOM && x->route->parameters & PARAMETER_BIT(PARAM_SORT) &&
                    !is_sorted(x);
    if (!shows_members(f) || !shows_members(x->format))
        without[n++] = "fields";
    if (!shows_members(f))
        without[n++] = "include";
    if (f != FORMAT_SVG && f != FORMAT_TXT && f != FORMAT_HTML)
        without[n++] = "lanes";
    if (f == FORMAT_CSV || f == FORMAT_GEOJSON)
        without[n++] = "lang";
    if (resorted || f == FORMAT_EVENT_STREAM)
        without[n++] = "cursor";
    struct buf href;
    buf_init(&href, LONGEST);
    add_stem(x, &href);
    buf_printf(&href, ".%s", format_name(f).p);
    char before = add_query(x, &href, without);
    if (resorted)
        buf_printf(&href, "%csort=updated", before);
    return taken(x, &href);
}

str links_write(struct call *x, str next)
{
    struct buf out;
    buf_init(&out, 16 * LONGEST);
    struct jout j;
    jout_init(&j, &out);
    jout_array(&j);
    write_link(&j, "self", x->target, format_type(x->format));
    for (unsigned f = 0; f < FORMATS; f++)
        if (x->route->formats & FORMAT_BIT(f) && f != x->format)
            write_link(&j, "alternate", alternate(x, (enum format)f), format_type((enum format)f));
    if (next.n > 0)
        write_link(&j, "next", next, format_type(x->format));
    jout_array_end(&j);
    return taken(x, &out);
}
