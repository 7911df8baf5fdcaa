#include "render/html_value.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "render/html.h"
#include "render/html_date.h"
#include "render/html_json.h"
#include "render/html_reference.h"

/* Deeper than this a value is shown as JSON. */
#define DEEPEST 6

/* ---- identifiers ---- */

static const struct {
    str scheme;
    const char *address; /* what stands before the value */
} schemes[] = {
    {STR_INIT("wikidata"), "https://www.wikidata.org/wiki/"},
    {STR_INIT("geonames"), "https://www.geonames.org/"},
    {STR_INIT("viaf"), "https://viaf.org/viaf/"},
    {STR_INIT("doi"), "https://doi.org/"},
};

static void identifier(struct buf *out, str scheme, str value)
{
    html_put(out, "<dt>", scheme, "</dt><dd>");
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (!str_eq(schemes[i].scheme, scheme) || !jvalue_is_text(value))
            continue;
        struct buf address;
        buf_init(&address, value.n + 100);
        buf_add(&address, str_from(schemes[i].address));
        jvalue_decode(&address, value);
        buf_add(out, STR("<a rel=\"external\" href=\""));
        html_address(out, buf_str(&address));
        html_json_put(out, "\">", value, "</a></dd>\n");
        buf_free(&address);
        return;
    }
    html_json_put(out, "", value, "</dd>\n");
}

void html_value_identifiers(struct buf *out, str identifiers)
{
    size_t at = 0;
    str key, value;
    if (identifiers.n == 0 || identifiers.p[0] != '{')
        return;
    while (jscan_member(identifiers, &at, &key, &value))
        identifier(out, key, value);
}

/* ---- evidence ---- */

static void supports(struct buf *out, str list)
{
    const char *before = "; for the ";
    str element;
    if (jvalue_count(list) == 0)
        return;
    for (size_t at = 0; jscan_element(list, &at, &element);) {
        html_json_put(out, before, element, "");
        before = ", ";
    }
}

void html_value_evidence(struct buf *out, const struct page_site *site, str evidence, str source)
{
    str exact = jvalue_member(evidence, "exact"), start = jvalue_member(evidence, "start"),
        end = jvalue_member(evidence, "end");
    if (source.n == 0)
        source = jvalue_member(evidence, "source");
    buf_add(out, STR("<figure>"));
    if (jvalue_is_text(exact)) {
        str prefix = jvalue_member(evidence, "prefix"), suffix = jvalue_member(evidence, "suffix");
        html_json_put(out,
                      jvalue_says(prefix) ? "<blockquote dir=\"auto\"><span class=\"soft\">…"
                                          : "<blockquote dir=\"auto\"><span>",
                      prefix, "</span>");
        html_json_put(out, "<mark>", exact, "</mark>");
        html_json_put(out, "<span class=\"soft\">", suffix,
                      jvalue_says(suffix) ? "…</span></blockquote>\n" : "</span></blockquote>\n");
    }
    buf_add(out, STR("<figcaption>"));
    if (jvalue_is_text(source)) {
        html_reference_link(out, site, STR("sources"), str_sub(source, 1, source.n - 2));
        buf_add(out, STR(", "));
    }
    if (jvalue_says(start)) {
        html_json_put(out, "characters ", start, "");
        html_json_put(out, "–", end, "");
    }
    supports(out, jvalue_member(evidence, "supports"));
    str digest = jvalue_member(evidence, "digest");
    if (!jvalue_is_text(exact) && jvalue_is_text(digest)) {
        buf_add(out, STR("; the words are withheld, their SHA-256 is <code title=\""));
        html_json_put(out, "", digest, "\">");
        html_text(out, str_sub(digest, 1, 12));
        buf_add(out, STR("…</code>"));
    }
    buf_add(out, STR("</figcaption></figure>\n"));
}

/* ---- any value ---- */

static void show(struct buf *out, const struct page_site *site, str key, str value, int depth);

