/*
 * Atom (RFC 4287): a feed of events in the order of the question; sort=updated gives the newest
 * news first. An entry's id is a urn that stays the same wherever the store is served, its place
 * georss:point (GeoRSS Simple), its sources links of the relation "via". A feed that goes on has a
 * link "next" (RFC 5005).
 */
#include "base/jscan.h"
#include "base/jvalue.h"
#include "model/event.h"
#include "render/address.h"
#include "render/event_view.h"
#include "render/format.h"
#include "render/xml.h"

struct feed {
    struct buf *out;
    const struct page *page;
    const struct page_about *about; /* never NULL */
    struct buf scratch;
};

/* The scratch, empty. A value that did not fit into it spoils the whole. */
static struct buf *scratch(struct feed *f)
{
    f->out->failed = f->out->failed || buf_failed(&f->scratch);
    buf_clear(&f->scratch);
    return &f->scratch;
}

static void write_instant(struct feed *f, const char *name, int64_t microseconds)
{
    struct buf *text = scratch(f);
    event_write_instant(text, microseconds > 0 ? microseconds : 0);
    xml_element(f->out, name, buf_str(text));
}

/* Attributes that are empty are left out; href is the path of something here. */
static void write_link(struct feed *f, const char *rel, const char *type, str title, str path)
{
    struct buf *href = scratch(f);
    address_write(href, f->about, path);
    buf_add(f->out, STR("<link"));
    xml_attribute(f->out, "rel", str_from(rel));
    if (type != NULL)
        xml_attribute(f->out, "type", str_from(type));
    if (title.n > 0)
        xml_attribute(f->out, "title", title);
    xml_attribute(f->out, "href", buf_str(href));
    buf_add(f->out, STR("/>\n"));
}

/* ---- an entry ---- */

static void write_category(struct feed *f, str term, const char *scheme)
{
    buf_add(f->out, STR("<category"));
    xml_attribute(f->out, "term", term);
    if (scheme != NULL && f->about->base.n > 0) {
        struct buf *iri = scratch(f);
        address_write(iri, f->about, str_from(scheme));
        xml_attribute(f->out, "scheme", buf_str(iri));
    }
    buf_add(f->out, STR("/>\n"));
}

static void write_categories(struct feed *f, const struct event_view *v)
{
    str tag;
    if (v->row->type.n > 0)
        write_category(f, v->row->type, "/v1/types");
    for (size_t at = 0; jscan_element(v->tags, &at, &tag);) {
        struct buf term;
        buf_init(&term, tag.n + 1);
        event_view_text(&term, tag);
        if (term.n > 0)
            write_category(f, buf_str(&term), NULL);
        buf_free(&term);
    }
}

static void write_point(struct feed *f, const struct event_view *v)
{
    struct event_view_place p;
    if (event_view_point(v, &p))
        buf_printf(f->out, "<georss:point>%.*s %.*s</georss:point>\n", STR_ARG(p.lat),
                   STR_ARG(p.lon));
}

/* A link to a thing: "/v1/", a segment and its id. */
static void write_thing_link(struct feed *f, const char *rel, const char *type, const char *segment,
                             str id, const char *suffix)
{
    struct buf path;
    buf_init(&path, id.n + 100);
    buf_printf(&path, "/v1/%s/%.*s%s", segment, STR_ARG(id), suffix);
    bool titled = type == NULL;
    write_link(f, rel, type, titled ? id : STR(""), buf_str(&path));
    buf_free(&path);
}

static void write_links(struct feed *f, const struct event_row *row)
{
    str source, rest = row->sources;
    if (format_write(FORMAT_HTML) != NULL) {
        write_thing_link(f, "alternate", "text/html", "events", row->id, ".html");
        write_thing_link(f, "related", "application/json", "events", row->id, ".json");
    } else {
        write_thing_link(f, "alternate", "application/json", "events", row->id, "");
    }
    while (event_view_next_id(&rest, &source))
        write_thing_link(f, "via", NULL, "sources", source, "");
}

