#include "render/html_embed.h"

#include "render/html.h"
#include "render/html_events.h"
#include "render/html_links.h"
#include "render/xml.h"

static void head(struct buf *out, const struct html_embed *e, const struct page_site *site)
{
    buf_add(out, STR("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n"
                     "<base target=\"_blank\">\n"));
    html_put(out, "<title>", e->title, " · ");
    html_put(out, "", site->store_title, "</title>\n");
    html_links_embed(out, site->oembed);
    buf_add(out, STR("<link rel=\"canonical\" href=\""));
    html_address(out, e->src);
    buf_add(out, STR("\">\n<link rel=\"stylesheet\" href=\"/assets/page.css\">\n"
                     "<script type=\"module\" src=\"/annals-timeline.js\"></script>\n"
                     "<script type=\"module\" src=\"/assets/embed.js\"></script>\n"
                     "</head>\n<body class=\"embed\">\n<main id=\"main\">\n"));
    html_put(out, "<h1 class=\"hidden\" dir=\"auto\">", e->title, "</h1>\n");
}

static void attribute(struct buf *out, const char *name, str value)
{
    if (value.n > 0)
        xml_attribute(out, name, value);
}

/* What stands inside the element until it draws, and where it never does. */
static void fallback(struct buf *out, const struct html_embed *e, const struct page *page)
{
    if (page->n == 0)
        buf_add(out, STR("<p>No event answers this.</p>\n"));
    else
        html_events_items(out, page);
    if (page->next.n == 0)
        return;
    buf_add(out, STR("<p><a href=\""));
    html_address(out, e->home);
    buf_add(out, STR("\" rel=\"noopener\">All of them</a></p>\n"));
}

void html_embed_write(struct buf *out, const struct html_embed *e, const struct page *page)
{
    head(out, e, page->site);
    buf_add(out, STR("<annals-timeline src=\""));
    html_address(out, e->src);
    buf_add_char(out, '"');
    attribute(out, "from", e->from);
    attribute(out, "to", e->to);
    attribute(out, "lanes", e->lanes);
    attribute(out, "selected", e->selected);
    attribute(out, "label", e->label);
    buf_add(out, STR(">\n"));
    fallback(out, e, page);
    buf_add(out, STR("</annals-timeline>\n<p class=\"home\"><a id=\"home\" href=\""));
    html_address(out, e->home);
    html_put(out, "\" rel=\"noopener\" dir=\"auto\">", page->site->store_title, "</a></p>\n");
    buf_add(out, STR("</main>\n</body>\n</html>\n"));
}
