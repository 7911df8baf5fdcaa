#include "render/html_cite.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "render/html.h"
#include "render/html_json.h"
#include "render/html_links.h"
#include "render/html_reference.h"
#include "render/html_value.h"
#include "render/pretty.h"

/* ---- is it still the same ---- */

static void named(struct buf *out, const struct page_site *site, str list, const char *key,
                  const char *words)
{
    str count = jvalue_member(list, "count"), ids = jvalue_member(list, key), one;
    size_t n = 0;
    if (count.n == 0 || str_eq(count, STR("0")))
        return;
    html_put(out, "<dt>", str_from(words), "</dt><dd>");
    html_put(out, "", count, ": ");
    for (size_t at = 0; jscan_element(ids, &at, &one); n++) {
        str id = one.p[0] == '{' ? jvalue_member(one, "id") : one;
        str properties = jvalue_member(one, "properties"), property;
        buf_add(out, n > 0 ? STR("; ") : STR(""));
        html_reference_link(out, site, STR("events"), html_json_inside(id));
        size_t k = 0;
        for (size_t i = 0; jvalue_count(properties) > 0 && jscan_element(properties, &i, &property);
             k++)
            html_json_put(out, k > 0 ? ", " : " (", property, "");
        if (k > 0)
            buf_add_char(out, ')');
    }
    buf_add(out, STR("</dd>\n"));
}

static void verdict(struct buf *out, const struct page_site *site, str document)
{
    str said = jvalue_member(document, "verdict"), compared = jvalue_member(document, "compared");
    bool proven = str_eq(jvalue_member(document, "proven"), STR("true"));
    if (said.n == 0)
        return;
    buf_add(out, STR("<section><h2>Is it still the same</h2>\n<p class=\"lead\">"));
    if (!proven)
        buf_add(out, STR("<span class=\"tag warn\">not proven</span> This store does not give "
                         "that fingerprint at that version: it is of another question, of another "
                         "store, or miscopied."));
    else if (jvalue_is(said, "identical"))
        buf_add(out, STR("<span class=\"tag sure\">identical</span> The answer has this "
                         "fingerprint, and it is the same"));
    else
        buf_add(out, STR("<span class=\"tag warn\">changed</span> The cited version still gives "
                         "this fingerprint; the answer has changed since"));
    if (proven)
        html_put(out, ", compared with version ", jvalue_member(compared, "version"), ".");
    buf_add(out, STR("</p>\n<dl>\n"));
    named(out, site, jvalue_member(compared, "added"), "ids", "added");
    named(out, site, jvalue_member(compared, "changed"), "items", "changed");
    named(out, site, jvalue_member(compared, "removed"), "ids", "removed");
    buf_add(out, STR("</dl></section>\n"));
}

/* ---- what to copy ---- */

static void copy(struct buf *out, const char *heading, str text)
{
    buf_printf(out, "<h2>%s</h2>\n", heading);
    html_json_put(out, "<pre dir=\"auto\">", text, "</pre>\n");
}

static void link(struct buf *out, const char *label, str address)
{
    struct buf text;
    buf_init(&text, address.n + 1);
    jvalue_decode(&text, address);
    buf_printf(out, "<dt>%s</dt><dd><a href=\"", label);
    html_address(out, buf_str(&text));
    html_put(out, "\"><code>", buf_str(&text), "</code></a></dd>\n");
    buf_free(&text);
}

static void sources(struct buf *out, const struct page_site *site, str list)
{
    str one;
    if (jvalue_count(list) == 0)
        return;
    buf_add(out, STR("<h2>Who tells of it</h2>\n<ul>\n"));
    for (size_t at = 0; jscan_element(list, &at, &one);) {
        str publisher = jvalue_member(one, "publisher"),
            published = jvalue_member(one, "published");
        struct buf title;
        buf_init(&title, one.n + 1);
        jvalue_decode(&title, jvalue_says(jvalue_member(one, "title")) ? jvalue_member(one, "title")
                                                                       : jvalue_member(one, "id"));
        buf_add(out, STR("<li>"));
        html_reference_named(out, site, STR("sources"), html_json_inside(jvalue_member(one, "id")),
                             buf_str(&title));
        if (jvalue_says(publisher))
            html_json_put(out, ", ", publisher, "");
        if (jvalue_says(published)) {
            buf_add(out, STR(", "));
            html_value_write(out, site, STR("published"), published);
        }
        buf_add(out, STR("</li>\n"));
        buf_free(&title);
    }
    buf_add(out, STR("</ul>\n"));
}

void html_cite(struct buf *out, const struct page *page)
{
    str d = page->items[0].document;
    struct buf csl;
    buf_init(&csl, out->cap);
    pretty_write(&csl, jvalue_member(d, "csl"));
    html_json_put(out, "<h1 dir=\"auto\">Cite: ", jvalue_member(d, "title"), "</h1>\n");
    buf_add(out, STR("<div class=\"bar\">"));
    html_links_formats(out, page);
    buf_add(out, STR("</div>\n"));
    verdict(out, page->site, d);
    copy(out, "In a text", jvalue_member(d, "text"));
    buf_add(out, STR("<dl>\n"));
    link(out, "link for ever", jvalue_member(d, "link"));
    link(out, "is it still so", jvalue_member(d, "verify"));
    html_json_put(out, "<dt>fingerprint</dt><dd><code>", jvalue_member(d, "fingerprint"),
                  "</code></dd>\n");
    html_put(out, "<dt>events</dt><dd>", jvalue_member(d, "matched"), "</dd>\n");
    html_put(out, "<dt>version</dt><dd>", jvalue_member(d, "version"), "");
    if (jvalue_says(jvalue_member(d, "recorded"))) {
        buf_add(out, STR(", recorded "));
        html_value_write(out, page->site, STR("recorded"), jvalue_member(d, "recorded"));
    }
    buf_add(out, STR("</dd>\n</dl>\n"));
    sources(out, page->site, jvalue_member(d, "sources"));
    copy(out, "BibTeX", jvalue_member(d, "bibtex"));
    html_put(out, "<h2>CSL-JSON</h2>\n<pre dir=\"auto\">", buf_str(&csl), "</pre>\n");
    buf_free(&csl);
}
