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

void html_reference_kept(struct buf *out, const char *name, str value, bool *begun)
{
    if (value.n == 0)
        return;
    buf_printf(out, "%s%s=", *begun ? "&amp;" : "?", name);
    html_segment(out, value);
    *begun = true;
}

static void keep(struct buf *out, const struct page_site *site, str kind, bool begun)
{
    html_reference_kept(out, "as_of", site->as_of, &begun);
    if (!str_eq(kind, STR("events")))
        return;
    html_reference_kept(out, "policy", site->policy, &begun);
    html_reference_kept(out, "known_at", site->known_at, &begun);
}

void html_reference_open(struct buf *out, const struct page_site *site, str kind, str id)
{
    buf_add(out, STR("<a href=\"/v1/"));
    html_segment(out, kind);
    buf_add_char(out, '/');
    html_segment(out, id);
    keep(out, site, kind, false);
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
    keep(out, site, STR("events"), true);
    html_put(out, "\" dir=\"auto\">", text, "</a>");
}

void html_reference_reading(struct buf *out, const struct page_site *site)
{
    bool begun = false;
    if (site->reading.n == 0)
        return;
    html_put(out, "<p class=\"reading\">Shown ", site->reading, ". <a href=\"");
    html_address(out, site->path);
    html_reference_kept(out, "as_of", site->as_of, &begun);
    buf_add(out, STR("\">Show the preferred account with all that is known</a></p>\n"));
}
