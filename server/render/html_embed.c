#include "render/html_embed.h"

#include "base/err.h"
#include "render/html.h"
#include "render/html_events.h"
#include "render/html_links.h"
#include "render/html_refusal.h"
#include "render/xml.h"

static void begin(struct buf *out, str title, str store_title)
{
    buf_add(out, STR("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n"
                     "<link rel=\"stylesheet\" href=\"/assets/page.css\">\n"
                     "<base target=\"_blank\">\n"));
    html_put(out, "<title>", title, " · ");
    html_put(out, "", store_title, "</title>\n");
}

static void head(struct buf *out, const struct html_embed *e, const struct page_site *site)
{
    begin(out, e->title, site->store_title);
    html_links_embed(out, site->oembed);
    buf_add(out, STR("<link rel=\"canonical\" href=\""));
    html_address(out, e->src);
    buf_add(out, STR("\">\n<script type=\"module\" src=\"/annals-timeline.js\"></script>\n"
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

void html_embed_refusal(struct buf *out, str store_title, const struct page *page)
{
    str title = str_from(err_title(page->refused->code));
    begin(out, title, store_title);
    html_put(out, "</head>\n<body class=\"embed refused\">\n<main id=\"main\">\n<h1>", title,
             "</h1>\n");
    html_refusal(out, page);
    buf_add(out, STR("</main>\n</body>\n</html>\n"));
}
