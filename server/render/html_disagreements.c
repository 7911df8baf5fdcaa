#include "render/html_disagreements.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "render/disagreement_list.h"
#include "render/html.h"
#include "render/html_form.h"
#include "render/html_json.h"
#include "render/html_links.h"
#include "render/html_reference.h"
#include "render/html_value.h"

/* Words of the sources that are shown for one value; the JSON has more. */
#define MOST_QUOTES 2

/* ---- pairs of sources ---- */

static void source(struct buf *out, const struct page_site *site, str id)
{
    html_reference_link(out, site, STR("sources"), html_json_inside(id));
}

static void pair(struct buf *out, const struct page_site *site, str one)
{
    str properties = jvalue_member(one, "properties"), key, value, id;
    str days = jvalue_member(one, "widest_days");
    size_t at = 0, n = 0;
    buf_add(out, STR("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"));
    for (str list = jvalue_member(one, "sources"); jscan_element(list, &at, &id); n++) {
        buf_add(out, n > 0 ? STR(" and ") : STR(""));
        source(out, site, id);
    }
    html_put(out, "</th><td role=\"cell\" class=\"n\" data-label=\"Times\">",
             jvalue_member(one, "disagreements"), "</td><td role=\"cell\" data-label=\"On\">");
    at = n = 0;
    while (jscan_member(properties, &at, &key, &value)) {
        html_put(out, n++ > 0 ? ", " : "", key, " ");
        html_text(out, value);
    }
    html_put(out, "</td><td role=\"cell\" class=\"n\" data-label=\"Days apart, at most\">",
             jvalue_says(days) ? days : STR("–"), "</td></tr>\n");
}

static str beside(const struct page *page, const char *name)
{
    for (size_t i = 0; i < page->beside_count; i++)
        if (str_eq(page->beside[i].key, str_from(name)))
            return page->beside[i].value;
    return STR("");
}

static void pairs(struct buf *out, const struct page *page)
{
    str list = beside(page, "pairs"), over = beside(page, "pairs_over"), one;
    if (jvalue_count(list) == 0)
        return;
    buf_add(out, STR("<h2 id=\"pairs\">Sources that differ most</h2>\n<div class=\"scroll\" "
                     "tabindex=\"0\" role=\"region\" aria-labelledby=\"pairs\"><table "
                     "role=\"table\" class=\"stack\">\n<thead><tr>"
                     "<th scope=\"col\">Sources</th><th scope=\"col\" class=\"n\">Times</th>"
                     "<th scope=\"col\">On</th><th scope=\"col\" class=\"n\">Days apart, at most"
                     "</th></tr></thead>\n<tbody>\n"));
    for (size_t at = 0; jscan_element(list, &at, &one);)
        pair(out, page->site, one);
    buf_add(out, STR("</tbody></table></div>\n"));
    if (str_eq(jvalue_member(over, "all"), STR("false")))
        html_put(out, "<p class=\"soft\">Counted over the first ", jvalue_member(over, "events"),
                 " disputed events.</p>\n");
}

/* ---- one disagreement ---- */

static void quotes(struct buf *out, const struct page_site *site, str evidence)
{
    size_t at = 0, n = 0;
    str one;
    while (n++ < MOST_QUOTES && jvalue_says(evidence) && jscan_element(evidence, &at, &one))
        html_value_evidence(out, site, one, STR(""));
}

static void value(struct buf *out, const struct page_site *site, str one)
{
    size_t at = 0, n = 0;
    str id, reports = jvalue_member(one, "reports");
    html_json_put(out, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\" dir=\"auto\">",
                  jvalue_member(one, "display"),
                  "</th><td role=\"cell\" data-label=\"Who says so\">");
    for (str list = jvalue_member(one, "sources"); jscan_element(list, &at, &id); n++) {
        buf_add(out, n > 0 ? STR("<br>") : STR(""));
        source(out, site, id);
    }
    if (str_eq(reports, STR("0")))
        buf_add(out, STR(" <span class=\"soft\">reprinted</span>"));
    buf_add(out, STR("</td><td role=\"cell\" data-label=\"In which words\">"));
    quotes(out, site, jvalue_member(one, "evidence"));
    buf_add(out, STR("</td></tr>\n"));
}

static void item(struct buf *out, const struct page *page, const struct page_item *shown)
{
    str title = html_json_of(page, shown, "title"), values = html_json_of(page, shown, "values"),
        spread = html_json_of(page, shown, "spread_days"), one;
    struct buf text;
    buf_init(&text, title.n + 1);
    jvalue_decode(&text, title);
    buf_add(out, STR("<section class=\"route\"><h3>"));
    html_reference_named(out, page->site, STR("events"),
                         html_json_inside(jvalue_member(shown->document, "event")), buf_str(&text));
    html_json_put(out, "</h3>\n<p><span class=\"tag warn\">", html_json_of(page, shown, "property"),
                  "</span> <span class=\"soft\">");
    disagreement_list_apart(out, spread);
    buf_add(out, STR("</span></p>\n"));
    if (jvalue_count(values) > 0) {
        buf_add(out, STR("<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                         "aria-label=\"Who says what\"><table role=\"table\" class=\"differing "
                         "stack\">\n<thead><tr>"
                         "<th scope=\"col\">What</th><th scope=\"col\">Who says so</th>"
                         "<th scope=\"col\">In which words</th></tr></thead>\n<tbody>\n"));
        for (size_t at = 0; jscan_element(values, &at, &one);)
            value(out, page->site, one);
        buf_add(out, STR("</tbody></table></div>\n"));
    }
    buf_add(out, STR("</section>\n"));
    buf_free(&text);
}

static void bar(struct buf *out, const struct page *page)
{
    buf_add(out, STR("<div class=\"bar\"><p>"));
    html_number(out, (long long)page->n);
    if (page->matched >= 0) {
        buf_add(out, STR(" of "));
        html_number(out, (long long)page->matched);
    } else {
        buf_add(out, page->next.n > 0 ? STR(" on this page, more follow") : STR(" in all"));
    }
    buf_add(out, STR("</p>\n"));
    html_links_formats(out, page);
    buf_add(out, STR("</div>\n"));
}

void html_disagreements(struct buf *out, const struct page *page)
{
    buf_add(out, STR("<h1>Where sources disagree</h1>\n<p class=\"lead\">What accounts of one "
                     "event say that cannot all be so. Silence contradicts nothing, and a reprint "
                     "is no second report.</p>\n"));
    html_form_asked(out, page);
    bar(out, page);
    if (page->n == 0)
        buf_add(out, STR("<p>No accounts contradict each other here.</p>\n"));
    pairs(out, page);
    if (page->n > 0)
        buf_add(out, STR("<h2>What they differ on</h2>\n"));
    for (size_t i = 0; i < page->n; i++)
        item(out, page, &page->items[i]);
    html_links_next(out, page);
}
