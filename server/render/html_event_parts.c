/* What the page of an event says besides its accounts. */
#include "render/html_event_parts.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "render/html.h"
#include "render/html_date.h"
#include "render/html_json.h"
#include "render/html_reference.h"
#include "render/html_value.h"

/* ---- claims ---- */

static void claim(struct buf *out, const struct page_site *site, str one)
{
    str date = jvalue_member(one, "date"), id = jvalue_member(one, "id");
    buf_add(out, STR("<div class=\"claim\"><p><b>"));
    html_json_text(out, jvalue_member(one, "stance"));
    html_json_put(out, "</b></p>\n<p dir=\"auto\">", jvalue_member(one, "text"),
                  "</p>\n<p><small>");
    if (jvalue_says(date) && date.p[0] == '{') {
        html_date_write(out, date);
        buf_add(out, STR(" · "));
    } else if (jvalue_says(date)) {
        html_date_words(out, date);
        buf_add(out, STR(" · "));
    }
    html_reference_link(out, site, STR("sources"), html_json_inside(jvalue_member(one, "source")));
    if (jvalue_is_text(id)) {
        buf_add(out, STR(" · "));
        html_reference_named(out, site, STR("claims"), html_json_inside(id), STR("this claim"));
    }
    buf_add(out, STR("</small></p></div>\n"));
}

struct claim {
    str json;
    str speaker; /* a JSON string, or nothing that is one */
    bool shown;
};

static void speaker_claims(struct buf *out, const struct page_site *site, struct claim *claims,
                           size_t first, size_t n)
{
    str speaker = claims[first].speaker;
    buf_add(out, STR("<section><h3>"));
    if (jvalue_is_text(speaker))
        html_reference_link(out, site, STR("actors"), html_json_inside(speaker));
    else
        buf_add(out, STR("Nobody is named"));
    buf_add(out, STR("</h3>\n"));
    for (size_t i = first; i < n; i++) {
        if (claims[i].shown || !str_eq(claims[i].speaker, speaker))
            continue;
        claim(out, site, claims[i].json);
        claims[i].shown = true;
    }
    buf_add(out, STR("</section>\n"));
}

/* Each speaker's claims in one card, in the order in which they first speak. */
void html_event_parts_claims(struct buf *out, const struct page_site *site, str list)
{
    struct claim claims[HTML_JSON_MOST];
    size_t n = 0, all = jvalue_count(list);
    if (all == 0)
        return;
    for (size_t at = 0; n < HTML_JSON_MOST && jscan_element(list, &at, &claims[n].json); n++) {
        claims[n].speaker = jvalue_member(claims[n].json, "speaker");
        claims[n].shown = false;
    }
    buf_add(out, STR("<h2>Who claims what</h2>\n<div class=\"cards\">\n"));
    for (size_t i = 0; i < n; i++)
        if (!claims[i].shown)
            speaker_claims(out, site, claims, i, n);
    buf_add(out, STR("</div>\n"));
    html_json_more(out, all);
}

/* ---- relations and evidence ---- */

/* What a relation says, but for who says it. */
static void relation(struct buf *out, const struct page_site *site, str one)
{
    str id = html_json_inside(jvalue_member(one, "event")), title = jvalue_member(one, "title");
    bool in = jvalue_is(jvalue_member(one, "direction"), "in");
    struct buf text;
    buf_init(&text, title.n + id.n + 1);
    if (jvalue_says(title))
        jvalue_decode(&text, title);
    else
        buf_add(&text, id);
    if (!in) {
        buf_add(out, STR("<span class=\"soft\">This "));
        html_words(out, html_json_inside(jvalue_member(one, "type")));
        buf_add(out, STR("</span> "));
    }
    html_reference_named(out, site, STR("events"), id, buf_str(&text));
    if (in) {
        buf_add(out, STR(" <span class=\"soft\">"));
        html_words(out, html_json_inside(jvalue_member(one, "type")));
        buf_add(out, STR(" this</span>"));
    }
    buf_free(&text);
}

static bool says_the_same(str a, str b)
{
    static const char *const said[] = {"event", "type", "direction"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!str_eq(jvalue_member(a, said[i]), jvalue_member(b, said[i])))
            return false;
    return true;
}

/* What several sources say, one after the other in the list, stands there once. */
void html_event_parts_relations(struct buf *out, const struct page_site *site, str list)
{
    size_t at = 0, n = 0, all = jvalue_count(list);
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
        html_reference_link(out, site, STR("sources"),
                            html_json_inside(jvalue_member(one, "source")));
        before = one;
        n++;
    }
    buf_add(out, STR(")</small></li>\n</ul>\n"));
    html_json_more(out, all);
}

void html_event_parts_evidence(struct buf *out, const struct page_site *site, str list)
{
    size_t at = 0, n = 0, all = jvalue_count(list);
    str one;
    if (all == 0)
        return;
    buf_add(out, STR("<h2>In which words</h2>\n"));
    while (n++ < HTML_JSON_MOST && jscan_element(list, &at, &one))
        html_value_evidence(out, site, one, STR(""));
    html_json_more(out, all);
}
