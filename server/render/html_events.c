/* The list of events. */
#include "render/html_events.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/num.h"
#include "base/utf8.h"
#include "render/html.h"
#include "render/html_date.h"
#include "render/html_json.h"
#include "render/html_reference.h"
#include "render/html_value.h"

/* Code points of a summary in a list. */
#define SUMMARY 280
/* Names in a list of participants. */
#define NAMED 8

/* ---- one event of the list ---- */

static void names(struct buf *out, const struct page_site *site, str list, const char *id_key,
                  const char *kind)
{
    size_t at = 0, n = 0, all = jvalue_count(list);
    str one;
    if (all == 0)
        return;
    buf_add(out, STR(" · "));
    while (n < NAMED && jscan_element(list, &at, &one)) {
        struct buf name;
        str id = jvalue_member(one, id_key), called = jvalue_member(one, "name");
        buf_init(&name, called.n + id.n + 1);
        jvalue_decode(&name, jvalue_says(called) ? called : id);
        buf_add(out, n > 0 ? STR(", ") : STR(""));
        if (jvalue_is_text(id))
            html_reference_named(out, site, str_from(kind), str_sub(id, 1, id.n - 2),
                                 buf_str(&name));
        buf_free(&name);
        n++;
    }
    if (n < all)
        buf_printf(out, " and %zu more", all - n);
}

static void marks(struct buf *out, const struct page *page, const struct page_item *item)
{
    str match = html_json_of(page, item, "match"), disputed = html_json_of(page, item, "disputed");
    if (jvalue_is(match, "possible"))
        buf_add(out, STR(" <span class=\"tag\" title=\"Its date may lie in what is asked, or not\">"
                         "possible</span>"));
    else if (jvalue_is(match, "certain"))
        buf_add(out,
                STR(" <span class=\"tag sure\" title=\"Wherever in its date it happened, it is in "
                    "what is asked\">certain</span>"));
    if (jvalue_count(disputed) == 0)
        return;
    const char *before = " <span class=\"tag warn\">disputed: ";
    str one;
    for (size_t at = 0; jscan_element(disputed, &at, &one);) {
        html_json_put(out, before, one, "");
        before = ", ";
    }
    buf_add(out, STR("</span>"));
}

/* The text with its marks, pairs of code points in order; what is out of order is not marked. */
static void marked(struct buf *out, str text, str pairs)
{
    size_t done = 0;
    str pair, number;
    for (size_t at = 0; pairs.n > 0 && pairs.p[0] == '[' && jscan_element(pairs, &at, &pair);) {
        int64_t ends[2] = {-1, -1};
        size_t n = 0;
        if (pair.p[0] != '[')
            continue;
        for (size_t in = 0; n < 2 && jscan_element(pair, &in, &number); n++)
            num_parse_range(number, 0, 1000000, &ends[n]);
        if (ends[0] < (int64_t)done || ends[1] <= ends[0])
            continue;
        html_text(out, utf8_slice(text, done, (size_t)ends[0]));
        html_put(out, "<mark>", utf8_slice(text, (size_t)ends[0], (size_t)ends[1]), "</mark>");
        done = (size_t)ends[1];
    }
    html_text(out, utf8_slice(text, done, text.n));
}

static void excerpt(struct buf *out, str found)
{
    struct buf text;
    str said = jvalue_member(found, "text");
    buf_init(&text, said.n + 1);
    jvalue_decode(&text, said);
    buf_add(out, STR("<p dir=\"auto\">"));
    marked(out, buf_str(&text), jvalue_member(found, "marks"));
    html_json_put(out, " <small>(", jvalue_member(found, "property"), ")</small></p>\n");
    buf_free(&text);
}

static void summary(struct buf *out, str value)
{
    struct buf text;
    if (!jvalue_says(value))
        return;
    buf_init(&text, value.n + 1);
    jvalue_decode(&text, value);
    str whole = buf_str(&text), shown = utf8_slice(whole, 0, SUMMARY);
    html_put(out, "<p dir=\"auto\">", shown, shown.n < whole.n ? "…</p>\n" : "</p>\n");
    buf_free(&text);
}

/* What include= brought, folded away. */
static void included(struct buf *out, const struct page *page, const struct page_item *item)
{
    static const char *const shown[] = {"match",   "excerpt",      "title",  "date",
                                        "summary", "participants", "places", NULL};
    for (size_t i = 0; i < item->member_count; i++) {
        const struct splice *m = &item->members[i];
        bool other = jvalue_says(m->value);
        for (size_t k = 0; shown[k] != NULL; k++)
            other = other && !str_eq(m->key, str_from(shown[k]));
        if (!other)
            continue;
        html_put(out, "<details><summary>", m->key, "</summary>\n");
        html_value_write(out, page->site, m->key, m->value);
        buf_add(out, STR("</details>\n"));
    }
}

/* Whether the words that were searched for stand in the title, and the excerpt is all of it. */
static bool is_of_title(const struct page *page, const struct page_item *item)
{
    str found = html_json_of(page, item, "excerpt");
    return jvalue_is(jvalue_member(found, "property"), "title") &&
           str_eq(jvalue_member(found, "text"), html_json_of(page, item, "title"));
}

static void title(struct buf *out, const struct page *page, const struct page_item *item)
{
    str id = jvalue_member(item->document, "id"), said = html_json_of(page, item, "title");
    struct buf text;
    buf_init(&text, said.n + id.n + 1);
    jvalue_decode(&text, jvalue_says(said) ? said : id);
    buf_add(out, STR("<h2>"));
    html_reference_open(out, page->site, STR("events"),
                        jvalue_is_text(id) ? str_sub(id, 1, id.n - 2) : id);
    if (is_of_title(page, item))
        marked(out, buf_str(&text), jvalue_member(html_json_of(page, item, "excerpt"), "marks"));
    else
        html_text(out, buf_str(&text));
    buf_add(out, STR("</a></h2>\n"));
    buf_free(&text);
}

static void event(struct buf *out, const struct page *page, const struct page_item *item)
{
    buf_add(out, STR("<li><p class=\"date\">"));
    html_date_write(out, html_json_of(page, item, "date"));
    buf_add(out, STR("</p><div>\n"));
    title(out, page, item);
    buf_add(out, STR("<p class=\"meta\">"));
    str type = html_json_of(page, item, "type");
    if (jvalue_is_text(type)) {
        str id = str_sub(type, 1, type.n - 2);
        html_reference_events(out, page->site, "type", id, id);
    } else {
        buf_add(out, STR("no type"));
    }
    names(out, page->site, html_json_of(page, item, "participants"), "actor", "actors");
    names(out, page->site, html_json_of(page, item, "places"), "place", "places");
    marks(out, page, item);
    buf_add(out, STR("</p>\n"));
    str found = html_json_of(page, item, "excerpt");
    if (jvalue_says(found) && found.p[0] == '{' && !is_of_title(page, item))
        excerpt(out, found);
    else
        summary(out, html_json_of(page, item, "summary"));
    included(out, page, item);
    buf_add(out, STR("</div></li>\n"));
}

void html_events_items(struct buf *out, const struct page *page)
{
    buf_add(out, STR("<ol class=\"events\">\n"));
    for (size_t i = 0; i < page->n; i++)
        event(out, page, &page->items[i]);
    buf_add(out, STR("</ol>\n"));
}
