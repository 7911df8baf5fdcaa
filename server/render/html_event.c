/* The page of one event. */
#include "base/jscan.h"
#include "render/html.h"
#include "render/html_date.h"
#include "render/html_events.h"
#include "render/html_json.h"
#include "render/html_links.h"
#include "render/html_reference.h"
#include "render/html_value.h"

/* Speakers whose claims are shown side by side. */
#define SPEAKERS 100

/* Members that have a place of their own on the page; the others follow at its end. */
static const char *const known[] = {
    "id",       "title",     "summary", "date",     "type",     "participants", "places", "tags",
    "accounts", "relations", "claims",  "evidence", "disputed", "identifiers",  "links",  "version",
    "updated",  "match",     "excerpt", NULL};

static str inside(str text)
{
    return html_json_is_text(text) ? str_sub(text, 1, text.n - 2) : STR("");
}

static bool is_disputed(str disputed, const char *property)
{
    str one;
    for (size_t at = 0; html_json_says(disputed) && jscan_element(disputed, &at, &one);)
        if (html_json_is(one, property))
            return true;
    return false;
}

/* ---- head ---- */

static void head(struct buf *out, const struct page *page, const struct page_item *item)
{
    str title = html_json_of(page, item, "title"), type = html_json_of(page, item, "type"),
        disputed = html_json_of(page, item, "disputed"), tags = html_json_of(page, item, "tags");
    str one;
    html_json_put(out, "<h1 dir=\"auto\">",
                  html_json_says(title) ? title : html_json_member(item->document, "id"),
                  "</h1>\n<p class=\"lead\">");
    html_date_write(out, html_json_of(page, item, "date"));
    if (html_json_is_text(type)) {
        buf_add(out, STR(" · "));
        html_reference_events(out, page->site, "type", inside(type), inside(type));
    }
    for (size_t at = 0; html_json_count(tags) > 0 && jscan_element(tags, &at, &one);) {
        buf_add(out, STR(" · "));
        html_reference_events(out, page->site, "tag", inside(one), inside(one));
    }
    if (html_json_count(disputed) > 0) {
        const char *before = " <a class=\"tag warn\" href=\"#accounts\">disputed: ";
        for (size_t at = 0; jscan_element(disputed, &at, &one);) {
            html_json_put(out, before, one, "");
            before = ", ";
        }
        buf_add(out, STR("</a>"));
    }
    buf_add(out, STR("</p>\n"));
    if (html_json_says(html_json_of(page, item, "summary")))
        html_json_put(out, "<p class=\"lead\" dir=\"auto\">", html_json_of(page, item, "summary"),
                      "</p>\n");
    buf_add(out, STR("<div class=\"bar\">"));
    html_links_formats(out, page);
    buf_add(out, STR("</div>\n"));
    html_links_drawing(out, page, "The date of this event, drawn");
}

/* ---- when, who, where ---- */

static void when(struct buf *out, str date)
{
    if (!html_json_says(date))
        return;
    buf_add(out, STR("<section><h2>When</h2>\n<dl>\n"));
    html_date_bounds(out, date);
    buf_add(out, STR("</dl></section>\n"));
}

static void named(struct buf *out, const struct page_site *site, str one, const char *key,
                  const char *kind)
{
    str id = html_json_member(one, key), name = html_json_member(one, "name");
    struct buf text;
    buf_init(&text, id.n + name.n + 1);
    html_json_decode(&text, html_json_says(name) ? name : id);
    html_reference_named(out, site, str_from(kind), inside(id), buf_str(&text));
    buf_free(&text);
}

static void who(struct buf *out, const struct page_site *site, str list)
{
    size_t at = 0, n = 0;
    str one;
    if (html_json_count(list) == 0)
        return;
    buf_add(out, STR("<section><h2>Who</h2>\n<dl>\n"));
    while (n++ < HTML_JSON_MOST && jscan_element(list, &at, &one)) {
        str role = html_json_member(one, "role");
        buf_add(out, STR("<dt>"));
        if (html_json_says(role))
            html_words(out, inside(role));
        else
            buf_add(out, STR("takes part"));
        buf_add(out, STR("</dt><dd>"));
        named(out, site, one, "actor", "actors");
        buf_add(out, STR("</dd>\n"));
    }
    buf_add(out, STR("</dl></section>\n"));
}

static void where(struct buf *out, const struct page_site *site, str list)
{
    size_t at = 0, n = 0;
    str one;
    if (html_json_count(list) == 0)
        return;
    buf_add(out, STR("<section><h2>Where</h2>\n<ul>\n"));
    while (n++ < HTML_JSON_MOST && jscan_element(list, &at, &one)) {
        str lat = html_json_member(one, "lat"), lon = html_json_member(one, "lon");
        buf_add(out, STR("<li>"));
        named(out, site, one, "place", "places");
        if (html_json_says(lat) && html_json_says(lon)) {
            html_json_put(out, " <span class=\"soft\">", lat, ", ");
            html_json_put(out, "", lon, "</span>");
        }
        buf_add(out, STR("</li>\n"));
    }
    buf_add(out, STR("</ul></section>\n"));
}

