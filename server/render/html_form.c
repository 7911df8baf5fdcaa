#include "render/html_form.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "model/match.h"
#include "model/vocabulary.h"
#include "render/html.h"
#include "render/html_json.h"

/* Actors and places of the page that a field offers. */
#define OFFERED 80

enum field_kind { FIELD_TEXT, FIELD_SELECT };

struct choice {
    const char *value;
    const char *words;
};

static const struct choice whens[] = {{"", "overlapping it"},
                                      {"within", "within it"},
                                      {"covers", "in force throughout it"},
                                      {"starts", "beginning in it"},
                                      {"ends", "ending in it"}};
static const struct choice certainties[] = {{"", "possibly or certainly"},
                                            {"certain", "certainly"}};
static const struct choice orders[] = {{"", "earliest first"},
                                       {"-date", "latest first"},
                                       {"title", "by title"},
                                       {"updated", "by last change"},
                                       {"relevance", "best match of the words"}};
_Static_assert(sizeof whens / sizeof *whens == MATCH_WHENS, "one choice for each `when`");

static const struct field {
    const char *name;
    const char *label;
    const char *example; /* or the name of its list of values after a "#" */
    const struct choice *choices;
    size_t choice_count;
    bool wide; /* shown at once; the others are folded away until one of them is asked */
} fields[] = {
    {"q", "Words", "words, \"a phrase\", prefix*", NULL, 0, true},
    {"date", "Date", "2021-06, 1846/1851, 2021-06/..", NULL, 0, true},
    {"when", "How it stands to the date", NULL, whens, sizeof whens / sizeof *whens, false},
    {"certainty", "How sure", NULL, certainties, sizeof certainties / sizeof *certainties, false},
    {"actor", "Who (id, or iso3166:AZ)", "#actors", NULL, 0, false},
    {"place", "Where (id)", "#places", NULL, 0, false},
    {"type", "Type", "#types", NULL, 0, false},
    {"source", "Told by (id of a source)", NULL, NULL, 0, false},
    {"policy", "Whose account wins", "first, last, source:ID", NULL, 0, false},
    {"known_at", "As known on", "2022-02-21, 2022-02", NULL, 0, false},
    {"sort", "Order", NULL, orders, sizeof orders / sizeof *orders, false},
};
#define FIELDS_COUNT (sizeof fields / sizeof *fields)

bool html_form_has(str name)
{
    for (size_t i = 0; i < FIELDS_COUNT; i++)
        if (str_eq(str_from(fields[i].name), name))
            return true;
    return false;
}

/* ---- what is asked ---- */

/* Of the page, not of the question. */
static bool is_shape(str name)
{
    return str_eq(name, STR("cursor")) || str_eq(name, STR("format"));
}

/* Of how it is shown: nothing is asked by it. */
static bool is_view(str name)
{
    return str_eq(name, STR("lanes"));
}

static const struct page_field *first_asked(const struct page_site *site, const char *name)
{
    for (size_t i = 0; i < site->asked_count; i++)
        if (str_eq(site->asked[i].name, str_from(name)))
            return &site->asked[i];
    return NULL;
}

static void address_without(struct buf *out, const struct page_site *site, size_t left_out)
{
    struct buf address;
    char before = '?';
    buf_init(&address, out->cap);
    buf_add(&address, site->path);
    for (size_t i = 0; i < site->asked_count; i++) {
        if (i == left_out || is_shape(site->asked[i].name))
            continue;
        buf_add_char(&address, before);
        html_segment(&address, site->asked[i].name);
        buf_add_char(&address, '=');
        html_segment(&address, site->asked[i].text);
        before = '&';
    }
    html_address(out, buf_str(&address));
    out->failed = out->failed || buf_failed(&address);
    buf_free(&address);
}

void html_form_asked(struct buf *out, const struct page *page)
{
    const struct page_site *site = page->site;
    bool any = false;
    for (size_t i = 0; i < site->asked_count; i++) {
        if (is_shape(site->asked[i].name) || is_view(site->asked[i].name))
            continue;
        if (!any)
            buf_add(out, STR("<ul class=\"inline asked\" aria-label=\"What is asked\">\n"));
        any = true;
        buf_add(out, STR("<li><a class=\"tag\" href=\""));
        address_without(out, site, i);
        html_put(out, "\"><span class=\"hidden\">Ask without </span>", site->asked[i].name, "");
        html_put(out, " = ", site->asked[i].text,
                 " <span aria-hidden=\"true\">×</span></a></li>\n");
    }
    if (any)
        buf_add(out, STR("</ul>\n"));
}

/* ---- fields ---- */

/* Where a field stands outside of its form, its form is the search in the header. */
#define OF_SEARCH(f) ((f)->wide ? "" : " form=\"search\"")

static void choose(struct buf *out, const struct field *f, str asked)
{
    buf_printf(out, "<select name=\"%s\"%s>", f->name, OF_SEARCH(f));
    for (size_t i = 0; i < f->choice_count; i++)
        buf_printf(out, "<option value=\"%s\"%s>%s</option>", f->choices[i].value,
                   str_eq(str_from(f->choices[i].value), asked) ? " selected" : "",
                   f->choices[i].words);
    buf_add(out, STR("</select>"));
}