static void text(struct buf *out, const struct page_site *site, str key, str value)
{
    struct buf plain;
    buf_init(&plain, value.n + 1);
    jvalue_decode(&plain, value);
    const char *kind = html_reference_kind(key);
    bool date = str_eq(key, STR("date")) || str_eq(key, STR("published"));
    bool instant = str_eq(key, STR("recorded")) || str_eq(key, STR("updated"));
    if (date) {
        html_date_words(out, value);
    } else if (kind != NULL) {
        html_reference_link(out, site, str_from(kind), buf_str(&plain));
    } else if (html_is_web(buf_str(&plain))) {
        buf_add(out, STR("<a rel=\"external noreferrer\" href=\""));
        html_address(out, buf_str(&plain));
        html_put(out, "\">", buf_str(&plain), "</a>");
    } else if (instant) {
        html_put(out, "<time datetime=\"", buf_str(&plain), "\">");
        html_put(out, "", str_sub(buf_str(&plain), 0, 10), " ");
        html_put(out, "", str_sub(buf_str(&plain), 11, 5), " UTC</time>");
    } else {
        html_put(out, "<span dir=\"auto\">", buf_str(&plain), "</span>");
    }
    buf_free(&plain);
}

/* A name in a language: {"name", "language"} and whatever else. */
static void name(struct buf *out, str value)
{
    str language = jvalue_member(value, "language");
    buf_add(out, STR("<span dir=\"auto\""));
    if (jvalue_says(language))
        html_json_put(out, " lang=\"", language, "\"");
    html_json_put(out, ">", jvalue_member(value, "name"), "</span>");
    if (jvalue_says(language))
        html_json_put(out, " <span class=\"soft\">", language, "</span>");
}

static void members(struct buf *out, const struct page_site *site, str value, int depth)
{
    size_t at = 0;
    str key, member;
    buf_add(out, STR("<dl>\n"));
    while (jscan_member(value, &at, &key, &member)) {
        if (!jvalue_says(member))
            continue;
        buf_add(out, STR("<dt>"));
        html_words(out, key);
        buf_add(out, STR("</dt><dd>"));
        show(out, site, key, member, depth + 1);
        buf_add(out, STR("</dd>\n"));
    }
    buf_add(out, STR("</dl>"));
}

/* A thing with its date: {"actor": "aze", "date": {…}}; false when it is none. */
static bool membership(struct buf *out, const struct page_site *site, str value)
{
    str actor = jvalue_member(value, "actor"), place = jvalue_member(value, "place");
    str what = jvalue_is_text(actor) ? actor : place, date = jvalue_member(value, "date");
    if (!jvalue_is_text(what) || date.n == 0)
        return false;
    text(out, site, jvalue_is_text(actor) ? STR("actor") : STR("place"), what);
    if (jvalue_says(date)) {
        buf_add(out, STR(" <span class=\"soft\">"));
        if (date.p[0] == '{')
            html_date_write(out, date);
        else
            html_date_words(out, date);
        buf_add(out, STR("</span>"));
    }
    return true;
}

static void object(struct buf *out, const struct page_site *site, str value, int depth)
{
    if (jvalue_says(jvalue_member(value, "edtf")))
        html_date_write(out, value);
    else if (jvalue_says(jvalue_member(value, "name")) && jvalue_member(value, "language").n > 0)
        name(out, value);
    else if (jvalue_says(jvalue_member(value, "supports")) &&
             jvalue_says(jvalue_member(value, "start")))
        html_value_evidence(out, site, value, STR(""));
    else if (!membership(out, site, value))
        members(out, site, value, depth);
}

/* People and places as links, with their roles: a whole list in few lines. */
static void named(struct buf *out, const struct page_site *site, str list, const char *key,
                  const char *kind)
{
    size_t n = 0;
    str one;
    for (size_t at = 0; n < HTML_JSON_MOST && jscan_element(list, &at, &one); n++) {
        str role = jvalue_member(one, "role");
        buf_add(out, n > 0 ? STR(", ") : STR(""));
        html_reference_link(out, site, str_from(kind), html_json_inside(jvalue_member(one, key)));
        if (jvalue_says(role))
            html_json_put(out, " <span class=\"soft\">", role, "</span>");
    }
    html_json_more(out, jvalue_count(list));
}