static void write_entry(struct feed *f, const struct page_item *item)
{
    struct event_view v;
    event_view_read(item, &v);
    buf_add(f->out, STR("<entry>\n"));
    struct buf *text = scratch(f);
    address_write_urn(text, f->about, "events", v.row->id);
    xml_element(f->out, "id", buf_str(text));
    buf_add(f->out, STR("<title type=\"text\">"));
    xml_text(f->out, v.row->title);
    buf_add(f->out, STR("</title>\n"));
    write_instant(f, "updated", v.row->updated);
    text = scratch(f);
    event_view_story(text, &v, true);
    buf_add(f->out, STR("<summary type=\"text\">"));
    xml_text(f->out, buf_str(text));
    buf_add(f->out, STR("</summary>\n"));
    write_categories(f, &v);
    write_links(f, v.row);
    write_point(f, &v);
    buf_add(f->out, STR("</entry>\n"));
}

/* ---- the feed ---- */

/* What the feed is of, whichever page of it this is: its address without the cursor. */
static void add_subject(struct buf *out, str self)
{
    str piece, rest;
    bool more = str_cut(self, '?', &piece, &rest);
    char before = '?';
    buf_add(out, piece);
    while (more) {
        more = str_cut(rest, '&', &piece, &rest);
        if (str_starts(piece, STR("cursor=")))
            continue;
        buf_add_char(out, before);
        buf_add(out, piece);
        before = '&';
    }
}

/* A feed has an instant always: that of its version, or of its newest entry. */
static int64_t updated(const struct feed *f)
{
    int64_t newest = f->about->recorded;
    for (size_t i = 0; i < f->page->n && f->about->recorded <= 0; i++)
        if (f->page->items[i].row->updated > newest)
            newest = f->page->items[i].row->updated;
    return newest;
}

/* The same for people, where the page has a link to it. */
static void write_page_link(struct feed *f)
{
    str link;
    for (size_t at = 0; f->page->links.n > 0 && jscan_element(f->page->links, &at, &link);) {
        str href = jvalue_member(link, "href"), type = jvalue_member(link, "type");
        if (!jvalue_is(jvalue_member(link, "rel"), "alternate") || !jvalue_is_text(href) ||
            !str_starts(type, STR("\"text/html")))
            continue;
        struct buf path;
        buf_init(&path, href.n + 1);
        jvalue_decode(&path, href);
        write_link(f, "alternate", "text/html", STR(""), buf_str(&path));
        buf_free(&path);
        return;
    }
}

static void write_head(struct feed *f)
{
    const struct page_about *about = f->about;
    struct buf subject;
    buf_init(&subject, about->self.n + 1);
    add_subject(&subject, about->self);
    struct buf *text = scratch(f);
    address_write_urn(text, about, "feed", buf_str(&subject));
    xml_element(f->out, "id", buf_str(text));
    buf_free(&subject);

    str store = about->store_title.n > 0 ? about->store_title : STR("Annals");
    buf_add(f->out, STR("<title type=\"text\">"));
    xml_text(f->out, store);
    if (about->title.n > 0) {
        buf_add(f->out, STR(": "));
        xml_text(f->out, about->title);
    }
    buf_add(f->out, STR("</title>\n"));
    write_instant(f, "updated", updated(f));
    buf_add(f->out, STR("<author><name>"));
    xml_text(f->out, store);
    buf_add(f->out, STR("</name></author>\n"));
    xml_element(f->out, "rights", about->licence);
    buf_add(f->out, STR("<generator>Annals</generator>\n"));
    if (about->self.n > 0)
        write_link(f, "self", "application/atom+xml", STR(""), about->self);
    write_page_link(f);
    if (f->page->next.n > 0)
        write_link(f, "next", "application/atom+xml", STR(""), f->page->next);
}

void format_atom(struct buf *out, const struct page *page)
{
    static const struct page_about nothing;
    struct feed f = {.out = out, .page = page, .about = page->about};
    if (f.about == NULL)
        f.about = &nothing;
    buf_init(&f.scratch, out->cap);
    buf_add(out, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                     "<feed xmlns=\"http://www.w3.org/2005/Atom\""
                     " xmlns:georss=\"http://www.georss.org/georss\""));
    if (f.about->base.n > 0)
        xml_attribute(out, "xml:base", f.about->base);
    buf_add(out, STR(">\n"));
    write_head(&f);
    for (size_t i = 0; i < page->n; i++)
        write_entry(&f, &page->items[i]);
    buf_add(out, STR("</feed>\n"));
    scratch(&f);
    buf_free(&f.scratch);
}
