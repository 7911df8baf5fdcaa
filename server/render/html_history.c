#include "render/html_history.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "render/html.h"
#include "render/html_json.h"
#include "render/html_links.h"
#include "render/html_reference.h"
#include "render/html_value.h"

/* ---- what changed ---- */

/* fresh: there was nothing before. */
static void changes(struct buf *out, const struct page_site *site, str list, bool fresh)
{
    size_t at = 0;
    str one;
    if (jvalue_count(list) == 0)
        return;
    buf_add(out, STR("<dl>\n"));
    while (jscan_element(list, &at, &one)) {
        str property = html_json_inside(jvalue_member(one, "property"));
        str before = jvalue_member(one, "before"), after = jvalue_member(one, "after");
        buf_add(out, STR("<dt>"));
        html_words(out, property);
        buf_add(out, STR("</dt><dd>"));
        if (jvalue_says(before)) {
            buf_add(out, STR("<del>"));
            html_value_write(out, site, property, before);
            buf_add(out, STR("</del> "));
        }
        if (jvalue_says(before) && jvalue_says(after))
            buf_add(out, STR("→ "));
        if (jvalue_says(after)) {
            buf_add(out, fresh ? STR("<span>") : STR("<ins>"));
            html_value_write(out, site, property, after);
            buf_add(out, fresh ? STR("</span>") : STR("</ins>"));
        }
        buf_add(out, STR("</dd>\n"));
    }
    buf_add(out, STR("</dl>\n"));
}

/* "changed: date, type" */
static void happened(struct buf *out, str one)
{
    size_t at = 0, n = 0;
    str list = jvalue_member(one, "properties"), property;
    html_json_put(out, " <span class=\"soft\">", jvalue_member(one, "action"), "");
    while (jvalue_count(list) > 0 && jscan_element(list, &at, &property))
        html_json_put(out, n++ > 0 ? ", " : ": ", property, "");
    buf_add(out, STR("</span>"));
}

/* The event at the other end of a relation. */
static void other(struct buf *out, const struct page_site *site, str one)
{
    str direction = jvalue_member(one, "direction");
    if (!jvalue_says(direction))
        return;
    buf_add(out, jvalue_is(direction, "in") ? STR(" ← ") : STR(" → "));
    html_reference_link(out, site, STR("events"), html_json_inside(jvalue_member(one, "event")));
}

/* Accounts, relations or claims, each with its source and what happened to it. */
static void parts(struct buf *out, const struct page *page, const struct page_item *item,
                  const char *member, const char *kind, const char *heading)
{
    str list = html_json_of(page, item, member), one;
    if (jvalue_count(list) == 0)
        return;
    buf_printf(out, "<p class=\"soft\">%s</p>\n<ul>\n", heading);
    for (size_t at = 0; jscan_element(list, &at, &one);) {
        str id = jvalue_member(one, "id"), event = jvalue_member(one, "event");
        str type = html_json_inside(jvalue_member(one, "type"));
        buf_add(out, STR("<li>"));
        if (kind != NULL) {
            html_reference_named(out, page->site, str_from(kind), html_json_inside(id),
                                 type.n > 0 ? type : html_json_inside(id));
            other(out, page->site, one);
            buf_add(out, STR(", by "));
        }
        html_reference_link(out, page->site, STR("sources"),
                            html_json_inside(jvalue_member(one, "source")));
        if (jvalue_says(event) && kind == NULL)
            html_json_put(out, " <span class=\"soft\">of <code>", event, "</code></span>");
        happened(out, one);
        buf_add(out, STR("</li>\n"));
    }
    buf_add(out, STR("</ul>\n"));
}

static void merged(struct buf *out, const struct page *page, const struct page_item *item,
                   const char *member, const char *words)
{
    str list = html_json_of(page, item, member), one;
    if (jvalue_count(list) == 0)
        return;
    buf_printf(out, "<p>%s", words);
    for (size_t at = 0, n = 0; jscan_element(list, &at, &one); n++)
        html_json_put(out, n > 0 ? ", <code>" : " <code>", one, "</code>");
    buf_add(out, STR("</p>\n"));
}

/* ---- one version ---- */

static void entry(struct buf *out, const struct page *page, const struct page_item *item, str event)
{
    str version = jvalue_member(item->document, "version"),
        message = html_json_of(page, item, "message"), author = html_json_of(page, item, "author");
    html_put(out, "<section class=\"route\"><h3><a href=\"/v1/events/", event, "?as_of=");
    html_put(out, "", version, "\">Version ");
    html_put(out, "", version, "</a>");
    html_json_put(out, " <span class=\"tag\">", html_json_of(page, item, "action"), "</span></h3>");
    buf_add(out, STR("\n<p class=\"soft\">"));
    html_value_write(out, page->site, STR("recorded"), html_json_of(page, item, "recorded"));
    if (jvalue_says(author))
        html_json_put(out, ", by ", author, "");
    buf_add(out, STR(" · "));
    html_reference_named(out, page->site, STR("changesets"), version, STR("the whole changeset"));
    buf_add(out, STR("</p>\n"));
    if (jvalue_says(message))
        html_json_put(out, "<p dir=\"auto\">", message, "</p>\n");
    merged(out, page, item, "merged", "The same as this event from here on:");
    merged(out, page, item, "split", "An event of its own again:");
    merged(out, page, item, "merged_into", "From here on the same as");
    merged(out, page, item, "split_from", "No more the same as");
    changes(out, page->site, html_json_of(page, item, "changes"),
            jvalue_is(jvalue_member(item->document, "action"), "added"));
    parts(out, page, item, "accounts", NULL, "Accounts");
    parts(out, page, item, "relations", "relations", "Relations");
    parts(out, page, item, "claims", "claims", "Claims");
    buf_add(out, STR("</section>\n"));
}

void html_history(struct buf *out, const struct page *page, str event)
{
    buf_add(out, STR("<h1>"));
    html_reference_link(out, page->site, STR("events"), event);
    buf_add(out, STR(": history</h1>\n<p class=\"lead\">What each changeset did to this event, "
                     "the newest first.</p>\n<div class=\"bar\"><p>"));
    html_number(out, (long long)page->n);
    buf_add(out, page->next.n > 0 ? STR(" on this page, more follow</p>\n") : STR(" in all</p>\n"));
    html_links_formats(out, page);
    buf_add(out, STR("</div>\n"));
    for (size_t i = 0; i < page->n; i++)
        entry(out, page, &page->items[i], event);
    html_links_next(out, page);
}
