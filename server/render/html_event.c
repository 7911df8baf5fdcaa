/* The page of one event. */
#include "base/jscan.h"
#include "base/jvalue.h"
#include "render/html.h"
#include "render/html_date.h"
#include "render/html_event_parts.h"
#include "render/html_events.h"
#include "render/html_json.h"
#include "render/html_links.h"
#include "render/html_reference.h"
#include "render/html_value.h"

/* Members that have a place of their own on the page; the others follow at its end. */
static const char *const known[] = {
    "id",       "title",     "summary", "date",     "type",     "participants", "places", "tags",
    "accounts", "relations", "claims",  "evidence", "disputed", "identifiers",  "links",  "version",
    "updated",  "match",     "excerpt", NULL};

static bool is_disputed(str disputed, const char *property)
{
    str one;
    for (size_t at = 0; jvalue_says(disputed) && jscan_element(disputed, &at, &one);)
        if (jvalue_is(one, property))
            return true;
    return false;
}

/* ---- head ---- */

/* What there is about the event beside this page. */
static void ways(struct buf *out, const struct page *page, const struct page_item *item)
{
    static const char *const parts[][2] = {
        {"history", "History"}, {"cite", "Cite"}, {"graph", "Graph"}};
    str id = html_json_inside(jvalue_member(item->document, "id"));
    buf_add(out, STR("<ul>"));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool begun = false;
        if (i == 2 && jvalue_count(html_json_of(page, item, "relations")) == 0)
            continue;
        buf_add(out, STR("<li><a href=\"/v1/events/"));
        html_segment(out, id);
        buf_printf(out, "/%s", parts[i][0]);
        html_reference_kept(out, "as_of", page->site->as_of, &begun);
        if (i > 0) {
            html_reference_kept(out, "policy", page->site->policy, &begun);
            html_reference_kept(out, "known_at", page->site->known_at, &begun);
        }
        buf_printf(out, "\">%s</a></li>", parts[i][1]);
    }
    if (jvalue_count(html_json_of(page, item, "disputed")) > 0)
        html_put(out, "<li><a href=\"/v1/disagreements?id=", id, "\">Disagreements</a></li>");
    buf_add(out, STR("</ul>\n"));
}

static void head(struct buf *out, const struct page *page, const struct page_item *item)
{
    str title = html_json_of(page, item, "title"), type = html_json_of(page, item, "type"),
        disputed = html_json_of(page, item, "disputed"), tags = html_json_of(page, item, "tags");
    str one;
    html_json_put(out, "<h1 dir=\"auto\">",
                  jvalue_says(title) ? title : jvalue_member(item->document, "id"),
                  "</h1>\n<p class=\"lead\">");
    html_date_write(out, html_json_of(page, item, "date"));
    if (jvalue_is_text(type)) {
        buf_add(out, STR(" · "));
        html_reference_events(out, page->site, "type", html_json_inside(type),
                              html_json_inside(type));
    }
    for (size_t at = 0; jvalue_count(tags) > 0 && jscan_element(tags, &at, &one);) {
        buf_add(out, STR(" · "));
        html_reference_events(out, page->site, "tag", html_json_inside(one), html_json_inside(one));
    }
    if (jvalue_count(disputed) > 0) {
        const char *before = " <a class=\"tag warn\" href=\"#accounts\">disputed: ";
        for (size_t at = 0; jscan_element(disputed, &at, &one);) {
            html_json_put(out, before, one, "");
            before = ", ";
        }
        buf_add(out, STR("</a>"));
    }
    buf_add(out, STR("</p>\n"));
    html_reference_reading(out, page->site);
    if (jvalue_says(html_json_of(page, item, "summary")))
        html_json_put(out, "<p class=\"lead\" dir=\"auto\">", html_json_of(page, item, "summary"),
                      "</p>\n");
    buf_add(out, STR("<div class=\"bar\">"));
    html_links_formats(out, page);
    ways(out, page, item);
    buf_add(out, STR("</div>\n"));
    html_links_drawing(out, page, "The date of this event, drawn");
}

