#include "render/html_reference.h"

#include <stdlib.h>

#include "render/html.h"

/* X(member, kind) */
#define REFERENCES(X)                                                                              \
    X("actor", "actors")                                                                           \
    X("actors", "actors")                                                                          \
    X("speaker", "actors")                                                                         \
    X("member_of", "actors")                                                                       \
    X("place", "places")                                                                           \
    X("places", "places")                                                                          \
    X("part_of", "places")                                                                         \
    X("source", "sources")                                                                         \
    X("sources", "sources")                                                                        \
    X("derives_from", "sources")                                                                   \
    X("event", "events")                                                                           \
    X("events", "events")                                                                          \
    X("about", "events")                                                                           \
    X("from", "events")                                                                            \
    X("to", "events")                                                                              \
    X("parent", "types")                                                                           \
    X("types", "types")                                                                            \
    X("claims", "claims")                                                                          \
    X("relations", "relations")

const char *html_reference_kind(str key)
{
    static const struct {
        str member;
        const char *kind;
    } references[] = {
#define X(member, kind) {STR_INIT(member), kind},
        REFERENCES(X)
#undef X
    };
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        if (str_eq(references[i].member, key))
            return references[i].kind;
    return NULL;
}

int html_reference_compare(const void *a, const void *b)
{
    const struct page_name *left = a, *right = b;
    int order = str_cmp(left->kind, right->kind);
    return order != 0 ? order : str_cmp(left->id, right->id);
}

static str name_of(const struct page_site *site, str kind, str id)
{
    const struct page_name wanted = {.kind = kind, .id = id};
    const struct page_name *found = NULL;
    if (site->name_count > 0)
        found = bsearch(&wanted, site->names, site->name_count, sizeof *site->names,
                        html_reference_compare);
    return found != NULL && found->name.n > 0 ? found->name : id;
}

void html_reference_open(struct buf *out, const struct page_site *site, str kind, str id)
{
    buf_add(out, STR("<a href=\"/v1/"));
    html_segment(out, kind);
    buf_add_char(out, '/');
    html_segment(out, id);
    if (site->as_of.n > 0) {
        buf_add(out, STR("?as_of="));
        html_segment(out, site->as_of);
    }
    buf_add(out, STR("\" dir=\"auto\">"));
}

void html_reference_named(struct buf *out, const struct page_site *site, str kind, str id, str text)
{
    html_reference_open(out, site, kind, id);
    html_put(out, "", text, "</a>");
}

void html_reference_link(struct buf *out, const struct page_site *site, str kind, str id)
{
    html_reference_named(out, site, kind, id, name_of(site, kind, id));
}

void html_reference_events(struct buf *out, const struct page_site *site, const char *term,
                           str value, str text)
{
    buf_printf(out, "<a href=\"/v1/events?%s=", term);
    html_segment(out, value);
    if (site->as_of.n > 0) {
        buf_add(out, STR("&amp;as_of="));
        html_segment(out, site->as_of);
    }
    html_put(out, "\" dir=\"auto\">", text, "</a>");
}
