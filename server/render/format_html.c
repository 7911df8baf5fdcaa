/* html: pages for people; all of them serve without a script. */
#include "base/err.h"
#include "base/jvalue.h"
#include "render/format.h"

#include "render/html.h"
#include "render/html_cite.h"
#include "render/html_disagreements.h"
#include "render/html_events.h"
#include "render/html_explorer.h"
#include "render/html_frame.h"
#include "render/html_graph.h"
#include "render/html_history.h"
#include "render/html_items.h"
#include "render/html_links.h"

/* What a path is of: "/v1/KIND", "/v1/KIND/ID", "/v1/KIND/ID/PART". */
struct place {
    str kind;
    str id;
    str part;
};

static struct place place_of(str path)
{
    struct place p = {0};
    str version, rest = str_sub(path, 1, path.n);
    str_cut(rest, '/', &version, &rest);
    str_cut(rest, '/', &p.kind, &rest);
    str_cut(rest, '/', &p.id, &p.part);
    return p;
}

/* What stands in the window's title. */
static void name_page(struct buf *out, const struct page *page, const struct place *p)
{
    static const char *const names[] = {"title", "name", "label", "text", "message", "id"};
    str said = STR("");
    if (page->refused != NULL) {
        buf_add(out, str_from(err_title(page->refused->code)));
        return;
    }
    if (page->single && page->n == 1)
        for (size_t i = 0; !jvalue_says(said) && i < sizeof names / sizeof *names; i++)
            said = jvalue_member(page->items[0].document, names[i]);
    else if (str_eq(p->kind, STR("events")) && p->part.n == 0)
        said = jvalue_member(page->query, "description");
    if (jvalue_says(said))
        jvalue_decode(out, said);
    else if (p->part.n > 0)
        buf_add(out, p->part);
    else
        buf_add(out, html_items_title(p->kind));
}

static void body(struct buf *out, const struct page *page, const struct place *p)
{
    bool events = str_eq(p->kind, STR("events")), one = page->single && page->n == 1;
    if (one && (str_eq(p->kind, STR("cite")) || str_eq(p->part, STR("cite"))))
        html_cite(out, page);
    else if (one && str_eq(p->part, STR("graph")))
        html_graph(out, page, p->id);
    else if (str_eq(p->kind, STR("disagreements")))
        html_disagreements(out, page);
    else if (str_eq(p->part, STR("history")) && !one)
        html_history(out, page, p->id);
    else if (p->part.n > 0 && !one)
        html_items_part(out, page, p->id, p->part);
    else if (one && events)
        html_events_one(out, page);
    else if (events)
        html_explorer_body(out, page);
    else if (one)
        html_items_one(out, page, p->kind);
    else
        html_items_list(out, page, p->kind);
}

void format_html(struct buf *out, const struct page *given)
{
    static const struct page_site nowhere = {.store_title = STR_INIT("Annals"),
                                             .path = STR_INIT("/v1/events")};
    struct page page = *given;
    if (page.site == NULL)
        page.site = &nowhere;
    struct place p = place_of(page.site->path);
    bool explorer = str_eq(p.kind, STR("events")) && p.id.n == 0;
    struct buf title, head, header;
    buf_init(&title, out->cap);
    buf_init(&head, out->cap);
    buf_init(&header, out->cap);
    if (page.landing == NULL)
        name_page(&title, &page, &p);
    if (explorer)
        html_explorer_head(&head, &page);
    if (explorer)
        html_explorer_header(&header, &page);
    html_links_head(&head, &page);
    html_links_embed(&head, page.site->oembed);
    const struct html_frame frame = {.title = buf_str(&title),
                                     .store_title = page.site->store_title,
                                     .section = page.landing == NULL ? p.kind : STR(""),
                                     .licence = page.site->licence,
                                     .software = page.site->software,
                                     .version = page.site->version,
                                     .recorded = page.site->recorded,
                                     .as_of = page.site->as_of,
                                     .policy = page.site->policy,
                                     .known_at = page.site->known_at,
                                     .head = buf_str(&head),
                                     .header = buf_str(&header)};
    html_frame_begin(out, &frame);
    body(out, &page, &p);
    html_frame_end(out, &frame);
    out->failed = out->failed || buf_failed(&title) || buf_failed(&head) || buf_failed(&header);
    buf_free(&title);
    buf_free(&head);
    buf_free(&header);
}
