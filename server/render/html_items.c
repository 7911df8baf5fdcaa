#include "render/html_items.h"

#include "base/jscan.h"
#include "base/jvalue.h"
#include "render/html.h"
#include "render/html_form.h"
#include "render/html_json.h"
#include "render/html_links.h"
#include "render/html_reference.h"
#include "render/html_value.h"

#define COLUMNS 6

/* A kind of thing: how its list looks, what its page is headed by, and how its events are asked. */
static const struct kind {
    str segment;
    str title;
    str says;         /* what such things are */
    const char *name; /* the member that a thing is called by */
    const char *term; /* the filter of events that it is; NULL for none */
    bool words;       /* its list takes q= */
    struct {
        const char *member;
        const char *heading;
    } columns[COLUMNS];
} kinds[] = {
    {STR_INIT("actors"),
     STR_INIT("Actors"),
     STR_INIT("Who takes part in events and who speaks: states, organisations, persons, groups."),
     "name",
     "actor",
     true,
     {{"kind", "Kind"}, {"names", "Also called"}, {"member_of", "Member of"}}},
    {STR_INIT("places"),
     STR_INIT("Places"),
     STR_INIT("Where events happen."),
     "name",
     "place",
     true,
     {{"names", "Also called"}, {"part_of", "Part of"}, {"lat", "Latitude"}, {"lon", "Longitude"}}},
    {STR_INIT("sources"),
     STR_INIT("Sources"),
     STR_INIT("The documents and data sets that say what is here."),
     "title",
     "source",
     true,
     {{"creators", "By"},
      {"published", "Published"},
      {"language", "Language"},
      {"accounts", "Accounts"},
      {"claims", "Claims"},
      {"licence", "Licence"}}},
    {STR_INIT("types"),
     STR_INIT("Types of events"),
     STR_INIT("What kinds of events are told apart. A filter by a type takes its children too."),
     "label",
     "type",
     true,
     {{"description", "What it is"}, {"parent", "Part of"}}},
    {STR_INIT("claims"),
     STR_INIT("Claims"),
     STR_INIT("Statements inside sources: who says what about which events."),
     "text",
     NULL,
     true,
     {{"speaker", "Speaker"},
      {"stance", "Stance"},
      {"about", "About"},
      {"date", "Said"},
      {"source", "Source"}}},
    {STR_INIT("relations"),
     STR_INIT("Relations"),
     STR_INIT("How events hang together, and which source says so."),
     "type",
     NULL,
     true,
     {{"from", "From"}, {"to", "To"}, {"source", "Source"}}},
    {STR_INIT("disagreements"),
     STR_INIT("Where sources disagree"),
     STR_INIT("What accounts of one event say that cannot all be so."),
     "event",
     NULL,
     false,
     {{"property", "Property"}}},
    {STR_INIT("changesets"),
     STR_INIT("Changes"),
     STR_INIT("What each write did, the newest first."),
     "message",
     NULL,
     false,
     {{"id", "Version"}, {"recorded", "When"}, {"author", "By"}}},
};

static const struct kind *find(str segment)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kinds[i].segment, segment))
            return &kinds[i];
    return NULL;
}

str html_items_title(str kind)
{
    const struct kind *k = find(kind);
    return k != NULL ? k->title : kind;
}

/* The id of a thing; a changeset's is a number. */
static str id_of(const struct page_item *item)
{
    str id = jvalue_member(item->document, "id");
    return jvalue_is_text(id) ? str_sub(id, 1, id.n - 2) : id;
}

/* What the thing is called, decoded; its id where it has no name. */
static void name_of(struct buf *out, const struct kind *k, const struct page_item *item)
{
    str name = jvalue_member(item->document, k->name);
    if (jvalue_says(name))
        jvalue_decode(out, name);
    else
        buf_add(out, id_of(item));
}

/* ---- lists ---- */

static void row(struct buf *out, const struct page *page, const struct kind *k,
                const struct page_item *item)
{
    struct buf name;
    buf_init(&name, item->document.n + 1);
    name_of(&name, k, item);
    buf_add(out, STR("<tr><th scope=\"row\">"));
    html_reference_named(out, page->site, k->segment, id_of(item), buf_str(&name));
    buf_add(out, STR("</th>"));
    for (size_t i = 0; i < COLUMNS && k->columns[i].member != NULL; i++) {
        str value = html_json_of(page, item, k->columns[i].member);
        bool number = value.n > 0 && value.p[0] != '"' && value.p[0] != '[' && value.p[0] != '{' &&
                      value.p[0] != 'n';
        buf_add(out, number ? STR("<td class=\"n\">") : STR("<td>"));
        html_value_write(out, page->site, str_from(k->columns[i].member), value);
        buf_add(out, STR("</td>"));
    }
    if (k->term != NULL) {
        buf_add(out, STR("<td>"));
        html_reference_events(out, page->site, k->term, id_of(item), STR("events"));
        buf_add(out, STR("</td>"));
    }
    buf_add(out, STR("</tr>\n"));
    buf_free(&name);
}