/* ---- accounts ---- */

static void people(struct buf *out, const struct page_site *site, str list, const char *key,
                   const char *kind)
{
    size_t at = 0, n = 0;
    str one;
    if (html_json_count(list) == 0)
        buf_add(out, STR("<span class=\"soft\">–</span>"));
    for (; html_json_says(list) && n < HTML_JSON_MOST && jscan_element(list, &at, &one); n++) {
        str role = html_json_member(one, "role");
        buf_add(out, n > 0 ? STR("<br>") : STR(""));
        named(out, site, one, key, kind);
        if (html_json_says(role)) {
            buf_add(out, STR(" <span class=\"soft\">"));
            html_words(out, inside(role));
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
    html_reference_link(out, site, STR("sources"), inside(html_json_member(one, "source")));
    buf_add(out, STR("</th>"));
    cell(out, disputed, "date", "Date");
    html_date_write(out, html_json_member(one, "date"));
    buf_add(out, STR("</td>"));
    cell(out, disputed, "type", "Type");
    if (html_json_says(html_json_member(one, "type")))
        html_json_text(out, html_json_member(one, "type"));
    else
        buf_add(out, STR("<span class=\"soft\">–</span>"));
    buf_add(out, STR("</td>"));
    cell(out, disputed, "participants", "Who");
    people(out, site, html_json_member(one, "participants"), "actor", "actors");
    buf_add(out, STR("</td>"));
    cell(out, disputed, "places", "Where");
    people(out, site, html_json_member(one, "places"), "place", "places");
    buf_add(out, STR("</td>"));
    cell(out, disputed, "title", "What");
    html_json_put(out, "<b dir=\"auto\">", html_json_member(one, "title"), "</b>");
    if (html_json_says(html_json_member(one, "summary")))
        html_json_put(out, "<br><span dir=\"auto\">", html_json_member(one, "summary"), "</span>");
    buf_add(out, STR("</td></tr>\n"));
}

static void accounts(struct buf *out, const struct page_site *site, str list, str disputed)
{
    size_t n = html_json_count(list), at = 0, shown = 0;
    str one;
    if (n == 0)
        return;
    buf_printf(out, "<h2 id=\"accounts\">%s</h2>\n",
               n == 1 ? "Who says so" : "What each source says");
    if (html_json_count(disputed) > 0)
        buf_add(out, STR("<p>The sources contradict each other where a cell is shaded.</p>\n"));
    buf_add(
        out,
        STR("<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            "aria-labelledby=\"accounts\"><table role=\"table\" class=\"accounts\">\n<thead><tr>"
            "<th scope=\"col\">Source</th><th scope=\"col\">Date</th>"
            "<th scope=\"col\">Type</th><th scope=\"col\">Who</th>"
            "<th scope=\"col\">Where</th><th scope=\"col\">What</th></tr></thead>\n"
            "<tbody>\n"));
    while (shown++ < HTML_JSON_MOST && jscan_element(list, &at, &one))
        account(out, site, one, disputed);
    buf_add(out, STR("</tbody></table></div>\n"));
    if (n > HTML_JSON_MOST)
        buf_printf(out, "<p>And %zu more: see the JSON.</p>\n", n - HTML_JSON_MOST);
}

/* ---- claims ---- */

static void claim(struct buf *out, const struct page_site *site, str one)
{
    str date = html_json_member(one, "date"), id = html_json_member(one, "id");
    buf_add(out, STR("<div class=\"claim\"><p><b>"));
    html_json_text(out, html_json_member(one, "stance"));
    html_json_put(out, "</b></p>\n<p dir=\"auto\">", html_json_member(one, "text"),
                  "</p>\n<p><small>");
    if (html_json_says(date) && date.p[0] == '{') {
        html_date_write(out, date);
        buf_add(out, STR(" · "));
    } else if (html_json_says(date)) {
        html_date_words(out, date);
        buf_add(out, STR(" · "));
    }
    html_reference_link(out, site, STR("sources"), inside(html_json_member(one, "source")));
    if (html_json_is_text(id)) {
        buf_add(out, STR(" · "));
        html_reference_named(out, site, STR("claims"), inside(id), STR("this claim"));
    }
    buf_add(out, STR("</small></p></div>\n"));
}

static void claims(struct buf *out, const struct page_site *site, str list)
{
    str speakers[SPEAKERS], one;
    size_t n = 0;
    if (html_json_count(list) == 0)
        return;
    for (size_t at = 0, seen = 0; seen < HTML_JSON_MOST && jscan_element(list, &at, &one); seen++) {
        str speaker = html_json_member(one, "speaker");
        bool new = n < SPEAKERS;
        for (size_t i = 0; i < n; i++)
            new = new && !str_eq(speakers[i], speaker);
        if (new)
            speakers[n++] = speaker;
    }
    buf_add(out, STR("<h2>Who claims what</h2>\n<div class=\"cards\">\n"));
    for (size_t i = 0; i < n; i++) {
        buf_add(out, STR("<section><h3>"));
        if (html_json_is_text(speakers[i]))
            html_reference_link(out, site, STR("actors"), inside(speakers[i]));
        else
            buf_add(out, STR("Nobody is named"));
        buf_add(out, STR("</h3>\n"));
        for (size_t at = 0, seen = 0; seen < HTML_JSON_MOST && jscan_element(list, &at, &one);
             seen++)
            if (str_eq(html_json_member(one, "speaker"), speakers[i]))
                claim(out, site, one);
        buf_add(out, STR("</section>\n"));
    }
    buf_add(out, STR("</div>\n"));
}

/* ---- relations and evidence ---- */

/* What a relation says, but for who says it. */
static void relation(struct buf *out, const struct page_site *site, str one)
{
    str id = inside(html_json_member(one, "event")), title = html_json_member(one, "title");
    bool in = html_json_is(html_json_member(one, "direction"), "in");
    struct buf text;
    buf_init(&text, title.n + id.n + 1);
    if (html_json_says(title))
        html_json_decode(&text, title);
    else
        buf_add(&text, id);
    if (!in) {
        buf_add(out, STR("<span class=\"soft\">This "));
        html_words(out, inside(html_json_member(one, "type")));
        buf_add(out, STR("</span> "));
    }
    html_reference_named(out, site, STR("events"), id, buf_str(&text));
    if (in) {
        buf_add(out, STR(" <span class=\"soft\">"));
        html_words(out, inside(html_json_member(one, "type")));
        buf_add(out, STR(" this</span>"));
    }
    buf_free(&text);
}

static bool says_the_same(str a, str b)
{
    static const char *const said[] = {"event", "type", "direction"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!str_eq(html_json_member(a, said[i]), html_json_member(b, said[i])))
            return false;
    return true;
}

/* What several sources say, one after the other in the list, stands there once. */
static void relations(struct buf *out, const struct page_site *site, str list)
{
    size_t at = 0, n = 0, all = html_json_count(list);
    str one, before = STR("");
    if (all == 0)
        return;
    buf_add(out, STR("<h2>Related events</h2>\n<ul>\n"));
    while (n < HTML_JSON_MOST && jscan_element(list, &at, &one)) {
        if (n > 0 && says_the_same(one, before)) {
            buf_add(out, STR("; "));
        } else {
            buf_add(out, n > 0 ? STR(")</small></li>\n<li>") : STR("<li>"));
            relation(out, site, one);
            buf_add(out, STR(" <small>("));
        }
        html_reference_link(out, site, STR("sources"), inside(html_json_member(one, "source")));
        before = one;
        n++;
    }
    buf_add(out, STR(")</small></li>\n</ul>\n"));
    if (all > HTML_JSON_MOST)
        buf_printf(out, "<p>And %zu more: see the JSON.</p>\n", all - HTML_JSON_MOST);
}

static void evidence(struct buf *out, const struct page_site *site, str list)
{
    size_t at = 0, n = 0, all = html_json_count(list);
    str one;
    if (all == 0)
        return;
    buf_add(out, STR("<h2>In which words</h2>\n"));
    while (n++ < HTML_JSON_MOST && jscan_element(list, &at, &one))
        html_value_evidence(out, site, one, STR(""));
    if (all > HTML_JSON_MOST)
        buf_printf(out, "<p>And %zu more: see the JSON.</p>\n", all - HTML_JSON_MOST);
}

/* ---- the rest ---- */

static void rest(struct buf *out, const struct page *page, const struct page_item *item)
{
    str identifiers = html_json_of(page, item, "identifiers"),
        version = html_json_of(page, item, "version"),
        updated = html_json_of(page, item, "updated");
    buf_add(out, STR("<h2>This record</h2>\n<dl>\n"));
    html_json_put(out, "<dt>id</dt><dd><code>", html_json_member(item->document, "id"),
                  "</code></dd>\n");
    html_value_identifiers(out, identifiers);
    if (html_json_says(version)) {
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
    claims(out, site, html_json_of(page, item, "claims"));
    relations(out, site, html_json_of(page, item, "relations"));
    evidence(out, site, html_json_of(page, item, "evidence"));
    rest(out, page, item);
}