/* ---- when, who, where ---- */

static void when(struct buf *out, str date)
{
    if (!jvalue_says(date))
        return;
    buf_add(out, STR("<section><h2>When</h2>\n<dl>\n"));
    html_date_bounds(out, date);
    buf_add(out, STR("</dl></section>\n"));
}

static void named(struct buf *out, const struct page_site *site, str one, const char *key,
                  const char *kind)
{
    str id = jvalue_member(one, key), name = jvalue_member(one, "name");
    struct buf text;
    buf_init(&text, id.n + name.n + 1);
    jvalue_decode(&text, jvalue_says(name) ? name : id);
    html_reference_named(out, site, str_from(kind), html_json_inside(id), buf_str(&text));
    buf_free(&text);
}

static void who(struct buf *out, const struct page_site *site, str list)
{
    size_t at = 0, n = 0;
    str one;
    if (jvalue_count(list) == 0)
        return;
    buf_add(out, STR("<section><h2>Who</h2>\n<dl>\n"));
    while (n++ < HTML_JSON_MOST && jscan_element(list, &at, &one)) {
        str role = jvalue_member(one, "role");
        buf_add(out, STR("<dt>"));
        if (jvalue_says(role))
            html_words(out, html_json_inside(role));
        else
            buf_add(out, STR("takes part"));
        buf_add(out, STR("</dt><dd>"));
        named(out, site, one, "actor", "actors");
        buf_add(out, STR("</dd>\n"));
    }
    buf_add(out, STR("</dl>\n"));
    html_json_more(out, jvalue_count(list));
    buf_add(out, STR("</section>\n"));
}

static void where(struct buf *out, const struct page_site *site, str list)
{
    size_t at = 0, n = 0;
    str one;
    if (jvalue_count(list) == 0)
        return;
    buf_add(out, STR("<section><h2>Where</h2>\n<ul>\n"));
    while (n++ < HTML_JSON_MOST && jscan_element(list, &at, &one)) {
        str lat = jvalue_member(one, "lat"), lon = jvalue_member(one, "lon");
        buf_add(out, STR("<li>"));
        named(out, site, one, "place", "places");
        if (jvalue_says(lat) && jvalue_says(lon)) {
            html_json_put(out, " <span class=\"soft\">", lat, ", ");
            html_json_put(out, "", lon, "</span>");
        }
        buf_add(out, STR("</li>\n"));
    }
    buf_add(out, STR("</ul>\n"));
    html_json_more(out, jvalue_count(list));
    buf_add(out, STR("</section>\n"));
}

/* ---- accounts ---- */

static void people(struct buf *out, const struct page_site *site, str list, const char *key,
                   const char *kind)
{
    size_t at = 0, n = 0;
    str one;
    if (jvalue_count(list) == 0)
        buf_add(out, STR("<span class=\"soft\">–</span>"));
    for (; jvalue_says(list) && n < HTML_JSON_MOST && jscan_element(list, &at, &one); n++) {
        str role = jvalue_member(one, "role");
        buf_add(out, n > 0 ? STR("<br>") : STR(""));
        named(out, site, one, key, kind);
        if (jvalue_says(role)) {
            buf_add(out, STR(" <span class=\"soft\">"));
            html_words(out, html_json_inside(role));
            buf_add(out, STR("</span>"));
        }
    }
}

/* label: what the column is called, for narrow windows, where rows are blocks. */
static void cell(struct buf *out, str disputed, const char *property, const char *label)
{
    buf_printf(out, "<td role=\"cell\" data-label=\"%s\"%s>", label,
               is_disputed(disputed, property) ? " class=\"differs\"" : "");
}