/* Whether it was a list of people or places, which has its own form. */
static bool list_of_named(struct buf *out, const struct page_site *site, str key, str value)
{
    size_t at = 0;
    str first;
    bool people = str_eq(key, STR("participants"));
    if ((!people && !str_eq(key, STR("places"))) || !jscan_element(value, &at, &first) ||
        first.p[0] != '{' || !jvalue_says(jvalue_member(first, people ? "actor" : "place")))
        return false;
    named(out, site, value, people ? "actor" : "place", people ? "actors" : "places");
    return true;
}

static void array(struct buf *out, const struct page_site *site, str key, str value, int depth)
{
    if (list_of_named(out, site, key, value))
        return;
    size_t at = 0, n = 0, all = jvalue_count(value);
    str element;
    buf_add(out, STR("<ul"));
    if (!str_starts(str_trim(str_sub(value, 1, value.n)), STR("{")))
        buf_add(out, STR(" class=\"inline\""));
    buf_add_char(out, '>');
    while (n < HTML_JSON_MOST && jscan_element(value, &at, &element)) {
        buf_add(out, STR("<li>"));
        show(out, site, key, element, depth + 1);
        buf_add(out, STR("</li>\n"));
        n++;
    }
    if (n < all)
        buf_printf(out, "<li>and %zu more: see the JSON</li>", all - n);
    buf_add(out, STR("</ul>"));
}

static void show(struct buf *out, const struct page_site *site, str key, str value, int depth)
{
    if (!jvalue_says(value))
        buf_add(out, STR("–"));
    else if (depth > DEEPEST)
        html_put(out, "<code>", value, "</code>");
    else if (value.p[0] == '{' && str_eq(key, STR("identifiers"))) {
        buf_add(out, STR("<dl>"));
        html_value_identifiers(out, value);
        buf_add(out, STR("</dl>"));
    } else if (value.p[0] == '{')
        object(out, site, value, depth);
    else if (value.p[0] == '[')
        array(out, site, key, value, depth);
    else if (value.p[0] == '"')
        text(out, site, key, value);
    else if (str_eq(value, STR("true")) || str_eq(value, STR("false")))
        buf_add(out, value.n == 4 ? STR("yes") : STR("no"));
    else
        html_text(out, value);
}

void html_value_write(struct buf *out, const struct page_site *site, str key, str value)
{
    show(out, site, key, value, 0);
}

static bool is_among(const char *const *names, str name)
{
    for (size_t i = 0; names[i] != NULL; i++)
        if (str_eq(str_from(names[i]), name))
            return true;
    return false;
}

static size_t entry(struct buf *out, const struct page *page, const struct page_item *item, str key,
                    str value)
{
    char name[130];
    if (key.n >= sizeof name || !jvalue_says(value))
        return 0;
    for (size_t i = 0; i < key.n; i++)
        name[i] = key.p[i];
    name[key.n] = '\0';
    /* What fields= hides stays hidden, and what is spliced in stands for its own. */
    if (html_json_of(page, item, name).p != value.p)
        return 0;
    buf_add(out, STR("<dt>"));
    html_words(out, key);
    buf_add(out, STR("</dt><dd>"));
    show(out, page->site, key, value, 0);
    buf_add(out, STR("</dd>\n"));
    return 1;
}

size_t html_value_rest(struct buf *out, const struct page *page, const struct page_item *item,
                       const char *const *known)
{
    size_t at = 0, n = 0;
    str key, value;
    if (item->document.n > 0 && item->document.p[0] == '{')
        while (jscan_member(item->document, &at, &key, &value))
            if (!is_among(known, key))
                n += entry(out, page, item, key, value);
    for (size_t i = 0; i < item->member_count; i++)
        if (!is_among(known, item->members[i].key))
            n += entry(out, page, item, item->members[i].key, item->members[i].value);
    return n;
}
