#include "render/html_links.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "render/format.h"
#include "render/html.h"

/* A phone's drawing is laid out for this many pixels. */
#define NARROW 400

/* What a format is called in a link. */
static const char *const words[FORMATS] = {
    [FORMAT_JSON] = "JSON",
    [FORMAT_NDJSON] = "NDJSON",
    [FORMAT_CSV] = "CSV",
    [FORMAT_GEOJSON] = "GeoJSON",
    [FORMAT_ICS] = "calendar",
    [FORMAT_ATOM] = "feed",
    [FORMAT_TIMELINEJS] = "TimelineJS",
    [FORMAT_JSONLD] = "JSON-LD",
    [FORMAT_TXT] = "text",
    [FORMAT_BIBTEX] = "BibTeX",
    [FORMAT_CSL] = "CSL-JSON",
    [FORMAT_SVG] = "drawing",
};

static const char *word_of(enum format f)
{
    return words[f] != NULL ? words[f] : format_name(f).p;
}

/* The format of an alternate: what follows the last dot of its path. */
static bool format_of(str href, enum format *f)
{
    str path, query;
    str_cut(href, '?', &path, &query);
    size_t dot = path.n;
    while (dot > 0 && path.p[dot - 1] != '.' && path.p[dot - 1] != '/')
        dot--;
    return dot > 0 && path.p[dot - 1] == '.' && format_find(str_sub(path, dot, path.n), f);
}

/* The next alternate of a page. Addresses that we write hold nothing to be unescaped. */
static bool next_alternate(str links, size_t *at, enum format *f, str *href, str *type)
{
    str link;
    if (links.n == 0)
        return false;
    while (jscan_element(links, at, &link)) {
        str address = jvalue_member(link, "href"), kind = jvalue_member(link, "type");
        if (!jvalue_is(jvalue_member(link, "rel"), "alternate") || !jvalue_is_text(address) ||
            !jvalue_is_text(kind))
            continue;
        *href = str_sub(address, 1, address.n - 2);
        *type = str_sub(kind, 1, kind.n - 2);
        if (format_of(*href, f))
            return true;
    }
    return false;
}

void html_links_head(struct buf *out, const struct page *page)
{
    size_t at = 0;
    enum format f;
    str href, type;
    while (next_alternate(page->links, &at, &f, &href, &type)) {
        html_put(out, "<link rel=\"alternate\" type=\"", type, "\" href=\"");
        html_address(out, href);
        buf_printf(out, "\" title=\"%s\">\n", word_of(f));
    }
}

void html_links_embed(struct buf *out, str oembed)
{
    static const char *const formats[] = {"json", "xml"};
    for (size_t i = 0; oembed.n > 0 && i < sizeof formats / sizeof *formats; i++) {
        buf_printf(out, "<link rel=\"alternate\" type=\"%s/%s+oembed\" title=\"oEmbed\" href=\"",
                   i == 0 ? "application" : "text", formats[i]);
        html_address(out, oembed);
        buf_printf(out, "&amp;format=%s\">\n", formats[i]);
    }
}

/* The list items of those formats that are in `set`. */
static void formats_of(struct buf *out, const struct page *page, unsigned set)
{
    size_t at = 0;
    enum format f;
    str href, type;
    while (next_alternate(page->links, &at, &f, &href, &type)) {
        if (!(set & FORMAT_BIT(f)))
            continue;
        buf_add(out, STR("<li><a href=\""));
        html_address(out, href);
        html_put(out, "\" type=\"", type, "\">");
        buf_printf(out, "%s</a></li>\n", word_of(f));
    }
}

void html_links_formats(struct buf *out, const struct page *page)
{
    if (page->links.n == 0)
        return;
    buf_add(out, STR("<p class=\"soft\" id=\"as\">This as</p><ul aria-labelledby=\"as\">\n"));
    formats_of(out, page, ~0u);
    buf_add(out, STR("</ul>\n"));
}

void html_links_view(struct buf *out, const struct page *page)
{
    const unsigned first = FORMAT_BIT(FORMAT_JSON) | FORMAT_BIT(FORMAT_CSV) |
                           FORMAT_BIT(FORMAT_GEOJSON) | FORMAT_BIT(FORMAT_ICS);
    buf_add(out, STR("<ul id=\"formats\" class=\"inline\" aria-label=\"This view as\">\n"));
    if (page->links.n > 0)
        formats_of(out, page, first);
    buf_add(out, STR("</ul>\n"));
}

static void picture(struct buf *out, str href, const char *alt, str name, const char *after)
{
    char joint = str_find(href, '?') < href.n ? '&' : '?';
    struct buf narrow;
    buf_init(&narrow, href.n + 40);
    buf_add(&narrow, href);
    buf_printf(&narrow, "%cwidth=%d", joint, NARROW);
    buf_add(out, STR("<div class=\"drawing\" tabindex=\"0\" role=\"region\" "
                     "aria-label=\"Drawing\"><a href=\""));
    html_address(out, href);
    buf_add(out, STR("\"><picture><source media=\"(max-width:40rem)\" srcset=\""));
    html_address(out, buf_str(&narrow));
    buf_add(out, STR("\"><img src=\""));
    html_address(out, href);
    html_put(out, "\" alt=\"", str_from(alt), "");
    html_put(out, "", name, "");
    html_put(out, "", str_from(after), "\"></picture></a></div>\n");
    buf_free(&narrow);
}

void html_links_drawing(struct buf *out, const struct page *page, const char *alt)
{
    size_t at = 0;
    enum format f;
    str href, type;
    if (page->n == 0 || page->fields.n > 0)
        return;
    while (next_alternate(page->links, &at, &f, &href, &type))
        if (f == FORMAT_SVG)
            picture(out, href, alt, STR(""), "");
}

void html_links_drawing_of(struct buf *out, const struct page_site *site, const char *term,
                           str value, str name)
{
    if (format_write(FORMAT_SVG) == NULL)
        return;
    struct buf href;
    buf_init(&href, 8192);
    buf_printf(&href, "/v1/events.svg?%s=", term);
    html_segment(&href, value);
    if (site->as_of.n > 0) {
        buf_add(&href, STR("&as_of="));
        html_segment(&href, site->as_of);
    }
    if (!buf_failed(&href)) {
        buf_add(out, STR("<h2>Its events</h2>\n"));
        picture(out, buf_str(&href), "A drawn timeline of the events of ", name, "");
    }
    buf_free(&href);
}

void html_links_next(struct buf *out, const struct page *page)
{
    if (page->next.n == 0)
        return;
    buf_add(out, STR("<p><a class=\"next\" rel=\"next\" href=\""));
    html_address(out, page->next);
    buf_add(out, STR("\">Next page <span aria-hidden=\"true\">→</span></a></p>\n"));
}