static void account(struct buf *out, const struct page_site *site, str one, str disputed)
{
    buf_add(out, STR("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"));
    html_reference_link(out, site, STR("sources"), html_json_inside(jvalue_member(one, "source")));
    buf_add(out, STR("</th>"));
    cell(out, disputed, "date", "Date");
    html_date_write(out, jvalue_member(one, "date"));
    buf_add(out, STR("</td>"));
    cell(out, disputed, "type", "Type");
    if (jvalue_says(jvalue_member(one, "type")))
        html_json_text(out, jvalue_member(one, "type"));
    else
        buf_add(out, STR("<span class=\"soft\">–</span>"));
    buf_add(out, STR("</td>"));
    cell(out, disputed, "participants", "Who");
    people(out, site, jvalue_member(one, "participants"), "actor", "actors");
    buf_add(out, STR("</td>"));
    cell(out, disputed, "places", "Where");
    people(out, site, jvalue_member(one, "places"), "place", "places");
    buf_add(out, STR("</td>"));
    cell(out, disputed, "title", "What");
    html_json_put(out, "<b dir=\"auto\">", jvalue_member(one, "title"), "</b>");
    if (jvalue_says(jvalue_member(one, "summary")))
        html_json_put(out, "<br><span dir=\"auto\">", jvalue_member(one, "summary"), "</span>");
    buf_add(out, STR("</td></tr>\n"));
}

static void accounts(struct buf *out, const struct page_site *site, str list, str disputed)
{
    size_t n = jvalue_count(list), at = 0, shown = 0;
    str one;
    if (n == 0)
        return;
    buf_printf(out, "<h2 id=\"accounts\">%s</h2>\n",
               n == 1 ? "Who says so" : "What each source says");
    if (jvalue_count(disputed) > 0)
        buf_add(out, STR("<p>The sources contradict each other where a cell is shaded.</p>\n"));
    buf_add(out, STR("<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                     "aria-labelledby=\"accounts\"><table role=\"table\" class=\"accounts "
                     "stack\">\n<thead><tr>"
                     "<th scope=\"col\">Source</th><th scope=\"col\">Date</th>"
                     "<th scope=\"col\">Type</th><th scope=\"col\">Who</th>"
                     "<th scope=\"col\">Where</th><th scope=\"col\">What</th></tr></thead>\n"
                     "<tbody>\n"));
    while (shown++ < HTML_JSON_MOST && jscan_element(list, &at, &one))
        account(out, site, one, disputed);
    buf_add(out, STR("</tbody></table></div>\n"));
    html_json_more(out, n);
}

/* ---- the rest ---- */

static void rest(struct buf *out, const struct page *page, const struct page_item *item)
{
    str identifiers = html_json_of(page, item, "identifiers"),
        version = html_json_of(page, item, "version"),
        updated = html_json_of(page, item, "updated");
    buf_add(out, STR("<h2>This record</h2>\n<dl>\n"));
    html_json_put(out, "<dt>id</dt><dd><code>", jvalue_member(item->document, "id"),
                  "</code></dd>\n");
    html_value_identifiers(out, identifiers);
    if (jvalue_says(version)) {
        buf_add(out, STR("<dt>last changed</dt><dd>by "));
        html_reference_named(out, page->site, STR("changesets"), version, STR("changeset"));
        html_put(out, " ", version, ", ");
        html_value_write(out, page->site, STR("updated"), updated);
        buf_add(out, STR("</dd>\n"));
    }
    html_value_rest(out, page, item, known);
    buf_add(out, STR("</dl>\n"));
}

void html_events_one(struct buf *out, const struct page *page)
{
    const struct page_item *item = &page->items[0];
    const struct page_site *site = page->site;
    head(out, page, item);
    buf_add(out, STR("<div class=\"facts\">\n"));
    when(out, html_json_of(page, item, "date"));
    who(out, site, html_json_of(page, item, "participants"));
    where(out, site, html_json_of(page, item, "places"));
    buf_add(out, STR("</div>\n"));
    accounts(out, site, html_json_of(page, item, "accounts"), html_json_of(page, item, "disputed"));
    html_event_parts_claims(out, site, html_json_of(page, item, "claims"));
    html_event_parts_relations(out, site, html_json_of(page, item, "relations"));
    html_event_parts_evidence(out, site, html_json_of(page, item, "evidence"));
    rest(out, page, item);
}