static void write_field(struct buf *out, const struct page_site *site, const struct field *f)
{
    const struct page_field *asked = first_asked(site, f->name);
    str value = asked != NULL ? asked->text : STR("");
    buf_printf(out, "<label>%s ", f->label);
    if (f->choices != NULL) {
        choose(out, f, value);
    } else {
        buf_printf(out, "<input type=\"%s\" name=\"%s\"%s",
                   str_eq(str_from(f->name), STR("q")) ? "search" : "text", f->name, OF_SEARCH(f));
        if (f->example != NULL && f->example[0] == '#')
            buf_printf(out, " list=\"%s\"", f->example + 1);
        else if (f->example != NULL)
            html_put(out, " placeholder=\"", str_from(f->example), "\"");
        html_put(out, " value=\"", value, "\" autocomplete=\"off\" spellcheck=\"false\">");
    }
    buf_add(out, STR("</label>\n"));
}

/* What the form has no field for, or more of than it shows, goes on to be asked. */
static void keep_others(struct buf *out, const struct page_site *site, bool words_alone)
{
    for (size_t i = 0; i < site->asked_count; i++) {
        const struct page_field *a = &site->asked[i];
        bool shown = words_alone ? str_eq(a->name, STR("q")) : html_form_has(a->name);
        bool first = shown;
        for (size_t k = 0; k < i; k++)
            first = first && !str_eq(site->asked[k].name, a->name);
        if (is_shape(a->name) || first)
            continue;
        html_put(out, "<input type=\"hidden\" name=\"", a->name, "\"");
        html_put(out, " value=\"", a->text, "\">\n");
    }
}

/* ---- values to choose from ---- */

struct offered {
    str ids[OFFERED];
    size_t n;
};

static bool take(struct offered *o, str id)
{
    for (size_t i = 0; i < o->n; i++)
        if (str_eq(o->ids[i], id))
            return false;
    if (o->n == OFFERED)
        return false;
    o->ids[o->n++] = id;
    return true;
}

/* The participants or places of the events on the page. */
static void offer(struct buf *out, const struct page *page, const char *list, const char *member,
                  const char *key)
{
    struct offered seen = {.n = 0};
    buf_printf(out, "<datalist id=\"%s\">", list);
    for (size_t i = 0; i < page->n && seen.n < OFFERED; i++) {
        str all = jvalue_member(page->items[i].document, member), one;
        for (size_t at = 0; all.n > 0 && all.p[0] == '[' && jscan_element(all, &at, &one);) {
            str id = jvalue_member(one, key);
            if (!jvalue_is_text(id) || !take(&seen, id))
                continue;
            html_json_put(out, "<option value=\"", id, "\">");
            html_json_put(out, "", jvalue_member(one, "name"), "</option>");
        }
    }
    buf_add(out, STR("</datalist>\n"));
}

static void offer_types(struct buf *out)
{
    size_t n;
    const struct term *types = vocabulary_terms(VOCABULARY_TYPE, &n);
    buf_add(out, STR("<datalist id=\"types\">"));
    for (size_t i = 0; i < n; i++)
        html_put(out, "<option value=\"", str_from(types[i].id), "\"></option>");
    buf_add(out, STR("</datalist>\n"));
}

/* ---- forms ---- */

static void begin(struct buf *out, str path, const char *id)
{
    buf_printf(out, "<form%s method=\"get\" role=\"search\" action=\"", id);
    html_address(out, path);
    buf_add(out, STR("\">\n"));
}

void html_form_search(struct buf *out, const struct page *page)
{
    begin(out, page->site->path, " id=\"search\"");
    for (size_t i = 0; i < FIELDS_COUNT; i++)
        if (fields[i].wide)
            write_field(out, page->site, &fields[i]);
    buf_add(out, STR("<button>Show</button>\n"));
    keep_others(out, page->site, false);
    buf_add(out, STR("</form>\n"));
}

void html_form_more(struct buf *out, const struct page *page)
{
    bool more = false;
    for (size_t i = 0; i < FIELDS_COUNT; i++)
        more = more || (!fields[i].wide && first_asked(page->site, fields[i].name) != NULL);
    buf_printf(out,
               "<details class=\"filters\"%s><summary>More filters</summary>\n"
               "<div class=\"more\">\n",
               more ? " open" : "");
    for (size_t i = 0; i < FIELDS_COUNT; i++)
        if (!fields[i].wide)
            write_field(out, page->site, &fields[i]);
    buf_add(out, STR("<button form=\"search\">Show</button>\n</div></details>\n"));
    offer(out, page, "actors", "participants", "actor");
    offer(out, page, "places", "places", "place");
    offer_types(out);
}

void html_form_words(struct buf *out, const struct page *page)
{
    begin(out, page->site->path, "");
    buf_add(out, STR("<div class=\"row\">\n"));
    write_field(out, page->site, &fields[0]);
    buf_add(out, STR("<div><button>Find</button></div>\n</div>\n"));
    keep_others(out, page->site, true);
    buf_add(out, STR("</form>\n"));
}
