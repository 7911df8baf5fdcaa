#include "api/links.h"

#include "api/percent.h"
#include "base/jout.h"

#define LONGEST ((size_t)64 * 1024)

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

static void write_link(struct jout *j, const char *rel, str href, str type)
{
    jout_object(j);
    jout_member_text(j, "rel", rel);
    jout_member_str(j, "href", href);
    jout_member_str(j, "type", type);
    jout_object_end(j);
}

/* Without what the other format could not follow: a column is not a member. */
static str alternate(struct call *x, enum format f)
{
    static const char *const of_json[] = {"format", "pretty", "shape", NULL};
    static const char *const of_csv[] = {"format", "pretty", "shape", "fields", "include", NULL};
    bool table = f == FORMAT_CSV || x->format == FORMAT_CSV;
    struct buf href;
    buf_init(&href, LONGEST);
    add_stem(x, &href);
    buf_printf(&href, ".%s", format_name(f).p);
    add_query(x, &href, table ? of_csv : of_json);
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