static void table(struct buf *out, const struct page *page, const struct kind *k)
{
    buf_add(out, STR("<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                     "aria-label=\"Table\"><table>\n<thead><tr>"));
    buf_printf(out, "<th scope=\"col\">%s</th>",
               str_eq(str_from(k->name), STR("type"))      ? "Relation"
               : str_eq(str_from(k->name), STR("text"))    ? "What is claimed"
               : str_eq(str_from(k->name), STR("message")) ? "Message"
                                                           : "Name");
    for (size_t i = 0; i < COLUMNS && k->columns[i].member != NULL; i++)
        buf_printf(out, "<th scope=\"col\">%s</th>", k->columns[i].heading);
    if (k->term != NULL)
        buf_add(out, STR("<th scope=\"col\">Events</th>"));
    buf_add(out, STR("</tr></thead>\n<tbody>\n"));
    for (size_t i = 0; i < page->n; i++)
        row(out, page, k, &page->items[i]);
    buf_add(out, STR("</tbody></table></div>\n"));
}

static void bar(struct buf *out, const struct page *page)
{
    buf_add(out, STR("<div class=\"bar\"><p>"));
    html_number(out, (long long)page->n);
    if (page->matched >= 0 && (size_t)page->matched > page->n) {
        buf_add(out, STR(" of "));
        html_number(out, (long long)page->matched);
    } else {
        buf_add(out, page->next.n > 0 ? STR(" on this page, more follow") : STR(" in all"));
    }
    buf_add(out, STR("</p>\n"));
    html_links_formats(out, page);
    buf_add(out, STR("</div>\n"));
}

/* Things that nobody has made a table for: each a list of its members. */
static void plain(struct buf *out, const struct page *page)
{
    static const char *const none[] = {"links", NULL};
    for (size_t i = 0; i < page->n; i++) {
        buf_add(out, STR("<section class=\"route\"><dl>\n"));
        html_value_rest(out, page, &page->items[i], none);
        buf_add(out, STR("</dl></section>\n"));
    }
}

void html_items_list(struct buf *out, const struct page *page, str kind)
{
    const struct kind *k = find(kind);
    html_put(out, "<h1>", html_items_title(kind), "</h1>\n");
    if (k != NULL)
        html_put(out, "<p class=\"lead\">", k->says, "</p>\n");
    if (k != NULL && k->words) {
        html_form_words(out, page);
        html_form_asked(out, page);
    }
    bar(out, page);
    if (page->n == 0)
        buf_add(out, STR("<p>There is nothing here that answers this.</p>\n"));
    else if (k != NULL)
        table(out, page, k);
    else
        plain(out, page);
    html_links_next(out, page);
}

void html_items_part(struct buf *out, const struct page *page, str event, str part)
{
    buf_add(out, STR("<h1>"));
    html_reference_link(out, page->site, STR("events"), event);
    html_put(out, ": ", part, "</h1>\n");
    html_reference_reading(out, page->site);
    bar(out, page);
    if (page->n == 0)
        html_put(out, "<p>There are no ", part, " of this event.</p>\n");
    plain(out, page);
}

/* ---- one of them ---- */

/* The document's own links, but for the one to itself. */
static void links(struct buf *out, const struct page *page, const struct page_item *item)
{
    str list = html_json_of(page, item, "links"), one;
    if (jvalue_count(list) == 0)
        return;
    buf_add(out, STR("<p class=\"soft\" id=\"more\">More</p><ul aria-labelledby=\"more\">"));
    for (size_t at = 0; jscan_element(list, &at, &one);) {
        str href = jvalue_member(one, "href"), rel = jvalue_member(one, "rel");
        if (jvalue_is(rel, "self") || !jvalue_is_text(href))
            continue;
        struct buf address;
        buf_init(&address, href.n + 1);
        jvalue_decode(&address, href);
        buf_add(out, STR("<li><a href=\""));
        html_address(out, buf_str(&address));
        html_json_put(out, "\">", rel, "</a></li>\n");
        buf_free(&address);
    }
    buf_add(out, STR("</ul>\n"));
}

void html_items_one(struct buf *out, const struct page *page, str kind)
{
    const struct kind *k = find(kind);
    const struct page_item *item = &page->items[0];
    const char *const known[] = {"links", k != NULL ? k->name : "links", NULL};
    struct buf name;
    if (k == NULL) {
        plain(out, page);
        return;
    }
    buf_init(&name, item->document.n + 1);
    name_of(&name, k, item);
    str language = html_json_of(page, item, "language");
    buf_add(out, STR("<h1 dir=\"auto\""));
    if (str_eq(kind, STR("sources")) && jvalue_says(language))
        html_json_put(out, " lang=\"", language, "\"");
    html_put(out, ">", buf_str(&name), "</h1>\n<div class=\"bar\">");
    links(out, page, item);
    html_links_formats(out, page);
    buf_add(out, STR("</div>\n"));
    buf_add(out, STR("<dl>\n"));
    html_value_rest(out, page, item, known);
    buf_add(out, STR("</dl>\n"));
    if (k->term != NULL && page->fields.n == 0)
        html_links_drawing_of(out, page->site, k->term, id_of(item), buf_str(&name));
    buf_free(&name);
}
